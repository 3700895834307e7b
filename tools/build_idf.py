"""Count how rare words are in a folder of news, for ``bot/editorial/data/idf_<language>.json``.

    python tools/build_idf.py DATA_FOLDER [--except NAME ...]

Reads every ``.jsonl`` under the folder whose rows carry a title, a headline or a text; ``--except`` leaves out files
whose name contains NAME, such as those a figure is measured on. Only counts of words are written, never their order.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bot.domain.language import ArticleLanguage
from bot.editorial.vectors import counts

PACK = Path(__file__).parent.parent / "bot" / "editorial" / "data"
STEP = 0.25
"""Values are kept to this precision: clustering can't tell finer ones apart, and the file is a tenth."""
FEWEST, MOST = 2, 16_000
"""Documents a term must be in to be kept, and terms kept of a language and space."""


def rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from (row for row in map(json.loads, filter(str.strip, lines)) if isinstance(row, dict))


def language_of(row: dict[str, Any], path: Path) -> ArticleLanguage:
    declared = row.get("lang")
    if declared in ("fr", "en"):
        return "fr" if declared == "fr" else "en"
    return "fr" if path.name.startswith(("fr_", "lemonde")) else "en"


def article(row: dict[str, Any]) -> tuple[str, str]:
    title = str(row.get("title") or row.get("headline") or "")
    bodies = (row[field] for field in ("summary", "description", "text", "article") if isinstance(row.get(field), str))
    return title, next(bodies, "")[:2_000]


def documents(files: Iterable[Path]) -> Iterator[tuple[ArticleLanguage, str, str]]:
    """Language, title and lead of every row, each once."""
    seen: set[tuple[str, str]] = set()
    for path in files:
        for row in rows(path):
            text = article(row)
            if any(text) and text not in seen:
                seen.add(text)
                yield language_of(row, path), *text


def table(frequencies: Counter[str], total: int) -> dict[str, str]:
    """Value → the terms that have it, space separated."""
    by_value: dict[str, list[str]] = defaultdict(list)
    for term, count in sorted(frequencies.most_common(MOST)):
        if count >= FEWEST:
            value = round(math.log(1 + total / (count + 0.5)) / STEP) * STEP
            by_value[f"{value:g}"].append(term)
    return {value: " ".join(terms) for value, terms in sorted(by_value.items(), key=lambda item: float(item[0]))}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--except", dest="excepted", nargs="*", default=[], metavar="NAME")
    options = parser.parse_args()
    files = sorted(f for f in options.folder.rglob("*.jsonl") if not any(name in str(f) for name in options.excepted))
    counted: dict[ArticleLanguage, dict[str, Counter[str]]] = {}
    totals: Counter[ArticleLanguage] = Counter()
    for language, title, lead in documents(files):
        spaces = counted.setdefault(language, {"terms": Counter(), "shared": Counter()})
        terms, shared = counts(title, lead, language)
        spaces["terms"].update(terms.keys())
        spaces["shared"].update(shared.keys())
        totals[language] += 1
    for language, spaces in counted.items():
        total = totals[language]
        tables = {name: table(frequencies, total) for name, frequencies in spaces.items()}
        stored = {"documents": total, "rarest": round(math.log(1 + total / 1.5), 2), **tables}
        written = json.dumps(stored, ensure_ascii=False, indent=0) + "\n"
        (PACK / f"idf_{language}.json").write_text(written, encoding="utf-8")
        print(language, total, {name: len(frequencies) for name, frequencies in spaces.items()})


if __name__ == "__main__":
    main()
