"""What `--show-layout` prints of made-up records."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tests.present.rendered import rendered
from thidua_cli.language import Language, Text
from thidua_cli.normalise.record.layout_record import ColumnRecord, FoundIn, LayoutRecord, LeftOut, RowsLeftOut
from thidua_cli.present.observations.layout import layout_view
from thidua_cli.units.tables import bundled

VI, EN = Language.VI, Language.EN
(DONG_GIANG, *_) = bundled().periods("505")

FORM = LayoutRecord(
    "bieu 2023.xlsx",
    "Mẫu 08",
    "mau-08",
    table=0,
    title=("UBND HUYỆN ĐÔNG GIANG", "TỔNG HỢP KẾT QUẢ\nRÀ SOÁT", "Năm rà soát: 2023"),
    year=2023,
    year_from=FoundIn.TITLE,
    scope=DONG_GIANG,
    scope_from=FoundIn.SHEET_NAME,
    header_top=4,
    header_bottom=8,
    columns=(
        ColumnRecord("A", ("TT",), "row_number"),
        ColumnRecord("B", ("Khu vực/Địa bàn",), "unit_name"),
        ColumnRecord("E", ("Kết quả rà soát", "NGHÈO", "Hộ nghèo", "Số hộ"), "poor_households"),
        ColumnRecord("G", ("Kết quả rà soát", "NGHÈO", "Khẩu nghèo", "Số khẩu"), "ignored:persons"),
        ColumnRecord("K", ("Hộ cần nghèo",), None, used=False, suggestion="Hộ cận nghèo"),
        ColumnRecord("L", ("Số hộ cận nghèo",), "near_poor_households", used=False),
        ColumnRecord("M", ("Chênh lệch",), None, used=False),
    ),
    taken=((10, 11), (13, 13)),
    left_out=(
        RowsLeftOut(9, 9, LeftOut.SECTION, "I Khu vực thành thị"),
        RowsLeftOut(12, 12, LeftOut.UNIT_UNKNOWN, "Xã Tà  Lù"),
        RowsLeftOut(14, 15, LeftOut.BLANK),
        RowsLeftOut(16, 20, LeftOut.SIGNATURE, "Nguyễn Văn A"),
    ),
)

SCREEN = """\
bieu 2023.xlsx › Mẫu 08
  Biểu: Mẫu 08
  Tiêu đề: UBND HUYỆN ĐÔNG GIANG / TỔNG HỢP KẾT QUẢ RÀ SOÁT / Năm rà soát: 2023
  Năm rà soát: 2023 (trong tiêu đề)
  Biểu của: Huyện Đông Giang (505) (trong tên trang tính)
  Dòng tiêu đề cột: 4–8
  Cột  Ý nghĩa                                   Tiêu đề in trên biểu
  A    số thứ tự                                 TT
  B    tên đơn vị                                Khu vực/Địa bàn
  E    số hộ nghèo                               Kết quả rà soát › NGHÈO › Hộ nghèo › Số hộ
  G    không dùng: nhân khẩu                     Kết quả rà soát › NGHÈO › Khẩu nghèo › Số khẩu
  K    không nhận ra (gần giống “Hộ cận nghèo”)  Hộ cần nghèo
  L    số hộ cận nghèo: nhiều cột, không dùng    Số hộ cận nghèo
  M    không nhận ra                             Chênh lệch
  Lấy 3 dòng: 10–11, 13
  Bỏ qua 9 dòng:
    9      dòng khu vực “I Khu vực thành thị”
    12     không nhận ra tên đơn vị “Xã Tà Lù”
    14–15  dòng trống
    16–20  phần ký tên, ghi chú

