"""What is said of a site's feeds before anyone follows them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.domain.article import Entry, ParsedFeed
from bot.domain.errors import DepecheError
from bot.i18n import translator
from bot.ports import FoundBy, FoundFeed
from bot.services.probe import probe
from bot.views.operator import probe_lines, trouble_line

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
WAR = "Ukraine : un missile russe frappe un dépôt près de Kharkiv"
OTHER = "Le marché aux fleurs de la place rouvre dimanche"


def found(found_by: FoundBy, *titles: str) -> FoundFeed:
    entries = tuple(
        Entry(str(number), title, None, "", "", NOW - timedelta(days=number), "fr")
        for number, title in enumerate(titles)
    )
    url = f"https://journal.example/{found_by}"
    return FoundFeed(url, found_by, ParsedFeed("Le Journal", None, "fr", entries))


class Site:
    """A site with these feeds, whose robots.txt forbids the search."""

    def __init__(self, *feeds: FoundFeed) -> None:
        self._feeds = feeds

    async def discover(self, url: str) -> tuple[FoundFeed, ...]:
        return self._feeds

    async def allows(self, url: str) -> bool:
        return not url.endswith("/search")


async def test_the_sites_search_is_offered_where_more_of_it_is_about_the_war() -> None:
    site = Site(found(FoundBy.LINK, WAR, OTHER, OTHER, OTHER), found(FoundBy.SEARCH, WAR, WAR, OTHER))
    main, search = await probe(site, site, "https://journal.example")
    assert (main.search, main.allowed) == (False, True)
    assert (search.search, search.allowed) == (True, False)
    assert search.hit_rate > main.hit_rate
    lines = "\n".join(probe_lines(search, translator("en"), zone="Africa/Dakar", now=NOW))
    assert all(words in lines for words in ("Le Journal", "French", "7 a week", "67%", "own search", "robots.txt", WAR))


async def test_the_sites_search_is_not_offered_where_it_brings_no_more() -> None:
    site = Site(found(FoundBy.LINK, WAR, WAR), found(FoundBy.SEARCH, WAR, OTHER))
    assert [feed.search for feed in await probe(site, site, "https://journal.example")] == [False]


def test_what_could_not_be_read_is_named_with_its_reason() -> None:
    line = trouble_line("https://journal.example/rss", DepecheError("not-a-feed", url="x"), translator("en"))
    assert line.startswith("✗ https://journal.example/rss: ")
