"""No file whatever ends in an exception: random bytes, and sound workbooks damaged at random."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .damage import (
    SHEET,
    Change,
    changes,
    damaged,
    damaged_inside,
    parts,
    sound_page,
    sound_spreadsheet_xml,
    sound_workbook,
)
from .examine import SUFFIXES, examine

HEADS = (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"\xef\xbb\xbf", b"unit_code,year\n")
TABLE_WORDS = st.sampled_from(
    [
        *(
            "TT",
            "Đơn vị",
            "Tổng số hộ",
            "Số hộ nghèo",
            "Số hộ cận nghèo",
            "Năm",
            "2022",
            "2023",
            "Xã Tà Lu",
            "Hé nghÌo",
        ),
        *(
            "UBND HUYỆN ĐÔNG GIANG",
            "Phân tổ",
            "Hộ",
            "Nhân khẩu",
            "unit_code",
            "year",
            "households",
            "505",
            "1.234",
            "-1",
        ),
        *("=1+1", '"', "\0", "\u200b", "99999999999999999999", "Chỉ tiêu", "Tổng cộng", "I", "Khu vực nông thôn", ""),
    ]
)

MARKUP = st.sampled_from(
    [
        *("<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<td/>", "<td rowspan=2>", "<td colspan=3>", "<th>"),
        *("<tbody>", "</thead>", "<s>", "</s>", "<sup>", "<p>", "<br>", "<div style='display:none'>", "</div>", "<!--"),
        *("-->", "<style>.a{vertical-align:super}</style>", "<td class=a>", "<![if x]>", "<?x", "&#0;", "&nbsp;", "<"),
        *("Tổng số hộ", "Hộ nghèo", "Xã Tà Lu", "505", "1.234", "năm 2023", "<script>", "</script>", "<title>"),
    ]
)


@settings(max_examples=120)
@given(st.sampled_from(HEADS), st.binary(max_size=400), st.sampled_from(SUFFIXES))
def test_any_bytes_give_findings_or_a_refusal(head: bytes, content: bytes, suffix: str) -> None:
    examine(head + content, suffix)


@settings(max_examples=100)
@given(
    st.lists(st.lists(TABLE_WORDS, max_size=8), max_size=14),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_any_table_of_words_met_in_forms_gives_findings_or_rows(
    rows: list[list[str]], separator: str, encoding: str
) -> None:
    examine("\n".join(separator.join(row) for row in rows).encode(encoding), ".csv")


@settings(max_examples=80)
@given(changes, st.sampled_from([".xlsx", ".xls", ".ods", ".xlsb"]))
def test_a_workbook_with_damaged_bytes_gives_findings_or_rows(wanted: list[Change], suffix: str) -> None:
    examine(damaged(sound_workbook(), wanted), suffix)


@settings(max_examples=150)
@given(st.sampled_from([part for part in parts() if part != SHEET]), changes)
def test_a_workbook_with_a_damaged_part_gives_findings_or_rows(part: str, wanted: list[Change]) -> None:
    examine(damaged_inside(part, wanted), ".xlsx")


@settings(max_examples=150)
@given(changes)
def test_a_workbook_with_a_damaged_sheet_gives_findings_or_rows(wanted: list[Change]) -> None:
    examine(damaged_inside(SHEET, wanted), ".xlsx")


@settings(max_examples=80)
@given(st.sampled_from([sound_page, sound_spreadsheet_xml]), changes, st.sampled_from([".xls", ".html", ".xml"]))
def test_a_damaged_page_or_xml_gives_findings_or_rows(
    sound: Callable[[], bytes], wanted: list[Change], suffix: str
) -> None:
    examine(damaged(sound(), wanted), suffix)


@settings(max_examples=60)
@given(st.lists(MARKUP, max_size=60))
def test_any_tags_give_findings_or_rows(pieces: list[str]) -> None:
    examine(f"<html><body>{''.join(pieces)}".encode(), ".xls")


@pytest.mark.parametrize("sound", [sound_page, sound_spreadsheet_xml])
def test_the_page_and_the_xml_are_sound(sound: Callable[[], bytes]) -> None:
    assert examine(sound(), ".xls") == []


@pytest.mark.parametrize(
    "piece", ["<", "<!", "<a '", "</a", "&", "<!--", "<s>", "<td ", "<table>", "<![CDATA[", "<script>"]
)
def test_a_page_of_broken_tags_is_done_with_at_once(piece: str) -> None:
    examine(f"<html><body><table><tr><td>1{piece * (200_000 // len(piece))}".encode(), ".xls")
