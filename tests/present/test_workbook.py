from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from io import BytesIO
from itertools import dropwhile, takewhile

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from tests.present import cases
from tests.present.golden import assert_golden
from tests.present.rendered import rendered
from thidua_cli.judge.verdict import ClauseValue
from thidua_cli.language import Language
from thidua_cli.present.export.view import export_view
from thidua_cli.present.findings.view import findings_view
from thidua_cli.present.rates.view import rates_view
from thidua_cli.present.report.file_names import file_names
from thidua_cli.present.report.view import report_view
from thidua_cli.present.toolkit.document import View
from thidua_cli.present.toolkit.render import render
from thidua_cli.present.verdicts.values import measured_text
from thidua_cli.present.verdicts.view import eligible_view
from thidua_cli.results import Pack
from thidua_cli.rulebook.schema import ThresholdUnit


def drawn(view: View, language: Language = Language.VI) -> bytes:
    content = render(view, "xlsx", language)
    assert isinstance(content, bytes)
    return content


def export(language: Language = Language.VI) -> bytes:
    eligible = replace(cases.eligible_result(), sources=cases.sources())
    return drawn(export_view(Pack(eligible, cases.rates_result(), cases.check_result())), language)


def opened(content: bytes, *, values: bool = True) -> Workbook:
    return openpyxl.load_workbook(BytesIO(content), data_only=values)


def table(content: bytes, sheet: str, head: str, *, values: bool = True) -> list[tuple[object, ...]]:
    """Return the rows below a heading, from that whose first cell is `head`."""
    rows = dropwhile(lambda row: row[0] != head, opened(content, values=values)[sheet].iter_rows(values_only=True))
    next(rows)
    below = dropwhile(lambda row: row[0] is None, rows)  # the second line of the headings
    return list(takewhile(lambda row: row[0] is not None, below))


def test_the_same_values_give_the_same_bytes() -> None:
    assert export() == export()
    assert drawn(report_view(cases.unit_report())) == drawn(report_view(cases.unit_report()))


def test_the_pack_begins_with_the_paper_and_holds_what_it_is_taken_from() -> None:
    vietnamese, english = (opened(export(language)).sheetnames for language in (Language.VI, Language.EN))
    assert vietnamese[:3] == ["Kết quả", "Không đạt", "Chưa xác định"]
    assert vietnamese[3:] == ["Từng điều kiện", "Tỷ lệ và mức giảm", "Số liệu", "Phát hiện", "Nguồn", "Quy định"]
    assert english[:3] == ["Verdicts", "Not met", "Undetermined"]
    assert english[3:] == ["Clauses", "Rates and falls", "Counts", "Findings", "Sources", "Rules"]


def test_codes_are_text_and_figures_are_numbers() -> None:
    row = table(export(), "Kết quả", "STT")[1]
    assert row[:6] == (2, "Huyện Minh Họa", "không thuộc: huyện nghèo", 6800, 3100, 797)
    assert row[13] == pytest.approx(5.006770743488011, rel=1e-12), "the format rounds it, the cell does not"
    assert row[17:19] == ("Đạt phần định lượng", 35)
    assert table(export(), "Số liệu", "STT")[1][:3] == (2, "504", "Huyện Minh Họa")


@pytest.mark.parametrize(
    ("language", "sheet", "head", "unit"),
    [(Language.VI, "Không đạt", "Mã", "điểm %"), (Language.EN, "Not met", "Code", "points")],
)
def test_what_was_reached_is_written_with_its_unit(language: Language, sheet: str, head: str, unit: str) -> None:
    reached = [str(row[6]) for row in table(export(language), sheet, head)]
    lines = [figure for cell in reached for line in cell.splitlines() for figure in line.split("; ")]
    assert lines
    assert all(line.endswith((f" {unit}", "%")) for line in lines), lines
    assert any(line.endswith(f" {unit}") for line in lines)


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (ClauseValue(2024, Fraction(-1234)), ThresholdUnit.HOUSEHOLDS, "-1.234 hộ"),
        (ClauseValue(2024, Fraction(5, 2)), ThresholdUnit.HOUSEHOLDS, "2,50 hộ"),
        (ClauseValue(2024, None, Fraction(-3), Fraction(4)), ThresholdUnit.HOUSEHOLDS, "-3…4 hộ"),
        (ClauseValue(2024, None, None, Fraction(4)), ThresholdUnit.PERCENT, "…4,00%"),
        (ClauseValue(2024, None), ThresholdUnit.POINTS, "–"),
    ],
)
def test_households_are_whole_and_what_is_missing_has_no_unit(
    value: ClauseValue, unit: ThresholdUnit, written: str
) -> None:
    assert measured_text(value, unit, Language.VI) == written


