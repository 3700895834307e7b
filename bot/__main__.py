"""The command line. Everything is imported where it is used, so that a parser worker never loads a platform."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from typing import Annotated, Any

import typer

application = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False)
desk = typer.Typer(no_args_is_help=True, help="The newsroom without a database: JSON Lines in, JSON Lines out.")
application.add_typer(desk, name="desk")


def _answer(question: Callable[[list[dict[str, Any]]], Iterable[dict[str, Any]]]) -> None:
    rows = [json.loads(line) for line in sys.stdin.buffer.read().decode("utf-8", "replace").split("\n") if line.strip()]
    for answer in question(rows):
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")


@desk.command("relevance")
def desk_relevance() -> None:
    """Is it about the war? Answers id, verdict, score and reasons."""
    from bot.services.desk import relevance

    _answer(relevance.answer)


@desk.command("stories")
def desk_stories() -> None:
    """Which articles tell one story? Answers id and story."""
    from bot.services.desk import stories

    _answer(stories.answer)


@desk.command("summarise")
def desk_summarise(
    words: Annotated[int, typer.Option(min=1, help="At most this many words.")] = 50,
    lang: Annotated[str, typer.Option(help="Language of rows that name none.")] = "fr",
) -> None:
    """Condense each text. Answers id and summary."""
    from bot.services.desk import summarise

    _answer(lambda rows: summarise.answer(rows, words=words, language=lang))


@desk.command("claims")
def desk_claims(topic: Annotated[str, typer.Option(help="A topic id.")] = "ceasefire") -> None:
    """Who says what about a topic? Answers id and claims."""
    from bot.services.desk import claims

    _answer(lambda rows: claims.answer(rows, topic=topic))


def main() -> None:
    """Run the command line."""
    application()


if __name__ == "__main__":
    main()
