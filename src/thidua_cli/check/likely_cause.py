"""What would explain a sum that fails: a part left out or taken twice, swapped digits, a count against its own rate.

A hint sends an officer to a row, so it is given only where chance would hardly make it: printed rates must allow it,
no other part may fit, and in a long table one column is no proof.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from thidua_cli.language import NO_TEXT, Language, Text, format_count
from thidua_cli.model import Measure, Origin
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.normalise.sheet.numbers import rate_agrees
from thidua_cli.normalise.table_reading import RateBesideCounts

_FEW: Final = 3
"""Of so many parts one that fits is no accident, however small the difference."""
_LEAST: Final = 10
"""Differences below are those of many parts of a long table."""
_SPREAD: Final = 40
"""Households that the greatest part must have for each part: else some part has the difference by accident."""
_FEWEST_COLUMNS: Final = 2


class SummedRow(NamedTuple):
    """A row of a sum: its total or one of its parts."""

    label: str
    counts: Mapping[str, int]
    rates: Sequence[RateBesideCounts] = ()
    """Printed beside the counts."""

    def fits(self, column: str, change: int = 0) -> bool | None:
        """Say whether the printed rates of a count agree with it, changed by so many households; None without any."""
        agreeing = [
            _agrees(rate, column, change) for rate in self.rates if column in (*rate.measure.parts, rate.measure.whole)
        ]
        return all(agreeing) if agreeing else None


def _agrees(printed: RateBesideCounts, column: str, change: int) -> bool:
    measure = printed.measure
    part = printed.part + (change if column in measure.parts else 0)
    whole = printed.whole + (change if column == measure.whole else 0)
    return rate_agrees(printed.rate, part, whole, 2 if measure is Measure.MULTIDIMENSIONAL else 1)


class PrintedRates:
    """The printed rates of what was read, by the row they stand in; put in order for the first sum that fails."""

    def __init__(self, reading: FilesRead) -> None:
        self._reading = reading

    @cached_property
    def _by_row(self) -> dict[Origin, list[RateBesideCounts]]:
        rates: dict[Origin, list[RateBesideCounts]] = {}
        for rate in self._reading.rates:
            rates.setdefault(_row(rate.origin), []).append(rate)
        return rates

    def beside(self, place: Origin) -> Sequence[RateBesideCounts]:
        """Return the rates in the row of a cell."""
        return self._by_row.get(_row(place), ())


def _row(place: Origin) -> Origin:
    return Origin(place.file, place.sheet, place.row)


def likely_cause(column: str, total: SummedRow, parts: Sequence[SummedRow]) -> Text:
    """Name what would explain that a total is not the sum of its parts; empty where nothing does beyond chance.

    >>> likely_cause("households", SummedRow("Tổng", {"households": 90}), [
    ...     SummedRow("Xã A", {"households": 10}), SummedRow("Xã B", {"households": 90})]).vi
    '; bằng đúng số của Xã A: có thể bị bỏ sót'
    """
    differences = _differences(total, parts)
    difference = differences[column]
    contradicted = [part for part in parts if part.fits(column) is False and part.fits(column, difference)]
    if len(contradicted) == 1 and contradicted[0].counts[column] + difference >= 0:
        return _fits_if(contradicted[0], column, difference, _BY_RATE)
    if contradicted:
        return NO_TEXT
    equal = list(_equal(column, differences, parts))
    if len(equal) == 1 and _is_no_chance(column, differences, total, equal[0], parts):
        return (_LEFT_OUT if difference < 0 else _TWICE).fill(name=equal[0].label)
    return _of_digits(column, difference, total, parts)


def _differences(total: SummedRow, parts: Sequence[SummedRow]) -> dict[str, int]:
    """Return count → what the total prints beyond the sum of its parts, where all of them print it."""
    columns = [column for column in total.counts if all(column in part.counts for part in parts)]
    return {column: total.counts[column] - sum(part.counts[column] for part in parts) for column in columns}


def _equal(column: str, differences: Mapping[str, int], parts: Sequence[SummedRow]) -> Iterator[SummedRow]:
    # what real forms show most: a =SUM() that ends one row early, or takes a subtotal as well
    return (part for part in parts if part.counts[column] == abs(differences[column]))


def _is_no_chance(
    column: str, differences: Mapping[str, int], total: SummedRow, part: SummedRow, parts: Sequence[SummedRow]
) -> bool:
    """Say whether a part that has just the difference was left out or taken twice, and does not only look like it."""
    sign = 1 if differences[column] > 0 else -1
    off = {name: difference for name, difference in differences.items() if difference}
    if len(off) >= _FEWEST_COLUMNS and all(sign * part.counts[name] == value for name, value in off.items()):
        return True  # a formula that ends one row early does so in every column, and its rates follow
    if part.fits(column) is False or total.fits(column, -differences[column]) is False:
        return False
    if len(parts) <= _FEW:
        return True
    greatest = max(other.counts[column] for other in parts)
    return abs(differences[column]) >= _LEAST and len(parts) * _SPREAD <= greatest


def _of_digits(column: str, difference: int, total: SummedRow, parts: Sequence[SummedRow]) -> Text:
    """Name two neighbouring digits that changed places, in the total or in one of few parts."""
    printed, is_small = total.counts[column], abs(difference) < _LEAST and len(parts) > _FEW
    if _digits_swapped(printed, printed - difference):
        return NO_TEXT if is_small or total.fits(column, -difference) is False else _SWAPPED_IN_TOTAL
    swapped = [
        part
        for part in parts
        if part.counts[column] + difference >= 0
        and _digits_swapped(part.counts[column], part.counts[column] + difference)
    ]
    # of many parts one has such digits by accident; where its rate speaks for it, that was said before
    if len(swapped) != 1 or len(parts) > _FEW or swapped[0].fits(column, difference) is False:
        return NO_TEXT
    return _fits_if(swapped[0], column, difference, _BY_DIGITS)


def _fits_if(part: SummedRow, column: str, difference: int, why: Text) -> Text:
    printed = part.counts[column]
    counts = [
        {"mended": format_count(printed + difference, language), "printed": format_count(printed, language)}
        for language in (Language.VI, Language.EN)
    ]
    return Text(
        _FITS_IF.fill(name=part.label, why=why, **counts[0]).vi, _FITS_IF.fill(name=part.label, why=why, **counts[1]).en
    )


_LEFT_OUT: Final = Text("; bằng đúng số của {name}: có thể bị bỏ sót", "; exactly {name}: probably left out")
_TWICE: Final = Text("; bằng đúng số của {name}: có thể bị cộng hai lần", "; exactly {name}: probably added twice")
_SWAPPED_IN_TOTAL: Final = Text(
    "; có thể viết nhầm thứ tự hai chữ số ở dòng tổng", "; two digits of the total may be swapped"
)
_FITS_IF: Final = Text(
    "; khớp nếu {name} là {mended} thay vì {printed} ({why})", "; it fits if {name} is {mended}, not {printed} ({why})"
)
_BY_DIGITS: Final = Text("nhầm thứ tự hai chữ số", "two digits swapped")
_BY_RATE: Final = Text("đúng với tỷ lệ ghi ở dòng đó", "as the rate in that row says")


def _digits_swapped(first: int, second: int) -> bool:
    """Say whether two different numbers are alike but for two neighbouring digits that changed places."""
    a, b = str(first), str(second)
    if len(a) != len(b) or a == b:
        return False
    places = [place for place, (left, right) in enumerate(zip(a, b, strict=True)) if left != right]
    return (
        len(places) == 2
        and places[1] == places[0] + 1
        and a[places[0]] == b[places[1]]
        and a[places[1]] == b[places[0]]
    )
