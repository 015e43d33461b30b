"""Texts of the page, in both languages, through the gate for what files hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from thidua_cli.language import Language, Text
from thidua_cli.present.toolkit.foreign_text import visible_lines

PageText: TypeAlias = str | list[str]
"""Vietnamese and English; one text alone where both are the same."""


def both(text: Text) -> PageText:
    """Return a text as the page holds it.

    >>> both(Text("Đạt", "Met")), both(Text("Xã A", "Xã A"))
    (['Đạt', 'Met'], 'Xã A')
    """
    vi, en = visible_lines(text.vi), visible_lines(text.en)
    return vi if vi == en else [vi, en]


def written(write: Callable[[Language], str]) -> PageText:
    """Return what is written in each language as the page holds it."""
    return both(Text(write(Language.VI), write(Language.EN)))


def side_by_side(write: Callable[[Language], Iterable[str]]) -> list[PageText]:
    """Return lists that are written in each language, line by line."""
    return [both(Text(vi, en)) for vi, en in zip(write(Language.VI), write(Language.EN), strict=True)]
