"""Discord: translate in, render, send. Nothing here decides anything.

The package shares its name with the vendor library; imports are absolute, so ``discord`` is always the vendor's.
"""