@pytest.mark.parametrize(
    ("language", "sheet", "words"),
    [(Language.VI, "Số liệu", "không đổi theo: phải lập lại"), (Language.EN, "Counts", "do not follow: make the")],
)
def test_the_sheet_of_counts_says_what_does_not_follow_a_changed_count(
    language: Language, sheet: str, words: str
) -> None:
    cells = [str(cell) for row in opened(export(language))[sheet].iter_rows(values_only=True) for cell in row]
    assert sum(words in cell for cell in cells) == 1


def test_a_rate_is_a_formula_over_its_counts_with_the_value_stored() -> None:
    sheet = "Tỷ lệ và mức giảm"
    stored, written = (table(export(), sheet, "STT", values=values)[1] for values in (True, False))
    cell = r"'Số liệu'!\$"
    known = rf"=IF\(COUNT\({cell}H(\d+),{cell}E\1\)=2,"
    place = re.fullmatch(rf'{known}IFERROR\(100\*{cell}H\1/{cell}E\1,""\),""\)', str(written[3]))
    assert place
    assert opened(export())["Số liệu"][f"C{place[1]}"].value == "Huyện Minh Họa"
    assert stored[3] == pytest.approx(100 * 3897 / 6800, rel=1e-15)


def test_a_missing_figure_is_an_empty_cell() -> None:
    province = table(export(), "Tỷ lệ và mức giảm", "STT")[0]
    assert [place for place, value in enumerate(province) if value is None] == [4, 5, 6, 8, 9]
    assert table(export(), "Số liệu", "STT")[0][8:12] == (None,) * 4


def test_no_word_of_a_program_stands_before_a_council() -> None:
    texts = [str(cell.value) for sheet in opened(export()) for row in sheet.iter_rows() for cell in row if cell.value]
    assert len(texts) > 100
    typed = re.compile(r"--[a-z]|“thidua |\[[a-z]+(?:-[a-z]+)+\]")
    assert [text for text in texts if typed.search(text)] == []


def test_text_that_looks_like_a_formula_stays_text() -> None:
    sheet = opened(export(), values=False)["Phát hiện"]
    messages = [cell.value for cell in sheet["E"] if isinstance(cell.value, str)]
    assert any("(=1+1)" in message for message in messages)
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_sheets_are_made_to_be_printed_and_scrolled() -> None:
    for sheet in opened(export()):
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.paperSize == 9
        assert sheet.page_setup.fitToHeight == 0 or 58 <= int(sheet.page_setup.scale or 100) <= 100
        assert sheet.freeze_panes or sheet["A1"].value.startswith("…"), "a frame would fill the screen"
        assert sheet.auto_filter.ref


def test_the_sources_name_files_with_their_hashes_and_cells() -> None:
    rows = table(export(), "Nguồn", "Loại")
    assert rows[0] == ("Số liệu", "so-lieu.xlsx", "Mẫu 08", "C9:I28", "", "ab" * 32)
    assert [row[0] for row in rows[1:3]] == ["Danh mục phân loại", "Quy định"]


@pytest.mark.parametrize(
    "view",
    [findings_view(cases.check_result()), rates_view(cases.rates_result()), eligible_view(cases.eligible_result())],
)
def test_each_result_makes_a_workbook_of_one_sheet(view: View) -> None:
    book = opened(drawn(view))
    assert len(book.sheetnames) == 1
    assert book.worksheets[0].max_row > 5


@pytest.mark.parametrize("language", Language)
def test_the_report_of_one_unit(language: Language) -> None:
    assert_golden(f"report.{language.value}.md", rendered(report_view(cases.unit_report()), "markdown", language))


def test_the_report_of_a_unit_without_rules_or_findings() -> None:
    assert_golden("report-no-criterion.md", rendered(report_view(cases.unit_report("20962")), "markdown"))


def test_a_report_as_a_workbook_is_one_sheet_that_is_printed_upright() -> None:
    (sheet,) = opened(drawn(report_view(cases.unit_report()))).worksheets
    assert sheet.title == "Báo cáo"
    assert sheet.page_setup.orientation == "portrait"
    words = [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    headings = [word for word in words if word.split(".")[0] in ("I", "II", "III", "IV", "V")]
    assert len(headings) == 5


@pytest.mark.parametrize(
    ("code", "name", "expected"),
    [
        ("20956", "Xã Trà Đôn", "20956-xa-tra-don.md"),
        ("00001", "Phường 1/A\\B:C", "00001-phuong-1-a-b-c.md"),
        ("20956-thon-1", "", "20956-thon-1.md"),
        ("../x", "..", "x.md"),
    ],
)
def test_file_names_are_safe_everywhere(code: str, name: str, expected: str) -> None:
    assert file_names([(code, name)], "md") == [expected]
