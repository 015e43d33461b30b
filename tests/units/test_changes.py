"""The reader of changes: from values, and from the shipped files, of which it opens as few as it can."""

from datetime import date
from pathlib import Path

import pytest

import thidua_cli
from thidua_cli.units.changes import BundledChanges, Change, Changes, Households, bundled_changes
from thidua_cli.units.tables import bundled

FOLDER = Path(thidua_cli.__file__).parent / "data" / "units"
START, REFORM_DAY = date(2021, 7, 1), date(2025, 7, 1)


def change(day: date, old: str, new: str) -> Change:
    return Change(day, "merged", old, f"Xã {old}", new, f"Xã {new}", Households.ALL, "")


def test_changes_are_read_forwards_and_backwards_oldest_first() -> None:
    late, early = change(date(2025, 1, 1), "2", "3"), change(date(2024, 1, 1), "2", "1")
    changes = Changes([late, early])

    assert changes.leaving("2", START, REFORM_DAY) == (early, late)
    assert changes.entering("3", START, REFORM_DAY) == (late,)
    assert changes.leaving("3", START, REFORM_DAY) == ()
    assert list(changes) == [early, late]


@pytest.mark.parametrize(("after", "until", "found"), [(0, 1, 1), (1, 2, 0), (0, 0, 0)])
def test_the_day_of_a_change_is_the_first_of_the_new_state(after: int, until: int, found: int) -> None:
    days = (date(2024, 12, 31), date(2025, 1, 1), date(2025, 1, 2))
    changes = Changes([change(days[1], "1", "2")])

    assert len(changes.leaving("1", days[after], days[until])) == found
    assert len(changes.entering("2", days[after], days[until])) == found


def test_a_unit_without_successor_enters_nothing() -> None:
    ended = Change(REFORM_DAY, "tier_dropped", "516", "Huyện Nam Trà My", "", "", Households.SAME, "")

    assert Changes([ended]).entering("", START, REFORM_DAY) == ()
    assert Changes([ended]).leaving("516", START, REFORM_DAY) == (ended,)


@pytest.mark.parametrize(
    ("code", "file"), [("20956", "48"), ("516", "48"), ("49", "48"), ("26740", "79"), ("31105", "91"), ("536", "51")]
)
def test_a_question_about_one_code_opens_one_file(code: str, file: str) -> None:
    fresh = BundledChanges()

    assert fresh.leaving(code, START, REFORM_DAY)
    assert list(fresh._opened) == [file]


@pytest.mark.parametrize("code", ["", "99999", "00000", "999", "abc", "20956x"])
def test_a_code_nobody_bears_has_no_changes(code: str) -> None:
    assert bundled_changes().leaving(code, START, REFORM_DAY) == ()
    assert bundled_changes().entering(code, START, REFORM_DAY) == ()


def test_every_code_finds_its_changes_without_knowing_its_file() -> None:
    everything = Changes(bundled_changes())
    for code in {row.code for row in bundled().rows()}:
        fresh = BundledChanges() if code.endswith("31") else bundled_changes()
        assert fresh.leaving(code, START, REFORM_DAY) == everything.leaving(code, START, REFORM_DAY), code
        assert fresh.entering(code, START, REFORM_DAY) == everything.entering(code, START, REFORM_DAY), code


def test_the_files_are_sorted_without_doubles_one_for_each_province_of_today() -> None:
    files = sorted((FOLDER / "events").glob("*.csv"))
    assert [file.stem for file in files] == [unit.code for unit in bundled().provinces(REFORM_DAY)]
    for file in files:
        rows = [line.split(",") for line in file.read_text("utf-8").splitlines()[1:]]
        keys = [(row[0], len(row[2]), row[2], row[4], row[1]) for row in rows]
        assert keys == sorted(keys), file.name
        assert len({tuple(key) for key in keys}) == len(keys), file.name
