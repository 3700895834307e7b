"""Commands, written once for every platform: one file a verb, each with its ``COMMAND``."""
