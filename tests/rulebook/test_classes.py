from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua_cli.errors import InputError
from thidua_cli.model import year_end
from thidua_cli.rulebook import classes
from thidua_cli.rulebook.class_file import ClassRow, ProvinceList
from thidua_cli.rulebook.class_lists import class_lists
from thidua_cli.rulebook.classes import AREAS, CLASS_TOKENS, ClassBook, Member, load_classes

ON = year_end(2024)


LISTS = class_lists()
LIST_OF = {token: of.id for of in LISTS.values() if of.stands_on(ON) for token in of.classes}


def row(code: str, written: str, start: date | None = None, end: date | None = None) -> ClassRow:
    token = written.removeprefix("not_")
    return ClassRow(code, token, token == written, start, end, "", "test.csv", 2)


def listed(code: str, token: str, start: date | None = None, end: date | None = None) -> ClassRow:
    """Return a row of the list that stands at the end of 2024, as it is read: its days are those of the list."""
    of = LISTS[LIST_OF[token]]
    return replace(row(code, token, start or of.start, end or of.end), list_id=of.id)


def book(
    user: tuple[ClassRow, ...] = (),
    bundled: tuple[ClassRow, ...] = (),
    completeness: dict[tuple[str, str], str] | None = None,
) -> ClassBook:
    def by_unit(rows: tuple[ClassRow, ...]) -> dict[str, list[ClassRow]]:
        return {one.unit_code: [other for other in rows if other.unit_code == one.unit_code] for one in rows}

    states = {
        (LIST_OF[token], token, province): ProvinceList(state, None, "")
        for (token, province), state in (completeness or {}).items()
    }
    return ClassBook(by_unit(user), by_unit(bundled), states, LISTS)


@pytest.fixture
def no_bundled_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classes, "_BUNDLED", tmp_path / "bundled")
    monkeypatch.setattr(classes, "_COMPLETENESS", tmp_path / "bundled" / "completeness.csv")


def classes_file(
    tmp_path: Path, *lines: str, header: str = "unit_code,class,from,to,source", name: str = "mine.csv"
) -> Path:
    path = tmp_path / name
    path.write_text("\n".join((header, *lines)) + "\n", encoding="utf-8")
    return path


# --- membership


@pytest.mark.parametrize(
    ("state", "expected"),
    [("complete", Member.NO), ("none", Member.NO), ("partial", Member.UNKNOWN), (None, Member.UNKNOWN)],
)
def test_a_unit_that_is_not_listed_is_outside_only_where_the_list_of_its_province_is_whole(
    state: str | None, expected: Member
) -> None:
    completeness = {} if state is None else {("poor_district", "46"): state}

    assert book(completeness=completeness).membership("481", "46", "poor_district", ON) is expected


def test_completeness_of_one_province_says_nothing_of_another() -> None:
    known = book(completeness={("poor_district", "46"): "complete"})

    assert known.membership("501", "49", "poor_district", ON) is Member.UNKNOWN


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2022, 3, 14), Member.UNKNOWN),  # before the list stood, another one did
        (date(2022, 3, 15), Member.YES),
        (date(2024, 7, 21), Member.YES),
        (date(2024, 7, 22), Member.NO),
    ],
)
def test_a_district_is_poor_from_its_listing_until_the_day_before_it_left(on: date, expected: Member) -> None:
    known = book(bundled=(listed("481", "poor_district", end=date(2024, 7, 21)),))

    assert known.membership("481", "46", "poor_district", on) is expected


@pytest.mark.parametrize(("as_of", "expected"), [(2023, Member.YES), (2024, Member.NO)])
def test_a_luoi_is_poor_at_the_end_of_2023_and_not_at_the_end_of_2024(as_of: int, expected: Member) -> None:
    assert load_classes().membership("481", "46", "poor_district", year_end(as_of)) is expected


@pytest.mark.parametrize("island", ["471", "536"])
def test_the_island_districts_stand_on_the_coastal_list_as_districts(island: str) -> None:
    assert load_classes().membership(island, "", "coastal_commune", year_end(2022)) is Member.YES


@pytest.mark.parametrize(("token", "expected"), [("area_1", Member.NO), ("area_2", Member.YES), ("area_3", Member.NO)])
def test_a_commune_of_one_area_is_in_no_other(token: str, expected: Member) -> None:
    known = book(bundled=(listed("20000", "area_2"),), completeness={("area_1", "49"): "partial"})

    assert known.membership("20000", "49", token, ON) is expected


