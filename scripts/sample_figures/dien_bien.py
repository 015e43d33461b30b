"""Tỉnh Điện Biên, 2021–2025: published sums, and invented counts of its units that add up to them.

Published for 2025 are the sums of the province, of its urban and its rural part, and a few figures of communes; for
2024 and 2023 rates of the province alone. Everything else is invented (sample_data/SOURCE.md says which is which).
The counts of the old communes are the province's, shared out by arithmetic on whole numbers, so that every machine
writes the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from typing import Final, NamedTuple

from forms.model import FormRow
from sample_figures import dong_giang
from thidua_cli.model import Unit, year_end
from thidua_cli.units.history import Historian
from thidua_cli.units.tables import bundled

PROVINCE_CODE: Final = "11"
YEARS: Final = (2021, 2022, 2023, 2024, 2025)
YEAR_OF_TWO_TIERS: Final = 2025


class Counts(NamedTuple):
    """Households of a unit, and how many of them are poor and near-poor."""

    households: int
    poor: int
    near_poor: int

    @property
    def both(self) -> int:
        """Poor and near-poor together."""
        return self.poor + self.near_poor


PROVINCE: Final = {
    2021: Counts(137_960, 47_800, 14_700),
    2022: Counts(139_420, 42_300, 15_200),
    2023: Counts(140_870, 36_174, 15_905),
    2024: Counts(142_310, 30_293, 17_015),
    2025: Counts(143_650, 25_541, 18_748),
}
"""Year → the province. 2025 is published; 2023 and 2024 give the published rates (36.97 and 11.29; 33.24, 21.29 and
11.96) when rounded, 2021 and 2022 are invented."""

COMMUNES: Final = {
    "Phường Điện Biên Phủ": Counts(13420, 0, 4),
    "Phường Mường Lay": Counts(3170, 532, 228),
    "Xã Sín Thầu": Counts(3275, 861, 584),
    "Xã Mường Nhé": Counts(2799, 832, 491),
    "Xã Nậm Kè": Counts(1906, 896, 527),
    "Xã Mường Toong": Counts(2335, 876, 635),
    "Xã Quảng Lâm": Counts(2349, 572, 363),
    "Xã Mường Chà": Counts(4146, 989, 690),
    "Xã Nà Hỳ": Counts(3445, 861, 521),
    "Xã Na Sang": Counts(3991, 928, 640),
    "Xã Chà Tở": Counts(1825, 455, 297),
    "Xã Nà Bủng": Counts(2032, 892, 595),
    "Xã Mường Tùng": Counts(2230, 488, 373),
    "Xã Pa Ham": Counts(1790, 370, 257),
    "Xã Nậm Nèn": Counts(2420, 722, 343),
    "Xã Si Pa Phìn": Counts(2471, 697, 438),
    "Xã Mường Pồn": Counts(1909, 534, 340),
    "Xã Na Son": Counts(2928, 612, 455),
    "Xã Xa Dung": Counts(1851, 439, 355),
    "Xã Mường Luân": Counts(3178, 749, 509),
    "Xã Tủa Chùa": Counts(2513, 679, 481),
    "Xã Tủa Thàng": Counts(2144, 599, 404),
    "Xã Sín Chải": Counts(3243, 753, 472),
    "Xã Sính Phình": Counts(3053, 684, 556),
    "Xã Sáng Nhè": Counts(3217, 916, 614),
    "Xã Tuần Giáo": Counts(3367, 387, 470),
    "Xã Mường Ảng": Counts(3165, 458, 364),
    "Xã Pú Nhung": Counts(2966, 833, 506),
    "Xã Mường Mùn": Counts(2860, 713, 410),
    "Xã Chiềng Sinh": Counts(3968, 530, 544),
    "Xã Quài Tở": Counts(3098, 772, 522),
    "Xã Búng Lao": Counts(3434, 347, 488),
    "Xã Mường Lạn": Counts(2667, 589, 469),
    "Xã Nà Tấu": Counts(3383, 378, 429),
    "Xã Mường Phăng": Counts(3216, 382, 446),
    "Xã Thanh Nưa": Counts(5144, 198, 363),
    "Phường Mường Thanh": Counts(6060, 2, 4),
    "Xã Thanh Yên": Counts(3640, 109, 233),
    "Xã Thanh An": Counts(3769, 119, 296),
    "Xã Sam Mứn": Counts(2699, 118, 168),
    "Xã Núa Ngam": Counts(3367, 339, 369),
    "Xã Mường Nhà": Counts(2812, 793, 414),
    "Xã Pu Nhi": Counts(2407, 494, 393),
    "Xã Phình Giàng": Counts(1716, 511, 323),
    "Xã Tìa Dình": Counts(2272, 533, 365),
}
"""Commune of 2025 → its counts. Published are poor and near-poor of Phường Điện Biên Phủ and Phường Mường Thanh, the
rate of both together of Nậm Kè (74.66), Nà Bủng (73.18) and Mường Toong (64.71), and the sums; the rest is invented."""

WARDS: Final = {
    "Phường Điện Biên Phủ": {2021: (168, 142), 2022: (104, 96), 2023: (52, 61), 2024: (17, 31)},
    "Phường Mường Thanh": {2021: (190, 170), 2022: (126, 118), 2023: (71, 82), 2024: (21, 38)},
}
"""Ward of today → poor and near-poor in its area. Invented: what is nearly 0 in 2025 says nothing of earlier years."""


def rows(year: int) -> list[FormRow]:
    """Return the rows of the province's form: communes since 2025, before that each district above its communes."""
    units, day = bundled(), year_end(year)
    if year >= YEAR_OF_TWO_TIERS:
        return [_row(unit.name, COMMUNES[unit.name]) for unit in units.children(PROVINCE_CODE, day)]
    old, result = _old_communes(year), []
    for district in units.children(PROVINCE_CODE, day):
        result.append(FormRow(district.name, depth=1))
        communes = units.children(district.code, day)
        result.extend(_row(commune.name, old[commune.code], depth=2) for commune in communes)
    return result


