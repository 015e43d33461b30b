"""Every kind of finding that reading and normalising can give: helper processes send them by code."""

from __future__ import annotations

from typing import Final

from thidua_cli.findings import Kind
from thidua_cli.normalise import empty_form, list_faults, unit_faults
from thidua_cli.normalise.cells import counts, headings, misnamed_rates, percents, taken, unread_rates, words
from thidua_cli.normalise.class_lists import kinds as class_kinds
from thidua_cli.normalise.forms import scope_faults, told_by_names
from thidua_cli.normalise.persons import household_list
from thidua_cli.normalise.sheet import (
    cell_faults,
    fonts,
    poverty_line,
    subject_findings,
    table_units,
    uneven_rows,
    unseen_cells,
    year_findings,
)
from thidua_cli.read import faults, other_formats, passed_over, workbook

_MODULES: Final = (
    faults,
    other_formats,
    passed_over,
    workbook,
    fonts,
    cell_faults,
    unseen_cells,
    empty_form,
    uneven_rows,
    headings,
    table_units,
    year_findings,
    subject_findings,
    scope_faults,
    told_by_names,
    poverty_line,
    counts,
    taken,
    words,
    percents,
    misnamed_rates,
    unread_rates,
    unit_faults,
    list_faults,
    household_list,
    class_kinds,
)
KINDS: Final[tuple[Kind, ...]] = tuple(
    {kind.code: kind for module in _MODULES for kind in vars(module).values() if isinstance(kind, Kind)}.values()
)
