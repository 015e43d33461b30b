"""Household lists in disguise: persons and numbers are invented, and none of them may come out.

Every list holds only the persons below, so that one search over the bytes of an output tells whether any is in it.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import openpyxl

from forms.corpus_encodings import Bytes, Encoding, encoded
from forms.corpus_formats import with_texts_as
from reading.meaning import Book, Cell, Sheet
from reading.meaning import Merge as Area
from reading.writing import Writer, by_xlsxwriter, html, ods_plain, text, xlsb
from reading.writing import by_xlwt as xls

Value = str | int | float | None
Rows = Sequence[Sequence[Value]]


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person."""

    name: str
    number: str
    """No number that was ever given to anybody: the last six digits are made up in order."""
    year: int


INVENTED: Final = (
    Person("Nguyễn Văn Thược", "049058700101", 1958),
    Person("Trần Thị Nhạn", "049161700982", 1961),
    Person("Lê Văn Yểng", "049075700203", 1975),
    Person("Phạm Thị Khướu", "049180700874", 1980),
    Person("Đặng Văn Diệc", "049049700305", 1949),
    Person("Võ Thị Sếu", "049190700766", 1990),
    Person("Bùi Văn Chích", "049066700407", 1966),
    Person("Hồ Thị Vạc", "049171700658", 1971),
    Person("Đinh Văn Cuốc", "049084700509", 1984),
    Person("Lý Thị Quắm", "049153700540", 1953),
    Person("Ngô Văn Trĩ", "049077700611", 1977),
    Person("Mai Thị Bồng", "049188700432", 1988),
)
HIGHLANDS: Final = (
    *("A Thược", "Y Nhạn", "H'Yểng", "K'Khướu", "Alăng Diệc", "Zơrâm Sếu", "Bríu Chích", "Bh'nướch Vạc"),
    *("Ksor Cuốc", "Rơ Châm Quắm", "Arất Trĩ", "Coor Bồng"),
)
GIVEN: Final = tuple(person.name.split()[-1] for person in INVENTED)
"""Words that stand nowhere in the program."""

TITLE: Final = ("UBND XÃ BA, HUYỆN ĐÔNG GIANG", "KẾT QUẢ RÀ SOÁT HỘ NGHÈO, HỘ CẬN NGHÈO NĂM 2023")
COUNTED: Final = ("Tổng số hộ", "Hộ nghèo", "Hộ cận nghèo")
UNITS: Final = (("1", "Thôn Ban Mai", 120, 12, 9), ("2", "Thôn Éo", 96, 14, 3), ("3", "Thôn Phú Bảo", 80, 8, 8))
PLACES: Final = ("Thôn Ban Mai", "Thôn Éo", "Thôn Phú Bảo")


def titled(header: Sequence[Value], rows: Rows) -> list[list[Value]]:
    return [[TITLE[0]], [TITLE[1]], [], list(header), *map(list, rows)]


def book(*sheets: Rows, names: Sequence[str] = ("Biểu", "Biểu 2", "Biểu 3"), merges: Sequence[Area] = ()) -> Book:
    return Book(
        "danh-sach",
        [
            Sheet(name, [[Cell(value) for value in row] for row in rows], merges=list(merges))
            for name, rows in zip(names, sheets, strict=False)
        ],
    )


def ones() -> list[tuple[int, int, int]]:
    """One household each: poor, or near-poor."""
    return [(1, number % 2, 1 - number % 2) for number in range(len(INVENTED))]


def _as_form(heading: str = "Khu vực/Địa bàn", names: Sequence[str] = ()) -> Rows:
    shown = names or [person.name for person in INVENTED]
    rows = [(str(n), name, *counts) for n, (name, counts) in enumerate(zip(shown, ones(), strict=False), start=1)]
    return titled(["TT", heading, *COUNTED], rows)


def shortened(name: str) -> str:
    """Return "N.V.Thược"."""
    *others, given = name.split()
    return ".".join([*(word[0] for word in others), given])


def _form() -> Rows:
    return titled(["TT", "Thôn", *COUNTED], UNITS)


Writing = Callable[[Path], Path]
DISGUISES: Final[dict[str, Writing]] = {}
MIXED: Final[set[str]] = set()
"""Disguises beside or below a form, which is read all the same."""


def disguise(name: str, *, mixed: bool = False) -> Callable[[Writing], Writing]:
    def register(write: Writing) -> Writing:
        DISGUISES[name] = write
        if mixed:
            MIXED.add(name)
        return write

    return register


def _of_rows(name: str, rows: Rows, writer: Writer = by_xlsxwriter, *, mixed: bool = False) -> None:
    disguise(name, mixed=mixed)(lambda folder: writer(book(rows), folder))


