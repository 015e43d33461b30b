"""The key figures of verdicts: which falls were held against thresholds, as columns that all units share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from thidua_cli.judge.verdict import PathValue, PathVerdict, Verdict
from thidua_cli.language import Language, Text
from thidua_cli.model import Measure
from thidua_cli.present.labels import MEASURE_TEXT
from thidua_cli.rulebook.schema import Test


class FigureKey(NamedTuple):
    """What one figure is: paths with different thresholds hold the same figure."""

    test: Test
    measure: Measure
    baseline_year: int
    """First year-end of the fall; of the fall of a rate in one year, the year before."""
    year: int


def keyed(path: PathVerdict) -> Iterable[tuple[FigureKey, PathValue]]:
    """Return the figures of one path under their keys."""
    yearly = path.rule.test is Test.RATE_FALL_EACH_YEAR
    for value in path.values:
        start = value.year - 1 if yearly else path.baseline_year
        yield FigureKey(path.rule.test, path.rule.measure, start, value.year), value


def figure_keys(verdicts: Iterable[Verdict]) -> list[FigureKey]:
    """Return the keys of all verdicts: yearly falls of rates first, then falls of counts, by year."""
    keys = {key for verdict in verdicts for path in verdict.paths for key, _ in keyed(path)}
    return sorted(keys, key=lambda key: (list(Test).index(key.test), list(Measure).index(key.measure), key[2:]))


def figures_of(verdict: Verdict) -> dict[FigureKey, PathValue]:
    """Return one unit's figures; a key that none of its paths asks for is absent."""
    return {key: value for path in verdict.paths for key, value in keyed(path)}


def several_measures(keys: Iterable[FigureKey]) -> bool:
    """Say whether headings must name what is counted."""
    return len({key.measure for key in keys}) > 1


def figure_group(key: FigureKey, language: Language, *, with_measure: bool) -> str:
    """Name the family of a figure: "Giảm tỷ lệ (điểm %)"."""
    if key.test is Test.RATE_FALL_EACH_YEAR:
        text = Text("Giảm tỷ lệ (điểm %)", "Fall of rate (points)")
    else:
        text = Text("Giảm số hộ (%)", "Fall of count (%)")
    name = text.pick(language)
    return f"{name}, {MEASURE_TEXT[key.measure].pick(language)}" if with_measure else name


def figure_header(key: FigureKey, language: Language) -> str:
    """Name the time of a figure: "2023", or "2024 so với 2021" for a fall since a baseline."""
    if key.test is Test.RATE_FALL_EACH_YEAR:
        return str(key.year)
    text = Text("{year} so với {baseline}", "{year} from {baseline}")
    return text.fill(year=str(key.year), baseline=str(key.baseline_year)).pick(language)
