"""What the composed tables are: each choice alone, then drawn ones; and the oracle can say that something is wrong."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from reading.choice import Choice, no_year, sets
from reading.comparing import Result, outcome
from reading.grammar import Table, choices, table, tables
from reading.meaning import Meant
from reading.tally import Tally, told
from reading.writing import WRITERS

SEED = 1
LEAST_TABLES = 400


def named(name: str) -> Table:
    """Return the table of one choice alone."""
    number = next(at for at, choice in enumerate(choices(), start=1) if choice.id == name)
    return table(number, SEED)


def meanings(drawn: Table) -> list[Meant]:
    draft = drawn.draft()
    return [meant for sheet in drawn.book(draft).sheets for _, _, meant in sheet.figures()]


def test_every_choice_stands_alone_in_one_table_and_no_two_have_one_name() -> None:
    alone = [drawn.choices[0].id for drawn in tables(len(choices()) + 1, SEED) if drawn.choices]
    assert len(alone) == len(set(alone)) == len(choices()) >= LEAST_TABLES


def test_drawn_tables_make_two_or_three_choices_that_fit_each_other() -> None:
    drawn = [table(len(choices()) + number, SEED) for number in range(1, 200)]
    assert {len(each.choices) for each in drawn} == {2, 3}
    for each in drawn:
        assert len({choice.dimension for choice in each.choices}) == len(each.choices)


def test_a_table_is_the_same_whenever_it_is_composed() -> None:
    numbers = (0, 17, len(choices()) + 5, len(choices()) + 250)
    for number in numbers:
        assert meanings(table(number, SEED)) == meanings(table(number, SEED))
    assert meanings(table(0, SEED)) != meanings(table(0, SEED + 1))


def test_what_stands_at_the_beginning_of_a_year_is_meant_as_the_year_end_before() -> None:
    drawn = named("time: ĐẦU NĂM {y}")
    assert {year for meant in meanings(drawn) for year in meant.years} == {drawn.draft().year - 1}


def test_a_quarter_is_meant_as_no_year_end() -> None:
    figures = meanings(named("time: QUÝ I NĂM {y}"))
    assert len(figures) > 30
    assert not any(meant.is_usable for meant in figures)


def test_thousands_of_households_are_meant_as_households() -> None:
    drawn = named("measure: ĐVT: nghìn hộ")
    draft = drawn.draft()
    expected = {frozenset({count * 1000}) for row in draft.all_rows() for count in row.counts.values()}
    assert {meant.values for meant in meanings(drawn)} == expected


@pytest.mark.parametrize("name", sorted(WRITERS))
def test_the_plain_table_is_right_in_every_format_that_is_read(name: str, tmp_path: Path) -> None:
    result = outcome(named(f"format: {name}"), tmp_path)
    assert result.path.stat().st_size > 0
    assert result.result in (Result.RIGHT, Result.TOLD, Result.WITHHELD)


def test_a_figure_that_is_read_and_not_meant_is_told_as_silently_wrong(tmp_path: Path) -> None:
    of_nothing = Choice("time", "of no year-end, which nothing says", sets(years=no_year))
    result = outcome(replace(table(0, SEED), choices=(of_nothing,)), tmp_path)
    assert result.result is Result.WRONG
    assert len(result.wrong) == len(meanings(table(0, SEED)))
    tally = Tally()
    tally.add(result)
    assert not tally.holds
    assert "silent-wrong" in next(told(result))


def test_another_value_than_the_meant_one_is_silently_wrong(tmp_path: Path) -> None:
    twice = Choice("measure", "pairs, which nothing says", sets(factors=frozenset({2})))
    assert outcome(replace(table(0, SEED), choices=(twice,)), tmp_path).result is Result.WRONG


def test_a_figure_withheld_with_its_cell_is_told(tmp_path: Path) -> None:
    result = outcome(named("one number: 12,5"), tmp_path)
    assert result.result is Result.TOLD
    assert any("V001" in words for words in result.findings)