def _beside(header: Sequence[Value], cells: Callable[[int, Person], Sequence[Value]]) -> Rows:
    return titled(header, [cells(n, person) for n, person in enumerate(INVENTED, start=1)])


_of_rows("headings of a form", _as_form())
_of_rows("headings of villages", _as_form("Thôn"))
_of_rows("an .xls", _as_form(), xls)
_of_rows("an .xlsb", _as_form(), xlsb)
_of_rows("an .ods", _as_form(), ods_plain)
_of_rows("a web page", _as_form(), html)
_of_rows("a CSV with semicolons", _as_form(), text(";", "csv", "utf-8-sig"))
_of_rows("year of birth behind the name", _as_form(names=[f"{one.name} - {one.year}" for one in INVENTED]))
_of_rows("names with titles", _as_form(names=[f"{'Bà' if 'Thị' in p.name else 'Ông'} {p.name}" for p in INVENTED]))
_of_rows("names in small letters", _as_form(names=[person.name.lower() for person in INVENTED]))
_of_rows("names in capitals", _as_form(names=[person.name.upper() for person in INVENTED]))
_of_rows("names of the highlands", _as_form("Thôn", HIGHLANDS))
_of_rows("names shortened", _as_form(names=[shortened(person.name) for person in INVENTED]))
_of_rows("given names alone", _as_form(names=[" ".join(one.name.split()[1:]) for one in INVENTED]))
_of_rows(
    "persons in the column of notes",
    _beside(["TT", "Thôn", *COUNTED, "Ghi chú"], lambda n, p: [n, PLACES[n % 3], 1, 1, 0, p.name]),
)
_of_rows(
    "a hamlet in every row, a person beside it",
    _beside(["TT", "Thôn", "Người đại diện", *COUNTED], lambda n, p: [n, PLACES[n // 5], p.name, 1, 0, 1]),
)
_of_rows(
    "a hamlet before each name",
    _as_form("Thôn", [f"{PLACES[at // 5]}: {one.name} ({one.year})" for at, one in enumerate(INVENTED)]),
)
_of_rows(
    "crosses instead of ones",
    _beside(
        ["TT", "Đơn vị", "Ngày cấp", "Hộ nghèo", "Hộ cận nghèo"],
        lambda n, p: [n, p.name, f"{n:02}/05/{p.year}", "x" if n % 2 else "", "" if n % 2 else "x"],
    ),
)
_of_rows(
    "scores",
    _beside(["STT", "Đơn vị", *COUNTED, "Điểm B1", "Điểm B2"], lambda n, p: [n, p.name, 1, 1, 0, 95 + n, 30 + n]),
)
_of_rows("numbers in place of names", _as_form(names=[person.number for person in INVENTED]))
_of_rows(
    "numbers stored as numbers",
    _beside(["TT", "Thôn", *COUNTED, "Mã số"], lambda n, p: [n, PLACES[n % 3], 1, 1, 0, int(p.number)]),
)
_of_rows(
    "numbers with blanks",
    _beside(
        ["TT", "Thôn", *COUNTED, "Mã số"],
        lambda n, p: [
            n,
            PLACES[n % 3],
            1,
            1,
            0,
            f"{p.number[:3]} {p.number[3:6]} {p.number[6:9]} {p.number[9:]}",
        ],
    ),
)
_of_rows(
    "members of households",
    _beside(
        ["TT", "Đơn vị", "Quan hệ", "Ngày", "Tổng số hộ", "Hộ nghèo"],
        lambda n, p: [n, p.name, "Vợ" if n % 2 else "Chủ hộ", f"02/{n:02}/{p.year}", n % 5 + 1, 1],
    ),
)
_of_rows(
    "two persons in a row",
    _beside(
        ["TT", "Đơn vị", "Vợ hoặc chồng", *COUNTED],
        lambda n, p: [n, p.name, INVENTED[-n].name, 1, n % 2, 1 - n % 2],
    ),
)
_of_rows(
    "a list that says what it is",
    _beside(
        ["STT", "Họ và tên chủ hộ", "Số CCCD", "Ngày sinh", "Dân tộc", "Thôn", "Hộ nghèo"],
        lambda n, p: [n, p.name, p.number, f"01/02/{p.year}", "Cơ Tu", PLACES[n % 3], "x"],
    ),
)
_of_rows("no header at all", [[n, p.name, p.year, p.number, "Cơ Tu"] for n, p in enumerate(INVENTED, start=1)])
_of_rows(
    "persons as columns",
    [
        [TITLE[0]],
        ["Chỉ tiêu", *(person.name for person in INVENTED)],
        ["Tổng số hộ", *(1 for _ in INVENTED)],
        ["Số hộ nghèo", *(1 for _ in INVENTED)],
        ["Năm sinh", *(person.year for person in INVENTED)],
    ],
)
_of_rows(
    "persons below their hamlets",
    titled(
        ["TT", "Đơn vị", *COUNTED],
        [
            row
            for n, unit in enumerate(UNITS)
            for row in [unit, *((None, p.name, 1, 1, 0) for p in INVENTED[4 * n : 4 * n + 4])]
        ],
    ),
)


def _numbered(first: int, cells: Callable[[Person], Sequence[Value]]) -> list[list[Value]]:
    return [[n, *cells(person)] for n, person in enumerate(INVENTED, start=first)]


def _one_each(person: Person) -> Sequence[Value]:
    return [person.name, 1, 1, 0]


_LIST_HEADER: Final[Sequence[Value]] = ("STT", "Người được hỗ trợ", "Mã số", "Năm", "Số tiền")
_of_rows(
    "below a form, with a header of its own",
    [*_form(), [], [], _LIST_HEADER, *_numbered(1, lambda person: [person.name, person.number, person.year, 500000])],
    mixed=True,
)
_of_rows("right below the units of a form", [*_form(), *_numbered(4, _one_each)], mixed=True)
_of_rows("below a form, after a blank row", [*_form(), [], *_numbered(1, _one_each)], mixed=True)


@disguise("on another sheet", mixed=True)
def _other_sheet(folder: Path) -> Path:
    return by_xlsxwriter(book(_form(), _as_form()), folder)


@disguise("split over sheets")
def _split(folder: Path) -> Path:
    names: Rows = [["STT", "Đối tượng", "Năm"], *_numbered(1, lambda person: [person.name, person.year])]
    return by_xlsxwriter(book(_as_form(), names, _as_form("Thôn", HIGHLANDS)), folder)


@disguise("merged cells")
def _merged(folder: Path) -> Path:
    rows = _beside(
        ["TT", "Thôn", "Người đại diện", *COUNTED],
        lambda n, p: [n, PLACES[n // 4] if n % 4 == 1 else None, p.name, 1, n % 2, 1 - n % 2],
    )
    return by_xlsxwriter(book(rows, merges=[Area(4, 1, 7, 1), Area(8, 1, 11, 1), Area(12, 1, 15, 1)]), folder)


@disguise("a hidden column")
def _hidden(folder: Path) -> Path:
    rows = _beside(["TT", "Thôn", *COUNTED, "Mã"], lambda n, p: [n, PLACES[n % 3], 1, 1, 0, p.number])
    path = by_xlsxwriter(book(rows), folder)
    workbook = openpyxl.load_workbook(path)
    workbook.worksheets[0].column_dimensions["F"].hidden = True
    workbook.save(path)
    return path


@disguise("typed in an old font")
def _old_font(folder: Path) -> Path:
    path = by_xlsxwriter(book(_as_form()), folder)
    path.write_bytes(with_texts_as(path.read_bytes(), Encoding.TCVN3))
    return path


@disguise("an old CSV of Windows-1258")
def _windows(folder: Path) -> Path:
    path = folder / "danh-sach.csv"
    lines = [";".join("" if cell is None else str(cell) for cell in row) for row in _as_form()]
    path.write_bytes(encoded("\r\n".join(lines), Bytes.WINDOWS_1258))
    return path


def _canonical(folder: Path, header: Sequence[str], rows: Rows) -> Path:
    path = folder / "danh-sach.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([header, *rows])
    return path


@disguise("a canonical table of persons")
def _canonical_names(folder: Path) -> Path:
    header = ("unit_name", "level", "parent_code", "year", "households", "poor_households", "near_poor_households")
    return _canonical(folder, header, [(p.name, "village", "20455", 2023, 1, 1, 0) for p in INVENTED])


@disguise("identity numbers as codes of units")
def _canonical_codes(folder: Path) -> Path:
    header = ("unit_code", "year", "households", "poor_households", "near_poor_households")
    return _canonical(folder, header, [(p.number, 2023, 1, n % 2, 1 - n % 2) for n, p in enumerate(INVENTED)])


@disguise("identity numbers as codes, with large counts")
def _canonical_large(folder: Path) -> Path:
    header = ("unit_code", "year", "households", "poor_households", "near_poor_households")
    return _canonical(folder, header, [(p.number, 2023, 100 + n, 20, 10) for n, p in enumerate(INVENTED)])


@disguise("persons in a canonical table's notes")
def _canonical_notes(folder: Path) -> Path:
    header = ("unit_code", "year", "households", "poor_households", "near_poor_households", "note")
    return _canonical(folder, header, [("20455", 2023, 1, 1, 0, f"{p.name} {p.number}") for p in INVENTED])
