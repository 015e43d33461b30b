"""Rows whose unit is not known: no unit bears the name (U002), or several do (U003)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Final

from thidua_cli.findings import Finding, Kind, Severity, Standing
from thidua_cli.language import NO_TEXT, Text
from thidua_cli.model import Origin, Unit, year_end
from thidua_cli.units.reach import beyond_the_lists
from thidua_cli.units.tables import UnitTables
from thidua_cli.units.type_words import misspelt_head

_OFFERED: Final = 8

U002: Final = Kind(
    code="U002",
    name="unknown-name",
    severity=Severity.ERROR,
    standing=Standing.VOID,
    quotes=("value",),
    names=("parent",),
    title=Text("Không có đơn vị mang tên này", "Unknown name"),
    message=Text(
        "Không có đơn vị nào tên “{value}” thuộc {parent}.{candidates}",
        "No unit of {parent} is named “{value}”.{candidates}",
    ),
    what=Text(
        "Tên trong biểu không khớp với đơn vị nào của địa phương trong danh mục hành chính.",
        "The name fits no unit of the district or province in the official lists.",
    ),
    why=Text(
        "Chương trình không tự chọn tên gần giống; số liệu của dòng này không được dùng.",
        "The program does not choose a similar name by itself; the figures of the row are not used.",
    ),
    example=Text(
        "Biểu của Huyện Đông Giang ghi “Xã Sông Kông”; tên trong danh mục là Xã Sông Kôn.",
        "The table of Huyện Đông Giang says “Xã Sông Kông”; the official name is Xã Sông Kôn.",
    ),
    mend=Text(
        "Sửa tên theo danh mục hành chính (tìm bằng lệnh thidua units find) hoặc thêm cột mã đơn vị.",
        "Write the official name (thidua units find looks it up) or add a column with the codes of the units.",
    ),
)

U003: Final = Kind(
    code="U003",
    name="ambiguous-name",
    severity=Severity.ERROR,
    standing=Standing.VOID,
    quotes=("value",),
    names=("parent",),
    title=Text("Tên trùng với nhiều đơn vị", "Ambiguous name"),
    message=Text(
        "“{value}” khớp với nhiều đơn vị thuộc {parent}: {candidates}",
        "“{value}” fits several units of {parent}: {candidates}",
    ),
    what=Text(
        "Tên trong biểu khớp với từ hai đơn vị trở lên, vì thiếu chữ Xã, Phường, Thị trấn, thiếu dấu hoặc thiếu huyện.",
        "The name fits two units or more, for want of the word Xã, Phường or Thị trấn, of accents or of the district.",
    ),
    why=Text(
        "Chọn nhầm thì số liệu của đơn vị này tính cho đơn vị khác; dòng này không được dùng.",
        "A wrong choice would give the figures of one unit to another; the row is not used.",
    ),
    example=Text(
        "Biểu của Huyện Trạm Tấu ghi “Trạm Tấu”: huyện có cả Thị trấn Trạm Tấu và Xã Trạm Tấu.",
        "The table of Huyện Trạm Tấu says “Trạm Tấu”: there are Thị trấn Trạm Tấu and Xã Trạm Tấu.",
    ),
    mend=Text(
        "Ghi đầy đủ loại đơn vị và dấu của tên (ví dụ “Thị trấn Trạm Tấu”), xếp xã dưới dòng huyện của"
        " xã, thêm cột mã đơn vị, hoặc thêm --within với mã tỉnh, huyện có xã đó (ví dụ --within 11).",
        "Write the full name with its type and accents (“Thị trấn Trạm Tấu”), put a commune below the row of its"
        " district, add a column with the codes, or add --within with the code of the province or district in which"
        " it lies (such as --within 11).",
    ),
)


U010: Final = Kind(
    code="U010",
    name="misspelt-type-word",
    severity=Severity.NOTE,
    standing=Standing.NOTHING,
    quotes=("head",),
    names=("expected",),
    title=Text("Viết sai từ chỉ loại đơn vị", "The word for the type of unit is misspelt"),
    message=Text(
        "“{value}” được đọc là {expected}: từ chỉ loại đơn vị viết là “{head}”",
        "“{value}” is read as {expected}: its word for the type of unit is “{head}”",
    ),
    what=Text(
        "Chữ Xã, Phường, Thị trấn, Huyện … trước tên viết sai dấu, sai một chữ cái, viết liền với tên, hoặc viết “F” "
        "thay cho “P”; phần tên còn lại đúng và chỉ là của một đơn vị trong địa bàn của biểu.",
        "The word Xã, Phường, Thị trấn, Huyện … before a name has other accents, a wrong letter or no space after it, "
        "or “F” stands for “P”; the name itself is right, and that of one unit only within the place of the table.",
    ),
    why=Text(
        "Dòng vẫn được đọc; người lập biểu cần biết nó được hiểu là đơn vị nào.",
        "The row is read all the same; whoever made the table should know as which unit.",
    ),
    example=Text(
        "Biểu ghi “Thị trân Chi Lăng”, đọc là Thị trấn Chi Lăng.",
        "The table says “Thị trân Chi Lăng”, which is read as Thị trấn Chi Lăng.",
    ),
    mend=Text(
        "Sửa từ chỉ loại đơn vị cho đúng (Xã, Phường, Thị trấn, Huyện …); nếu là đơn vị khác thì sửa tên.",
        "Write the word for the type as it is (Xã, Phường, Thị trấn, Huyện …); mend the name if another unit is meant.",
    ),
)


def misspelt_type(name: str, unit: Unit, year: int, origin: Origin) -> list[Finding]:
    """Return U010 where a name was read as a unit although its type word is misspelt; nothing where it is right."""
    head = misspelt_head(name, unit)
    if head is None:
        return []
    details = {"head": head}
    return [Finding(U010, origin, unit.code, unit.name, year, "unit_name", name, unit.name, details=details)]


def candidates_text(candidates: Sequence[Unit], as_question: bool) -> Text:
    """Return the units to choose from, in words; empty where there is none."""
    if not candidates:
        return NO_TEXT
    names = "; ".join(f"{unit.name} ({unit.code})" for unit in candidates)
    return Text(f" Có phải: {names}?", f" Is it {names}?") if as_question else Text(names, names)


def unknown_text(candidates: Sequence[Unit], year: int) -> Text:
    """Return the units that may be meant; and how far the lists reach, of a year-end beyond them."""
    asked, beyond = candidates_text(candidates, as_question=True), beyond_the_lists(year_end(year))
    return Text(asked.vi + beyond.vi, asked.en + beyond.en)


def ambiguous_text(units: Sequence[Unit], on: date, tables: UnitTables) -> Text:
    """Return units of one name to choose from, each with the units above it; then what to type for each.

    "--within CODE" names the province that holds a unit alone, or else its district; nothing where neither does.
    """
    above = [tables.ancestors(unit, on) for unit in units]
    holding = Counter(place.code for places in above for place in places)
    alone = [next((place for place in reversed(places) if holding[place.code] == 1), None) for places in above]
    lines = [f"--within {place.code} ({place.name})" for place in alone if place is not None]
    placed = placed_text(units, on, tables)
    if not lines:
        return placed
    offered = Text.and_more(lines, _OFFERED)
    return Text(f"{placed.vi}; thêm {offered.vi}", f"{placed.en}; add {offered.en}")


def placed_text(units: Sequence[Unit], on: date, tables: UnitTables) -> Text:
    """Return units of one name to choose from, each with the units above it."""
    placed = [(unit, tables.ancestors(unit, on)) for unit in units]
    names = [f"{', '.join((unit.name, *(upper.name for upper in above)))} ({unit.code})" for unit, above in placed]
    return Text.and_more(names, _OFFERED, "; ")