def test_a_users_row_wins_over_a_bundled_one() -> None:
    rows = (listed("481", "poor_district"), listed("20000", "area_1"))
    known = book(user=(row("481", "not_poor_district"), row("20000", "area_3")), bundled=rows)

    assert known.membership("481", "46", "poor_district", ON) is Member.NO
    assert known.membership("20000", "49", "area_1", ON) is Member.NO
    assert known.membership("20000", "49", "area_3", ON) is Member.YES


def test_a_users_end_date_wins_over_a_bundled_row_without_one() -> None:
    known = book(
        user=(row("481", "poor_district", None, date(2023, 6, 30)),), bundled=(listed("481", "poor_district"),)
    )

    assert known.membership("481", "46", "poor_district", year_end(2022)) is Member.YES
    assert known.membership("481", "46", "poor_district", ON) is Member.NO


def test_a_users_row_fills_what_is_unknown() -> None:
    known = book(user=(row("501", "not_poor_district"),), completeness={("poor_district", "49"): "partial"})

    assert known.membership("501", "49", "poor_district", ON) is Member.NO


@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from([*CLASS_TOKENS, *(f"not_{token}" for token in CLASS_TOKENS)]),
            st.none() | st.dates(date(2021, 1, 1), date(2025, 12, 31)),
            st.none() | st.dates(date(2021, 1, 1), date(2025, 12, 31)),
        ),
        max_size=6,
    ),
    on=st.dates(date(2021, 1, 1), date(2025, 12, 31)),
)
def test_whatever_the_bundled_rows_say_a_users_area_excludes_the_other_two(
    rows: list[tuple[str, date | None, date | None]], on: date
) -> None:
    bundled = tuple(row("20000", *one) for one in rows)
    known = book(user=(row("20000", "area_1"),), bundled=bundled)

    members = [known.membership("20000", "49", token, on) for token in AREAS]

    assert members == [Member.YES, Member.NO, Member.NO]


# --- files


@pytest.mark.usefixtures("no_bundled_tables")
def test_dates_are_read_as_iso_or_as_written_in_vietnam(tmp_path: Path) -> None:
    path = classes_file(tmp_path, "481,poor_district,2022-03-15,21/07/2024,QĐ 353", "20000,not_area_1,,,")
    known = load_classes([path])

    assert known.membership("481", "46", "poor_district", date(2024, 7, 21)) is Member.YES
    assert known.membership("481", "46", "poor_district", date(2024, 7, 22)) is Member.NO
    assert known.membership("20000", "49", "area_1", ON) is Member.NO


@pytest.mark.usefixtures("no_bundled_tables")
def test_a_file_saved_by_excel_with_a_mark_and_semicolons_is_read(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_bytes(b"\xef\xbb\xbfunit_code;class\r\n481;poor_district\r\n;\r\n")

    assert load_classes([path]).membership("481", "46", "poor_district", ON) is Member.YES


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("481,rich_district,,,", "rich_district"),
        ("481,not_rich_district,,,", "not_rich_district"),
        ("81,poor_district,,,", "81"),
        ("481x,poor_district,,,", "481x"),
        ("481,area_1,,,", "481"),
        (",poor_district,,,", "3 digits"),
        ("481,poor_district,2022-02-30,,", "2022-02-30"),
        ("481,poor_district,,thg 7,", "thg 7"),
        ("481,poor_district,2024-07-22,2022-03-15,", "before"),
        ("481,poor_district,,,QĐ 353,more", "6 cells"),
    ],
)
@pytest.mark.usefixtures("no_bundled_tables")
def test_a_wrong_line_is_refused_naming_file_and_line(tmp_path: Path, line: str, wrong: str) -> None:
    path = classes_file(tmp_path, "027,poor_district,,,", line)

    with pytest.raises(InputError) as refused:
        load_classes([path])

    assert refused.value.text.en.startswith(f"{path}, line 3: ")
    assert refused.value.text.vi.startswith(f"{path}, dòng 3: ")
    assert wrong in refused.value.text.en


@pytest.mark.parametrize(
    ("header", "wrong"),
    [
        ("code,class,from,to,source", "unit_code"),
        ("unit_code,from,to,source", "class"),
        ("unit_code,class,until", "until"),
        ("unit_code,class,class", "twice"),
        ("", "unit_code"),
    ],
)
@pytest.mark.usefixtures("no_bundled_tables")
def test_a_wrong_header_is_refused(tmp_path: Path, header: str, wrong: str) -> None:
    with pytest.raises(InputError, match="dòng 1") as refused:
        load_classes([classes_file(tmp_path, header=header)])

    assert wrong in refused.value.text.en


