"""Names → units: never one of several, never by likeness alone."""

import csv
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua_cli.model import Level, Unit
from thidua_cli.units.lookup import bare_name, edit_distance, find, match, match_through_time
from thidua_cli.units.names import accent_key
from thidua_cli.units.tables import REFORM_DAY, UnitTables, bundled

END_2022 = date(2022, 12, 31)
END_2024 = date(2024, 12, 31)
EVE_OF_REFORM = date(2025, 6, 30)
COLLISIONS = list(csv.DictReader((Path(__file__).parent / "collisions_2023.csv").read_text("utf-8").splitlines()))


@pytest.fixture(scope="module")
def tables() -> UnitTables:
    return bundled()


def plain(text: str) -> str:
    """Take all accents off, as someone without a Vietnamese keyboard writes."""
    letters = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@pytest.mark.parametrize("row", COLLISIONS, ids=lambda row: row["codes"])
def test_names_that_collide_resolve_in_full_and_are_ambiguous_otherwise(
    row: dict[str, str], tables: UnitTables
) -> None:
    parent = row["district_code"] or row["province_code"]
    names = [name.strip() for name in row["names"].split("|")]
    codes = [code.strip() for code in row["codes"].split("|")]
    siblings = tables.children(parent, END_2022)
    for name, code in zip(names, codes, strict=True):
        full = match(name, siblings)
        assert full.unit is not None
        assert full.unit.code == code
        bare = bare_name(full.unit)
        loose = plain(name) if "accents" in row["kind"] else bare
        found = match(loose, siblings)
        assert (found.unit, found.how) == (None, "ambiguous"), loose
        assert {unit.code for unit in found.candidates} >= set(codes)


def old_style(text: str) -> str:
    for new, old in (("òa", "oà"), ("óa", "oá"), ("ỏa", "oả"), ("úy", "uý"), ("ùy", "uỳ"), ("ủy", "uỷ"), ("ụy", "uỵ")):
        text = text.replace(new, old)
    return text


def new_style(text: str) -> str:
    for new, old in (("òa", "oà"), ("óa", "oá"), ("ỏa", "oả"), ("úy", "uý"), ("ùy", "uỳ"), ("ủy", "uỷ"), ("ụy", "uỵ")):
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize("day", [END_2022, EVE_OF_REFORM, REFORM_DAY])
def test_every_official_name_resolves_to_itself_however_it_is_typed(day: date, tables: UnitTables) -> None:
    for unit in tables.communes(day):
        siblings = tables.children(unit.parent_code, day)
        spaced = f"  {unit.name.replace(' ', chr(0xA0) + ' ')} \n"
        decomposed = unicodedata.normalize("NFD", unit.name)
        for name in (unit.name, decomposed, unit.name.upper(), spaced, old_style(unit.name), new_style(unit.name)):
            assert match(name, siblings).unit == unit, name


@given(st.data())
def test_a_name_that_is_only_similar_is_offered_and_never_accepted(data: st.DataObject) -> None:
    siblings = bundled().children("516", END_2022)
    unit = data.draw(st.sampled_from(siblings))
    place = data.draw(st.integers(len(unit.type) + 1, len(unit.name)))
    name = unit.name[:place] + data.draw(st.sampled_from("bcghklmnpqstvx")) + unit.name[place:]
    found = match(name, siblings)
    assert found.unit is None or accent_key(found.unit.name) == accent_key(name)
    assert found.unit is not None or unit in found.candidates or found.how == "ambiguous"


@pytest.mark.parametrize(
    ("name", "parent", "day", "code", "how"),
    [
        ("Trà Don", "516", END_2022, "20956", "bare"),
        ("x. Trà Leng", "516", END_2022, "20935", "tone"),
        ("xa tra leng", "516", END_2022, "20935", "accent"),
        ("Thị trân Trạm Tấu", "139", END_2022, "04585", "tone"),
        ("Mù Cang Chải", "15", END_2022, "137", "accent"),
        ("Huyện Đakrông", "45", END_2022, "467", "accent"),
        ("Ia Hdrai", "62", END_2022, "618", "accent"),
        ("Đắk Glong", "67", END_2022, "661", "accent"),
        ("Phường 5", "768", EVE_OF_REFORM, "27046", "tone"),
        ("P.10", "768", EVE_OF_REFORM, "27070", "tone"),
        ("TP.HCM", "", END_2022, "79", "accent"),
        ("Xa Dung", "101", END_2022, "03373", "bare"),
        ("Phường Đúc", "474", END_2022, "19780", "bare"),
        ("Hòa Tú 2", "947", END_2022, "31729", "spelling"),
        ("Xã Sà Phìn", "026", END_2022, "00736", "spelling"),
        ("Huyện Việt Yên", "24", END_2024, "222", "former name"),
        ("Xã Hóa Thượng", "169", END_2024, "05692", "former name"),
        ("Thị trấn Hóa Thượng", "169", END_2022, "05692", "former name"),
        ("Xã An Thủy", "836", END_2024, "29179", "former name"),
        ("Thừa Thiên Huế", "", date(2025, 3, 1), "46", "former name"),
        ("Thành phố Huế", "", END_2022, "46", "former name"),
    ],
)
def test_spellings_and_former_names_are_accepted(
    name: str, parent: str, day: date, code: str, how: str, tables: UnitTables
) -> None:
    found = match_through_time(name, parent, day, tables)
    assert found.unit is not None
    assert (found.unit.code, found.how) == (code, how)
    assert found.unit.stands_on(day)


