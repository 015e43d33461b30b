"""Communes directly below a province in tables of the years that had districts, which these tables leave out."""

from __future__ import annotations

from functools import cached_property
from typing import Final

from thidua_cli.model import Level, Unit
from thidua_cli.normalise.forms.table import Area, Form, FormRow, Role
from thidua_cli.units.lookup import Match
from thidua_cli.units.names import split_type
from thidua_cli.units.tables import REFORM_DAY, boundary_day

URBAN: Final = frozenset({"phường", "thị trấn"})
RURAL: Final = frozenset({"xã"})


class CommunesOfProvince:
    """Finds communes of a table by their names within the whole province."""

    def __init__(self, form: Form, scope: Unit) -> None:
        self._form = form
        self._scope = scope
        self._rows = [row for row in form.rows if row.role is Role.UNIT and row.has_figures and not row.code]

    def match(self, row: FormRow) -> Match | None:
        """Match the name of a row that no unit right below the province bears; None where it is not looked for.

        A bare name is that of a commune only where the table names no district. A table that names a commune which
        only the list since the reform has follows that list: a name of both lists would mean the other households.
        """
        if self._scope.level is not Level.PROVINCE or boundary_day(self._form.year) >= REFORM_DAY:
            return None
        is_typed = split_type(row.name)[0] in URBAN | RURAL
        if not (is_typed or not self._names_districts) or self._follows_the_later_list:
            return None
        commune = self._within_province(row)
        return commune if commune.unit is not None or commune.how == "ambiguous" else None

    def _within_province(self, row: FormRow) -> Match:
        # a commune and a township may share a name: the section of the form tells them apart
        types = None if row.area is None else URBAN if row.area is Area.URBAN else RURAL
        commune = self._form.sheet.finder.commune_of_province(row.name, self._scope.code, self._form.year, types)
        if commune.unit is None and types is not None:
            return self._form.sheet.finder.commune_of_province(row.name, self._scope.code, self._form.year)
        return commune

    @cached_property
    def _names_districts(self) -> bool:
        form = self._form
        units = (form.sheet.finder.within(row.name, self._scope.code, form.year).unit for row in self._rows)
        return any(unit is not None and unit.level is Level.DISTRICT for unit in units)

    @cached_property
    def _follows_the_later_list(self) -> bool:
        return any(self._is_only_of_the_later_list(row) for row in self._rows)

    def _is_only_of_the_later_list(self, row: FormRow) -> bool:
        form, code = self._form, self._scope.code
        within = form.sheet.finder.within(row.name, code, form.year)
        if within.unit is not None or within.how == "ambiguous":
            return False
        commune = self._within_province(row)
        if commune.unit is not None or commune.how == "ambiguous":
            return False
        elsewhen = form.sheet.finder.on_another_day(row.name, "", code, form.year)
        return elsewhen is not None and elsewhen.level is Level.COMMUNE and elsewhen.valid_from >= REFORM_DAY
