"""Answers about figures that findings dispute: certain is what every possible value gives."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest

from tests.check.cases import CO_TO, CO_TO_COMMUNES, observed, read
from tests.doubt.cases import findings, waived
from thidua_cli import pipeline
from thidua_cli.doubt.doubts import Effect
from thidua_cli.doubt.worlds import LookedAt, UnitDoubts
from thidua_cli.findings import Finding
from thidua_cli.inputs import Inputs, load_inputs
from thidua_cli.judge.verdict import State, Verdict
from thidua_cli.language import Language
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.observations import Observation

FIRST, SECOND, _ = CO_TO_COMMUNES
INPUTS: Inputs = load_inputs("qd-666-ttg")
CLEAN = {2021: (1000, 400, 100), 2022: (1000, 330, 100), 2023: (1000, 290, 90), 2024: (1000, 262, 81)}
"""500, 430, 380, 343 poor and near-poor households: a fall of 31.4%, where more than half is asked for."""


def files(last: Sequence[int], own: Sequence[int] | None = None) -> FilesRead:
    """Huyện Cô Tô and its communes, the first with these counts at the end of 2024.

    The district's own row is the sum of what the communes should have.
    """
    rows: list[Observation] = []
    for year, counts in CLEAN.items():
        communes = [counts if year < 2024 else last, (900, 90, 45), (800, 80, 40)]
        total = tuple(map(sum, zip(counts, *communes[1:], strict=True))) if own is None or year < 2024 else own
        rows.append(observed(CO_TO, year, total, name="Huyện Cô Tô"))
        rows += [observed(code, year, each, parent=CO_TO) for code, each in zip(CO_TO_COMMUNES, communes, strict=True)]
    return read(*rows)


def verdict(reading: FilesRead, code: str = FIRST, told: Sequence[Finding] | None = None) -> Verdict:
    result = pipeline.eligible(reading, INPUTS, 2024, findings=findings(reading) if told is None else told)
    return next(row for row in result.verdicts if row.unit_code == code)


def targets_met(row: Verdict, rule: str) -> State:
    return next(answer.state for answer in row.clauses if answer.clause.id == rule)


def drawn_files(random: Random) -> FilesRead:
    """Huyện Cô Tô and its communes with counts that were typed wrongly, here and there."""
    rows: list[Observation] = []
    counts = {code: [random.randrange(500, 1500), random.randrange(100, 400), 90] for code in CO_TO_COMMUNES}
    for year in CLEAN:
        typed = {code: [*each] for code, each in counts.items()}
        if random.random() < 0.4:
            wrong, place = typed[random.choice(CO_TO_COMMUNES)], random.choice([0, 0, 1, 2])
            wrong[place] = random.choice([wrong[place] * 10, wrong[place] // 10, wrong[place] + 200])
        total = tuple(map(sum, zip(*counts.values(), strict=True)))
        rows.append(observed(CO_TO, year, total, name="Huyện Cô Tô"))
        rows += [observed(code, year, each, parent=CO_TO) for code, each in typed.items()]
        for each in counts.values():
            each[1] -= random.randrange(each[1] // 2)
    return read(*rows)


def test_units_whose_disputed_figures_are_not_looked_at_are_answered_as_in_every_possible_world(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    left_alone: list[bool] = []
    leave_alone = UnitDoubts.leave_alone

    def watched(doubts: UnitDoubts, asked: LookedAt) -> bool:
        left_alone.append(leave_alone(doubts, asked))
        return left_alone[-1]

    for seed in range(60):
        reading = drawn_files(Random(seed))
        told = findings(reading)
        with monkeypatch.context() as patched:
            patched.setattr(UnitDoubts, "leave_alone", watched)
            at_once = pipeline.eligible(reading, INPUTS, 2024, findings=told).verdicts
        with monkeypatch.context() as patched:
            patched.setattr(UnitDoubts, "leave_alone", lambda doubts, asked: False)
            in_worlds = pipeline.eligible(reading, INPUTS, 2024, findings=told).verdicts
        assert len(at_once) == 4
        assert at_once == in_worlds
    assert left_alone.count(True) > 20
    assert left_alone.count(False) > 20


def test_of_sound_figures_nothing_is_disputed() -> None:
    row = verdict(files((1000, 262, 81)))
    assert (row.doubts, row.margin_is_bound) == ((), False)


def test_a_figure_typed_too_small_gives_no_certain_answer_and_the_reason_says_which_value_gives_which() -> None:
    row = verdict(files((1000, 26, 81)))
    assert targets_met(row, "area-commune-count") is State.UNDETERMINED
    assert {doubt.effect for doubt in row.doubts} == {Effect.UNDETERMINED}
    reason = next(answer.reason for answer in row.clauses if answer.clause.id == "area-commune-count")
    assert reason is not None
    told = reason.pick(Language.EN)
    assert "says 26" in told
    assert "if it is right: Met; if it is 262: Not met" in told


def test_an_answer_that_every_value_gives_is_certain_and_says_despite_what() -> None:
    reading = files((1000, 250, 81))
    row = verdict(reading)
    assert targets_met(row, "area-commune-count") is State.NOT_MET
    assert row.doubts
    assert {doubt.effect for doubt in row.doubts} == {Effect.NONE}


def test_a_margin_under_doubt_is_the_least_of_all_worlds_and_only_a_bound() -> None:
    # Xã Tr'Hy, of area III: of 300 in 2021 fewer than half may be left, 149; 70 are by the one row, 75 by the other
    first, second = ((1200, 40, 30), (1200, 45, 30))
    rows = [observed("20446", 2021, (1200, 200, 100)), observed("20446", 2024, first), observed("20446", 2024, second)]
    row = verdict(read(*rows), "20446")
    assert (row.state, row.margin_households, row.margin_is_bound) == (State.MET, 74, True)


def test_a_waived_figure_stands_and_the_row_says_who_answers_for_it() -> None:
    reading = files((1000, 26, 81))
    told = waived(findings(reading), "S001", "T003")
    row = verdict(reading, told=told)
    assert targets_met(row, "area-commune-count") is State.MET
    assert {doubt.effect for doubt in row.doubts} == {Effect.NONE}
    assert row.reason is not None
    assert "Nguyễn Văn A" in row.reason.pick(Language.VI)


def test_a_jump_alone_leaves_no_certain_answer() -> None:
    rows = [observed(FIRST, year, counts) for year, counts in CLEAN.items() if year < 2024]
    reading = read(*rows, observed(FIRST, 2024, (1000, 26, 81)))
    assert [finding.kind.code for finding in findings(reading)] == ["T003"]
    assert targets_met(verdict(reading), "area-commune-count") is State.UNDETERMINED


def test_answers_without_the_findings_check_the_figures_themselves() -> None:
    reading = files((1000, 26, 81))
    row = next(row for row in pipeline.eligible(reading, INPUTS, 2024).verdicts if row.unit_code == FIRST)
    assert row.doubts


@pytest.mark.parametrize("poor", [26, 700])
def test_targets_are_taken_in_every_world_too(poor: int) -> None:
    inputs = load_inputs(str(Path(__file__).parents[2] / "scripts" / "doubts" / "rules" / "own-plan.toml"))
    reading = files((1000, poor, 81))
    rows = pipeline.targets(reading, inputs, 2024, findings=findings(reading)).rows
    true = {
        (row.unit_code, row.clause.id, row.year): row
        for row in pipeline.targets(files((1000, 262, 81)), inputs, 2024).rows
    }
    assert len(rows) == len(true) == 16
    for row in rows:
        clean = true[row.unit_code, row.clause.id, row.year]
        assert row.state in (clean.state, State.UNDETERMINED)
        if row.margin_households is not None and clean.margin_households is not None:
            assert abs(row.margin_households) <= abs(clean.margin_households)
    states = {row.state for row in rows if row.doubts}
    assert State.UNDETERMINED in states
    assert states & {State.MET, State.NOT_MET}


def test_rates_carry_the_doubts_on_the_years_they_show() -> None:
    reading = files((1000, 26, 81))
    table = pipeline.rates(reading, findings=findings(reading)).table
    row = next(row for row in table.rows if row.unit_code == FIRST)
    assert {(doubt.year, doubt.column, doubt.printed) for doubt in row.doubts} >= {(2024, "poor_households", 26)}
    earlier = pipeline.rates(reading, last_year=2022, findings=findings(reading)).table
    assert all(not row.doubts for row in earlier.rows)
