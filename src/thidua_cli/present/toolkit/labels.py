"""The words for tokens: levels, classes, counts, measures, severities."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from thidua_cli.language import Language, Text
from thidua_cli.lexicon import CLASS_WORDS

MISSING_MARK: Final = "–"
"""Stands for a missing value wherever people read; machine formats leave the field empty or null."""

_OUTSIDE: Final = "not_"
"""Begins the token of a class that a unit is known not to be in."""


def class_list(tokens: Sequence[str], language: Language) -> str:
    """Return the words for a unit's classes; the lists it is known to be outside of only where it is on none.

    A user's own token stands for itself.

    >>> class_list(["area_1", "not_poor_district"], Language.VI), class_list(["not_poor_district"], Language.VI)
    ('xã khu vực I', 'không thuộc: huyện nghèo')
    """
    inside = [token for token in tokens if not token.startswith(_OUTSIDE)]
    if inside:
        return ", ".join(class_label(token, language) for token in inside)
    names = ", ".join(class_label(token.removeprefix(_OUTSIDE), language) for token in tokens)
    return Text("không thuộc: {names}", "not in: {names}").fill(names=names).pick(language) if names else MISSING_MARK


def class_label(token: str, language: Language) -> str:
    """Return the words for a class token; a user's own token stands for itself.

    >>> class_label("not_poor_district", Language.VI)
    'không phải huyện nghèo'
    """
    known = CLASS_WORDS.get(token)
    if known is not None:
        return known.short.pick(language)
    outside = CLASS_WORDS.get(token.removeprefix(_OUTSIDE))
    if outside is None:
        return token
    return Text("không phải {name}", "not in: {name}").fill(name=outside.short).pick(language)


def year_list(years: Iterable[int]) -> str:
    """Write years, runs as ranges.

    >>> year_list([2021, 2022, 2023, 2025])
    '2021–2023, 2025'
    """
    runs: list[list[int]] = []
    for year in sorted(set(years)):
        if runs and runs[-1][-1] == year - 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
