"""Writers: they condense stories, offline by default."""
