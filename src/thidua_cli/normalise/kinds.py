"""Every kind of finding that reading and normalising can give, in one place: helper processes send them by code."""

from __future__ import annotations

from typing import Final

from thidua_cli.findings import Kind
from thidua_cli.normalise import list_faults
from thidua_cli.normalise.sheet import cell_faults, faults, fonts, heading_faults
from thidua_cli.read import faults as file_faults
from thidua_cli.read import workbook

KINDS: Final[tuple[Kind, ...]] = (
    *(*file_faults.KINDS, workbook.F002, fonts.F006, *cell_faults.KINDS),
    *(*heading_faults.KINDS, *faults.KINDS, *list_faults.KINDS),
)
