"""From a file to what it holds."""

from __future__ import annotations

from collections.abc import Sequence

from thidua_cli.findings import Finding
from thidua_cli.language import Text
from thidua_cli.model import Origin
from thidua_cli.normalise.options import ReadingOptions
from thidua_cli.normalise.sheet.title import status_of_name
from thidua_cli.normalise.table_reading import FileReading, SheetPart, TableReading
from thidua_cli.normalise.tables import read_sheet
from thidua_cli.read.faults import F003, F008
from thidua_cli.read.open_source import open_source
from thidua_cli.read.same_files import same_files
from thidua_cli.read.source import Source
from thidua_cli.units.finder import UnitFinder

_NO_TABLE = Text(
    "không nhận ra dòng tiêu đề của Mẫu 08, 09, 10 hay các cột unit_code, year; tệp CSV phải ngăn cột bằng dấu "
    "phẩy, chấm phẩy hoặc tab; biểu riêng thì mô tả bằng --mapping",
    "no header of Mẫu 08, 09 or 10 and no columns unit_code, year; CSV columns are separated by comma, "
    "semicolon or tab; a form of your own is described by --mapping",
)


def read_source(source: Source, options: ReadingOptions, finder: UnitFinder) -> FileReading:
    """Return the tables of every sheet of one source; a source without any is told once, as a whole (F003)."""
    parts: list[SheetPart] = []
    has_table, is_broken = False, False
    for opened in open_source(source):
        if isinstance(opened, Finding):
            parts.append(SheetPart((TableReading([opened]),)))
            is_broken = True
        else:
            sheet = read_sheet(opened, options, finder)
            parts += sheet.parts
            has_table = has_table or sheet.has_table
    # a file that cannot be opened says so itself; one reason for nothing is enough
    if not has_table and not is_broken:
        finding = Finding(F003, Origin(source.name), details={"reason": _NO_TABLE})
        parts.append(SheetPart((TableReading([finding]),)))
    return FileReading(tuple(parts), is_refused=is_broken or not has_table)


def repeated_files(sources: Sequence[Source]) -> dict[Source, Source]:
    """Return file → earlier file of the same content.

    Not one whose name says another status: the final figures of a review may well be the preliminary ones, saved again
    under another name, and where they are dropped nothing final is left.
    """
    same = same_files(sources)
    return {
        source: earlier
        for source, earlier in same.items()
        if status_of_name(source.name) is status_of_name(earlier.name)
    }


def repeated_file(source: Source, earlier: Source) -> FileReading:
    """Return what is said of a file whose content was read under another name (F008)."""
    finding = Finding(F008, Origin(source.name), value=earlier.name, details={"other": earlier.name})
    return FileReading((SheetPart((TableReading([finding]),)),))
