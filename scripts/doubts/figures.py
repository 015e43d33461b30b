"""Invented figures of units through the years, near the thresholds of the rules: a spoilt one often flips an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import Final, NamedTuple

from thidua_cli.normalise.forms.register import movement_forms

POOR_MOVEMENT: Final = tuple(column.count for column in movement_forms()[0].columns)
NEAR_POOR_MOVEMENT: Final = tuple(column.count for column in movement_forms()[1].columns)
"""The counts of Mẫu 09 and 10 in the order of their columns, the closing count last."""

_NEAR: Final = 9
"""Households that an answer lies from its threshold at most."""


class Counts(NamedTuple):
    """Households, poor and near-poor households of a unit at one year-end."""

    households: int
    poor: int
    near_poor: int

    @classmethod
    def total(cls, several: Sequence[Counts]) -> Counts:
        """Return the sum of the counts of several units."""
        return cls(*(sum(column) for column in zip(*several, strict=True)))


def halving(seed: str, years: Sequence[int], size: int = 600) -> dict[int, Counts]:
    """Return figures that fall to about one half of the first year-end's over all years."""
    random = Random(seed)
    households = size + random.randrange(size // 2)
    start = households * random.randrange(28, 52) // 100
    end = start // 2 + random.randint(-_NEAR, _NEAR)
    steps = max(len(years) - 1, 1)
    together = [start + (end - start) * step // steps for step in range(len(years))]
    return _split(random, years, households, together)


def falling(seed: str, years: Sequence[int], points: float, size: int = 600) -> dict[int, Counts]:
    """Return figures whose rate falls by about so many points a year."""
    random = Random(seed)
    households = size + random.randrange(size // 2)
    together = [households * random.randrange(40, 55) // 100]
    for _ in years[1:]:
        together.append(together[-1] - round(households * points / 100) - random.randint(-2, _NEAR))
    return _split(random, years, households, [max(count, 12) for count in together])


def near(seed: str, years: Sequence[int], points: float = 4, size: int = 600) -> dict[int, Counts]:
    """Return figures of one of the kinds above."""
    return falling(seed, years, points, size) if Random(seed).random() < 0.4 else halving(seed, years, size)


def _split(random: Random, years: Sequence[int], households: int, together: Sequence[int]) -> dict[int, Counts]:
    share, result = random.randrange(18, 34), dict[int, Counts]()
    for year, count in zip(years, together, strict=True):
        near_poor = count * (share + random.randint(-2, 2)) // 100
        result[year] = Counts(households, count - near_poor, near_poor)
        households += random.randrange(9)
    return result


def movements(seed: str, before: Counts, after: Counts) -> dict[str, int]:
    """Return all counts of Mẫu 09 and 10 of a year, which lead from one year-end to the next."""
    random = Random(seed)
    to_near, from_near = before.poor // (7 + random.randrange(4)), random.randrange(1, 6)
    poor = _flows(random, before.poor, after.poor, leaving=to_near, coming=from_near)
    near_poor = _flows(random, before.near_poor, after.near_poor, leaving=from_near, coming=to_near)
    return dict(zip(POOR_MOVEMENT, poor, strict=True)) | dict(zip(NEAR_POOR_MOVEMENT, near_poor, strict=True))


def _flows(random: Random, opening: int, closing: int, *, leaving: int, coming: int) -> tuple[int, ...]:
    """Return the nine columns: opening, left to the other form, left poverty, other causes, came from it … closing."""
    other, relapsed, new, more = (random.randrange(1, 8) for _ in range(4))
    left = opening + coming + relapsed + new + more - leaving - other - closing
    if left < 0:
        new, left = new - left, 0
    return (opening, leaving, left, other, coming, relapsed, new, more, closing)


def minority(counts: Mapping[int, Counts], seed: str) -> dict[int, tuple[int, int, int]]:
    """Return households, poor and near-poor households of ethnic minorities, parts of `counts`."""
    share = Random(seed).randrange(40, 80)
    return {year: tuple(count * share // 100 for count in values) for year, values in counts.items()}  # type: ignore[misc]