@pytest.mark.parametrize(
    ("name", "parent", "day", "code"),
    [
        ("Xã Dương Hà", "018", date(2025, 3, 31), "00541"),
        ("Xã Thiên Đức", "018", END_2022, "00541"),
        ("Xã Quân Chu", "171", END_2024, "05851"),
        ("Phường 4", "816", EVE_OF_REFORM, "28300"),
        ("Xã Tân Lợi", "169", EVE_OF_REFORM, "05704"),
        ("Xã Đông Hoàng", "380", END_2022, "16381"),
    ],
)
def test_a_name_of_another_day_with_another_area_is_offered_only(
    name: str, parent: str, day: date, code: str, tables: UnitTables
) -> None:
    found = match_through_time(name, parent, day, tables)
    assert (found.unit, found.how) == (None, "another day")
    assert [unit.code for unit in found.candidates] == [code]


def test_the_reform_of_2025_is_never_crossed_by_a_name(tables: UnitTables) -> None:
    found = match_through_time("Phường Bến Nghé", "79", REFORM_DAY, tables)
    assert found.unit is None
    assert all(unit.stands_on(REFORM_DAY) for unit in found.candidates)


def test_a_wrong_type_word_is_not_accepted_but_offered(tables: UnitTables) -> None:
    found = match_through_time("Thị trấn Trà Don", "516", END_2022, tables)
    assert (found.unit, found.how) == (None, "unknown")
    assert found.candidates[0].code == "20956"


def test_types_restrict_what_may_match(tables: UnitTables) -> None:
    siblings = tables.children("139", END_2022)
    found = match("Trạm Tấu", siblings, types=frozenset({"xã"}))
    assert found.unit is not None
    assert found.unit.type == "xã"


@pytest.mark.parametrize("name", ["", "   ", "***", "Tổng số"])
def test_what_is_no_name_is_unknown(name: str, tables: UnitTables) -> None:
    found = match_through_time(name, "516", END_2022, tables)
    assert (found.unit, found.candidates, found.how) == (None, (), "unknown")


def test_writing_without_accents_is_ambiguous_where_one_name_has_none(tables: UnitTables) -> None:
    siblings = tables.children("088", END_2022)
    assert match("Phuong Sa Pa", siblings).how == "ambiguous"
    assert match("Phường Sa Pa", siblings).how == "exact"


def test_at_most_five_candidates_are_offered() -> None:
    day = date(2022, 1, 1)
    units = [
        Unit(f"0000{n}", f"Xã Tân {letter}a", "xã", Level.COMMUNE, "001", day, None)
        for n, letter in enumerate("BCDGHK")
    ]
    assert len(match("Xã Tân Na", units).candidates) == 5


def test_find_goes_by_code_name_and_units_above() -> None:
    assert [found.unit.name for found in find("26740")] == ["Phường Bến Nghé", "Phường Sài Gòn"]
    assert [found.unit.name for found in find("26740", on=REFORM_DAY)] == ["Phường Sài Gòn"]
    found = find("Trà Don, Nam Trà My, Quảng Nam")
    assert [(one.unit.code, one.how) for one in found] == [("20956", "exact"), ("20938", "accent")]
    assert {one.how for one in find("Trà Don, Bắc Trà My")} <= {"similar"}
    assert find("Trà Don, Hà Giang") == []


def test_find_offers_similar_names_only_where_none_fits() -> None:
    similar = find("Quảng Namm", level=Level.PROVINCE)
    assert [(one.unit.code, one.how) for one in similar] == [("49", "similar")]


def test_find_counts_the_ten_districts_named_chau_thanh() -> None:
    assert len(find("Châu Thành", on=END_2022, level=Level.DISTRICT)) == 10


def test_find_within_a_province_sees_no_other() -> None:
    found = find("Mỹ Hòa", within="87", on=END_2022)
    assert found
    assert all(one.parents[-1].code == "87" for one in found)


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_the_edit_distance_is_the_same_both_ways_and_zero_for_equals(one: str, other: str) -> None:
    assert edit_distance(one, other, 2) == edit_distance(other, one, 2)
    assert (edit_distance(one, other, 2) == 0) is (one == other)