@pytest.mark.parametrize(
    "lines",
    [
        ("481,poor_district,,,", "481,not_poor_district,,,"),
        ("20000,area_1,,,", "20000,area_2,,,"),
        ("481,poor_district,,2024-07-22,", "481,not_poor_district,2024-07-22,,"),
    ],
)
@pytest.mark.usefixtures("no_bundled_tables")
def test_a_users_file_that_contradicts_itself_is_refused_naming_both_lines(
    tmp_path: Path, lines: tuple[str, str]
) -> None:
    with pytest.raises(InputError) as refused:
        load_classes([classes_file(tmp_path, *lines)])

    assert "line 2" in refused.value.text.en
    assert "line 3" in refused.value.text.en


@pytest.mark.usefixtures("no_bundled_tables")
def test_two_files_of_the_user_must_agree_too(tmp_path: Path) -> None:
    first = classes_file(tmp_path, "481,poor_district,,,", name="first.csv")
    second = classes_file(tmp_path, "481,not_poor_district,,,", name="second.csv")

    with pytest.raises(InputError) as refused:
        load_classes([first, second])

    assert str(first) in refused.value.text.en
    assert str(second) in refused.value.text.en


@pytest.mark.parametrize(
    "lines",
    [
        ("481,poor_district,,,a", "481,poor_district,,,b"),
        ("481,poor_district,,2024-07-21,", "481,not_poor_district,2024-07-22,,"),
        ("20000,area_1,,2022-12-31,", "20000,area_2,2023-01-01,,"),
        ("20000,not_area_1,,,", "20000,area_2,,,"),
    ],
)
@pytest.mark.usefixtures("no_bundled_tables")
def test_lines_that_agree_or_follow_each_other_are_no_contradiction(tmp_path: Path, lines: tuple[str, str]) -> None:
    known = load_classes([classes_file(tmp_path, *lines)])

    assert len(known.user) == 1


@pytest.mark.usefixtures("no_bundled_tables")
def test_a_file_that_is_not_there_or_not_text_is_refused(tmp_path: Path) -> None:
    binary = tmp_path / "mine.xlsx"
    binary.write_bytes(b"PK\x03\x04\xff\xfe")

    for path in (tmp_path / "absent.csv", tmp_path, binary):
        with pytest.raises(InputError, match=path.name):
            load_classes([path])


def test_bundled_tables_are_read_with_their_completeness(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classes, "_BUNDLED", tmp_path)
    monkeypatch.setattr(classes, "_COMPLETENESS", tmp_path / "completeness.csv")
    of = LISTS["poor-districts-2021-2025"]
    header = "list,unit_code,class,from,to,unit_name,source"
    classes_file(tmp_path, f"{of.id},481,poor_district,,,Huyện A Lưới,QĐ 353", header=header)
    classes_file(
        tmp_path,
        f"{of.id},poor_district,46,partial,2,QĐ 353",
        f"{of.id},poor_district,01,none,0,QĐ 353",
        header="list,class,province_code,state,stated_count,source",
        name="completeness.csv",
    )
    known = load_classes()

    assert known.membership("481", "46", "poor_district", ON) is Member.YES
    assert known.membership("480", "46", "poor_district", ON) is Member.UNKNOWN
    assert known.membership("001", "01", "poor_district", ON) is Member.NO
    assert known.coverage()[0] == ("poor_district", 1, 0, 1, 1, of, 74)


@pytest.mark.parametrize(
    "lines",
    [
        ("areas-2021-2025,rich,46,none,0,",),
        ("areas-1998,area_1,46,none,0,",),
        ("areas-2021-2025,poor_district,46,none,0,",),
        ("areas-2021-2025,area_1,46,most,0,",),
        ("areas-2021-2025,area_1,46,none,,",) * 2,
    ],
)
def test_a_wrong_line_of_completeness_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lines: tuple[str, ...]
) -> None:
    monkeypatch.setattr(classes, "_BUNDLED", tmp_path)
    monkeypatch.setattr(classes, "_COMPLETENESS", tmp_path / "completeness.csv")
    header = "list,class,province_code,state,stated_count,source"
    classes_file(tmp_path, *lines, header=header, name="completeness.csv")

    with pytest.raises(InputError, match=f"dòng {len(lines) + 1}"):
        load_classes()
