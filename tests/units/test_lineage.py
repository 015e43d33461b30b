"""Where households went over several changes: small invented worlds, answers by hand."""

from __future__ import annotations

from tests.rebase.cases import (
    ALL,
    END_2021,
    END_2024,
    END_2025,
    MERGER,
    NONE,
    PART,
    REFORM,
    UNKNOWN,
    change,
    lineage,
    unit,
)
from thidua_cli.units.changes import Households, bundled_changes
from thidua_cli.units.lineage import NOWHERE, Extent, Lineage, Passage
from thidua_cli.units.tables import bundled


def ends(passages: tuple[Passage, ...]) -> dict[str, Extent]:
    return {passage.code: passage.extent for passage in passages}


def test_a_unit_without_changes_is_itself() -> None:
    found = lineage([unit("00001")], [])

    assert found.destinations("00001", END_2021, END_2024) == (Passage("00001", Extent.WHOLE),)
    assert found.sources("00001", END_2024, END_2021) == (Passage("00001", Extent.WHOLE),)


def merged_twice() -> Lineage:
    units = [
        unit("00001", end=MERGER),
        unit("00002", end=MERGER),
        unit("00002", MERGER, REFORM),
        unit("00003", end=REFORM),
        unit("00003", REFORM),
    ]
    pairs = [
        change("00001", "00002", Households.ALL_PRESUMED),
        change("00002", "00003", ALL, REFORM),
        change("00003", "00003", ALL, REFORM),
    ]
    return lineage(units, pairs)


def test_a_commune_merged_in_2024_and_again_in_2025_is_whole_in_the_last() -> None:
    (passage,) = merged_twice().destinations("00001", END_2021, END_2025)

    assert (passage.code, passage.extent, passage.presumed) == ("00003", Extent.WHOLE, True)
    assert [step.day for step in passage.changes] == [MERGER, REFORM]


def test_what_entered_a_unit_between_two_of_its_divisions_is_found_backwards_too() -> None:
    units = [
        unit("00001", end=MERGER),
        unit("00002", end=MERGER),
        unit("00002", MERGER, REFORM),
        unit("00002", REFORM),
        unit("00003", end=MERGER),
        unit("00003", MERGER, REFORM),
        unit("00003", REFORM),
    ]
    pairs = [
        change("00001", "00002", ALL),
        change("00002", "00003", PART),
        change("00002", "00002", PART, REFORM),
        change("00002", "00003", PART, REFORM),
        change("00003", "00003", ALL, REFORM),
    ]
    found = lineage(units, pairs)

    assert ends(found.destinations("00001", END_2021, END_2025)) == {"00002": Extent.PART, "00003": Extent.PART}
    assert ends(found.sources("00003", END_2025, END_2021)) == {
        "00001": Extent.PART,
        "00002": Extent.PART,
        "00003": Extent.WHOLE,
    }


def test_every_way_of_the_tables_forwards_is_one_backwards() -> None:
    tables = bundled()
    known = Lineage(tables, bundled_changes())
    forwards = {
        (start.code, end.code)
        for start in tables.communes(END_2021)
        for end in known.destinations(start.code, END_2021, END_2025)
        if end.has_households and end.code != NOWHERE
    }
    backwards = {
        (start.code, end.code)
        for end in tables.communes(END_2025)
        for start in known.sources(end.code, END_2025, END_2021)
        if len(start.code) == len(end.code)  # island districts are communes since
    }
    assert len(forwards) > 10_000
    assert forwards == backwards


def test_backwards_all_predecessors_of_the_first_day_are_found() -> None:
    found = merged_twice()

    assert ends(found.sources("00003", END_2025, END_2021)) == dict.fromkeys(("00001", "00002", "00003"), Extent.WHOLE)
    assert ends(found.sources("00003", END_2025, END_2024)) == dict.fromkeys(("00002", "00003"), Extent.WHOLE)


def test_a_unit_that_stands_on_keeps_the_rest() -> None:
    units = [unit("00001"), unit("00002")]

    part = lineage(units, [change("00001", "00002", PART)])
    area = lineage(units, [change("00001", "00002", NONE)])
    unread = lineage(units, [change("00001", "00002", UNKNOWN)])

    assert ends(part.destinations("00001", END_2021, END_2024)) == {"00001": Extent.PART, "00002": Extent.PART}
    assert ends(area.destinations("00001", END_2021, END_2024)) == {"00001": Extent.WHOLE, "00002": Extent.NONE}
    assert ends(unread.destinations("00001", END_2021, END_2024)) == {"00001": Extent.UNKNOWN, "00002": Extent.UNKNOWN}
    assert ends(area.sources("00002", END_2024, END_2021)) == {"00002": Extent.WHOLE}


