"""Every kind of finding that reading and normalising can give, in one place: helper processes send them by code."""

from __future__ import annotations

from typing import Final

from thidua_cli.findings import Kind
from thidua_cli.normalise import list_faults
from thidua_cli.normalise.sheet import faults, heading_faults
from thidua_cli.read import faults as file_faults

KINDS: Final[tuple[Kind, ...]] = (*file_faults.KINDS, *heading_faults.KINDS, *faults.KINDS, *list_faults.KINDS)
