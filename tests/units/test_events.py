"""What the tables of events must say of the changes up to the reform, and that the tables of units agree with them."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest

from thidua_cli.model import Level
from thidua_cli.units.changes import bundled_changes
from thidua_cli.units.tables import REFORM_DAY, TABLES_START, UnitTables, bundled

ONE_DAY = timedelta(days=1)
END_2021 = date(2021, 12, 31)
END_2022 = date(2022, 12, 31)
END_2024 = date(2024, 12, 31)
EVE_OF_REFORM = REFORM_DAY - ONE_DAY
SUCCESSIONS = {"merged", "merged_ambiguous", "divided", "part_transferred", "unresolved"}
CHANGES_OF_ONE_UNIT = {"moved", "renamed", "retyped"}


EVENTS = sorted(
    (change for change in bundled_changes() if change.day < REFORM_DAY),
    key=lambda event: (event.day, len(event.from_code), event.from_code, event.to_code, event.kind),
)
AREA_EVENTS = [event for event in EVENTS if event.kind in SUCCESSIONS and event.households != "none"]


@pytest.fixture(scope="module")
def tables() -> UnitTables:
    return bundled()


def successors(code: str) -> list[tuple[str, str, str]]:
    return [
        (event.day.isoformat(), event.kind, event.to_code)
        for event in EVENTS
        if event.from_code == code and event.kind in SUCCESSIONS
    ]


def gone(tables: UnitTables, level: Level) -> set[str]:
    def standing(on: date) -> set[str]:
        return {unit.code for unit in (tables.communes(on) if level is Level.COMMUNE else tables.districts(on))}

    return standing(END_2021) - standing(EVE_OF_REFORM)


@pytest.mark.parametrize(("level", "count"), [(Level.COMMUNE, 567), (Level.DISTRICT, 11)])
def test_every_unit_that_is_gone_has_successors_or_is_listed_as_unresolved(
    level: Level, count: int, tables: UnitTables
) -> None:
    codes = gone(tables, level)
    assert len(codes) == count
    for code in codes:
        found = {event.kind for event in AREA_EVENTS if event.from_code == code}
        assert found
        assert found <= SUCCESSIONS - {"part_transferred"}, code


def test_the_567_communes_are_merged_but_for_six_that_were_divided(tables: UnitTables) -> None:
    codes = gone(tables, Level.COMMUNE)
    kinds = Counter(event.kind for event in AREA_EVENTS if event.from_code in codes)
    assert kinds == {"merged": 561, "divided": 13}
    divided = {event.from_name for event in AREA_EVENTS if event.from_code in codes and event.kind == "divided"}
    assert divided == {"Xã Chiềng Ly", "Phường Trần Phú", "Phường 05", "Xã Tân Hòa", "Xã Na Mao", "Xã Ea Blang"}


def test_events_by_kind_in_figures() -> None:
    communes = Counter(event.kind for event in EVENTS if len(event.from_code) == 5)
    assert communes == {
        "merged": 561,
        "divided": 16,
        "part_transferred": 15,
        "moved": 148,
        "retyped": 208,
        "renamed": 254,
    }
    above = Counter(event.kind for event in EVENTS if len(event.from_code) < 5)
    assert above == {"merged": 10, "divided": 4, "part_transferred": 5, "retyped": 19, "renamed": 2}


def test_the_evidence_of_the_561_mergers_in_figures(tables: UnitTables) -> None:
    mergers = [event for event in EVENTS if event.kind == "merged" and len(event.from_code) == 5]
    how = Counter(event.evidence.removeprefix(event.evidence.split("; ")[0] + "; ") for event in mergers)
    read = [event for event in mergers if event.households == "all"]
    assert how["alias in vietnamadminunits 1.0.4"] == 430
    assert how["same bare name"] == 75
    assert how["wording reported: whole"] == 52
    assert len(mergers) - 430 - 75 - 52 == 4, "Phương Chiểu, Phúc Thành A, Hải Châu II and Phú An Hòa: by what was read"
    assert len(read) == 55, "the 52, and three of the four"
    nameless = {tables.province_of(event.from_code, END_2022) for event in mergers if "/NQ-UB" not in event.evidence}
    assert nameless == {"30", "45"}, "resolutions whose number was not found"


def test_districts_become_696_of_705_by_eleven_that_go_and_two_that_come(tables: UnitTables) -> None:
    pairs = {
        (event.from_name, event.to_name, event.kind)
        for event in EVENTS
        if len(event.from_code) == 3 and event.kind in {"merged", "divided"}
    }
    assert pairs == {
        ("Huyện Yên Dũng", "Thành phố Bắc Giang", "merged"),
        ("Huyện Mỹ Lộc", "Thành phố Nam Định", "merged"),
        ("Thành phố Ninh Bình", "Thành phố Hoa Lư", "merged"),
        ("Huyện Đông Sơn", "Thành phố Thanh Hóa", "merged"),
        ("Thị xã Cửa Lò", "Thành phố Vinh", "merged"),
        ("Huyện Lộc Hà", "Huyện Thạch Hà", "divided"),
        ("Huyện Lộc Hà", "Thành phố Hà Tĩnh", "divided"),
        ("Huyện Nam Đông", "Huyện Phú Lộc", "merged"),
        ("Huyện Nông Sơn", "Huyện Quế Sơn", "merged"),
        ("Huyện Đạ Huoai", "Huyện Đạ Huoai", "merged"),
        ("Huyện Cát Tiên", "Huyện Đạ Huoai", "merged"),
        ("Huyện Long Điền", "Huyện Long Đất", "merged"),
        ("Huyện Lục Ngạn", "Thị xã Chũ", "divided"),
        ("Thành phố Huế", "Quận Phú Xuân", "divided"),
    }


def test_every_successor_stands_on_the_day_and_begins_a_row_with_another_area(tables: UnitTables) -> None:
    for event in AREA_EVENTS:
        if event.kind == "unresolved":
            continue
        unit = tables.get(event.to_code, event.day)
        assert unit is not None, event
        assert unit.valid_from == event.day, event
        assert tables.begins(unit) in {"reorganised", "new"}, event


def test_the_area_of_whoever_took_in_or_gave_up_households_is_another_since_that_day(tables: UnitTables) -> None:
    for event in AREA_EVENTS:
        for code in filter(None, (event.from_code, event.to_code)):
            before, after = tables.area_since(code, event.day - ONE_DAY), tables.area_since(code, event.day)
            assert before is not None or code == event.to_code, event
            assert after == event.day or (after is None and code == event.from_code), event
            assert before != after, event


def test_a_part_without_people_leaves_the_area_of_households_as_it_was(tables: UnitTables) -> None:
    without_people = [event for event in EVENTS if event.households == "none"]
    assert {event.from_name for event in without_people} == {"Xã Phan Lâm", "Xã Phương Chiểu"}
    for event in without_people:
        assert tables.area_since(event.to_code, event.day) == TABLES_START


def test_whoever_begins_with_another_area_has_an_event_that_day(tables: UnitTables) -> None:
    touched = {(code, event.day) for event in AREA_EVENTS for code in (event.from_code, event.to_code)}
    for row in tables.rows():
        if row.valid_from < REFORM_DAY and tables.begins(row) in {"reorganised", "new"}:
            assert (row.code, row.valid_from) in touched, row


def test_a_commune_that_only_moves_keeps_its_area_and_both_districts_do_not(tables: UnitTables) -> None:
    moves = [event for event in EVENTS if event.kind == "moved"]
    assert len(moves) == 148
    merged_too = {(event.to_code, event.day) for event in AREA_EVENTS}
    for event in moves:
        before, after = tables.get(event.from_code, event.day - ONE_DAY), tables.get(event.to_code, event.day)
        assert before is not None
        assert after is not None
        assert tables.area_since(event.from_code, event.day) == (
            event.day if (event.to_code, event.day) in merged_too else TABLES_START
        )
        assert tables.area_since(before.parent_code, event.day) in {event.day, None}
        assert tables.area_since(after.parent_code, event.day) == event.day


def test_no_commune_goes_to_a_district_that_took_nothing_from_its_own(tables: UnitTables) -> None:
    between = {(event.from_code, event.to_code, event.day) for event in EVENTS if len(event.from_code) == 3}
    for event in AREA_EVENTS:
        if len(event.from_code) == 5 and event.to_code:
            before, after = tables.get(event.from_code, event.day - ONE_DAY), tables.get(event.to_code, event.day)
            assert before is not None
            assert after is not None
            pair = (before.parent_code, after.parent_code)
            assert pair[0] == pair[1] or (*pair, event.day) in between, event


def test_the_names_are_those_of_the_eve_and_of_the_day(tables: UnitTables) -> None:
    for event in EVENTS:
        before = tables.get(event.from_code, event.day - ONE_DAY)
        assert before is not None
        assert before.name == event.from_name
        after = tables.get(event.to_code, event.day) if event.to_code else None
        assert (after.name if after else "") == event.to_name


def test_new_names_types_and_districts_are_all_listed(tables: UnitTables) -> None:
    listed = {(event.day, event.kind, event.from_code) for event in EVENTS if event.kind in CHANGES_OF_ONE_UNIT}
    for code in {row.code for row in tables.rows()}:
        rows = [row for row in tables.periods(code) if row.valid_from < REFORM_DAY]
        for before, after in pairwise(rows):
            renamed = "retyped" if before.type != after.type else "renamed"
            assert ((after.valid_from, renamed, code) in listed) is (before.name != after.name)
            assert ((after.valid_from, "moved", code) in listed) is (before.parent_code != after.parent_code)


def test_the_events_speak_a_small_language() -> None:
    assert {event.kind for event in EVENTS} <= SUCCESSIONS | CHANGES_OF_ONE_UNIT
    assert {event.households for event in AREA_EVENTS} == {"all", "all_presumed", "part", "unknown"}
    assert {event.households for event in EVENTS if event.kind in CHANGES_OF_ONE_UNIT} == {""}
    assert all(TABLES_START < event.day < REFORM_DAY for event in EVENTS)


# Read in reports of the resolutions, not taken from the packages.
WORKED_CASES = [
    ("1106/NQ-UBTVQH15", "2024-09-01", "02593", "Xã Vân Sơn", "02608", "Xã Hồng Sơn"),
    ("1199/NQ-UBTVQH15", "2024-11-01", "07087", "Xã Tân Việt", "07084", "Xã Việt Dân"),
    ("1199/NQ-UBTVQH15", "2024-11-01", "07072", "Phường Đông Triều", "07093", "Phường Đức Chính"),
    ("1239/NQ-UBTVQH15", "2024-12-01", "04774", "Xã Yên Bình", "04762", "Xã Bạch Hà"),
    ("1244/NQ-UBTVQH15", "2024-12-01", "27688", "Phường 2", "27694", "Phường 1"),
    ("1248/NQ-UBTVQH15", "2024-12-01", "12379", "Xã Minh Phượng", "12376", "Xã Cương Chính"),
    ("1253/NQ-UBTVQH15", "2024-12-01", "22948", "Phường Đức Thắng", "22945", "Phường Lạc Đạo"),
    ("1253/NQ-UBTVQH15", "2024-12-01", "22942", "Phường Đức Nghĩa", "22945", "Phường Lạc Đạo"),
    ("1251/NQ-UBTVQH15", "2025-01-01", "20225", "Phường Hòa Khê", "20207", "Phường Thanh Khê Đông"),
    ("1251/NQ-UBTVQH15", "2025-01-01", "20203", "Phường Tam Thuận", "20209", "Phường Xuân Hà"),
    ("1251/NQ-UBTVQH15", "2025-01-01", "20239", "Phường Hải Châu II", "20236", "Phường Hải Châu"),
    ("1278/NQ-UBTVQH15", "2025-01-01", "27280", "Phường 14", "27295", "Phường 15"),
    ("1278/NQ-UBTVQH15", "2025-01-01", "27394", "Phường 01", "27397", "Phường Rạch Ông"),
]


@pytest.mark.parametrize(("resolution", "day", "from_code", "from_name", "to_code", "to_name"), WORKED_CASES)
def test_mergers_as_the_resolutions_have_them(
    resolution: str, day: str, from_code: str, from_name: str, to_code: str, to_name: str, tables: UnitTables
) -> None:
    (event,) = [event for event in AREA_EVENTS if event.from_code == from_code]
    assert event[:6] == (date.fromisoformat(day), "merged", from_code, from_name, to_code, to_name)
    assert event.evidence.startswith(resolution + "; ")
    assert tables.area_since(to_code, END_2021) == TABLES_START
    assert tables.area_since(to_code, EVE_OF_REFORM) == event.day


def test_a_ward_that_took_in_another_and_kept_its_name_has_a_row_of_its_own_since(tables: UnitTables) -> None:
    rows = [(row.name, row.valid_from.isoformat(), tables.begins(row)) for row in tables.periods("07093")[:2]]
    assert rows == [("Phường Đức Chính", "2021-07-01", ""), ("Phường Đức Chính", "2024-11-01", "reorganised")]


def test_homonyms_in_other_districts_are_not_taken_for_successors() -> None:
    # Phường 9 and 8 of Quận 4, Phường 2 and 7 of Quận 5: the resolution on Hồ Chí Minh (1278/NQ-UBTVQH15) has them so.
    assert successors("27262") == [("2025-01-01", "merged", "27265")]
    assert successors("27268") == [("2025-01-01", "merged", "27271")]
    assert successors("27313") == [("2025-01-01", "merged", "27307")]
    assert successors("27322") == [("2025-01-01", "merged", "27316")]
    assert successors("11377") == [("2025-01-01", "merged", "11401")], "not Phường Lê Lợi, once Thị trấn An Dương"


def test_the_four_that_neither_alias_nor_name_led_to() -> None:
    assert successors("10774") == [("2024-12-01", "merged", "10750")], "Phúc Thành A"
    assert successors("13339") == [("2025-01-01", "merged", "13327")], "Mộc Nam"
    assert successors("20239") == [("2025-01-01", "merged", "20236")], "Hải Châu II"
    assert successors("28825") == [("2024-12-01", "merged", "28828")], "Phú An Hòa"


def test_communes_and_townships_that_were_divided() -> None:
    assert [to for *_, to in successors("28006")] == ["28003", "28009", "28012"], "Tân Hòa"
    assert [to for *_, to in successors("27361")] == ["27352", "27367"], "Phường 5 of Quận 6"
    assert [to for *_, to in successors("03982")] == ["03983", "03984"], "Nông trường Mộc Châu"
    assert successors("20200") == [("2025-01-01", "part_transferred", "20206")], "Hòa Minh"


def test_thieu_phu_went_in_february_2024_and_thanh_hoa_had_558_communes_since(tables: UnitTables) -> None:
    assert successors("15790") == [("2024-02-01", "merged", "15772")]
    assert len(tables.communes(date(2024, 1, 31), "38")) == 559
    assert len(tables.communes(date(2024, 2, 1), "38")) == 558, "as 939/NQ-UBTVQH15 counts them"
    assert successors("16651") == [("2025-01-01", "merged", "16609")], "Hải Yến, one of the eleven that make 547"
    assert len(tables.communes(date(2025, 1, 1), "38")) == 547


def test_what_was_in_force_in_december_2024_holds_at_the_end_of_that_year(tables: UnitTables) -> None:
    assert tables.get("413", END_2024) is None, "Thị xã Cửa Lò"
    assert tables.area_since("412", END_2024) == date(2024, 12, 1), "Thành phố Vinh"
    assert tables.get("32011", END_2024) is None, "Phường 2 of Cà Mau, now under the code of Phường 4"
    assert tables.get("00010", END_2024) is not None, "Hà Nội changes on New Year's Day"
