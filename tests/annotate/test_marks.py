"""Findings become comments on coloured cells, and rows of a list with links."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from tests.annotate.cases import OTHER_SHEET, SHEET, finding, kind, rich_workbook
from thidua_cli.errors import InputError
from thidua_cli.findings import Finding, Severity
from thidua_cli.language import Language
from thidua_cli.model import Origin
from thidua_cli.present.annotate import annotate, annotated_names, can_annotate
from thidua_cli.present.annotate.listing import SHEET_NAME
from thidua_cli.present.annotate.styles import FILL_COLOURS

LIST = SHEET_NAME.vi


def opened(content: bytes) -> Workbook:
    book = load_workbook(BytesIO(content), keep_vba=True)
    if book.vba_archive is not None:
        book.vba_archive.close()  # openpyxl leaves it open for writing, of which Python 3.13 complains where it ends
    return book


def cell(book: Workbook, sheet: str, name: str) -> Cell:
    found = book[sheet][name]
    assert isinstance(found, Cell)
    return found


def comment(book: Workbook, sheet: str, name: str) -> str:
    found = cell(book, sheet, name).comment
    return found.text if found else ""


def colour(book: Workbook, sheet: str, name: str) -> str:
    return str(cell(book, sheet, name).fill.fgColor.rgb)


def listed(book: Workbook) -> list[list[object]]:
    sheet: Worksheet = book[LIST]
    return [list(row) for row in sheet.iter_rows(min_row=4, values_only=True)]


def linked(book: Workbook) -> list[str]:
    sheet: Worksheet = book[LIST]
    found = (one.hyperlink for row in sheet.iter_rows() for one in row)
    return [str(link.location) for link in found if link]


@pytest.mark.parametrize("severity", Severity)
def test_a_finding_colours_its_cell_and_says_code_sentence_and_mending(tmp_path: Path, severity: Severity) -> None:
    path = rich_workbook(tmp_path)
    one = finding(path, "D6", severity)
    book = opened(annotate(path, [one]).content)
    text = comment(book, SHEET, "D6")
    assert text.startswith(one.kind.code)
    assert one.message() in text
    assert one.kind.mend.vi in text
    assert colour(book, SHEET, "D6") == FILL_COLOURS[severity]


def test_findings_of_one_cell_share_a_comment_and_take_the_gravest_colour(tmp_path: Path) -> None:
    path = rich_workbook(tmp_path)
    both = [finding(path, "D6", Severity.NOTE, value=1), finding(path, "D6", Severity.ERROR, value=2)]
    book = opened(annotate(path, both).content)
    assert all(one.message() in comment(book, SHEET, "D6") for one in both)
    assert colour(book, SHEET, "D6") == FILL_COLOURS[Severity.ERROR]


def test_a_comment_that_stands_already_is_kept_before_the_finding(tmp_path: Path) -> None:
    path = rich_workbook(tmp_path)
    one = finding(path, "B5")
    text = comment(opened(annotate(path, [one]).content), SHEET, "B5")
    assert text.startswith("Ghi chú của huyện")
    assert one.message() in text


def test_a_cell_inside_a_merged_range_is_marked_where_it_shows(tmp_path: Path) -> None:
    path = rich_workbook(tmp_path)
    book = opened(annotate(path, [finding(path, "C1")]).content)
    assert comment(book, SHEET, "A1")
    assert colour(book, SHEET, "A1") == FILL_COLOURS[Severity.ERROR]


def test_a_whole_row_is_marked_in_its_first_cell(tmp_path: Path) -> None:
    path = rich_workbook(tmp_path)
    assert comment(opened(annotate(path, [finding(path, "12:12")]).content), SHEET, "A12")


def test_a_cell_that_was_empty_keeps_the_look_of_its_row_or_column(tmp_path: Path) -> None:
    path = rich_workbook(tmp_path)
    book = opened(annotate(path, [finding(path, name) for name in ("B30", "H9", "C40")]).content)
    assert cell(book, SHEET, "B30").font.bold
    assert cell(book, SHEET, "H9").number_format == "0.00%"
    assert cell(book, SHEET, "C40").number_format == "General"
    assert all(colour(book, SHEET, name) == FILL_COLOURS[Severity.ERROR] for name in ("B30", "H9", "C40"))


def test_a_finding_without_a_cell_is_listed_only(tmp_path: Path) -> None:
    path = rich_workbook(tmp_path)
    book = opened(annotate(path, [finding(path, ""), finding(path, "A1", sheet="Không có")]).content)
    assert [(row[2], row[3]) for row in listed(book)] == [("Không có", "A1"), (SHEET, None)]
    assert not any(one.comment for row in book[OTHER_SHEET].iter_rows() for one in row)
    assert linked(book) == []


def test_every_listed_finding_links_to_its_cell(tmp_path: Path) -> None:
    path = rich_workbook(tmp_path)
    findings = [finding(path, "D6"), finding(path, "C1"), finding(path, "B2", sheet=OTHER_SHEET)]
    book = opened(annotate(path, findings).content)
    assert sorted(linked(book)) == sorted([f"'{SHEET}'!D6", f"'{SHEET}'!A1", "'Xã A''Tiêng'!B2"])
    assert book.sheetnames[-1] == LIST


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    path = rich_workbook(tmp_path)
    starts = ["=1+1", "+1", "-1", "@x", "=HYPERLINK(1) & <b>\x07 _x0041_"]
    findings = [
        Finding(kind(Severity.ERROR), Origin(str(path), SHEET, row, 3), unit_name=start, column=start, value=start)
        for row, start in enumerate(starts, start=5)
    ]
    book = opened(annotate(path, findings).content)
    rows = list(book[LIST].iter_rows(min_row=4))
    assert all(one.data_type in ("s", "inlineStr", "n") for row in rows for one in row)
    assert [row[4].value for row in rows][:4] == starts[:4]
    assert not any(one.data_type == "f" for row in rows for one in row)


def test_findings_of_other_files_are_passed_over(tmp_path: Path) -> None:
    path = rich_workbook(tmp_path)
    book = opened(annotate(path, [finding(Path("khac.xlsx"), "D6")]).content)
    assert listed(book) == []
    assert not comment(book, SHEET, "D6")


def test_the_copy_speaks_the_language_asked_for(tmp_path: Path) -> None:
    path = rich_workbook(tmp_path)
    book = opened(annotate(path, [finding(path, "D6")], Language.EN).content)
    assert "Look at 7 again" in comment(book, SHEET, "D6")
    assert SHEET_NAME.en in book.sheetnames


def test_a_copy_can_be_annotated_again(tmp_path: Path) -> None:
    path = rich_workbook(tmp_path)
    again = tmp_path / "lan-hai.xlsm"
    again.write_bytes(annotate(path, [finding(path, "D6", value=11)]).content)
    book = opened(annotate(again, [finding(again, "D6", value=22)]).content)
    assert re.search("11.*22", comment(book, SHEET, "D6"), re.DOTALL)
    assert book.sheetnames[-2:] == [LIST, f"{LIST} (2)"]


def test_copies_of_files_with_one_name_get_different_names() -> None:
    paths = [Path("a/bieu.xlsx"), Path("b/BIEU.xls"), Path("c/bieu.csv"), Path("d/bieu.xlsm")]
    names = annotated_names(paths)
    assert list(names.values()) == [
        "bieu.thidua.xlsx",
        "BIEU (2).thidua.xlsx",
        "bieu (3).thidua.xlsx",
        "bieu.thidua.xlsm",
    ]


def test_a_file_that_was_refused_is_not_annotated() -> None:
    refused = Finding(kind(Severity.ERROR, "F009"), Origin("bom.xlsx"))
    assert not can_annotate(Path("bom.xlsx"), [refused])
    assert can_annotate(Path("khac.xlsx"), [refused])


def test_a_file_that_is_not_there_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="khong-co"):
        annotate(tmp_path / "khong-co.xlsx", [])
