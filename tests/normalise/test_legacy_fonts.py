"""Sheets typed for TCVN3 and VNI fonts are read as Unicode (F006), for sure or not at all."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter import Workbook

from thidua_cli import pipeline
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.normalise.sheet.fonts import readable
from thidua_cli.read import legacy_fonts
from thidua_cli.read.grid import Grid, Row
from thidua_cli.read.legacy_fonts import from_tcvn3, from_vni

UNICODE = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ"
TABLE = (
    ("UBND huyện Đông Giang, tỉnh Quảng Nam",),
    ("Tổng hợp kết quả rà soát hộ nghèo, hộ cận nghèo năm 2023",),
    ("TT", "Tên đơn vị", "Tổng số hộ", "Số hộ nghèo", "Số hộ cận nghèo"),
    (1, "Xã Tà Lu", 500, 120, 40),
    (2, "Xã A Ting", 820, 310, 95),
    (3, "Thị trấn Prao", 900, 51, 33),
)


def to_tcvn3(text: str) -> str:
    return text.translate({new: old for old, new in legacy_fonts._TCVN3.items()})


def to_vni(text: str) -> str:
    back = {new: old for old, new in legacy_fonts._VNI.items()}
    return "".join(back.get(letter, letter) for letter in text)


def written(path: Path, change: Callable[[str], str]) -> FilesRead:
    with Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("a")
        for row, cells in enumerate(TABLE):
            sheet.write_row(row, 0, [change(cell) if isinstance(cell, str) else cell for cell in cells])
    return pipeline.read([str(path)])


def figures(reading: FilesRead) -> list[tuple[object, ...]]:
    table = reading.observations
    poor = table.counts["poor_households"]
    return [(table.unit_code[row], table.unit_name[row], poor[row]) for row in range(len(table))]


def grid(*rows: Row) -> Grid:
    return Grid("a.xlsx", "a", lambda: iter([list(row) for row in rows]))


@pytest.mark.parametrize(("change", "name"), [(to_tcvn3, "TCVN3"), (to_vni, "VNI")])
def test_a_sheet_in_a_legacy_font_is_read_like_the_same_in_unicode(
    change: Callable[[str], str], name: str, tmp_path: Path
) -> None:
    expected = written(tmp_path / "a.xlsx", str)
    reading = written(tmp_path / "b.xlsx", change)
    assert figures(reading) == figures(expected)
    assert len(figures(reading)) == 3
    (finding,) = reading.findings
    assert (finding.kind.code, finding.origin.cell) == ("F006", "A1")
    assert name in finding.message()
    assert finding.details["count"] == 9


@given(st.text(st.sampled_from(UNICODE + " abc")))
def test_tcvn3_and_back_is_the_same(text: str) -> None:
    assert from_tcvn3(to_tcvn3(text)) == text


@given(st.text(st.sampled_from(UNICODE + UNICODE.upper() + " BCDK")))
def test_vni_and_back_is_the_same(text: str) -> None:
    assert from_vni(to_vni(text)) == text


def test_one_legacy_word_in_a_unicode_sheet_is_left_alone() -> None:
    sheet = grid(["Số hộ nghèo", "Tổng số hộ"], [to_tcvn3("hộ nghèo xã Tổng số")])
    assert readable(sheet) == (sheet, [])


@pytest.mark.parametrize(
    "rows",
    [
        [["unit_code", "unit_name"], ["505", "Xã Tà Lu"], ["506", "Thôn Bà Rìa"]],
        [["Müller", "São Paulo", "Français"]],
        [[to_tcvn3("hộ")]],
        [[to_tcvn3("hộ nghèo xã Tổng số"), "¿qué?"]],
        [[to_tcvn3("hộ nghèo xã Tổng số"), "bÌÌÌ nghÌÌo"]],
        [["no letters at all", None, 5]],
    ],
)
def test_what_is_not_sure_is_left_alone(rows: list[Row]) -> None:
    sheet = grid(*rows)
    assert readable(sheet) == (sheet, [])


def test_the_note_shows_words_of_the_forms_and_never_a_name() -> None:
    _, (finding,) = readable(grid([to_tcvn3("Nguyễn Thị Hộ")], [to_tcvn3("Tổng số hộ nghèo của Nguyễn Văn Bưởi")]))
    assert "Nguy" not in finding.message()
    assert finding.origin.cell == "A1"
