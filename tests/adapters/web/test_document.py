"""Documents → feeds: formats, what is missing, plain text, manners."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from bot.adapters.web.document import parsed
from bot.adapters.web.entries import MAX_ENTRIES, MAX_TEXT, language_of
from bot.domain.article import Entry, ParsedFeed
from tests.adapters.web.documents import ATOM, RDF, SEEN, TITLE, URL, item, only, read, rss

JSON = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Le Journal",
    "home_page_url": "https://journal.test/",
    "language": "fr-FR",
    "items": [
        {
            "id": 1,
            "url": "https://journal.test/1?utm_source=json",
            "title": TITLE,
            "summary": "Moins de 5 < 6 choses.",
            "content_html": "<p>Un texte plus long, avec <b>du gras</b>.</p>",
            "date_published": "2025-02-10T09:00:00+01:00",
        },
        "not an item",
        {"id": "2", "content_text": "Sans titre ni lien."},
    ],
}


class TestFormats:
    def test_a_wordpress_item_becomes_an_entry(self) -> None:
        feed = read(
            rss(
                item(
                    "<dc:creator><![CDATA[Rédaction]]></dc:creator><pubDate>Mon, 10 Feb 2025 09:00:00 +0000</pubDate>"
                    '<category><![CDATA[Monde]]></category><guid isPermaLink="false">https://journal.test/?p=7</guid>'
                    "<description><![CDATA[<p>Un extrait [&#8230;]</p><p>L’article <a href='x'>Une trêve</a> est "
                    "apparu en premier sur <a href='y'>Le Journal</a>.</p>]]></description>"
                    "<content:encoded><![CDATA[<p>Un premier paragraphe, entier.</p>\n<p>Un second.</p>]]>"
                    "</content:encoded>",
                    link="https://journal.test/treve/?utm_source=rss&amp;utm_medium=rss",
                ),
                "<language>fr-FR</language><sy:updatePeriod> hourly </sy:updatePeriod>"
                "<sy:updateFrequency>1</sy:updateFrequency>",
            )
        )
        assert feed == ParsedFeed(
            title="Le Journal",
            site_url="https://journal.test/",
            language="fr",
            entries=(
                Entry(
                    guid="https://journal.test/?p=7",
                    title=TITLE,
                    url="https://journal.test/treve/",
                    summary="Un extrait …",
                    text="Un premier paragraphe, entier.\nUn second.",
                    published=datetime(2025, 2, 10, 9, tzinfo=UTC),
                ),
            ),
            minimum_interval_seconds=3_600,
        )

    def test_atom_is_read(self) -> None:
        feed = read(ATOM)
        assert (feed.title, feed.site_url, feed.language) == ("The Paper", "https://paper.test/", "en")
        (entry,) = feed.entries
        assert entry.guid == "tag:paper.test,2025:1"
        assert entry.title == f"{TITLE} now"
        assert entry.url == "https://journal.test/a/1"
        assert entry.published == datetime(2025, 2, 10, 8, tzinfo=UTC)
        assert (entry.summary, entry.text) == ("Short.", "First paragraph, long enough.\nSecond.")

    def test_rdf_is_read(self) -> None:
        feed = read(RDF)
        assert (feed.title, feed.language) == ("Le Journal", "fr")
        (entry,) = feed.entries
        assert (entry.title, entry.url, entry.summary) == (TITLE, "https://journal.test/1", "Un texte.")
        assert entry.published == datetime(2025, 2, 10, 8, tzinfo=UTC)

    def test_json_feed_is_read(self) -> None:
        feed = read(json.dumps(JSON), "application/feed+json")
        first, second = feed.entries
        assert (feed.title, feed.site_url, feed.language) == ("Le Journal", "https://journal.test/", "fr")
        assert (first.guid, first.url) == ("1", "https://journal.test/1")
        assert (first.summary, first.text) == ("Moins de 5 < 6 choses.", "Un texte plus long, avec du gras.")
        assert first.published == datetime(2025, 2, 10, 8, tzinfo=UTC)
        assert (second.title, second.url) == ("Sans titre ni lien.", None)

    @pytest.mark.parametrize("version", ["0.91", "0.92", "2.0", "2", "0.93", "77"])
    def test_every_version_of_rss_is_read(self, version: str) -> None:
        assert only(rss(item(), version=version)).title == TITLE

    def test_an_empty_feed_is_a_feed(self) -> None:
        assert read(rss("")).entries == ()
        assert read(json.dumps({**JSON, "items": []})).entries == ()


class TestWhatIsMissing:
    def test_a_guid_is_the_address_where_none_is_given(self) -> None:
        assert only(rss(item(link="https://journal.test/1?xtor=RSS-1"))).guid == "https://journal.test/1"

    def test_a_guid_is_a_lasting_hash_where_there_is_no_address_either(self) -> None:
        document = rss("<item><title>Une trêve</title></item><item><title>Un accord</title></item>")
        first, second = read(document).entries
        assert (first.url, first.published) == (None, None)
        assert len(first.guid) == 32
        assert first.guid != second.guid
        assert read(document).entries[0].guid == first.guid

    def test_a_guid_that_is_the_permanent_link_is_the_address(self) -> None:
        entry = only(rss("<item><title>x</title><guid>https://journal.test/1?utm_source=x</guid></item>"))
        assert (entry.guid, entry.url) == ("https://journal.test/1?utm_source=x", "https://journal.test/1")

    def test_a_guid_that_is_no_address_makes_no_link(self) -> None:
        entry = only(rss("<item><title>x</title><guid>article-12</guid></item>"))
        assert (entry.guid, entry.url) == ("article-12", None)

    def test_guids_do_not_change_when_the_feed_moves(self) -> None:
        document = rss("<item><title>x</title><guid>article-12</guid></item>").encode()
        guids = {parsed(document, url, "text/xml", SEEN).entries[0].guid for url in (URL, "https://new.test/rss")}
        assert len(guids) == 1

    def test_a_guid_used_twice_is_made_unique_and_a_repeated_item_counts_once(self) -> None:
        twice = [item("<guid isPermaLink='false'>1</guid>", link=f"https://journal.test/{n}") for n in (1, 2, 2)]
        entries = read(rss("".join(twice))).entries
        assert [entry.url for entry in entries] == ["https://journal.test/1", "https://journal.test/2"]
        assert len({entry.guid for entry in entries}) == 2

    def test_a_title_is_made_from_the_text_where_none_is_given(self) -> None:
        text = "Une longue dépêche sans titre. " * 20
        entry = only(rss(f"<item><description>{text}</description></item>"))
        assert entry.title.startswith("Une longue dépêche sans titre.")
        assert entry.title.endswith("…")
        assert len(entry.title) <= 100

    def test_an_item_with_nothing_to_read_is_left_out(self) -> None:
        assert len(read(rss(f"<item><link>https://journal.test/0</link></item>{item()}")).entries) == 1

    def test_a_relative_link_starts_from_the_site(self) -> None:
        assert only(rss(item(link="/monde/1"))).url == "https://journal.test/monde/1"
        assert only(rss(item(link="monde/1"))).url == "https://journal.test/monde/1"

    @pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "mailto:a@journal.test", "tel:112"])
    def test_a_link_that_is_no_web_address_is_dropped(self, link: str) -> None:
        assert only(rss(item(link=link))).url is None

    @pytest.mark.parametrize(
        ("written", "expected"),
        [
            ("dim., 09 févr. 2025", datetime(2025, 2, 9, tzinfo=UTC)),
            ("09/02/2025 18:05", datetime(2025, 2, 9, 18, 5, tzinfo=UTC)),
            ("Sun, 09 Feb 2025 11:00:00 +0009", datetime(2025, 2, 9, 11, tzinfo=UTC)),
            ("Sun, 09 Feb 2031 11:00:00 GMT", SEEN),
            ("Thu, 01 Jan 1970 00:00:00 GMT", None),
            ("bientôt", None),
        ],
    )
    def test_odd_dates_are_read_and_clamped(self, written: str, expected: datetime | None) -> None:
        assert only(rss(item(f"<pubDate>{written}</pubDate>"))).published == expected

    @pytest.mark.parametrize(
        ("summary", "content", "expected"),
        [
            ("Court.", "Un texte plus long.", ("Court.", "Un texte plus long.")),
            ("Le même.", "Le même.", ("", "Le même.")),
            ("Le même …", "Le même […]", ("Le même …", "")),
            ("Un résumé plus long.", "Court.", ("Un résumé plus long.", "")),
            ("", "Un texte.", ("", "Un texte.")),
            ("", "Un texte […]", ("Un texte …", "")),
            ("Un résumé.", "", ("Un résumé.", "")),
        ],
    )
    def test_the_text_is_what_says_more_than_the_summary(
        self, summary: str, content: str, expected: tuple[str, str]
    ) -> None:
        inner = f"<description>{summary}</description><content:encoded>{content}</content:encoded>"
        entry = only(rss(item(inner)))
        assert (entry.summary, entry.text) == expected


class TestPlainText:
    def test_titles_and_texts_carry_no_markup(self) -> None:
        script = "&lt;script&gt;alert(1)&lt;/script&gt;"
        summary = f"<description>&lt;p onclick='x'&gt;Un {script}texte&lt;/p&gt;</description>"
        title = f"{script}Une &lt;b&gt;trêve&lt;/b&gt; &amp;amp; un accord\u202e\u200b"
        entry = only(rss(item(summary, title=title)))
        assert (entry.title, entry.summary) == ("Une trêve & un accord", "Un texte")

    def test_long_texts_are_cut(self) -> None:
        entry = only(rss(item(f"<content:encoded>{'mot ' * MAX_TEXT}</content:encoded>")))
        assert len(entry.text) <= MAX_TEXT

    def test_five_hundred_entries_are_capped_with_a_count(self) -> None:
        feed = read(rss("".join(item(link=f"https://journal.test/{number}") for number in range(500))))
        assert (len(feed.entries), feed.skipped) == (MAX_ENTRIES, 500 - MAX_ENTRIES)
        assert feed.entries[0].url == "https://journal.test/0"

    def test_of_many_dated_entries_the_newest_are_kept(self) -> None:
        def dated(number: int) -> str:
            day = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(hours=number)
            return item(f"<pubDate>{day.isoformat()}</pubDate>", link=f"https://journal.test/{number}")

        for order in (range(300), range(299, -1, -1)):
            feed = read(rss("".join(dated(number) for number in order)))
            numbers = [int((entry.url or "").rpartition("/")[2]) for entry in feed.entries]
            assert sorted(numbers) == list(range(100, 300))
            assert numbers == [number for number in order if number >= 100]
            assert feed.skipped == 100

    def test_of_a_great_many_items_both_ends_are_read(self) -> None:
        many = [
            item(f"<pubDate>{1990 + n // 100}-01-01</pubDate>", link=f"https://journal.test/{n}") for n in range(3_000)
        ]
        for order in (many, many[::-1]):
            feed = read(rss("".join(order)))
            assert {int((entry.url or "").rpartition("/")[2]) for entry in feed.entries} == set(range(2_800, 3_000))
            assert feed.skipped == 3_000 - MAX_ENTRIES

    @pytest.mark.parametrize(
        "quoting",
        [
            f"<description><![CDATA[{'</item> ' * 3_000}]]></description>",
            f"<!-- {'</item> ' * 3_000} -->",
            f"<description>{'&lt;/item&gt; ' * 3_000}</description><category>{'<a></a>' * 2_000}</category>",
        ],
    )
    def test_an_item_that_quotes_the_end_of_items_is_whole(self, quoting: str) -> None:
        feed = read(rss(item(quoting) + item(title="Un accord", link="https://journal.test/2")))
        assert [entry.title for entry in feed.entries] == [TITLE, "Un accord"]
        assert feed.skipped == 0

    def test_prefixed_items_are_counted_too(self) -> None:
        entries = "".join(f"<a:entry><a:id>{n}</a:id><a:title>Titre {n}</a:title></a:entry>" for n in range(2_500))
        feed = read(f"<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:title>J</a:title>{entries}</a:feed>")
        assert (len(feed.entries), feed.skipped) == (MAX_ENTRIES, 2_500 - MAX_ENTRIES)

    def test_a_json_feed_is_bounded_likewise(self) -> None:
        items = [{"id": str(n), "content_text": f"Texte {n} </item>"} for n in range(2_500)]
        feed = read(json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": items}))
        assert (len(feed.entries), feed.skipped) == (MAX_ENTRIES, 2_500 - MAX_ENTRIES)

    def test_hundreds_of_thousands_of_items_are_counted_not_kept(self) -> None:
        feed = read(rss(item() + "<item><title>x</title></item>" * 100_000))
        assert feed.skipped == 100_001 - MAX_ENTRIES


class TestManners:
    @pytest.mark.parametrize(
        ("channel", "seconds"),
        [
            ("", 0),
            ("<ttl>60</ttl>", 3_600),
            ("<ttl>soon</ttl>", 0),
            ("<ttl>999999999</ttl>", 7 * 24 * 3_600),
            ("<sy:updatePeriod>daily</sy:updatePeriod>", 24 * 3_600),
            ("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>", 6 * 3_600),
            ("<sy:updatePeriod>hourly</sy:updatePeriod><ttl>120</ttl>", 7_200),
            ("<skipHours>" + "".join(f"<hour>{n}</hour>" for n in range(12)) + "</skipHours>", 7_200),
            ("<skipHours>" + "".join(f"<hour>{n}</hour>" for n in range(24)) + "</skipHours>", 0),
            ("<skipDays><day>Saturday</day><day>Sunday</day></skipDays>", 5_040),
        ],
    )
    def test_what_a_feed_asks_for_is_understood(self, channel: str, seconds: int) -> None:
        assert read(rss(item(), channel)).minimum_interval_seconds == seconds


@pytest.mark.parametrize(
    ("tag", "language"),
    [("fr", "fr"), ("fr-FR", "fr"), ("FR_fr", "fr"), ("fra", "fr"), ("en-us", "en"), ("uk", "uk"), ("ru-RU", "ru"),
     ("de", "other"), ("", None), ("français", None), ("12", None)],
)  # fmt: skip
def test_declared_languages_are_ours(tag: str, language: str | None) -> None:
    assert language_of(tag) == language
