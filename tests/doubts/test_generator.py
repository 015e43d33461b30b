"""The generator of spoilings: clean files are clean, slips are what they are called, worlds are possible."""

from collections import Counter
from pathlib import Path

import pytest

from doubts.__main__ import jobs
from doubts.answers import Answer, noticed
from doubts.law import NEEDLESS, RIGHT, UNDETERMINED, WRONG, Court, Outcome, is_wrong
from doubts.sets import MAKERS
from doubts.spoilings import KINDS, Figure, Spoiling, draw
from doubts.tally import Tally
from doubts.worlds import Place, Worlds
from thidua_cli import pipeline
from thidua_cli.judge.verdict import State


def court(name: str, folder: Path) -> Court:
    return Court(name, MAKERS[name](), folder)


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Court:
    return court("district_printed", tmp_path_factory.mktemp("district"))


@pytest.mark.parametrize("name", MAKERS)
def test_a_clean_set_gives_neither_an_error_nor_a_warning(name: str, tmp_path: Path) -> None:
    clean = court(name, tmp_path)
    assert [finding.message() for finding in noticed(clean.findings)] == []
    states = {answer.state for answer in clean.truth.values()}
    assert states & {State.MET, State.NOT_MET}


def test_all_rule_files_and_all_tiers_are_among_the_sets() -> None:
    rules = {Path(rules).stem for make in MAKERS.values() for rules in make().rules}
    bundled = {path.stem for path in Path("src/thidua_cli/data/rules").rglob("*.toml")}
    assert bundled <= rules


def test_a_set_is_made_alike_again() -> None:
    assert MAKERS["commune_folder"]() == MAKERS["commune_folder"]()


@pytest.mark.parametrize("kind", KINDS)
def test_a_spoiling_is_drawn_alike_again_and_changes_one_file(kind: str, district: Court) -> None:
    spoiling = draw(district.places, kind, 7)
    if kind == "opening changed":
        assert spoiling is None  # Mẫu 08 has no openings
        return
    assert spoiling is not None
    assert spoiling == draw(district.places, kind, 7)
    assert spoiling.book != district.places.book(spoiling.book.name)


def test_spoilt_files_are_clean_again_after_they_were_judged(district: Court) -> None:
    spoiling = draw(district.places, "digit added", 0)
    assert spoiling is not None
    assert district.outcome(spoiling).noticed
    assert noticed(pipeline.check(pipeline.read([str(district.files)]))) == []


@pytest.mark.parametrize(
    ("true", "given", "wrong"),
    [
        (Answer(State.MET, 5), Answer(State.MET, 5), False),
        (Answer(State.MET, 5), Answer(State.MET, 3), False),  # "at least 3"
        (Answer(State.MET, 5), Answer(State.MET, 6), True),
        (Answer(State.NOT_MET, -5), Answer(State.NOT_MET, -6), True),
        (Answer(State.MET, 5), Answer(State.UNDETERMINED), False),
        (Answer(State.MET, 5), Answer(State.NOT_MET, -1), True),
        (Answer(State.UNDETERMINED), Answer(State.MET, 1), True),
        (None, Answer(State.MET, 1), True),
        (None, Answer(State.NO_CRITERION), False),
    ],
)
def test_an_answer_is_wrong_where_it_is_certain_and_another_or_its_margin_too_large(
    true: Answer | None, given: Answer, wrong: bool
) -> None:
    assert is_wrong(true, given) is wrong


def _spoilt(district: Court, counted: str, change: int) -> tuple[Worlds, Figure]:
    """Read the district with one commune's count of 2023 changed by hand."""
    places = district.places
    figure = next(figure for figure in places.parts if figure.counted == counted and figure.year == 2023)
    book = places.book(figure.file)
    sheet = book.sheet(figure.sheet)
    spoilt = book.with_sheet(sheet.with_cell(figure.row, figure.column, places.value(figure) + change))
    spoilt.write(district.files)
    try:
        reading = pipeline.read([str(district.files)])
    finally:
        book.write(district.files)
    return Worlds(reading, pipeline.check(reading)), figure


def test_the_one_cell_that_explains_a_failed_sum_and_a_printed_rate_is_the_spoilt_one(district: Court) -> None:
    worlds, figure = _spoilt(district, "poor_households", 50)
    possible = [world.changes for world in worlds.possible(lambda units: True)]
    spoilt = Place(str(district.files / figure.file), figure.sheet, figure.row, "poor_households")
    assert ((spoilt, district.places.value(figure)),) in possible
    assert {changes[0][0] for changes in possible} == {spoilt}  # a part that fits its rate is cleared


def test_a_tally_fails_on_one_wrong_answer_among_the_noticed_alone(district: Court) -> None:
    spoiling = Spoiling("a", "blank", 0, district.places.clean.books[0], "")
    finding = pipeline.check(pipeline.read(["sample_data/faulty"]))[0]
    right, wrong = Counter({RIGHT: 99, UNDETERMINED: 1}), Counter({WRONG: 1, RIGHT: 99})
    tally = Tally()
    tally.add(Outcome(spoiling, (finding,), right))
    tally.add(Outcome(spoiling, (), wrong, ("unnoticed",)))
    assert tally.holds
    assert tally.total().unnoticed_wrong_percent == 1
    tally.add(Outcome(spoiling, (finding,), wrong, ("noticed",)))
    assert not tally.holds
    assert len(tally.failures) == 1


def test_a_tally_fails_where_more_than_one_in_twenty_is_left_open_needlessly(district: Court) -> None:
    spoiling = Spoiling("a", "blank", 0, district.places.clean.books[0], "")
    finding = pipeline.check(pipeline.read(["sample_data/faulty"]))[0]
    tally = Tally()
    tally.add(Outcome(spoiling, (finding,), Counter({RIGHT: 94, UNDETERMINED: 6, NEEDLESS: 6}), (), ("left open",)))
    assert not tally.holds
    assert "| all | 1 | 1 | 0 | 6 | 94 | 6 | 0 | 0 |" in list(tally.lines())


def test_work_is_divided_into_about_as_many_spoilings_as_asked_for() -> None:
    work = jobs(5000, list(MAKERS), list(KINDS))
    assert 4800 < sum(len(numbers) for _, _, numbers in work) < 5200
