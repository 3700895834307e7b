"""An error is reported, judged and set right: on Telegram and on Discord, in both languages, to the edited message."""

from __future__ import annotations

import re

from tests.end_to_end.conftest import Operator, tokens_of
from tests.end_to_end.phone import next_minute
from tests.fakes.discord import MANAGE_GUILD, FakeDiscord
from tests.fakes.telegram import FakeTelegram


async def test_a_reported_point_is_corrected_in_every_message_and_another_one_hidden(operator: Operator) -> None:
    async with FakeTelegram() as telegram, FakeDiscord() as discord:
        guild = discord.add_guild("Rédaction")
        channel = discord.add_channel(guild, "infos")
        environment = tokens_of(telegram, discord)
        admin, member = telegram.person("fr", "Awa"), telegram.person("fr", "Modou")
        group = telegram.group(admins=[admin], members=[member])
        await operator.bot("poll", "--once")
        async with operator.running(**environment):
            await operator.until_said("/claim")
            code = re.search(r"(?:[A-Z2-9]{4}-){2}[A-Z2-9]{4}", "".join(operator.output))
            assert code is not None
            await telegram.private(f"/claim {code[0]}", person=admin)
            assert "Vous modérez maintenant" in (await telegram.next_message(admin.id)).text

            await telegram.private("/language fr", person=admin)
            assert "français" in (await telegram.next_message(admin.id)).text
            await telegram.group_message(group, "/language fr", admin)
            assert "français" in (await telegram.next_message(group)).text

            at = next_minute()
            await telegram.group_message(group, f"/subscribe {at:%H:%M} UTC", admin)
            assert "C’est noté" in (await telegram.next_message(group)).text
            await discord.slash(
                guild, channel, "subscribe", time=f"{at:%H:%M}", zone="UTC", locale="en-GB", permissions=MANAGE_GUILD
            )
            edition = await telegram.next_message(group)
            await discord.until(lambda: discord.messages(channel), "the edition")
            public = discord.messages(channel)[0]

            # A member reports a point of the group's edition; the bot's moderator decides in private.
            await telegram.press(edition, "Signaler une erreur", member)
            listed = await telegram.next_message(group)
            await telegram.press(listed, listed.labels[0], member)
            await telegram.until(lambda: "sans votre nom" in listed.text, "the point once more")
            await telegram.press(listed, "Signaler cette nouvelle", member)
            await telegram.until(lambda: listed.text.startswith("Merci."), "thanks")
            card = await telegram.next_message(admin.id)
            assert "Erreur signalée, pour tout le monde" in card.text
            assert "Ce qu’écrivent ses sources" in card.text
            await telegram.private("/correct 1 le chiffre date de la veille.", person=admin)
            assert "Corrigé" in (await telegram.next_message(admin.id)).text
            note = "par les modérateurs\u00a0: le chiffre date de la veille."
            await telegram.until(lambda: note in edition.text, "the edited message")
            assert "les modérateurs ont corrigé le message" in (await telegram.next_message(group)).text
            foreign = "by the moderators, in French: “le chiffre date de la veille.”"
            await discord.until(lambda: foreign in discord.messages(channel)[0].text, "the edited message")
            assert discord.messages(channel)[0].id == public.id

            # A member on Discord reports another one, in English; it is hidden, and comes no more.
            shown = await discord.slash(guild, channel, "report", locale="en-GB")
            label = str(shown.buttons[1]["label"])
            sure = await discord.press(guild, shown.messages[0], label, locale="en-GB")
            assert "without your name" in sure.text
            thanks = await discord.press(guild, sure.messages[0], "Report this story", locale="en-GB")
            assert "It is with the bot’s moderators" in thanks.text
            card = await telegram.next_message(admin.id)
            await telegram.press(card, "Masquer cette nouvelle", admin)
            await telegram.until(lambda: card.text.startswith("Masqué"), "the answer in its place")
            after = await discord.slash(guild, channel, "brief", locale="en-GB")
            assert label.rstrip("…") not in after.text
        assert telegram.violations == []
        assert discord.violations == []


async def test_the_same_at_the_console(operator: Operator) -> None:
    await operator.bot("poll", "--once")
    code, out, _ = await operator.bot("run", stdin=b"/report\n1\n1\n1\n/audit\n/undo\n/reports\n/quit\n")
    assert code == 0
    for words in (
        "Which story is wrong?",
        "without your name",
        "Reported error, for everyone",
        "What its sources write:",
        "Hidden: ",
        "hidden",
        "is as it was.",
    ):
        assert words in out
