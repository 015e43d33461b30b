"""Memberships that many units share: of communes of one province that no row names the lists say the same."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from thidua_cli.judge.classes.membership import Membership
from thidua_cli.judge.setting import Setting
from thidua_cli.model import Series, year_end
from thidua_cli.rulebook.classes import CLASS_TOKENS, codes_of_rows


class SharedMemberships:
    """The classes of units at a year-end, asked once of all that the lists cannot tell apart.

    A unit of which the user says something, or that is not as a list has it, has its own.
    """

    def __init__(self, setting: Setting, year: int, start: date | None, asked: Collection[str]) -> None:
        """Take units asked about the classes `asked`; `start` as in `Membership.at_start`."""
        days = [year_end(year), *([start] if start is not None else [])]
        classes = setting.classes
        codes = [
            classes.codes_of(token, day)
            for token in CLASS_TOKENS
            for day in days
            if token in asked or classes.speaks_of(token, day)
        ]
        self._days = tuple(dict.fromkeys([*codes, *map(codes_of_rows, asked)]))
        self._setting, self._year = setting, year
        self._shared: dict[object, Membership] = {}

    def of(self, series: Series) -> Membership:
        """Return what is known of a unit's classes, often the object that another unit has."""
        setting, code = self._setting, series.unit_code
        if code in setting.classes.user:
            return setting.membership(series, self._year)
        if not all(setting.as_listed(code, day) for day in self._days):
            return setting.membership(series, self._year)
        provinces = tuple([setting.province_of(code, day) for day in self._days])
        rows = setting.classes.bundled.get(code, ())
        rows_told = tuple([(row.token, row.inside, row.valid_from, row.valid_to, row.list_id) for row in rows])
        key = (series.level, provinces, rows_told)
        membership = self._shared.get(key)
        if membership is None:
            membership = self._shared[key] = setting.membership(series, self._year)
        return membership
