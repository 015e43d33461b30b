"""The case files of tests/cases/rules: counts in, answer out, strict about their keys."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from thidua_cli.judge.setting import Setting
from thidua_cli.judge.target_verdict import TargetVerdict
from thidua_cli.judge.targets import judge_targets
from thidua_cli.judge.verdict import Verdict
from thidua_cli.judge.verdicts import judge
from thidua_cli.model import COUNTRY_CODE, Level, Measure, PrintedRate, Series, Status, YearFigures, year_end
from thidua_cli.rulebook.class_file import ClassRow
from thidua_cli.rulebook.classes import ClassBook
from thidua_cli.rulebook.load import load_rulebook
from thidua_cli.rulebook.schema import AnyClause, ClassExit, Rulebook
from thidua_cli.units.place import Place

FOLDER: Final = Path(__file__).parents[1] / "cases" / "rules"
COUNTS: Final = {
    "households": "households",
    "poor": "poor_households",
    "near_poor": "near_poor_households",
    "minority": "minority_households",
    "minority_poor": "minority_poor_households",
    "merit_poor": "merit_poor_households",
    "relapsed": "poor_relapsed",
}
CLAUSE_KEYS: Final = {"rule", "years", "unit", "type", "line", "classes", "cases", *COUNTS}
CASE_KEYS: Final = {
    *("shows", "answer", "verdict", "position", "lines", "until", "unknown_class", "listed", "left", "unknown"),
    *("merged", "beside"),
    *COUNTS,
}
BESIDE: Final = "416"
"""Code of a second unit that a clause takes together with the first."""
SHOWS: Final = ("at", "above", "below", "nothing", "missing", "line", "class", "before", "day")
CODES: Final = {
    Level.COUNTRY: COUNTRY_CODE,
    Level.PROVINCE: "49",
    Level.DISTRICT: "505",
    Level.COMMUNE: "20443",
    Level.VILLAGE: "20443-1",
}


@dataclass(frozen=True, slots=True)
class ClauseCase:
    """One line of a case file with what stands for all lines of its clause."""

    book: Rulebook
    clause: AnyClause
    given: Mapping[str, Any]
    name: str

    @property
    def code(self) -> str:
        """Code of the unit the case is about."""
        return str(self.given.get("unit", CODES[self.clause.subject.level]))

    @property
    def as_of(self) -> int:
        """The last year-end of the case."""
        return int(self.given["years"][-1])

    def series(self) -> list[Series]:
        """The unit with its counts, and the one beside it where the clause takes several together."""
        beside = self.given.get("beside")
        return [
            self._series(self.code, self.given),
            *([self._series(BESIDE, {**self.given, **beside})] if beside else []),
        ]

    def _series(self, code: str, given: Mapping[str, Any]) -> Series:
        years = {}
        for at, year in enumerate(given["years"]):
            counts = {}
            for key, name in COUNTS.items():
                value = given[key][at] if key in given else 0
                if value != "-":
                    counts[name] = int(value)
            if not any(given.get(key, [0] * 9)[at] == "-" for key in COUNTS):
                line = given["lines"][at] if "lines" in given else given.get("line", "2022-2025")
                years[year] = YearFigures(year, counts, poverty_line=line)
        return Series(code, "Đơn vị", self.clause.subject.level, "", years)

    def setting(self) -> Setting:
        """Classes and place of the unit."""
        return Setting(
            as_of=self.as_of,
            classes=self.classes(),
            province_of=lambda code, listed: "49",
            place_of=lambda one: Place(self.given.get("type", ""), frozenset({self.code, *self.clause.subject.within})),
            units_within=lambda place, level, on: self._listed() if isinstance(self.clause, ClassExit) else [self.code],
            stands=lambda code, on: code not in self._merged() or on < year_end(self.as_of),
        )

    def classes(self) -> ClassBook:
        """The class book: of units of a class that is counted, or of the one unit."""
        if isinstance(self.clause, ClassExit):
            return self._exits(self.clause)
        open_ = self.given.get("unknown_class", [])
        known = [token for token in self.given.get("classes", []) if token.removeprefix("not_") not in open_]
        end = date.fromisoformat(self.given["until"]) if "until" in self.given else None
        book = class_book(self.code, known, end)
        return (
            ClassBook({**book.user, **class_book(BESIDE, known, end).user}, {}, {}) if "beside" in self.given else book
        )

    def _listed(self) -> list[str]:
        return [f"{number:05}" for number in range(self.given["listed"] + self.given.get("unknown", 0))]

    def _merged(self) -> list[str]:
        """The last ones of the list, which were merged into other units while they were on it."""
        listed, merged = self.given.get("listed", 0), self.given.get("merged", 0)
        return self._listed()[listed - merged : listed] if merged else []

    def _exits(self, exit_: ClassExit) -> ClassBook:
        codes, left = self._listed()[: self.given["listed"]], self.given["left"]
        gone = date(exit_.year_ends[0], 6, 30)
        rows = {
            code: [ClassRow(code, exit_.class_token, True, None, gone if at < left else None, "", "cases", at)]
            for at, code in enumerate(codes)
        }
        return ClassBook(rows, {}, {})

    def verdict(self) -> Verdict:
        """The whole answer for the unit."""
        (only,) = judge(self.series(), self.book, self.setting())
        return only

    def target(self) -> TargetVerdict | None:
        """The answer about the target."""
        rows = judge_targets(self.series(), self.book, self.setting())
        found = [row for row in rows if row.clause.id == self.clause.id and row.year == self.as_of]
        return found[0] if found else None


def class_book(code: str, tokens: Sequence[str], end: date | None = None) -> ClassBook:
    """A unit in (or "not_" in) these classes; of every other class it is not known."""
    rows = [
        ClassRow(code, token.removeprefix("not_"), not token.startswith("not_"), None, end, "", "cases", 2)
        for token in tokens
    ]
    return ClassBook({code: rows}, {}, {})


def clause_cases() -> Iterator[ClauseCase]:
    """Yield every case of every clause of the rule files that come with the program."""
    for path in sorted(FOLDER.glob("*.toml")):
        content = tomllib.loads(path.read_text("utf-8"))
        if "clause" not in content:
            continue
        book = load_rulebook(content["rules"])
        held: tuple[AnyClause, ...] = (*book.clauses, *book.targets, *book.class_exits)
        clauses = {one.id: one for one in held}
        for table in content["clause"]:
            assert set(table) <= CLAUSE_KEYS, (path.name, set(table) - CLAUSE_KEYS)
            for number, case in enumerate(table["cases"], start=1):
                assert set(case) <= CASE_KEYS, (path.name, table["rule"], set(case) - CASE_KEYS)
                assert case["shows"] in SHOWS
                name = f"{path.stem}:{table['rule']}:{number}-{case['shows']}"
                yield ClauseCase(book, clauses[table["rule"]], {**table, **case}, name)


def stories() -> list[dict[str, Any]]:
    """Return the published results."""
    return list(tomllib.loads((FOLDER / "published.toml").read_text("utf-8"))["story"])


def story_series(story: Mapping[str, Any]) -> Series:
    """The unit of a story with its counts, or with rates as they were printed."""
    measure = Measure(story.get("measure", "multidimensional"))
    years = {}
    for row in story["figures"]:
        counts = {name: row[key] for key, name in COUNTS.items() if key in row}
        printed = {measure: PrintedRate.of(*row["printed"])} if "printed" in row else {}
        status = Status(row.get("status", "final"))
        years[row["year"]] = YearFigures(row["year"], counts, status=status, printed_rates=printed)
    return Series(story["unit"], "Đơn vị", Level(story["level"]), "", years)
