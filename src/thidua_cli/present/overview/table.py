"""The table of all units as columns: one list per column, what comes again named by its number."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from thidua_cli.judge.verdict import Verdict
from thidua_cli.language import Language, Text
from thidua_cli.measure.ground import Boundaries
from thidua_cli.measure.rates import RateRow, RateTable
from thidua_cli.model import Level, Series, year_end
from thidua_cli.present.attest.view import verdict_text
from thidua_cli.present.doubts.answers import Reliance, briefly_doubted, reliance_of
from thidua_cli.present.doubts.words import doubts_of_year
from thidua_cli.present.overview.numbered import Numbered
from thidua_cli.present.overview.panel import hundredths, state_number
from thidua_cli.present.overview.texts import both
from thidua_cli.present.toolkit.figures import class_label
from thidua_cli.present.toolkit.foreign_text import visible
from thidua_cli.units.positions import ARCHIPELAGOS, position_of
from thidua_cli.units.tables import REFORM_DAY, bundled

LEVELS: Final = tuple(Level)
RELIANCES: Final = tuple(Reliance)
COLUMNS: Final = (
    *("code", "name", "level", "province", "classes", "state", "answer", "reliance"),
    *("rate_first", "rate_last", "fall_points", "fall_percent", "doubted", "margin", "bound", "latitude", "longitude"),
)
"""Names of the columns, as the page has them."""


class UnitColumns:
    """Gathers the table unit by unit."""

    def __init__(self, table: RateTable, as_of: int, boundaries: Boundaries | None) -> None:
        self._table, self._as_of, self._boundaries = table, as_of, boundaries
        self._rows: list[tuple[object, ...]] = []
        self._provinces: Numbered[tuple[str, str]] = Numbered()
        self._classes: Numbered[tuple[str, ...]] = Numbered()
        self._answers: Numbered[Text] = Numbered()

    def add(self, verdict: Verdict, series: Series, row: RateRow | None) -> None:
        """Add one unit."""
        day = self._day(series)
        answer = briefly_doubted(verdict_text(verdict), verdict.state, verdict.doubts)
        inside = tuple(token for token in verdict.classes if not token.startswith("not_"))
        self._rows.append(
            (
                visible(verdict.unit_code),
                visible(verdict.unit_name),
                LEVELS.index(verdict.level),
                self._provinces.number(_province(verdict, day)),
                self._classes.number(inside),
                state_number(verdict),
                self._answers.number(answer),
                RELIANCES.index(reliance_of(verdict.state, verdict.doubts)),
                *_rates(row),
                _doubted(row),
                verdict.margin_households,
                int(verdict.margin_is_bound),
                *_position(verdict, day),
            )
        )

    def record(self) -> dict[str, object]:
        """Return the columns, and what their numbers stand for."""
        columns = zip(*self._rows, strict=True) if self._rows else ((),) * len(COLUMNS)
        return {
            "units": {name: list(column) for name, column in zip(COLUMNS, columns, strict=True)},
            "provinces": [[code, visible(name)] for code, name in self._provinces.things],
            "classes": [[_class(token) for token in tokens] for tokens in self._classes.things],
            "answers": [both(answer) for answer in self._answers.things],
            "archipelagos": list(_archipelagos({code for code, _ in self._provinces.things if code})),
        }

    def _day(self, series: Series) -> date:
        """Return the day on which a unit bears its code: that of the boundaries, or of its newest figures.

        The code may have been another unit's before, or be another's since.
        """
        brought = self._boundaries.on(self._as_of) if self._boundaries is not None else None
        if brought is not None and series.ended_on is None:
            return brought
        return year_end(max((year for year in series.years if year <= self._as_of), default=self._as_of))


def _province(verdict: Verdict, day: date) -> tuple[str, str]:
    """Return code and name of the province a unit lies in on a day; "" where that is not known."""
    code = verdict.parent_code if verdict.level is Level.VILLAGE else verdict.unit_code
    province = bundled().province_of(code, day)
    unit = bundled().get(province, day) if province else None
    return (unit.code, unit.name) if unit is not None else ("", "")


def _position(verdict: Verdict, day: date) -> tuple[int | None, int | None]:
    """Return where a commune lies, in thousandths of a degree; None where that is not known."""
    point = position_of(verdict.unit_code, day) if verdict.level is Level.COMMUNE else None
    return (None, None) if point is None else (round(point.latitude * 1000), round(point.longitude * 1000))


def _archipelagos(provinces: set[str]) -> Iterator[list[object]]:
    """Yield name and place of the archipelagos that a map shows, whether they report or not.

    A map of several provinces is one of the country, which has them; one of their own province does too.
    """
    for code, name in ARCHIPELAGOS.items():
        point = position_of(code, REFORM_DAY)
        if point is not None and (len(provinces) > 1 or bundled().province_of(code, REFORM_DAY) in provinces):
            yield [both(name), round(point.latitude * 1000), round(point.longitude * 1000)]


def _rates(row: RateRow | None) -> tuple[int | None, ...]:
    """Return the rates at the first and the last year-end shown, and the falls over them, in hundredths."""
    if row is None or not row.years:
        return (None,) * 4
    first, last = row.years[0].rate_percent, row.years[-1].rate_percent
    return tuple(map(hundredths, (first, last, row.fall_points_total, row.fall_percent_total)))


def _doubted(row: RateRow | None) -> int:
    """Return 1 where a figure of the first year-end shown is disputed, 2 where one of the last is, 3 for both."""
    if row is None or not row.years or not row.doubts:
        return 0
    first, last = (bool(doubts_of_year(row.doubts, row.years[place].year)) for place in (0, -1))
    return first + 2 * last


def _class(token: str) -> object:
    return both(Text(class_label(token, Language.VI), class_label(token, Language.EN)))
