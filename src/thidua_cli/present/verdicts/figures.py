"""The key figures of verdicts: what was held against thresholds, as columns that all units share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from thidua_cli.doubt.doubts import Doubt
from thidua_cli.judge.verdict import ClauseAnswer, ClauseValue, Verdict
from thidua_cli.language import Language, Text
from thidua_cli.lexicon import MEASURE_WORDS, UNIT_WORDS
from thidua_cli.model import Measure
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.rulebook.schema import EACH_YEAR, TEST_FORM, Clause, Test, ThresholdUnit


class FigureKey(NamedTuple):
    """What one figure is: clauses with different thresholds hold the same figure."""

    test: Test
    measure: Measure
    unit: ThresholdUnit
    baseline_year: int
    """First year-end of a fall; of the fall in one year, the year before; of what is left, the year-end itself."""
    year: int

    @property
    def has_window(self) -> bool:
        """Say whether the figure spans more than its own year."""
        return self.test in _OVER_A_WINDOW


_OVER_A_WINDOW: Final = (Test.RATE_FALL_AVERAGE, Test.COUNT_FALL_AVERAGE, Test.COUNT_FALL_SINCE_BASELINE)


def key_of(clause: Clause, baseline_year: int, year: int) -> FigureKey:
    """Return the key of one value of a clause whose window begins with `baseline_year`."""
    start = year - 1 if clause.test in EACH_YEAR else baseline_year
    return FigureKey(clause.test, clause.measure, clause.unit, start, year)


def keyed(answer: ClauseAnswer) -> Iterable[tuple[FigureKey, ClauseValue]]:
    """Return the figures of one answer under their keys."""
    baseline_year = answer.baseline_year
    return [(key_of(answer.clause, baseline_year, value.year), value) for value in answer.values]


def figure_keys(verdicts: Iterable[Verdict]) -> list[FigureKey]:
    """Return the keys of all verdicts: yearly falls of rates first, then falls of counts, by year."""
    keys = {key for verdict in verdicts for answer in verdict.clauses for key, _ in keyed(answer)}
    return sorted(keys, key=_place)


def _place(key: FigureKey) -> tuple[int, ...]:
    orders = (list(Test).index(key.test), list(Measure).index(key.measure), list(ThresholdUnit).index(key.unit))
    return (*orders, key.baseline_year, key.year)


def figures_of(verdict: Verdict) -> dict[FigureKey, ClauseValue]:
    """Return one unit's figures; a key that none of its clauses asks for is absent."""
    return {key: value for answer in verdict.clauses for key, value in keyed(answer)}


class FigureColumns:
    """The figures of some units in columns that all of them share: answers of one clause over one window lie alike."""

    def __init__(self, verdicts: Iterable[Verdict]) -> None:
        """Take the units; what they share is found once."""
        self._keys: dict[tuple[int, int, tuple[int, ...]], list[FigureKey]] = {}
        for verdict in verdicts:
            for answer in verdict.clauses:
                kind = _kind(answer)
                if kind not in self._keys:
                    self._keys[kind] = [key for key, _ in keyed(answer)]
        self.keys = sorted({key for keys in self._keys.values() for key in keys}, key=_place)
        """As `figure_keys`."""
        places = {key: place for place, key in enumerate(self.keys)}
        self._places = {kind: [places[key] for key in keys] for kind, keys in self._keys.items()}

    def row(self, verdict: Verdict) -> list[ClauseValue | None]:
        """Return the figures of one of the units by column, None where none of its clauses asks for it."""
        row: list[ClauseValue | None] = [None] * len(self.keys)
        for answer in verdict.clauses:
            for place, value in zip(self._places[_kind(answer)], answer.values, strict=True):
                row[place] = value
        return row


def _kind(answer: ClauseAnswer) -> tuple[int, int, tuple[int, ...]]:
    return id(answer.clause), answer.baseline_year, tuple([value.year for value in answer.values])