def of_communes(year: int) -> list[Counts]:
    """Return the counts of all communes of a year-end."""
    return list((COMMUNES if year >= YEAR_OF_TWO_TIERS else _old_communes(year)).values())


def _row(name: str, counts: Counts, depth: int = 1) -> FormRow:
    return dong_giang.form_row(name, *counts, depth=depth)


def _old_communes(year: int) -> dict[str, Counts]:
    """Return code → counts of the communes before the reform: the areas of today, each shared among its parts."""
    units, historian = bundled(), Historian(bundled())
    result: dict[str, Counts] = {}
    today = units.children(PROVINCE_CODE, year_end(YEAR_OF_TWO_TIERS))
    for unit, counts in zip(today, _areas_of_today(year), strict=True):
        parts = [partner.unit for partner in historian.forebears(unit, year_end(year))]
        result.update(zip((part.code for part in parts), _shared(counts, parts, year), strict=True))
    return result


@cache
def _areas_of_today(year: int) -> list[Counts]:
    """Return the counts, at an earlier year-end, of the areas that are communes today, in the order of their codes."""
    today = bundled().children(PROVINCE_CODE, year_end(YEAR_OF_TWO_TIERS))
    latest = [COMMUNES[unit.name] for unit in today]
    given = [WARDS.get(unit.name, {}).get(year) for unit in today]
    households = _apportioned([counts.households for counts in latest], PROVINCE[year].households)
    both = _grown(
        [Fraction(counts.both, counts.households) for counts in latest],
        *(households, PROVINCE[year].both, [None if pair is None else sum(pair) for pair in given], today),
    )
    poor = _grown(
        [Fraction(counts.poor, counts.both) for counts in latest],
        *(both, PROVINCE[year].poor, [None if pair is None else pair[0] for pair in given], today),
    )
    return [
        Counts(all_, of_poor, of_both - of_poor) for all_, of_both, of_poor in zip(households, both, poor, strict=True)
    ]


def _grown(
    rates: Sequence[Fraction], wholes: Sequence[int], total: int, given: Sequence[int | None], units: Sequence[Unit]
) -> list[int]:
    """Return parts of `wholes` that sum to `total`: the odds of every rate grow, of some units more.

    Odds and not rates: where three households in four are poor today, more than all of them would have been.
    """
    rest = total - sum(number for number in given if number is not None)
    free = [index for index, number in enumerate(given) if number is None]

    def weights(growth: int) -> list[Fraction]:
        odds = {index: rates[index] / (1 - rates[index]) * (1 + _leaning(units[index], growth)) for index in free}
        return [wholes[index] * odds[index] / (1 + odds[index]) for index in free]

    low, high = -900, 9000
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if sum(weights(middle)) <= rest else (low, middle)
    result = [number or 0 for number in given]
    for index, part in zip(free, _apportioned(weights(low), rest), strict=True):
        result[index] = part
    return result


def _leaning(unit: Unit, growth: int) -> Fraction:
    """Return the growth of one unit: from a third of what is asked for, in thousandths, to five thirds of it."""
    return Fraction(growth * (340 + _digest(unit.code, "growth") * 1320 // 255), 1_000_000)


def _shared(counts: Counts, parts: Sequence[Unit], year: int) -> list[Counts]:
    """Share an area out among the communes that were there, the larger ones not always having the greater need."""
    households = _apportioned([120 + _digest(part.code) for part in parts], counts.households)
    both = _apportioned(_uneven(households, parts, f"both {year}"), counts.both)
    poor = _apportioned(_uneven(both, parts, f"poor {year}"), counts.poor)
    return [
        Counts(all_, of_poor, of_both - of_poor) for all_, of_both, of_poor in zip(households, both, poor, strict=True)
    ]


def _uneven(numbers: Sequence[int], parts: Sequence[Unit], salt: str) -> list[int]:
    # Ten per cent of a lasting difference and one of chance: a commune that is poorer than its neighbour stays so.
    lasting = [1000 + (_digest(part.code, salt[:4]) - 128) * 100 // 128 for part in parts]
    return [
        number * (share + (_digest(part.code, salt) - 128) * 10 // 128)
        for number, share, part in zip(numbers, lasting, parts, strict=True)
    ]


def _apportioned(weights: Sequence[int | Fraction], total: int) -> list[int]:
    """Return whole numbers in the proportion of the weights that sum to `total`: largest remainders get one more.

    >>> _apportioned([1, 1, 2], 5)
    [1, 1, 3]
    """
    exact = [Fraction(weight) * total / (sum(weights) or 1) for weight in weights]
    result = [int(share) for share in exact]
    by_remainder = sorted(range(len(exact)), key=lambda index: (result[index] - exact[index], index))
    for index in by_remainder[: total - sum(result)]:
        result[index] += 1
    return result


def _digest(code: str, salt: str = "") -> int:
    return hashlib.sha256(f"{code}{salt}".encode()).digest()[0]
