"""What several rows of the workbook for submission say word for word stands once, below their table."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.present import cases
from thidua_cli.judge.verdict import Verdict
from thidua_cli.language import Language, Text
from thidua_cli.present.export.notes_below import CellWords, NotesBelow
from thidua_cli.present.export.view import export_view
from thidua_cli.present.toolkit.document import Section
from thidua_cli.results import Pack

LONG = CellWords("Chưa biết đơn vị có phải là xã khu vực I hay không: danh mục chưa đủ.", "Chưa biết khu vực")
OTHER = CellWords("Văn bản chỉ đặt tiêu chí cho huyện nghèo; đơn vị này không thuộc diện đó.", "Không có tiêu chí")
DOUBT = CellWords("Dù ô E12 có lỗi S002 mà chưa ai sửa hay xác nhận từ khi nộp.")


def test_a_text_of_three_rows_stands_once_below_and_rows_keep_a_few_words_and_its_number() -> None:
    below = NotesBelow([LONG] * 3 + [OTHER] * 4)
    assert below.cell([LONG]) == "Chưa biết khu vực (1)"
    assert below.cell([OTHER]) == "Không có tiêu chí (2)"
    assert below.notes == [f"(1) {LONG.text}", f"(2) {OTHER.text}"]


def test_a_text_of_two_rows_stays_in_them() -> None:
    below = NotesBelow([LONG] * 2)
    assert below.cell([LONG]) == LONG.text
    assert below.notes == []


def test_doubts_stay_on_each_row_in_words() -> None:
    below = NotesBelow([LONG, DOUBT] * 5)
    assert below.cell([LONG, DOUBT]) == f"Chưa biết khu vực (1). {DOUBT.text}"
    assert len(below.notes) == 1


def test_what_is_hardly_longer_than_its_short_words_stays() -> None:
    brief = CellWords("không thuộc: huyện nghèo", "không thuộc")
    assert NotesBelow([brief] * 9).cell([brief]) == brief.text


# ------------------------------------------------------------ in the workbook


def sections(verdicts: list[Verdict], language: Language) -> dict[str, Section]:
    """Return the sheets of an export of the usual units and then of these."""
    eligible = cases.eligible_result()
    series = [next(unit for unit in eligible.series if unit.unit_code == each.unit_code) for each in verdicts]
    result = replace(eligible, series=[*eligible.series, *series], verdicts=[*eligible.verdicts, *verdicts])
    document = export_view(Pack(result, cases.rates_result(), cases.check_result())).document(language)
    return {section.sheet: section for section in document.sheets()}


@pytest.mark.parametrize(("language", "sheet"), [(Language.VI, "Kết quả"), (Language.EN, "Verdicts")])
def test_every_number_in_a_row_has_its_note_and_every_note_its_rows(language: Language, sheet: str) -> None:
    unknown = next(each for each in cases.eligible_result().verdicts if each.unknown_classes)
    section = sections([unknown] * 3, language)[sheet]
    assert section.table is not None
    numbered = re.compile(r"\((\d+)\)$")
    in_rows = {match[1] for row in section.table.rows for cell in row if (match := numbered.search(str(cell)))}
    in_notes = {match[1] for note in section.notes if (match := re.match(r"\((\d+)\) ", note))}
    assert in_rows
    assert in_rows == in_notes


def test_units_that_cannot_be_determined_say_why_in_the_row_and_in_full_below() -> None:
    unknown = next(each for each in cases.eligible_result().verdicts if each.unknown_classes)
    reason = Text("Chưa biết đơn vị có phải là xã khu vực I, II hoặc III hay không: danh mục chưa đủ.", "Not known.")
    verdict = replace(unknown, reason=reason, unknown_classes=("area_1", "area_2", "area_3"))
    section = sections([verdict] * 3, Language.VI)["Chưa xác định"]
    assert section.table is not None
    assert [row[3] for row in section.table.rows][-3:] == ["Chưa biết có thuộc xã khu vực I, II hoặc III (1)"] * 3
    assert list(section.notes) == [f"(1) {reason.vi}"]
