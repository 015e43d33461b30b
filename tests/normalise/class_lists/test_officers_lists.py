"""Every list gives the rows that it means, each with its cell, in every format that an office saves."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms.corpus_formats import OFFICE, saved_by_office
from forms.xlsb import as_xlsb
from tests.normalise.class_lists.officers_lists import LISTS, OfficersList, Sheet, write
from thidua_cli.normalise.class_lists.reading import ListedClasses, read_class_list

each_list = pytest.mark.parametrize("one", LISTS, ids=lambda one: one.name.replace(" ", "-"))


def rows_of(read: ListedClasses) -> list[tuple[str, str, str]]:
    return [(row.unit_code, row.written, row.cell.cell) for row in read.rows]


def as_text(rows: Sheet, separator: str) -> str:
    return "\n".join(
        separator.join("" if cell is None else str(cell).removesuffix(".0") for cell in row) for row in rows
    )


def test_there_are_thirty_lists_and_more() -> None:
    assert len(LISTS) >= 30
    assert len({one.name for one in LISTS}) == len(LISTS)


@each_list
def test_a_list_gives_its_rows_by_cell(one: OfficersList, tmp_path: Path) -> None:
    read = read_class_list(write(tmp_path / "lop.xlsx", one), one.within)
    told = [finding for finding in read.findings if finding.kind.code != "C004"]
    assert [finding.kind.code for finding in told] == list(one.codes), [finding.message() for finding in read.findings]
    assert not read.errors
    assert rows_of(read) == list(one.meant)
    assert {(row.valid_from, row.valid_to) for row in read.rows} == {one.days}


FLAT = [one for one in LISTS if not one.merged and one.sheet == "Sheet1" and "dates of Excel" not in one.name]


@pytest.mark.parametrize(("encoding", "separator"), [("utf-8-sig", ","), ("utf-16", "\t"), ("utf-8", ";")])
def test_a_text_of_excel_gives_the_same_rows(encoding: str, separator: str, tmp_path: Path) -> None:
    assert len(FLAT) > 20
    for one in FLAT:
        if separator == "," and any("," in str(cell) for row in one.rows for cell in row):
            continue
        path = tmp_path / "lop.csv"
        path.write_bytes(as_text(one.rows, separator).encode(encoding))
        assert rows_of(read_class_list(path, one.within)) == list(one.meant), one.name


def test_a_text_of_windows_1258_gives_the_same_rows(tmp_path: Path) -> None:
    import unicodedata

    (one,) = [one for one in LISTS if one.name.startswith("districts with a class")]
    tones = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
    letters: list[str] = []
    for letter in as_text(one.rows, ";"):
        parts = unicodedata.normalize("NFD", letter)
        marks = "".join(part for part in parts if part in tones)
        letters.append(unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones)) + marks)
    (tmp_path / "lop.csv").write_bytes("".join(letters).encode("cp1258"))
    assert rows_of(read_class_list(tmp_path / "lop.csv")) == list(one.meant)


def test_a_binary_workbook_gives_the_same_rows(tmp_path: Path) -> None:
    one = LISTS[1]
    (tmp_path / "lop.xlsb").write_bytes(as_xlsb(write(tmp_path / "lop.xlsx", one)))
    assert rows_of(read_class_list(tmp_path / "lop.xlsb")) == list(one.meant)


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_a_workbook_that_an_office_saved_gives_the_same_rows(suffix: str, tmp_path: Path) -> None:
    lists = [one for one in LISTS if one.merged or "dates of Excel" in one.name]
    assert len(lists) >= 3
    books = [write(tmp_path / f"lop-{number}.xlsx", one) for number, one in enumerate(lists)]
    saved_by_office(books, suffix, tmp_path)
    for book, one in zip(books, lists, strict=True):
        assert rows_of(read_class_list(book.with_suffix(f".{suffix}"))) == list(one.meant), one.name
