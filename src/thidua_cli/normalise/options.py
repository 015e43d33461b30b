"""What the user says of the files beforehand, and what of it cannot be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from thidua_cli.errors import UsageError
from thidua_cli.language import Text
from thidua_cli.late_dataclass import dataclass
from thidua_cli.model import COUNTRY_CODE, Level
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.normalise.forms.register import MAPPED
from thidua_cli.normalise.record.layout_record import LayoutRecord
from thidua_cli.units.tables import UnitTables

if TYPE_CHECKING:
    from thidua_cli.normalise.mapping import FormMapping

PLACES: Final = (Level.PROVINCE, Level.DISTRICT)
"""Tiers whose units hold communes."""


class Together(NamedTuple):
    """The place that names in files read together agree on, for those of the files that fit several places."""

    place: str
    """Code of a province or district."""
    names: int
    """How many different names agree."""
    before_reform: bool
    """The list it stands in: that of districts, or that since the reform of July 2025."""


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """What the user says of the files beforehand."""

    year: int | None = None
    """Year-end of tables that do not say theirs; overrides what they say."""
    unit: str | None = None
    """Code of the unit the tables are of (their scope), where their titles name no other."""
    mapping: FormMapping | None = None
    """An officer's own form, for the sheets it fits."""
    poverty_line: str | None = None
    """Poverty line of tables that do not say theirs."""
    within: str | None = None
    """Code of the province or district in which the names of the tables are looked up."""
    unit_option: str = "--unit"
    """What `unit` is given by, for messages: an option, or a key of the officer's own form."""
    show_values: bool = False
    """Findings repeat the texts of cells as they stand, which may name persons."""
    together: tuple[Together, ...] = ()
    """What other files of the call say of those that say too little; nobody states it."""

    @property
    def stated(self) -> str:
        """The words by which the unit of the tables is given: "--unit 505"."""
        return f"{self.unit_option} {self.unit}"


def refuse_unknown_unit(options: ReadingOptions, tables: UnitTables) -> None:
    """Refuse a unit that is in no list of whatever day, and a place that holds no communes.

    Raises:
        UsageError: `options.unit` or the mapping's scope is no unit of the tables, `options.within` no province or
            district.
    """
    scope = options.mapping.scope if options.mapping is not None else None
    if scope and scope != COUNTRY_CODE and not tables.periods(scope):
        text = Text("{file}: scope: không có đơn vị nào mang mã {code}", "{file}: scope: no unit has the code {code}")
        raise UsageError(text.fill(file=options.mapping.file if options.mapping else "", code=scope))
    if options.unit and options.unit != COUNTRY_CODE and not tables.periods(options.unit):
        raise UsageError(
            Text(
                f"{options.stated}: không có đơn vị nào mang mã này; tìm mã bằng “thidua units find TÊN”",
                f"{options.stated}: no unit has this code; find it with “thidua units find NAME”",
            )
        )
    if options.within and all(unit.level not in PLACES for unit in tables.periods(options.within)):
        code = options.within
        raise UsageError(
            Text(
                f"--within {code}: không phải mã tỉnh hoặc huyện; tìm mã bằng “thidua units find TÊN”",
                f"--within {code}: no province or district has this code; find it with “thidua units find NAME”",
            )
        )


def refuse_useless_mapping(options: ReadingOptions, layouts: Sequence[LayoutRecord], misfits: Sequence[Text]) -> None:
    """Refuse a form of the user's own that fits no sheet: what it says would be ignored.

    Raises:
        UsageError: The mapping was not used, nor is a sheet it fits refused.
    """
    mapping = options.mapping
    if mapping is None or any(layout.form == MAPPED or layout.refused for layout in layouts):
        return
    if misfits:
        reason = misfits[0]
    elif mapping.sheet is not None:
        reason = Text(
            f"không có trang tính nào tên như “{mapping.sheet}”", f"no sheet has a name like “{mapping.sheet}”"
        )
    else:
        reason = Text("không có trang tính nào để đọc", "there is no sheet to read")
    text = Text("--mapping {file}: không khớp trang tính nào: {reason}", "--mapping {file} fits no sheet: {reason}")
    raise UsageError(text.fill(file=mapping.file, reason=reason))
