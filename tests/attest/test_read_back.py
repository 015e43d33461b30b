"""A filled-in sheet is read strictly: whole rows are taken, everything else is named with its cell and what to do."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.attest.cases import BY, PROVINCES, answer, filled, judged, opened, template
from tests.verify.cases import province
from thidua_cli.attest.read_back import load_attestations
from thidua_cli.judge.verdict import AttestState, Statement
from thidua_cli.read.source import Source
from thidua_cli.rulebook.load import load_rulebook

HEAD = "unit_code,name,criterion_id,state,who,date,evidence,rules,as_of"
BOOK = load_rulebook("qd-666-ttg")
VERSION = BOOK.version


@pytest.fixture
def figures(tmp_path: Path) -> Path:
    return province(tmp_path / "so-lieu.csv")


@pytest.fixture
def empty(tmp_path: Path, figures: Path) -> Path:
    return template(tmp_path, figures)


def source(path: Path) -> Source:
    return Source(str(path), path)


def said_of_province(path: Path) -> dict[str, Statement]:
    return dict(load_attestations(source(path), BOOK).units.get("49", {}))


def table(folder: Path, *lines: str) -> Path:
    path = folder / "xac-nhan.csv"
    path.write_text("\n".join([HEAD, *lines, ""]), encoding="utf-8")
    return path


def test_an_empty_sheet_says_nothing(empty: Path) -> None:
    attestations = load_attestations(source(empty), BOOK)
    assert (attestations.units, attestations.subjects) == ({}, ())


def test_what_was_filled_in_is_read_back_with_its_cell(empty: Path) -> None:
    said = said_of_province(filled(empty, {PROVINCES: {**answer(5, "Đạt"), **answer(6, "Không đạt"), "J6": "xem lại"}}))
    one, other = said["province-programme"], said["province-budget"]
    assert (one.state, other.state) == (AttestState.ATTESTED, AttestState.REFUSED)
    assert (one.who, one.position, one.on, one.evidence) == tuple(BY.values())
    assert other.note == "xem lại"
    assert (one.origin.sheet, one.origin.cell) == (PROVINCES, "E5")


def test_edited_texts_and_unlocked_headings_of_the_other_language_do_not_matter(empty: Path, tmp_path: Path) -> None:
    book = opened(empty)
    one = book[PROVINCES]
    one["C5"], one["B5"], one["D5"], one["E4"], one["A1"] = "Rút gọn", "Q. Nam", "", "Answer", "Phiếu của Sở"
    one["E5"], one["F5"], one["H5"] = " đạt ", "Lan", "05/01/2025"
    path = tmp_path / "sua.xlsx"
    book.save(path)
    assert said_of_province(path)["province-programme"].state is AttestState.ATTESTED


def test_a_row_may_be_moved_or_left_out(empty: Path, tmp_path: Path) -> None:
    book = opened(filled(empty, {PROVINCES: answer(6, "Đạt")}))
    book[PROVINCES].delete_rows(5)
    path = tmp_path / "it-dong.xlsx"
    book.save(path)
    assert list(said_of_province(path)) == ["province-budget"]


@pytest.mark.parametrize(
    ("cells", "cell", "words"),
    [
        ({"E5": "Có"}, "E5", "“Có” không phải là kết quả"),
        ({"F5": None}, "F5", "chưa ghi người xác nhận"),
        ({"H5": None}, "H5", "chưa ghi ngày xác nhận"),
        ({"E5": None}, "E5", "chưa chọn Đạt hay Không đạt"),
        ({"H5": "31/02/2025"}, "H5", "“31/02/2025” không phải là ngày"),
        ({"H5": 20250105}, "H5", "“20250105” không phải là ngày"),
        ({"H5": date(2022, 6, 1)}, "H5", "666/QĐ-TTg ký ngày 02/06/2022"),
        ({"H5": date(2925, 1, 5)}, "H5", "ngày 05/01/2925 không thể đúng"),
        ({"K5": "province-plan"}, "K5", "không có tiêu chí mã “province-plan”"),
        ({"K5": None}, "K5", "không có mã tiêu chí"),
        ({"A5": None}, "A5", "không có mã đơn vị"),
        ({"A5": "999"}, "A5", "không có đơn vị mã “999”"),
        ({"A5": "505"}, "E5", "không dành cho cấp của đơn vị 505"),
        ({"L5": "qd-666-ttg/0"}, "L5", f"lập theo bộ tiêu chí qd-666-ttg/0, đang xét theo qd-666-ttg/{VERSION}"),
        ({"L5": "ha-noi-251/1"}, "L5", "lập theo bộ tiêu chí ha-noi-251/1"),
        ({"M5": "2023"}, "M5", "lập cho năm 2023, đang xét năm 2024"),
        ({"K6": "province-programme", **answer(6, "Không đạt")}, "E6", "khác với ô Cấp tỉnh › E5"),
        ({"E5": "=A1"}, "E5", "công thức chưa được tính"),
    ],
)
def test_a_mistake_is_told_with_its_cell(
    figures: Path, empty: Path, cells: dict[str, object], cell: str, words: str
) -> None:
    path = filled(empty, {PROVINCES: {**answer(5, "Đạt"), **cells}})
    outcome = judged(figures, path)
    assert outcome.status == 3
    assert f"  {PROVINCES} › {cell}: " in outcome.err
    assert words in outcome.err
    assert outcome.text == ""


def test_every_mistake_is_told_at_once(figures: Path, empty: Path) -> None:
    path = filled(empty, {PROVINCES: {**answer(5, "Có"), **answer(6, "Đạt"), "F6": None, "H6": "hôm qua"}})
    err = judged(figures, path).err
    assert "có 3 chỗ phải sửa" in err
    assert [line.split(":")[0].strip() for line in err.splitlines()[1:]] == [
        f"{PROVINCES} › {cell}" for cell in ("E5", "F6", "H6")
    ]


def test_the_same_row_twice_is_no_contradiction(empty: Path) -> None:
    path = filled(empty, {PROVINCES: {**answer(5, "Đạt"), **answer(6, "Đạt"), "K6": "province-programme"}})
    assert list(said_of_province(path)) == ["province-programme"]


def test_a_note_alone_leaves_the_criterion_open(empty: Path) -> None:
    assert said_of_province(filled(empty, {PROVINCES: {"J5": "chờ Sở Tài chính"}})) == {}


def test_a_table_of_ones_own_is_headed_by_tokens(figures: Path, tmp_path: Path) -> None:
    path = table(tmp_path, f"49,,province-budget,attested,Lan,2025-01-05,12/BC,qd-666-ttg/{VERSION},2024")
    (row,) = json.loads(judged(figures, path, "--format", "json").text)["rows"]
    assert [one["state"] for one in row["attest"]] == ["open", "attested"]
    assert row["attest"][1]["source"] == {"file": str(path), "sheet": None, "cell": "D2"}


def test_lost_zeros_are_told(figures: Path, tmp_path: Path) -> None:
    path = table(tmp_path, "4,,province-budget,Đạt,Lan,2025-01-05,,,")
    err = judged(figures, path).err
    assert "A2: không có đơn vị mã “4”" in err
    assert "mất số 0 ở đầu" in err


def test_a_unit_beside_the_figures_is_told_and_changes_nothing(figures: Path, tmp_path: Path) -> None:
    path = table(tmp_path, "48,,province-budget,Đạt,Lan,2025-01-05,,,")
    outcome = judged(figures, path)
    assert outcome.status == 0
    assert "1 đơn vị không có trong số liệu nên không được dùng: 48" in outcome.err
    assert "còn 2 tiêu chí chưa xác nhận" in outcome.text


@pytest.mark.parametrize("content", ["a,b\n1,2\n", "unit_code,state\n49,Đạt\n"])
def test_a_table_of_something_else_is_refused(figures: Path, tmp_path: Path, content: str) -> None:
    path = tmp_path / "khac.csv"
    path.write_text(content, encoding="utf-8")
    outcome = judged(figures, path)
    assert outcome.status == 3
    assert "không có bảng xác nhận nào" in outcome.err


def test_a_file_that_cannot_be_read_is_refused(figures: Path, tmp_path: Path) -> None:
    path = tmp_path / "hong.xlsx"
    path.write_bytes(b"PK\x03\x04 no workbook")
    outcome = judged(figures, path)
    assert outcome.status == 3
    assert str(path) in outcome.err


def test_subjects_that_no_table_counts_are_read_with_their_names(empty: Path) -> None:
    sheet = "Doanh nghiệp, ngân hàng"
    cells = {"B5": "Hợp tác xã Ba Na", **answer(6, "Đạt"), "B8": "Công ty An Phú", **answer(8, "Không đạt")}
    subjects = load_attestations(source(filled(empty, {sheet: cells})), BOOK).subjects
    assert [(one.subject, one.name) for one in subjects] == [
        ("enterprise", "Hợp tác xã Ba Na"),
        ("enterprise", "Công ty An Phú"),
    ]
    assert [state.value for _, state in subjects[0].attest] == ["open", "attested", "open"]
    assert [one.completeness for one in subjects] == ["quantitative_only", "refused"]


def test_two_households_of_one_name_stay_two(empty: Path) -> None:
    sheet = "Hộ gia đình"
    cells = {"B5": "Nguyễn Văn A", **answer(5, "Đạt"), "B7": "Nguyễn Văn A", **answer(7, "Không đạt")}
    subjects = load_attestations(source(filled(empty, {sheet: cells})), BOOK).subjects
    assert [one.completeness for one in subjects] == ["quantitative_only", "refused"]


def test_an_answer_without_a_name_is_told(figures: Path, empty: Path) -> None:
    outcome = judged(figures, filled(empty, {"Hộ gia đình": answer(8, "Đạt")}))
    assert outcome.status == 3
    assert "Hộ gia đình › B8: có kết quả nhưng chưa ghi tên" in outcome.err


WORDS = st.text(st.sampled_from("aăâđêôơư ẤỆ,.-/'0"), min_size=1, max_size=12).filter(lambda text: text.strip())
DAYS = st.dates(date(2022, 6, 2), date(2099, 12, 31))
STATEMENTS = st.tuples(st.sampled_from(["Đạt", "Không đạt"]), WORDS, WORDS, DAYS, WORDS)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from([5, 6]), STATEMENTS))
def test_what_is_written_is_what_is_read(empty: Path, rows: dict[int, tuple[str, str, str, date, str]]) -> None:
    cells = {
        f"{column}{row}": datetime(value.year, value.month, value.day) if isinstance(value, date) else value
        for row, values in rows.items()
        for column, value in zip("EFGHI", values, strict=True)
    }
    said = said_of_province(filled(empty, {PROVINCES: cells}))
    ids = {5: "province-programme", 6: "province-budget"}
    assert set(said) == {ids[row] for row in rows}
    for row, (state, who, position, day, evidence) in rows.items():
        found = said[ids[row]]
        assert found.state is (AttestState.ATTESTED if state == "Đạt" else AttestState.REFUSED)
        expected = tuple(" ".join(text.split()) for text in (who, position, evidence))
        assert (found.who, found.position, found.evidence) == expected
        assert found.on == day
