"""H010: the place of a table that names alone tell, its own or those of all files read together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import Final

from thidua_cli.findings import Finding, Kind, Severity, Standing
from thidua_cli.language import NO_TEXT, Text
from thidua_cli.late_dataclass import replace
from thidua_cli.model import Origin, Unit
from thidua_cli.normalise.forms.table import Form

H010: Final = Kind(
    code="H010",
    name="unit-told-by-names",
    severity=Severity.NOTE,
    standing=Standing.NOTHING,
    quotes=("value",),
    title=Text("Địa phương của biểu được suy từ các tên", "The place of the table is told by names alone"),
    message=Text(
        "{tables} của tỉnh, huyện nào; {read}: {reason}{files}",
        "{tables} which province or district it is of; {read}: {reason}{files}",
    ),
    what=Text(
        "Không có chữ nào quanh biểu ghi rõ tỉnh, huyện. Mọi tên trong biểu, hoặc mọi tên trong các tệp đọc cùng "
        "một lần (ít nhất ba tên), chỉ khớp với một nơi, nên biểu được đọc là của nơi đó. Nhiều tệp đọc cùng như vậy "
        "được nêu một lần, ở tệp đầu.",
        "No words around the table tell the province or district. All names in it, or all names in the files read "
        "together (three at least), fit one place only, so it is read as that place's. Of many files read together it "
        "is told once, at the first.",
    ),
    why=Text(
        "Nhiều xã trùng tên ở các tỉnh khác nhau; nơi được suy ra cần được người đọc biết.",
        "Communes of several provinces share a name; the reader has to know which place was taken, and why.",
    ),
    example=Text(
        "Thư mục có 130 tệp, mỗi tệp của một xã, không ghi tỉnh; 104 tên chỉ có ở Tỉnh Nghệ An, nên 26 xã trùng tên "
        "với xã tỉnh khác cũng được đọc là của Tỉnh Nghệ An.",
        "A folder of 130 files of one commune each names no province; 104 names are of Tỉnh Nghệ An only, so the 26 "
        "that other provinces have too are read as those of Tỉnh Nghệ An.",
    ),
    mend=Text(
        "Không cần sửa nếu đúng. Để chắc chắn, ghi tên tỉnh ở tiêu đề hoặc nêu --within với mã tỉnh.",
        "Nothing if it is right. To be sure, name the province in the title or give --within with its code.",
    ),
)
_FILES_NAMED: Final = 3
_MORE_FILES: Final = Text(" và {count} tệp khác", " and {count} more")
_TABLE: Final = Text("Biểu không ghi rõ", "The table does not say")
_TABLES: Final = Text("{count} biểu không ghi rõ", "{count} tables do not say")
_ALL_OF: Final = Text("các đơn vị trong đó được đọc là của {place}", "the units in them are read as those of {place}")


def told_by_rows(origin: Origin, unit: Unit, names: int) -> Finding:
    """Return H010 for a table whose own names tell it."""
    reason = Text(f"cả {names} tên trong biểu chỉ có ở đó", f"all {names} names in it are of that place only")
    return _told(origin, unit, reason)


def told_together(form: Form, unit: Unit, place: Unit, names: int, *, is_part: bool = False) -> Finding:
    """Return H010 for a table of `unit`, or of some of its units, whose place the files read with it tell."""
    reason = Text(
        f"cả {names} tên trong các tệp đọc cùng chỉ khớp với {place.name}",
        f"all {names} names in the files read together fit {place.name} only",
    )
    told = _told(form.sheet.grid.origin(), unit, reason)
    if is_part:
        told = replace(told, unit_code=None, unit_name=None, details={**told.details, "read": _of_part(unit)})
    return replace(told, details={**told.details, "together": place.name})


def once_for_all_files(findings: Sequence[Finding]) -> list[Finding]:
    """Return findings with what several files have for one reason told once, at the first of the files by name."""
    reasons: dict[object, list[Finding]] = {}
    for finding in findings:
        if finding.kind is H010 and "together" in finding.details:
            reasons.setdefault(finding.details["reason"], []).append(finding)
    several = [told for told in reasons.values() if len(told) > 1]
    if not several:
        return list(findings)
    folded = {id(finding) for told in several for finding in told}
    return [*(finding for finding in findings if id(finding) not in folded), *map(_once, several)]


def _once(told: Sequence[Finding]) -> Finding:
    ordered = sorted(told, key=lambda finding: (finding.origin.file, finding.origin.sheet))
    first, place = ordered[0], str(ordered[0].details["together"])
    named = Text.and_more([PurePath(finding.origin.file).name for finding in ordered], _FILES_NAMED, more=_MORE_FILES)
    details = {
        "tables": _TABLES.fill(count=len(ordered)),
        "read": _ALL_OF.fill(place=place),
        "reason": first.details["reason"],
        "files": Text(f" ({named.vi})", f" ({named.en})"),
    }
    return Finding(H010, first.origin, value=place, details=details)


def _of_part(unit: Unit) -> Text:
    return Text(
        f"các đơn vị trong biểu được đọc là của {unit.name}", f"the units in it are read as those of {unit.name}"
    )


def _told(origin: Origin, unit: Unit, reason: Text) -> Finding:
    read = Text(f"đọc là của {unit.name}", f"read as that of {unit.name}")
    details = {"tables": _TABLE, "read": read, "reason": reason, "files": NO_TEXT}
    return Finding(H010, origin, unit.code, unit.name, value=unit.name, details=details)
