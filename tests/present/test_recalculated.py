"""The workbook for submission, calculated anew by another program: the same figures, and the same answers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, NamedTuple

import openpyxl
import pytest

from tests.cli.program import thidua
from tests.present import cases
from tests.present.soffice import calculated
from thidua_cli import pipeline
from thidua_cli.inputs import load_inputs
from thidua_cli.judge.setting import Setting
from thidua_cli.judge.targets import judge_targets
from thidua_cli.judge.verdicts import judge
from thidua_cli.language import Language, Text
from thidua_cli.measure.rates import rate_table
from thidua_cli.model import Level, Measure, Series, YearFigures
from thidua_cli.present.export.view import export_view
from thidua_cli.present.toolkit.render import render
from thidua_cli.results import CheckResult, EligibleResult, Pack, RatesResult, TargetsResult
from thidua_cli.rulebook.class_lists import class_lists
from thidua_cli.rulebook.classes import ClassBook
from thidua_cli.rulebook.schema import Clause, ClauseKind, Comparison, Rulebook, Subject, ThresholdUnit
from thidua_cli.rulebook.schema import Test as Asked

SAMPLES: Final = Path(__file__).parents[2] / "sample_data"
AT_LEAST, MORE, AT_MOST, LESS, EQUAL = (
    Comparison.AT_LEAST,
    Comparison.MORE_THAN,
    Comparison.AT_MOST,
    Comparison.LESS_THAN,
    Comparison.EQUAL,
)
POINTS, PERCENT, HOUSEHOLDS = ThresholdUnit.POINTS, ThresholdUnit.PERCENT, ThresholdUnit.HOUSEHOLDS
SEVERAL: Final = Measure.MULTIDIMENSIONAL


class AtThreshold(NamedTuple):
    """A clause and a unit that is exactly at its threshold; one household more or less makes the other answer."""

    test: Asked
    comparison: Comparison
    threshold: str
    unit: ThresholdUnit
    counts: Sequence[tuple[int, int]]
    """Households and those counted, by year up to 2024."""
    is_met: bool
    beside: int
    """What is added to the last count to leave the threshold to the other side."""
    measure: Measure = SEVERAL


EACH: Final = Asked.RATE_FALL_EACH_YEAR
LARGE: Final = [(27_000_000, 9_000_000), (26_000_000, 4_500_000)]
CASES: Final = (
    AtThreshold(EACH, AT_LEAST, "4", POINTS, [(1000, 300), (1000, 260), (1000, 220), (1000, 180)], True, 1),
    AtThreshold(EACH, AT_LEAST, "1.5", POINTS, [(800, 130), (1000, 147), (1200, 158), (600, 70)], True, 1),
    AtThreshold(EACH, MORE, "7", POINTS, [(700, 273), (900, 288)], False, -1),
    AtThreshold(EACH, AT_LEAST, "10", PERCENT, [(1000, 500), (900, 405), (800, 324)], True, 1, Measure.POOR),
    AtThreshold(Asked.RATE_FALL_AVERAGE, AT_LEAST, "2", POINTS, [(700, 210), (5, 5), (9, 1), (900, 216)], True, 1),
    AtThreshold(Asked.COUNT_FALL_SINCE_BASELINE, MORE, "50", PERCENT, [(700, 229), (700, 114)], True, 1),
    AtThreshold(Asked.COUNT_FALL_SINCE_BASELINE, MORE, "50", PERCENT, [(700, 228), (700, 114)], False, -1),
    AtThreshold(Asked.COUNT_FALL_EACH_YEAR, AT_LEAST, "10", PERCENT, [(2000, 1000), (2000, 900), (2000, 810)], True, 1),
    AtThreshold(Asked.COUNT_FALL_EACH_YEAR, AT_LEAST, "25", HOUSEHOLDS, [(400, 90), (400, 65), (400, 40)], True, 1),
    AtThreshold(
        Asked.COUNT_FALL_AVERAGE, AT_LEAST, "100", HOUSEHOLDS, [(900, 500), (9, 9), (9, 1), (900, 200)], True, 1
    ),
    AtThreshold(Asked.COUNT_FALL_AVERAGE, AT_LEAST, "12.5", PERCENT, [(900, 400), (900, 360), (900, 306)], True, 1),
    AtThreshold(Asked.COUNT_AT_YEAR_END, EQUAL, "0", HOUSEHOLDS, [(900, 0)], True, 1, Measure.NEAR_POOR),
    AtThreshold(Asked.COUNT_AT_YEAR_END, AT_MOST, "30", HOUSEHOLDS, [(900, 30)], True, 1),
    AtThreshold(Asked.RATE_AT_YEAR_END, AT_MOST, "3.5", PERCENT, [(1400, 49)], True, 1),
    AtThreshold(Asked.RATE_AT_YEAR_END, LESS, "3.5", PERCENT, [(1400, 49)], False, -1, Measure.MINORITY_POOR),
    AtThreshold(EACH, AT_LEAST, "4", POINTS, [(2_300_000, 690_000), (2_200_000, 572_000)], True, 1),
    AtThreshold(EACH, AT_LEAST, "1.35", POINTS, [(27_000_000, 8_100_000), (26_000_000, 7_449_000)], True, 1),
    AtThreshold(EACH, MORE, "1.35", POINTS, [(27_000_000, 8_100_000), (26_000_000, 7_449_000)], False, -1),
    AtThreshold(
        Asked.COUNT_FALL_SINCE_BASELINE,
        MORE,
        "50",
        PERCENT,
        [(27_000_000, 9_000_000), (26_000_000, 4_500_000)],
        False,
        -1,
    ),
)
"""Tests, comparisons and units of measure in turn; the last ones are as large as a province and the country."""


def _years(case: AtThreshold) -> dict[str, int]:
    if case.test in (Asked.COUNT_AT_YEAR_END, Asked.RATE_AT_YEAR_END):
        return {}
    if case.test is Asked.COUNT_FALL_SINCE_BASELINE:
        return {"baseline_year": 2025 - len(case.counts)}
    return {"years": len(case.counts) - 1}


def _clause(number: int, case: AtThreshold) -> Clause:
    return Clause(
        f"case-{number}",
        Text(f"Trường hợp {number}", f"Case {number}"),
        Subject(Level.COMMUNE, within=tuple(_code(number, beside) for beside in (False, True))),
        case.test,
        case.measure,
        case.comparison,
        Decimal(case.threshold),
        case.unit,
        Text("như văn bản", "as written"),
        cases.citation(f"khoản {number}"),
        date(2026, 1, 1),
        **_years(case),  # type: ignore[arg-type]
    )


def _code(number: int, beside: bool) -> str:
    return f"{10 + number}{int(beside):03}"


def _series(number: int, case: AtThreshold, *, beside: bool) -> Series:
    last = 2024
    years = {}
    for year, (households, count) in zip(range(last + 1 - len(case.counts), last + 1), case.counts, strict=True):
        counted = int(count) + (case.beside if beside and year == last else 0)
        years[year] = YearFigures(year, _counts(case.measure, int(households), counted))
    code = _code(number, beside)
    return Series(code, f"Xã {number}{'b' if beside else ''}", Level.COMMUNE, "", years)


def _counts(measure: Measure, households: int, counted: int) -> dict[str, int]:
    first, *others = measure.parts
    parts = {first: counted - counted // 3 * len(others), **dict.fromkeys(others, counted // 3)}
    zeros = dict.fromkeys(("poor_households", "near_poor_households"), 0)
    return {**zeros, "households": households, measure.whole: households, **parts}


@cache
def _pack() -> Pack:
    clauses = tuple(_clause(number, case) for number, case in enumerate(CASES))
    rulebook = Rulebook("nguong", Text("Đúng ngưỡng", "At thresholds"), "1", cases.citation("điều 1"), clauses, ())
    series = [_series(number, case, beside=beside) for number, case in enumerate(CASES) for beside in (False, True)]
    setting = Setting(2024, ClassBook({}, {}, {}, class_lists()), lambda code, listed: "")
    verdicts = judge(series, rulebook, setting)
    eligible = EligibleResult(rulebook, 2024, verdicts, cases.observations(), series)
    aims = replace(rulebook, clauses=(), targets=tuple(map(_as_target, clauses)))
    return Pack(
        eligible,
        RatesResult(rate_table(series, SEVERAL)),
        CheckResult([], 1, len(series), (2024,), 0),
        TargetsResult(aims, 2024, judge_targets(series, aims, setting), series),
    )


def _as_target(clause: Clause) -> Clause:
    """Return the clause as an aim of a plan; what is to fall has a range from the threshold on."""
    falls = clause.comparison in (AT_LEAST, MORE)
    upper = clause.threshold + Decimal("0.5") if falls else None
    return replace(clause, kind=ClauseKind.TARGET, year_ends=(2024,), upper=upper)


@cache
def _content() -> bytes:
    content = render(export_view(_pack()), "xlsx", Language.VI)
    assert isinstance(content, bytes)
    return content


def _cells(content: bytes, *, values: bool) -> dict[tuple[str, str], Any]:
    book = openpyxl.load_workbook(BytesIO(content), data_only=values)
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
    }


def _differing(content: bytes) -> tuple[int, list[object]]:
    """Return how many formulas there are, and those that come to something else than is stored."""
    formulas, stored = _cells(content, values=False), _cells(content, values=True)
    anew = _cells(calculated(content), values=True)
    places = [place for place, text in formulas.items() if isinstance(text, str) and text.startswith("=")]
    return len(places), [
        (place, stored[place], anew[place], formulas[place])
        for place in places
        if not _is_same(stored[place], anew[place])
    ]


def _is_same(stored: object, anew: object) -> bool:
    if isinstance(stored, int | float) and isinstance(anew, int | float):
        return math.isclose(stored, anew, rel_tol=1e-12)
    return (stored or None) == (anew or None)


@pytest.mark.parametrize(("sample", "as_of", "fewest"), [("dong-giang", "2024", 300), ("dien-bien", "2024", 3000)])
def test_every_figure_and_mark_of_a_sample_comes_out_the_same(
    sample: str, as_of: str, fewest: int, tmp_path: Path
) -> None:
    files, pack = sorted((SAMPLES / sample).glob("*.xlsx")), tmp_path / "ho-so.xlsx"
    run = ("--rules", "qd-666-ttg", "--as-of", as_of, "--fail-on", "never")
    assert thidua("export", *map(str, files), *run, "-o", str(pack)).status == 0
    number, differing = _differing(pack.read_bytes())
    assert number > fewest
    assert differing == []


PLANS: Final = Path(__file__).parents[1] / "cli" / "plans"


@pytest.mark.parametrize(
    ("files", "rules", "as_of", "fewest"),
    [
        ([PLANS / "ha-noi.csv"], "ha-noi-251", 2023, 12),
        ([PLANS / "ha-noi.csv"], "ha-noi-251", 2024, 14),
        ([PLANS / "ha-noi.csv"], "ha-noi-51", 2024, 9),
        ([PLANS / "nghe-an.csv"], "nghe-an-834", 2024, 7),
        (sorted((SAMPLES / "dien-bien").glob("*.xlsx")), "qd-880-ttg", 2024, 12),
    ],
)
def test_targets_come_out_the_same_and_every_exact_figure_is_live(
    files: list[Path], rules: str, as_of: int, fewest: int
) -> None:
    reading = pipeline.read(list(map(str, files)))
    reached = pipeline.targets(reading, load_inputs(rules), as_of)
    pack = replace(pipeline.export(reading, [], load_inputs("qd-666-ttg"), as_of), targets=reached)
    content = render(export_view(pack), "xlsx", Language.VI)
    assert isinstance(content, bytes)
    _, differing = _differing(content)
    assert differing == []
    texts, values = (openpyxl.load_workbook(BytesIO(content), data_only=only)["Chỉ tiêu"] for only in (False, True))
    figures = [
        (texts.cell(row, column).value, values.cell(row, column).value)
        for row in range(1, texts.max_row + 1)
        for column in (9, 12, 13, 14)
    ]
    numbers = [text for text, value in figures if isinstance(value, int | float)]
    assert len(numbers) >= fewest, len(numbers)
    assert [text for text in numbers if not str(text).startswith("=")] == []


def _row_of(content: bytes, sheet: str, code: str) -> Any:
    rows = openpyxl.load_workbook(BytesIO(content))[sheet].iter_rows(min_col=1, max_col=3)
    return next(row[0].row for row in rows if code in {cell.value for cell in row})


def _by_code(content: bytes, sheet: str, *, values: bool = True) -> dict[str, list[Any]]:
    rows = openpyxl.load_workbook(BytesIO(content), data_only=values)[sheet].iter_rows(values_only=True)
    codes = {unit.unit_code for unit in _pack().eligible.series}
    return {str(row[1]): list(row) for row in rows if row[1] in codes}


def test_what_is_exactly_at_a_threshold_and_one_household_beside_it_comes_out_right() -> None:
    met = {verdict.unit_code: verdict.state.value == "met" for verdict in _pack().eligible.verdicts}
    expected: dict[str, bool] = {}
    for number, case in enumerate(CASES):
        expected |= {_code(number, False): case.is_met, _code(number, True): not case.is_met}
    assert met == expected
    assert len(CASES) >= 10
    marks = _by_code(_content(), "Từng điều kiện", values=False)
    assert len(marks) == 2 * len(CASES)
    assert all(any(str(cell).startswith("=IF(") for cell in row[3:]) for row in marks.values()), "every mark is live"
    assert any("/1048576)" in str(cell) for row in marks.values() for cell in row), "the largest are split"
    targets = _by_code(_content(), "Chỉ tiêu", values=False)
    assert len(targets) == 2 * len(CASES)
    assert all(str(row[6]).startswith("=IF(") for row in targets.values()), "every mark of a target is live"
    number, differing = _differing(_content())
    assert number > 40 * len(CASES)
    assert differing == []


def test_changing_a_count_changes_rate_fall_and_mark() -> None:
    """Each unit gets the last count of its neighbour; all its figures must then be those of the neighbour."""
    before, book = _content(), openpyxl.load_workbook(BytesIO(_content()))
    sheet = book["Số liệu"]
    for number in range(len(CASES)):
        one, other = (_row_of(before, "Số liệu", _code(number, beside)) for beside in (False, True))
        for column in range(5, sheet.max_column + 1):
            first, second = sheet.cell(one, column), sheet.cell(other, column)
            if not str(first.value).startswith("="):
                first.value, second.value = second.value, first.value
    changed = BytesIO()
    book.save(changed)
    anew = calculated(changed.getvalue())
    for name in ("Từng điều kiện", "Tỷ lệ và mức giảm", "Chỉ tiêu"):
        was, now, texts = _by_code(before, name), _by_code(anew, name), _by_code(before, name, values=False)
        assert len(was) == 2 * len(CASES)
        for number in range(len(CASES)):
            codes = _code(number, False), _code(number, True)
            for mine, theirs in (codes, codes[::-1]):
                live = [column for column, text in enumerate(texts[mine]) if str(text).startswith("=")]
                assert live
                assert all(_is_same(was[mine][place], now[theirs][place]) for place in live), (name, CASES[number])


def _row_without(column: int, value: int | None) -> tuple[list[Any], list[Any]]:
    """Return rates and falls, and the clauses, of a unit of which one count was changed."""
    case = next(number for number, case in enumerate(CASES) if case.test is Asked.COUNT_FALL_SINCE_BASELINE)
    code, book = _code(case, False), openpyxl.load_workbook(BytesIO(_content()))
    sheet, row = book["Số liệu"], _row_of(_content(), "Số liệu", _code(case, False))
    assert isinstance(sheet.cell(row, column).value, int)
    sheet.cell(row, column).value = value
    changed = BytesIO()
    book.save(changed)
    anew = calculated(changed.getvalue())
    return _by_code(anew, "Tỷ lệ và mức giảm")[code][3:], _by_code(anew, "Từng điều kiện")[code][3:]


def _last_count_column() -> int:
    """Return the column of the poor of the last year-end on the sheet of counts, from 1."""
    book = openpyxl.load_workbook(BytesIO(_content()))
    headings = list(book["Số liệu"].iter_rows(min_row=1, max_row=8, values_only=True))
    groups, names = next(pair for pair in pairwise(headings) if "Cuối năm 2024" in pair[0])
    start = groups.index("Cuối năm 2024")
    return next(place for place in range(start, len(names)) if names[place] == "Hộ nghèo") + 1


def test_a_count_that_is_taken_out_leaves_no_rate_no_fall_and_an_open_mark() -> None:
    """An empty cell is 0 to a program that calculates: a fall of 100 % would be told of a figure nobody has."""
    rates, marks = _row_without(_last_count_column(), None)
    assert [value for value in rates[-5:] if value not in (None, "")] == []
    assert "Chưa xác định" in marks
    assert not {"Đạt", "Không đạt"} & set(marks)


def test_a_fall_of_nothing_is_an_empty_cell_and_no_error_of_the_program_that_calculates() -> None:
    book = openpyxl.load_workbook(BytesIO(_content()))
    sheet = book["Số liệu"]
    for row in sheet.iter_rows(min_col=5):
        for cell in row:
            if isinstance(cell.value, int):
                cell.value = 0
    changed = BytesIO()
    book.save(changed)
    anew = _cells(calculated(changed.getvalue()), values=True)
    formulas = [place for place, text in _cells(_content(), values=False).items() if str(text).startswith("=")]
    assert len(formulas) > 800
    assert [(place, anew[place]) for place in formulas if str(anew[place]).startswith("#")] == []
