"""The versions. One that was released is never edited: a mistake in it is mended by the next."""
