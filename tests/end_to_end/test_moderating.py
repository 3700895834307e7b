"""A moderator adds a source from the chat: on Telegram, on Discord and at the console, to the end."""

from __future__ import annotations

import re
import signal

from tests.end_to_end.conftest import Operator, tokens_of
from tests.fakes.discord import MANAGE_GUILD, FakeDiscord
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram.state import Person
from tests.fakes.web import Answer, WebServer, feed

HOME = b'<!DOCTYPE html><html><head><link rel="alternate" type="application/rss+xml" href="/feed"></head></html>'


def gazette() -> dict[str, Answer]:
    """A site with a feed."""
    return {
        "/": Answer(HOME, content_type="text/html; charset=utf-8"),
        "/feed": Answer(feed("Ukraine : une trêve se discute à Genève", "Le marché de Thiaroye rouvre")),
    }


async def test_the_same_flow_on_both_platforms_in_both_languages(operator: Operator) -> None:
    async with FakeTelegram() as telegram, FakeDiscord() as discord, WebServer(gazette()) as site:
        guild = discord.add_guild("Rédaction")
        channel = discord.add_channel(guild, "infos")
        environment = tokens_of(telegram, discord)
        environment["FETCH_ALLOW"] = f"{operator.environment['FETCH_ALLOW']},127.0.0.1:{site.port}"
        admin, member = telegram.person("fr", "Awa"), telegram.person("fr", "Modou")
        group = telegram.group(admins=[admin], members=[member])
        async with operator.running(**environment) as process:
            await telegram.group_message(group, f"/addfeed {site.url('/')}", member)
            assert "Seuls les modérateurs" in (await telegram.next_message(group)).text
            await telegram.group_message(group, f"/addfeed {site.url('/')}", admin)
            card = await telegram.next_message(group)
            assert "Le Journal" in card.text
            assert "50\u00a0% sur la guerre" in card.text
            await telegram.press(card, "Ajouter", admin)
            await telegram.until(lambda: "Ajoutée pour cette conversation" in card.text, "the answer in its place")

            shown = await discord.slash(
                guild, channel, "addfeed", url=site.url("/"), locale="en-GB", permissions=MANAGE_GUILD
            )
            assert "50% about the war" in shown.text
            done = await discord.press(guild, shown.messages[0], "Add", locale="en-GB", permissions=MANAGE_GUILD)
            assert "Added for this chat" in done.text

            listed = operator.folder / "feeds.yaml"
            listed.write_text("# mine\nfeeds: []\n", encoding="utf-8")
            process.send_signal(signal.SIGHUP)
            await operator.until_said("feed list read")
            assert process.returncode is None

            code = re.search(r"(?:[A-Z2-9]{4}-){2}[A-Z2-9]{4}", "".join(operator.output))
            assert code is not None
            await telegram.private(f"/claim {code[0]}", person=admin)
            assert "Vous modérez maintenant" in (await telegram.next_message(admin.id)).text
            await telegram.private(f"/promotefeed {site.url('/feed')}", person=admin)
            assert "n’est pas (ou plus) une source ici" in (await telegram.next_message(admin.id)).text
        assert telegram.violations == []
        assert discord.violations == []


async def test_suggestions_pauses_removals_and_promotion_on_both_platforms(operator: Operator) -> None:
    async with FakeTelegram() as telegram, FakeDiscord() as discord, WebServer(gazette()) as site:
        guild = discord.add_guild("Rédaction")
        channel = discord.add_channel(guild, "infos")
        environment = tokens_of(telegram, discord)
        environment["FETCH_ALLOW"] = f"{operator.environment['FETCH_ALLOW']},127.0.0.1:{site.port}"
        admin, member = telegram.person("fr", "Awa"), telegram.person("fr", "Modou")
        group = telegram.group(admins=[admin], members=[member])

        async def said(line: str, by: Person | None = admin) -> str:
            """What the group is answered; None: an administrator who hides."""
            if by is None:
                await telegram.anonymous_message(group, line)
            else:
                await telegram.group_message(group, line, by)
            return (await telegram.next_message(group)).text

        async with operator.running(**environment):
            assert "français" in await said("/language fr")
            # Telegram, in French: suggested by a member, approved by an administrator.
            assert "Merci. J’ai transmis Le Journal" in await said(f"/suggestfeed {site.url('/')}", member)
            card = await telegram.next_message(group)
            assert "Source proposée par un membre" in card.text
            query = await telegram.press(card, "Accepter", member)
            await telegram.until_answered(query)
            await telegram.until_all_taken()
            assert "Source proposée par un membre" in card.text
            await telegram.press(card, "Accepter", admin)
            await telegram.until(lambda: "Ajoutée pour cette conversation" in card.text, "the answer in its place")
            assert "Proposition acceptée" in (await telegram.next_message(group)).text

            # Paused by an administrator who hides, resumed, removed, and brought back.
            assert "Seuls les modérateurs" in await said("/pausefeed Le Journal", member)
            assert "Le Journal" in await said("/pausefeed Le Journal", None)
            assert "Le Journal" in await said("/resumefeed Le Journal")
            assert "Retirée" in await said("/removefeed Le Journal")
            assert "Le Journal" in await said("/undo")
            assert "Le Journal" in await said("/feeds")
            assert "un administrateur" in await said("/audit")

            # Discord, in English: suggested by a member, refused by whoever manages the server.
            thanks = await discord.slash(guild, channel, "suggestfeed", url=site.url("/"), locale="en-GB")
            assert "I passed Le Journal on" in thanks.text
            await discord.until(lambda: discord.messages(channel), "the card", 45)
            shown = discord.messages(channel)[0]
            stale = await discord.press(guild, shown, "Approve", locale="en-GB")
            assert "Only this chat’s moderators" in stale.text
            done = await discord.press(guild, shown, "Refuse", locale="en-GB", permissions=MANAGE_GUILD)
            assert "Refused: Le Journal" in done.text

            # A bot moderator gives the group's source to everyone.
            code = re.search(r"(?:[A-Z2-9]{4}-){2}[A-Z2-9]{4}", "".join(operator.output))
            assert code is not None
            assert "Seuls les modérateurs du robot" in await said("/promotefeed Le Journal")
            await telegram.private(f"/claim {code[0]}", person=admin)
            assert "Vous modérez maintenant" in (await telegram.next_message(admin.id)).text
            assert "Le Journal" in await said("/promotefeed Le Journal")
            sources = await discord.slash(guild, channel, "sources", locale="en-GB")
            assert "Le Journal" in sources.text
        assert telegram.violations == []
        assert discord.violations == []


async def test_the_same_flow_at_the_console_and_in_the_exported_list(operator: Operator) -> None:
    listed = operator.folder / "feeds.yaml"
    listed.write_text("# What I read.\nfeeds: []\n", encoding="utf-8")
    async with WebServer(gazette()) as site:
        operator.environment["FETCH_ALLOW"] += f",127.0.0.1:{site.port}"
        typed = f"/addfeed {site.url('/')}\n1\n2\n/feeds\n/audit\n/quit\n"
        code, out, err = await operator.bot("run", stdin=typed.encode())
        assert (code, "claim" in err) == (0, False)
        assert "Added for this chat: Le Journal." in out
        assert "Everyone’s from now on: Le Journal." in out
        assert "you · Le Journal: made everyone’s" in out
        _, exported, _ = await operator.bot("feeds", "export", "--yaml")
        assert exported.startswith("# What I read.\nfeeds:")
        assert f"- url: {site.url('/feed')}" in exported
