"""A site's reservation file."""

from __future__ import annotations

import pytest

from bot.adapters.web.tdm import rules_of


@pytest.mark.parametrize(
    ("text", "free"),
    [
        ('[{"location": "/", "tdm-reservation": 1}]', False),
        ('[{"location": "/", "tdm-reservation": "1", "tdm-policy": "https://journal.test/policy.json"}]', False),
        ('[{"location": "/", "tdm-reservation": 0}]', True),
        ('[{"location": "/news/*", "tdm-reservation": 1}]', False),
        ('[{"location": "/", "tdm-reservation": 1}, {"location": "/news/", "tdm-reservation": 0}]', True),
        ('[{"location": "/sport/", "tdm-reservation": 1}]', True),
        ('[{"location": "/x\\nDisallow: /", "tdm-reservation": 0}]', True),
        ('[{"tdm-reservation": 1}, 7, null, {"location": [], "tdm-reservation": []}]', True),
        ('{"location": "/"}', True),
        ("<html>Introuvable</html>", True),
        ("[" * 100_000, True),
        ("", True),
    ],
)
def test_what_is_reserved_is_what_the_file_says(text: str, free: bool) -> None:
    assert rules_of(text).can_fetch("https://journal.test/news/1", "Depeche") is free
