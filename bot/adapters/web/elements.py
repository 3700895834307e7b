"""HTML elements, by what they mean for a text without markup."""

from __future__ import annotations

_BLOCKS = """
address article aside blockquote body br caption center dd details dialog dir div dl dt fieldset figure footer form h1
h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre section summary table tbody tfoot thead tr ul
"""
_DROPPED = """
audio button canvas figcaption head iframe math nav noembed noframes noscript object script select style svg template
textarea title video xmp
"""

BLOCKS = frozenset(_BLOCKS.split())
"""They end a paragraph."""
CELLS = frozenset({"td", "th", "img", "option"})
"""They part words without ending a paragraph."""
DROPPED = frozenset(_DROPPED.split())
"""Their content is not the article's prose."""
CAPTIONED = frozenset({"p", "dd", "div", "span"})
"""They carry a picture's caption where WordPress gives them the class for it."""
