"""Law: where all figures are known counts, verdicts by whole numbers are those of the plain code, word for word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

import pytest

from tests.judge.cases import CODES, DECISION, PROVINCE, members
from thidua_cli.judge import alike
from thidua_cli.judge.clause.whole_counts import counted_clause, whole_counts
from thidua_cli.judge.setting import Setting
from thidua_cli.judge.verdict import State, Verdict
from thidua_cli.judge.verdicts import judge
from thidua_cli.language import Text
from thidua_cli.model import Citation, DividedPart, Level, Measure, Part, PrintedRate, Series, Status, YearFigures
from thidua_cli.rulebook.classes import ClassBook
from thidua_cli.rulebook.load import bundled_ids, example_ids, load_rulebook
from thidua_cli.rulebook.schema import (
    TEST_FORM,
    Alternative,
    Clause,
    Comparison,
    Rulebook,
    Subject,
    ThresholdUnit,
    Window,
)
from thidua_cli.rulebook.schema import Test as Kind

YEARS = (2021, 2022, 2023, 2024)
NOTHING = Text("", "")
BOOKS = (
    members(),
    members("coastal_commune", "not_area_1"),
    members("not_coastal_commune", "area_3"),
    members("poor_district"),
    members("not_poor_district", "not_area_1", "not_area_2", "not_area_3", "not_coastal_commune"),
)
OF_POINTS = ("0", "0.5", "1", "1.5", "2")
OF_PERCENT = ("0", "10", "25", "50", "100")
OF_HOUSEHOLDS = ("0", "5", "10", "20")


def drawn_clause(random: Random, number: int, level: Level, *, is_alternative: bool = False) -> Clause:
    """A clause that a rule file may hold; figures in steps of five hit its threshold, or miss it by one household."""
    test = random.choice(list(Kind))
    form = TEST_FORM[test]
    unit, window = random.choice(form.units), random.choice([*form.windows, None]) if form.windows else None
    window = window or (form.windows[0] if form.windows else None)
    thresholds = {ThresholdUnit.POINTS: OF_POINTS, ThresholdUnit.PERCENT: OF_PERCENT}.get(unit, OF_HOUSEHOLDS)
    measures = [each for each in Measure if each.has_rate or not form.of_rates]
    asked = () if is_alternative or random.random() < 0.5 else ("coastal_commune",)
    clause = Clause(
        id=f"c{number}",
        title=NOTHING,
        subject=Subject(level, asked),
        test=test,
        measure=random.choice([Measure.MULTIDIMENSIONAL, Measure.POOR, random.choice(measures)]),
        comparison=random.choice(form.comparisons),
        threshold=Decimal(random.choice(thresholds)),
        unit=unit,
        reading=NOTHING,
        citation=Citation("1/QĐ", "điều 1", date(2022, 1, 1)),
        verified=date(2022, 1, 1),
        years=random.choice([1, 2, 3]) if window is Window.YEARS else None,
        baseline_year=random.choice([2021, 2022, 2024]) if window is Window.BASELINE_YEAR else None,
        other_lines=random.choice([(), ("ha-noi",)]),
        rounded_to=random.choice([None, None, None, None, 1, 2]) if form.of_rates or unit is not _HOUSEHOLDS else None,
    )
    if form.windows and clause.comparison is Comparison.AT_LEAST and random.random() < 0.3:
        clause = replace(clause, upper=clause.threshold + 1)
    if is_alternative:
        return clause
    others = [
        replace(drawn_clause(random, number, level, is_alternative=True), subject=clause.subject)
        for _ in range(random.choice([0, 1, 2]))
    ]
    names = random.sample(["wide", "narrow", "rounded"], len(others))
    told = [Alternative(name, Text(name, name), NOTHING, (), each) for name, each in zip(names, others, strict=True)]
    return replace(clause, alternatives=tuple(told))


_HOUSEHOLDS = ThresholdUnit.HOUSEHOLDS


def drawn_years(random: Random, years: Sequence[int]) -> dict[int, YearFigures]:
    households = random.choice([1000, 1000, 30_000, 997, 40])
    step = max(5, households // 200)  # half a point of the rate, but for odd numbers of households
    poor, near_poor = random.randrange(0, households // 2, step), random.randrange(0, households // 2, step)
    steady, grows = random.choice([None, 1, 2, 3, 4]), random.random() < 0.3
    drawn = {}
    for year in years:
        beside = random.choice([0, 0, 0, 1, -1])
        counts = {
            "households": households,
            "poor_households": max(0, poor + beside),
            "near_poor_households": near_poor,
            "minority_households": households // 2,
            "minority_poor_households": poor // 4,
            "merit_poor_households": poor // 5,
            "poor_relapsed": random.choice([0, 0, 1]),
        }
        drawn[year] = YearFigures(year, counts, status=random.choice([*[Status.FINAL] * 9, Status.PRELIMINARY]))
        if steady is None:
            poor = max(0, poor - random.choice([0, step, 2 * step, 3 * step, 4 * step, poor // 2, poor]))
            near_poor = max(0, near_poor - random.choice([0, step, 2 * step, 4 * step]))
        else:
            poor = max(0, poor - steady * step)
        households += random.choice([0, 7]) if grows else 0
    return drawn


def made_odd(random: Random, figures: YearFigures) -> YearFigures:
    """The same figures with something that a verdict has to look at."""
    absent = random.choice(["households", "poor_households", "near_poor_households"])
    without = {name: count for name, count in figures.counts.items() if name != absent}
    part = Part("20449", "Xã Khác")
    return random.choice(
        [
            replace(figures, counts=without),
            replace(figures, counts=without, bounds={absent: (3, 30)}),
            replace(figures, counts={**figures.counts, absent: 0}),
            replace(figures, conflicting=True),
            replace(figures, superseded_on=date(2023, 1, 1)),
            replace(figures, formed_on=date(2025, 7, 1)),
            replace(figures, missing_children=("20446",), counts={}),
            replace(figures, poverty_line=random.choice(["ha-noi", "2016-2020"])),
            replace(figures, presumed=(part,), merged=(part,)),
            replace(figures, counts={}, printed_rates={Measure.POOR: PrintedRate.of("4.5")}),
            replace(
                figures,
                counts={},
                divided=(DividedPart(part, figures.counts, (part,), date(2023, 1, 1), "nghị quyết"),),
            ),
        ]
    )


def units(random: Random, levels: Sequence[Level], years: Sequence[int], number: int) -> Iterator[Series]:
    """Units of which one in three has something odd: a figure, its code, or that it does not stand any more."""
    for place in range(number):
        level = random.choice(levels)
        of_years = drawn_years(random, years)
        odd = random.random() < 1 / 3
        if odd:
            year = random.choice(years)
            of_years[year] = made_odd(random, of_years[year])
        if odd and random.random() < 0.2:
            del of_years[random.choice(years)]
        if random.random() < 0.1:
            of_years = {year: replace(each, poverty_line="ha-noi") for year, each in of_years.items()}
        code = random.choice([CODES[level], CODES[level], f"9{place:0{len(CODES[level]) - 1}d}"])
        unit = Series(code, f"Đơn vị {place}", level, "49", of_years)
        if random.random() < 0.03:
            unit = replace(unit, ended_on=date(2025, 7, 1))
        yield unit


def both_ways(
    series: Sequence[Series], book: Rulebook, classes: ClassBook, as_of: int, monkeypatch: pytest.MonkeyPatch
) -> tuple[list[Verdict], int]:
    """The verdicts of the plain code, held against those by whole numbers, and on how many units these were."""
    setting = Setting(as_of, classes, lambda code, listed: PROVINCE)
    taken: list[object] = []
    counted = whole_counts

    def watched(unit: Series, years: Sequence[int]) -> object:
        taken.append(counts := counted(unit, years))
        return counts

    with monkeypatch.context() as patched:
        patched.setattr(alike, "whole_counts", watched)
        fast = judge(series, book, setting)
    with monkeypatch.context() as patched:
        patched.setattr(alike, "whole_counts", lambda unit, years: None)
        plain = judge(series, book, setting)
    assert len(fast) == len(plain) == len(series)
    for one_way, other_way in zip(fast, plain, strict=True):
        assert one_way == other_way
        assert repr(one_way) == repr(other_way)
    return plain, sum(counts is not None for counts in taken)


@pytest.mark.parametrize("seed", range(40))
def test_drawn_clauses_are_answered_alike_by_whole_numbers_and_by_fractions(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    random = Random(seed)
    level = random.choice([Level.COMMUNE, Level.COMMUNE, Level.DISTRICT])
    clauses = tuple(drawn_clause(random, number, level) for number in range(random.choice([1, 2, 3])))
    book = replace(DECISION, clauses=clauses, targets=(), class_exits=())
    series = list(units(random, [level], YEARS, 60))
    _, by_counts = both_ways(series, book, random.choice(BOOKS), random.choice([2024, 2024, 2023]), monkeypatch)
    assert by_counts < len(series)


def test_drawn_clauses_are_answered_by_whole_numbers_at_all_and_in_every_way(monkeypatch: pytest.MonkeyPatch) -> None:
    states: Counter[State] = Counter()
    margins = readings = rounded = by_counts = 0
    for seed in range(100, 130):
        random = Random(seed)
        clauses = tuple(drawn_clause(random, number, Level.COMMUNE) for number in range(2))
        book = replace(DECISION, clauses=clauses, targets=(), class_exits=())
        series = list(units(random, [Level.COMMUNE], YEARS, 40))
        verdicts, of_seed = both_ways(series, book, random.choice(BOOKS), 2024, monkeypatch)
        states.update(verdict.state for verdict in verdicts)
        margins += sum(verdict.margin_households is not None for verdict in verdicts)
        readings += sum(bool(verdict.other_readings) for verdict in verdicts)
        rounded += sum(answer.rounded is not None for verdict in verdicts for answer in verdict.clauses)
        by_counts += of_seed
    assert set(states) >= {State.MET, State.NOT_MET, State.UNDETERMINED}
    assert min(margins, readings, by_counts) > 100, (margins, readings, by_counts)
    assert rounded > 5


@pytest.mark.parametrize("name", [*bundled_ids(), *example_ids()])
def test_every_rule_file_that_ships_is_answered_alike(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    random, book = Random(name), load_rulebook(name)
    series = list(units(random, list(Level), range(2020, 2027), 120))
    for as_of in (2022, 2024, 2026):
        both_ways(series, book, random.choice(BOOKS), as_of, monkeypatch)


def test_the_decision_is_answered_by_whole_numbers_for_most_units(monkeypatch: pytest.MonkeyPatch) -> None:
    series = list(units(Random(3), [Level.PROVINCE, Level.DISTRICT, Level.COMMUNE], YEARS, 300))
    for classes in BOOKS:
        verdicts, by_counts = both_ways(series, DECISION, classes, 2024, monkeypatch)
        assert by_counts > len(verdicts) / 2


def test_a_reading_that_only_rounds_is_told_from_those_that_ask_something_else() -> None:
    rounding = {name: False for clause in DECISION.clauses for name in (each.id for each in clause.alternatives)}
    for clause in DECISION.clauses:
        own = counted_clause(clause, 2024)
        for alternative in clause.alternatives:
            read = counted_clause(alternative.clause, 2024)
            if own is not None and read is not None:
                assert not own.rounds(read)
                assert read.rounds(own) is (alternative.id == "rounded")
                rounding[alternative.id] |= read.rounds(own)
    assert {name for name, rounds in rounding.items() if rounds} == {"rounded"}
    assert len(rounding) > 3
