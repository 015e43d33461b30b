"""Small series and class books for the tests of the judge."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from thidua_cli.judge.clause.clause import judge_clause
from thidua_cli.judge.setting import Setting
from thidua_cli.judge.verdict import ClauseAnswer, Verdict
from thidua_cli.judge.verdicts import judge
from thidua_cli.judge.words.clause import written
from thidua_cli.model import Level, Series, Status, YearFigures
from thidua_cli.rulebook.class_file import ClassRow
from thidua_cli.rulebook.class_lists import class_lists
from thidua_cli.rulebook.classes import ClassBook
from thidua_cli.rulebook.load import load_rulebook
from thidua_cli.rulebook.schema import Clause

DECISION = load_rulebook("qd-666-ttg")
PROVINCE = "49"
CODES = {
    Level.COUNTRY: "VN",
    Level.PROVINCE: PROVINCE,
    Level.DISTRICT: "505",
    Level.COMMUNE: "20443",
    Level.VILLAGE: "20443-1",
}


def series(level: Level, counts: Mapping[int, int], households: int = 1000) -> Series:
    """Poor and near-poor households by year-end, of the same number of households in every year."""
    years = {year: figures(year, count, households) for year, count in counts.items()}
    return Series(CODES[level], "Đơn vị", level, "", years)


def figures(
    year: int,
    count: int,
    households: int | None = 1000,
    poverty_line: str = "2022-2025",
    status: Status = Status.FINAL,
) -> YearFigures:
    """Poor and near-poor households at one year-end; a third of them near-poor."""
    near_poor = count // 3
    counts = {"poor_households": count - near_poor, "near_poor_households": near_poor}
    if households is not None:
        counts["households"] = households
    return YearFigures(year, counts, poverty_line=poverty_line, status=status)


def members(*classes: str, start: date | None = None, end: date | None = None) -> ClassBook:
    """The test unit of each level is in (or "not_" in) these classes; every list is of unknown completeness."""
    rows = [
        ClassRow(code, written.removeprefix("not_"), not written.startswith("not_"), start, end, "", "test.csv", 2)
        for written in classes
        for code in CODES.values()
    ]
    return ClassBook(
        {code: [row for row in rows if row.unit_code == code] for code in CODES.values()}, {}, {}, class_lists()
    )


def verdict(one: Series, classes: ClassBook | None = None, as_of: int = 2024) -> Verdict:
    """Judge one series by QĐ 666/QĐ-TTg."""
    (only,) = judge([one], DECISION, Setting(as_of, classes or members(), lambda code, listed: PROVINCE))
    return only


def told(clause: Clause, unit: Series, as_of: int = 2024) -> ClauseAnswer:
    """The answer of one clause with its words."""
    return written(judge_clause(clause, unit, as_of), unit)


def path(of: Verdict, clause_id: str) -> ClauseAnswer:
    """One path of a verdict."""
    (found,) = [one for one in of.clauses if one.clause.id == clause_id]
    return found
