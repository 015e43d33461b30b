"""The units of long tables by table and year, in arrays: each unit under each name is looked up once. Loads numpy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from thidua_cli.model import COUNTRY_CODE, Level
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.observations import Coded, Observations

Codes: TypeAlias = NDArray[np.int64]
_Answer = TypeVar("_Answer")
_NONE = ("", COUNTRY_CODE)


class LookedUp(NamedTuple):
    """Rows by what is looked up of them; all three of one length."""

    place: Codes
    """Sheet and year."""
    code: Codes
    """Index into the texts of codes."""
    name: Codes
    """Index into the texts of names."""


class _Texts:
    """Texts by number, each once."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def numbers(self, coded: Coded, rows: NDArray[np.intp], *, leaves_out: Sequence[str] = ()) -> Codes:
        """Return the numbers of the texts of some rows; -1 for what is left out."""
        codes = coded.codes[rows]
        of_code = np.full(len(coded.values), -1)
        for code in different(codes.astype(np.int64), len(coded.values)).tolist():
            text = coded.values[code]
            if text not in leaves_out:
                of_code[code] = self._numbers.setdefault(text, len(self._numbers))
        return of_code[codes]

    @property
    def listed(self) -> list[str]:
        """The texts in the order of their numbers."""
        return list(self._numbers)

    def number(self, text: str) -> int:
        """Return the number of a text."""
        return self._numbers.setdefault(text, len(self._numbers))


def different(values: NDArray[np.integer[Any]], size: int) -> NDArray[np.integer[Any]]:
    """Return the different values, all of them below `size`, ascending.

    Of few values `numpy.unique` would do, but its first call imports all of numpy's masked arrays.
    """
    if size > 64 * len(values) + 1024:
        return np.unique(values)
    seen = np.zeros(size, np.bool_)
    seen[values] = True
    return np.flatnonzero(seen)


def units_and_years(observations: Observations) -> tuple[int, tuple[int, ...]]:
    """Return how many units a table names, and its years."""
    units = observations.coded("unit_code")
    year = np.array(observations.year, np.int64)
    first = int(year.min()) if len(year) else 0
    years = different(year - first, int(year.max()) - first + 1 if len(year) else 0) + first
    return len(different(units.codes.astype(np.int64), len(units.values))), tuple(years.tolist())


def counted(
    observations: Observations, answer: Callable[[str, str], _Answer]
) -> dict[tuple[str, str, int], dict[_Answer, int]]:
    """Return (file, sheet, year) → how many different units, each under each of its names, have which answer.

    Of villages their commune is looked up, without a name. In the order in which tables and years come.
    """
    places, rows = dict[tuple[str, str, int], int](), observations
    codes, names = _Texts(), _Texts()
    named = _named(rows, codes, names, places)
    per_code = len(names.listed)
    pairs = named.code * per_code + named.name
    size = len(codes.listed) * per_code
    combined = different(named.place * size + pairs, len(places) * size)
    place, pair = np.divmod(combined, max(size, 1))
    asked = different(pair, size)
    texts, of_names = codes.listed, names.listed
    kinds: dict[_Answer, int] = {}
    kind = np.array(
        [
            kinds.setdefault(answer(texts[each // per_code], of_names[each % per_code]), len(kinds))
            for each in asked.tolist()
        ],
        np.int64,
    )
    answers = list(kinds)
    of_places = place * len(kinds) + kind[np.searchsorted(asked, pair)]
    numbers = np.bincount(of_places, minlength=len(places) * len(kinds))
    table = numbers.reshape(len(places), len(kinds)).tolist() if kinds else []
    return {
        key: {each: number for each, number in zip(answers, of_place, strict=True) if number}
        for key, of_place in zip(places, table, strict=True)
    }


def _named(
    observations: Observations, codes: _Texts, names: _Texts, places: dict[tuple[str, str, int], int]
) -> LookedUp:
    levels = observations.coded("level")
    is_village = np.array([level is Level.VILLAGE for level in levels.values], np.bool_)[levels.codes]
    others, villages = np.flatnonzero(~is_village), np.flatnonzero(is_village)
    blank = names.number("")
    code = np.concatenate(
        [
            codes.numbers(observations.coded("unit_code"), others, leaves_out=_NONE),
            codes.numbers(observations.coded("parent_code"), villages, leaves_out=_NONE),
        ]
    )
    table = np.array(observations.table, np.int64)
    prints = np.array([each.prints("unit_name") for each in observations.tables], np.bool_)
    printed = np.where(prints[table[others]], names.numbers(observations.coded("unit_name"), others), blank)
    name = np.concatenate([printed, np.full(len(villages), blank)])
    rows = np.concatenate([others, villages])[code >= 0]
    return LookedUp(_places(observations, table, rows, places), code[code >= 0], name[code >= 0])


def _places(
    observations: Observations, table: Codes, rows: NDArray[np.intp], places: dict[tuple[str, str, int], int]
) -> Codes:
    """Return the number of the sheet and year of each row, and write down which they are, in the order of the rows."""
    years = np.array(observations.year, np.int64)
    first, span = int(years.min()), int(years.max() - years.min()) + 1
    keys = (table * span + years - first)[rows]
    different, firsts = np.unique(keys, return_index=True)
    number = np.zeros(len(observations.tables) * span, np.int64)
    for key in different[np.argsort(firsts, kind="stable")].tolist():
        origin = observations.tables[key // span]
        place = (origin.file, origin.sheet, key % span + first)
        number[key] = places.setdefault(place, len(places))
    numbers: Codes = number[keys]
    return numbers
