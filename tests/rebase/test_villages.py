"""Villages across changes of their communes: small invented worlds, answers by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from tests.rebase.cases import ALL, END_2025, PART, REFORM, World, change, unit
from thidua_cli.errors import InputError
from thidua_cli.judge.classes.subjects import state_without_subject
from thidua_cli.judge.verdict import State
from thidua_cli.judge.words.subjects import without_subject
from thidua_cli.measure.villages import NO_VILLAGES, VillageBook, rebase_villages
from thidua_cli.model import COUNTS, Level, Part, Series, YearFigures
from thidua_cli.rulebook.unit_file import read_unit_files
from thidua_cli.units.changes import Change, Changes
from thidua_cli.units.lineage import Lineage

UNITS = [
    unit("00001", end=REFORM),
    unit("00002", end=REFORM),
    unit("00001", REFORM, name="Xã Một"),
    unit("00003", end=REFORM),
    unit("00004", REFORM),
]
PAIRS = [
    change("00001", "00001", ALL, REFORM),
    change("00002", "00001", ALL, REFORM),
    change("00003", "00001", PART, REFORM),
    change("00003", "00004", PART, REFORM),
]


def village(code: str, name: str, counts: dict[int, int], commune: str = "") -> Series:
    years = {
        year: YearFigures(year, dict(zip(COUNTS, (poor * 10, poor, 0), strict=False)), rows=(year,))
        for year, poor in counts.items()
    }
    return Series(code, name, Level.VILLAGE, commune or code[:5], years)


def on_today(given: Sequence[Series], book: VillageBook = NO_VILLAGES) -> dict[str, Series]:
    world = World(UNITS)
    lineage = Lineage(world, Changes(PAIRS))
    return {one.unit_code: one for one in rebase_villages(given, world, lineage, END_2025, book)}


def poor(one: Series, year: int) -> int | None:
    return one.years[year].counts.get("poor_households")


def book(folder: Path, *lines: str) -> VillageBook:
    path = folder / "units.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return VillageBook(read_unit_files([path]))


VILLAGES = "code,name,commune_code,valid_from,valid_to"
EVENTS = "date,kind,from_code,from_name,to_code,to_name,households,evidence"


def test_a_village_follows_its_commune_and_meets_its_own_later_figures() -> None:
    given = [village("00002-thon-ba", "Thôn Ba", {2024: 9}), village("00001-thon-ba", "Thôn Ba", {2025: 4})]

    found = on_today(given)

    assert list(found) == ["00001-thon-ba"]
    assert (poor(found["00001-thon-ba"], 2024), poor(found["00001-thon-ba"], 2025)) == (9, 4)
    assert found["00001-thon-ba"].parent_code == "00001"


def test_villages_whose_names_differ_in_accents_meet_as_two() -> None:
    given = [
        village("00001-thon-ba", "Thôn Ba", {2024: 9, 2025: 5}),
        village("00002-thon-ba", "Thôn Bà", {2024: 7}),
        village("00001-thoon-baf", "Thôn Bà", {2025: 6}),
    ]

    met = on_today(given)

    assert list(met) == ["00001-thoon-ba", "00001-thoon-baf"]
    assert [poor(met["00001-thoon-ba"], year) for year in (2024, 2025)] == [9, 5]
    assert [poor(met["00001-thoon-baf"], year) for year in (2024, 2025)] == [7, 6]
    assert not any(one.namesakes for one in met.values())


def test_of_a_name_without_accents_nobody_knows_which_of_them_it_is() -> None:
    given = [village("00001-thon-ba", "Thôn Ba", {2024: 9}), village("00002-thon-ba", "Thon Ba", {2024: 7})]

    (met,) = on_today(given).values()

    assert met.years[2024].conflicting


def test_a_line_of_the_users_list_speaks_of_the_village_with_its_accents(tmp_path: Path) -> None:
    listed = book(tmp_path, VILLAGES, ",Thôn Bà,00002,,2025-06-30", "moi,Thôn Bà,00004,2025-07-01,")
    moved = book(tmp_path, EVENTS, '2025-07-01,moved,00002-thoon-baf,Thôn Bà,moi,Thôn Bà,,"Nghị quyết 5"')
    listed.changes = moved.changes
    given = [village("00002-thoon-ba", "Thôn Ba", {2024: 9}), village("00002-thoon-baf", "Thôn Bà", {2024: 7})]

    met = on_today(given, listed)

    assert set(met) == {"00001-thoon-ba", "moi"}
    assert poor(met["moi"], 2024) == 7


def test_two_villages_of_one_name_that_meet_cannot_be_told_apart() -> None:
    given = [village("00001-thon-1", "Thôn 1", {2024: 9, 2025: 5}), village("00002-thon-1", "Thôn 1", {2024: 7})]

    (met,) = on_today(given).values()

    assert met.years[2024].conflicting
    assert poor(met, 2024) is None
    assert poor(met, 2025) == 5
    assert met.namesakes == (Part("00001-thon-1", "Thôn 1"), Part("00002-thon-1", "Thôn 1"))
    assert state_without_subject(met) is State.UNDETERMINED
    assert "00002-thon-1" in without_subject(met).vi


def test_a_village_of_a_divided_commune_stays_behind_until_the_user_says_where_it_is(tmp_path: Path) -> None:
    given = [village("00003-thon-2", "Thôn 2", {2024: 9})]

    unsaid = on_today(given)["00003-thon-2"]
    listed = on_today(given, book(tmp_path, VILLAGES, "00003-thon-2,Thôn 2,00004,2025-07-01,"))

    assert (unsaid.ended_on, poor(unsaid, 2024)) == (REFORM, 9)
    assert poor(listed["00004-thon-2"], 2024) == 9


def test_villages_the_user_says_were_merged_are_summed(tmp_path: Path) -> None:
    given = [village("00002-thon-1", "Thôn 1", {2024: 9}), village("00002-thon-2", "Thôn 2", {2024: 7})]
    merged = [f"2025-01-01,merged,00002-thon-{n},,00002-thon-moi,Thôn Mới,all,NQ 5" for n in (1, 2)]

    found = on_today(given, book(tmp_path, EVENTS, *merged))

    assert poor(found["00001-thon-moi"], 2024) == 16
    assert [part.unit_name for part in found["00001-thon-moi"].years[2024].merged] == ["Thôn 1", "Thôn 2"]


def test_a_village_that_took_in_another_is_no_namesake_of_it(tmp_path: Path) -> None:
    given = [village("00002-thon-1", "Thôn 1", {2024: 9}), village("00002-thon-2", "Thôn 2", {2024: 7})]
    merged = "2025-01-01,merged,00002-thon-2,,00002-thon-1,Thôn 1,all,NQ 5"

    (sum_,) = on_today(given, book(tmp_path, EVENTS, merged)).values()

    assert (sum_.unit_code, poor(sum_, 2024), sum_.namesakes) == ("00001-thon-1", 16, ())
    assert not sum_.years[2024].conflicting


def test_a_divided_village_is_open_between_its_successors_with_day_and_wording(tmp_path: Path) -> None:
    given = [village("00002-thon-1", "Thôn 1", {2024: 9})]
    divided = [f"2025-01-01,divided,00002-thon-1,,00002-thon-{n},Thôn {n},part,NQ 5" for n in ("a", "b")]

    on = on_today(given, book(tmp_path, EVENTS, *divided))

    for code in ("00001-thon-a", "00001-thon-b"):
        (part,) = on[code].years[2024].divided
        assert (part.unit, part.on, part.evidence) == (Part("00002-thon-1", "Thôn 1"), date(2025, 1, 1), "NQ 5")


def test_a_renamed_village_keeps_its_figures(tmp_path: Path) -> None:
    renamed = "2025-02-01,renamed,00002-thon-1,Thôn 1,00002-thon-vang,Thôn Vàng,,NQ 5"

    found = on_today([village("00002-thon-1", "Thôn 1", {2024: 9})], book(tmp_path, EVENTS, renamed))

    assert {code: one.unit_name for code, one in found.items()} == {"00001-thon-vang": "Thôn Vàng"}


def test_a_village_with_a_code_of_its_own_is_one_in_all_years() -> None:
    given = [village("V-17", "Thôn 7", {2024: 9, 2025: 4}, commune="00004")]

    (found,) = on_today(given).values()

    assert (found.unit_code, found.parent_code, poor(found, 2024)) == ("V-17", "00004", 9)


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        (("name,code",), "dòng 1"),
        ((VILLAGES, ",Thôn 1,17,,"), "5 chữ số"),
        ((VILLAGES, ",,00001,,"), "tên thôn"),
        ((VILLAGES, ",Thôn 1,00001,2025-01-01,2024-01-01"), "dòng 2"),
        ((VILLAGES, ",Thôn 1,00001,,", ",Thôn 1,00001,,"), "dòng 3"),
        ((VILLAGES, ",Thôn 1,99999,,"), "99999"),
        ((EVENTS, "2025-01-01,eaten,a,,b,,all,NQ"), "eaten"),
        ((EVENTS, "2025-01-01,merged,a,,b,,,NQ"), "all_presumed"),
        ((EVENTS, "2025-01-01,merged,a,,b,,all,"), "evidence"),
        ((EVENTS, "32/01/2025,merged,a,,b,,all,NQ"), "32/01/2025"),
    ],
)
def test_a_wrong_line_is_refused_with_file_and_line(tmp_path: Path, lines: tuple[str, ...], complaint: str) -> None:
    with pytest.raises(InputError) as refused:
        book(tmp_path, *lines).check_communes(World(UNITS))

    assert complaint in refused.value.text.vi
    assert "units.csv" in refused.value.text.vi


def test_changes_and_lists_are_told_apart_by_their_header(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"{VILLAGES}\nV1,Thôn 1,00001,,\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text(f"{EVENTS}\n2025-01-01,renamed,V1,Thôn 1,V2,Thôn 2,,NQ\n", encoding="utf-8")

    files = read_unit_files([tmp_path / "a.csv", tmp_path / "b.csv"])

    assert [row.code for row in files.villages] == ["V1"]
    assert [(one.from_code, one.day) for one in files.changes] == [("V1", date(2025, 1, 1))]
    assert isinstance(files.changes[0], Change)
