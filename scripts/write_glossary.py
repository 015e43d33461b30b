"""Put the words of the lexicon into docs/glossary.md: `python scripts/write_glossary.py`.

Each table between two marks is written anew from the words of that name; the text around them is written by hand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from thidua_cli.language import Text
from thidua_cli.lexicon import (
    ANSWER_WORDS,
    CLASS_WORDS,
    COUNT_WORDS,
    DOUBT_WORDS,
    EFFECT_WORDS,
    LEVEL_WORDS,
    RATE_FORMULAS,
    RATE_WORDS,
    SEVERITY_WORDS,
    STATUS_WORDS,
    SUBJECT_WORDS,
    UNIT_WORDS,
    Term,
)

PAGE: Final = Path(__file__).resolve().parent.parent / "docs" / "glossary.md"
_WORDS: Final[Mapping[str, Mapping[str, Term | Text]]] = {
    "levels": LEVEL_WORDS,
    "classes": CLASS_WORDS,
    "subjects": SUBJECT_WORDS,
    "counts": COUNT_WORDS,
    "rates": {
        token: Term(RATE_FORMULAS[token], RATE_FORMULAS[token], term.source) for token, term in RATE_WORDS.items()
    },
    "statuses": STATUS_WORDS,
    "units of measure": UNIT_WORDS,
    "answers": ANSWER_WORDS,
    "severities": SEVERITY_WORDS,
    "doubts": DOUBT_WORDS,
    "effects of a doubt": EFFECT_WORDS,
}
_HEADS: Final = ("Identifier", "Vietnamese", "English", "In the source", "Source")
_MARKED: Final = re.compile(r"<!-- words: ([a-z ]+) -->\n.*?<!-- end of words -->\n", re.DOTALL)


def main() -> None:
    """Rewrite the tables of the page."""
    PAGE.write_text(written(PAGE.read_text("utf-8")), "utf-8")


def written(page: str) -> str:
    """Return the page with every marked table as the lexicon has it.

    Raises:
        KeyError: A mark names words that the lexicon does not have.
    """
    return _MARKED.sub(_block, page)


def _block(mark: re.Match[str]) -> str:
    rows = [_HEADS, *(_row(token, words) for token, words in _WORDS[mark[1]].items())]
    filled = [column for column in zip(*rows, strict=True) if any(column[1:])]
    lines = [f"| {' | '.join(cell or '–' for cell in row)} |\n" for row in zip(*filled, strict=True)]
    return f"<!-- words: {mark[1]} -->\n{lines[0]}{'|---' * len(filled)}|\n{''.join(lines[1:])}<!-- end of words -->\n"


def _row(token: str, words: Term | Text) -> tuple[str, ...]:
    term = words if isinstance(words, Term) else Term(words, words)
    forms = (_forms(term.short.vi, term.long.vi), _forms(term.short.en, term.long.en))
    return (f"`{token}`", *forms, term.legal, term.source)


def _forms(short: str, long: str) -> str:
    return short if short == long else f"{short}; {long}"


if __name__ == "__main__":
    main()
