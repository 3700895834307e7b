"""Verification: does a line that a model wrote say what its evidence says, and nothing more? Pure.

Each module checks one thing and abstains where it can't tell; ``check`` puts them together. What words mean is in
``data/verify.yaml``, names and their spellings are the lexicon's. The checks err towards refusing: a line that is
refused costs a sentence, a line that is wrong costs trust.
"""

from bot.editorial.verify.check import checked, objections

__all__ = ["checked", "objections"]
