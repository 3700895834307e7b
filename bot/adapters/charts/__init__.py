"""Pictures, with Pillow (the ``charts`` extra) and a packaged font that has Latin and Cyrillic letters.

The font is DejaVu Sans (free; Bitstream Vera licence, in LICENSE-DejaVu.txt), cut down to the letters we need.
"""