def rests_on(key: FigureKey, year: int, column: str) -> bool:
    """Say whether a figure is taken from a count of a year-end."""
    measure = key.measure
    columns = (*measure.parts, measure.whole) if TEST_FORM[key.test].of_rates else measure.parts
    return column in columns and key.baseline_year <= year <= key.year


def doubts_of(answer: ClauseAnswer, doubts: Iterable[Doubt]) -> list[Doubt]:
    """Return the doubts on what one clause is answered by."""
    keys = [key for key, _ in keyed(answer)]
    return [doubt for doubt in doubts if any(rests_on(key, doubt.year, doubt.column) for key in keys)]


def several_measures(keys: Iterable[FigureKey]) -> bool:
    """Say whether headings must name what is counted."""
    return len({key.measure for key in keys}) > 1


def figure_group(key: FigureKey, language: Language, *, with_measure: bool) -> str:
    """Name the family of a figure: "Giảm tỷ lệ (điểm %)"."""
    text = Text("{family} ({unit})", "{family} ({unit})")
    unit = _IN_A_YEAR if key.test in EACH_YEAR and key.unit is ThresholdUnit.PERCENT else UNIT_WORDS[key.unit]
    name = text.fill(family=_FAMILY[key.test], unit=unit).pick(language)
    return f"{name}, {MEASURE_WORDS[key.measure].short.pick(language)}" if with_measure else name


_FAMILY: Final = {
    Test.RATE_FALL_EACH_YEAR: Text("Giảm tỷ lệ", "Fall of rate"),
    Test.RATE_FALL_AVERAGE: Text("Giảm tỷ lệ bình quân năm", "Mean yearly fall of rate"),
    Test.COUNT_FALL_EACH_YEAR: Text("Giảm số hộ mỗi năm", "Yearly fall of count"),
    Test.COUNT_FALL_AVERAGE: Text("Giảm số hộ bình quân năm", "Mean yearly fall of count"),
    Test.COUNT_FALL_SINCE_BASELINE: Text("Giảm số hộ", "Fall of count"),
    Test.COUNT_AT_YEAR_END: Text("Còn lại", "Left"),
    Test.RATE_AT_YEAR_END: Text("Tỷ lệ", "Rate"),
}

_IN_A_YEAR: Final = Text("% so với năm trước", "% of the year before")


def figure_header(key: FigureKey, language: Language) -> str:
    """Name the time of a figure: "2023", or "2024 so với 2021" for a fall since a baseline."""
    if not key.has_window:
        return str(key.year)
    text = Text("{year} so với {baseline}", "{year} from {baseline}")
    return text.fill(year=str(key.year), baseline=str(key.baseline_year)).pick(language)


def short_header(key: FigureKey) -> str:
    """Name the time of a figure where room is short: "2023", "2021–2024"."""
    return f"{key.baseline_year}–{key.year}" if key.has_window else str(key.year)


def figure_name(key: FigureKey, *, with_measure: bool) -> str:
    """Name a figure for machines: "fall_points_2023", "fall_percent_2021_2024"."""
    prefix = f"{key.measure.value}_" if with_measure else ""
    years = f"{key.baseline_year}_{key.year}" if key.has_window else str(key.year)
    return f"{prefix}{_NAME[key.test].format(unit=key.unit.value)}_{years}"


_NAME: Final = {
    Test.RATE_FALL_EACH_YEAR: "fall_{unit}",
    Test.RATE_FALL_AVERAGE: "average_fall_{unit}",
    Test.COUNT_FALL_EACH_YEAR: "count_fall_{unit}",
    Test.COUNT_FALL_AVERAGE: "average_count_fall_{unit}",
    Test.COUNT_FALL_SINCE_BASELINE: "fall_{unit}",
    Test.COUNT_AT_YEAR_END: "left_{unit}",
    Test.RATE_AT_YEAR_END: "rate_{unit}",
}