"""


def test_a_table_is_shown_with_all_that_was_recognised_and_left_out() -> None:
    assert rendered(layout_view([FORM]), "table", VI, width=120) == SCREEN


def test_the_english_view_names_the_canonical_columns() -> None:
    text = rendered(layout_view([FORM]), "table", EN, width=120)
    assert "E       poor households [poor_households]" in text
    assert "Year: 2023 (in the title)" in text
    assert "Rows taken: 3: 10–11, 13" in text


def test_colour_changes_no_word() -> None:
    colored = rendered(layout_view([FORM]), "table", VI, width=120, color=True)
    assert "\x1b[" in colored
    assert all(line.strip() in rendered(layout_view([FORM]), "table", VI, width=120) for line in ("Biểu: Mẫu 08",))


def test_no_line_is_wider_than_a_narrow_terminal_but_for_the_columns() -> None:
    lines = rendered(layout_view([FORM]), "table", VI, width=60).splitlines()
    first = next(at for at, line in enumerate(lines) if line.startswith("  Cột"))
    assert max(len(line) for line in lines[:first]) <= 60


@pytest.mark.parametrize("reason", [one for one in LeftOut if one not in (LeftOut.SECTION, LeftOut.TOTAL)])
@pytest.mark.parametrize("format_", ["table", "json"])
def test_only_sections_totals_and_unit_names_are_shown_in_words(reason: LeftOut, format_: str) -> None:
    record = replace(FORM, left_out=(RowsLeftOut(20, 20, reason, "Nguyễn Văn A"),))
    shown = "Nguyễn Văn A" in rendered(layout_view([record]), format_, VI)
    assert shown is (reason in (LeftOut.UNIT_UNKNOWN, LeftOut.UNIT_OF_ANOTHER_DAY, LeftOut.UNIT_AMBIGUOUS))


def test_a_sheet_that_is_not_read_says_why_and_nothing_else() -> None:
    refused = LayoutRecord("ds.xlsx", "Sheet1", refused=Text("danh sách từng hộ", "a list of households"))
    assert rendered(layout_view([refused]), "table", VI) == "ds.xlsx › Sheet1\n  Không đọc: danh sách từng hộ\n\n"
    assert json.loads(rendered(layout_view([refused]), "json", EN))["tables"][0]["refused"] == "a list of households"


def test_a_table_without_year_and_scope_shows_a_dash() -> None:
    unknown = LayoutRecord("a.xlsx", "S", "mau-08", header_top=1, header_bottom=1)
    text = rendered(layout_view([unknown]), "table", VI)
    assert "Năm rà soát: –" in text
    assert "Biểu của: –" in text
    assert "Lấy 0 dòng\n" in text


def test_a_year_in_every_row_is_said_to_stand_there() -> None:
    text = rendered(layout_view([LayoutRecord("a.csv", "", "canonical", year_from=FoundIn.COLUMN)]), "table", VI)
    assert "Năm rà soát: ở từng dòng" in text
    assert "Biểu: bảng chuẩn của thidua" in text


def test_no_record_at_all_is_said() -> None:
    assert rendered(layout_view([]), "table", VI) == "Không nhận ra biểu nào.\n"


def test_json_holds_the_same_in_tokens() -> None:
    (table,) = json.loads(rendered(layout_view([FORM]), "json", VI))["tables"]
    assert (table["year"], table["year_from"], table["scope"]["code"]) == (2023, "title", "505")
    assert table["header_rows"] == [4, 8]
    assert table["columns"][2] == {
        "letters": "E",
        "heading": ["Kết quả rà soát", "NGHÈO", "Hộ nghèo", "Số hộ"],
        "meaning": "poor_households",
        "used": True,
        "suggestion": None,
    }
    assert [column["used"] for column in table["columns"]] == [True, True, True, False, False, False, False]
    assert (table["rows_taken"], table["taken"]) == (3, [[10, 11], [13, 13]])
    assert table["left_out"][0] == {"first": 9, "last": 9, "reason": "section", "label": "I Khu vực thành thị"}
    assert table["left_out"][3] == {"first": 16, "last": 20, "reason": "signature", "label": None}