def test_a_code_that_passes_to_the_taker_of_all_households_keeps_nothing() -> None:
    found = lineage([unit("00001"), unit("00002")], [change("00001", "00002", ALL)])

    assert ends(found.destinations("00001", END_2021, END_2024)) == {"00002": Extent.WHOLE}


def test_on_the_day_of_the_reform_a_code_without_a_pair_to_itself_keeps_nothing() -> None:
    units = [unit("00001", end=REFORM), unit("00001", REFORM), unit("00002"), unit("00003")]
    pairs = [change("00001", "00002", PART, REFORM), change("00001", "00003", PART, REFORM)]
    found = lineage(units, pairs)

    assert ends(found.destinations("00001", END_2024, END_2025)) == {"00002": Extent.PART, "00003": Extent.PART}
    assert found.sources("00001", END_2025, END_2024) == ()


def test_parts_that_end_in_one_unit_are_whole_again() -> None:
    units = [unit("00001", end=MERGER), unit("00002", end=REFORM), unit("00003", end=REFORM), unit("00004")]
    pairs = [
        change("00001", "00002", PART),
        change("00001", "00003", PART),
        change("00002", "00004", ALL, REFORM),
        change("00003", "00004", ALL, REFORM),
    ]
    found = lineage(units, pairs)

    assert ends(found.destinations("00001", END_2021, END_2024)) == {"00002": Extent.PART, "00003": Extent.PART}
    assert ends(found.destinations("00001", END_2021, END_2025)) == {"00004": Extent.WHOLE}


def test_a_part_of_a_part_is_a_part() -> None:
    units = [
        unit("00001", end=MERGER),
        unit("00002", end=REFORM),
        *(unit(code) for code in ("00003", "00004", "00005")),
    ]
    pairs = [
        change("00001", "00002", PART),
        change("00001", "00003", PART),
        change("00002", "00004", PART, REFORM),
        change("00002", "00005", PART, REFORM),
        change("00003", "00003", ALL, REFORM),
    ]
    found = lineage(units, pairs).destinations("00001", END_2021, END_2025)

    assert ends(found) == dict.fromkeys(("00003", "00004", "00005"), Extent.PART)


def test_a_new_name_type_or_district_keeps_the_unit() -> None:
    units = [unit("00001", end=MERGER), unit("00001", MERGER, name="Phường 1")]
    found = lineage(units, [change("00001", "00001", Households.SAME)])

    assert found.destinations("00001", END_2021, END_2024) == (Passage("00001", Extent.WHOLE),)


def test_a_new_code_keeps_the_unit() -> None:
    units = [unit("00001", end=MERGER), unit("00009", MERGER)]
    found = lineage(units, [change("00001", "00009", Households.SAME)])

    assert ends(found.destinations("00001", END_2021, END_2024)) == {"00009": Extent.WHOLE}
    assert ends(found.sources("00009", END_2024, END_2021)) == {"00001": Extent.WHOLE}


def test_what_no_list_says_leads_nowhere() -> None:
    gone = lineage([unit("00001", end=MERGER)], [])
    half = lineage([unit("00001", end=MERGER), unit("00002")], [change("00001", "00002", PART)])

    assert ends(gone.destinations("00001", END_2021, END_2024)) == {NOWHERE: Extent.UNKNOWN}
    assert ends(gone.destinations("00001", END_2024, END_2025)) == {NOWHERE: Extent.UNKNOWN}
    assert ends(half.destinations("00001", END_2021, END_2024)) == {NOWHERE: Extent.UNKNOWN, "00002": Extent.PART}


def test_a_commune_the_reform_says_nothing_of_leads_nowhere_but_a_province_stands() -> None:
    found = lineage([unit("00001"), unit("01"), unit("001", end=REFORM)], [])

    assert ends(found.destinations("00001", END_2024, END_2025)) == {NOWHERE: Extent.UNKNOWN}
    assert ends(found.destinations("01", END_2024, END_2025)) == {"01": Extent.WHOLE}
    assert ends(found.destinations("001", END_2024, END_2025)) == {NOWHERE: Extent.UNKNOWN}


def test_an_island_district_may_become_a_commune() -> None:
    units = [unit("471", end=REFORM), unit("19742", REFORM)]
    found = lineage(units, [change("471", "19742", ALL, REFORM)])

    assert ends(found.sources("19742", END_2025, END_2024)) == {"471": Extent.WHOLE}
