"""Clauses and sentences joined, in both languages."""

from __future__ import annotations

from collections.abc import Iterable

from thidua_cli.language import Text


def sentences(texts: Iterable[Text]) -> Text:
    """Join whole sentences, each once, in order."""
    unique = list(dict.fromkeys(texts))
    return Text.joined(" ", unique)


def listed(texts: Iterable[Text]) -> Text:
    """Join clauses of one sentence, each once, in order."""
    unique = list(dict.fromkeys(texts))
    return Text.joined("; ", unique)


def sentence(text: Text) -> Text:
    """Return a clause as a sentence of its own."""
    start = text.capitalised()
    return Text(f"{start.vi}.", f"{start.en}.")
