"""Rows of a canonical table: keys and descriptors, taken in batches of rows and turned into columns.

Half a million rows must pass in seconds: every different text is held once, and only what is odd is looked at alone.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import repeat
from typing import Final

from thidua_cli.findings import Finding
from thidua_cli.model import Level, Origin, Status, Unit
from thidua_cli.normalise.canonical.codes import LEVELS, WIDTH_OF, level_of, lost_zeros, restored
from thidua_cli.normalise.canonical.counts import CountColumns, RateColumns, RowKeys
from thidua_cli.normalise.canonical.formula_guard import unguarded
from thidua_cli.normalise.canonical.names import NOWHERE, NamedPlace
from thidua_cli.normalise.canonical.uneven import UnevenRows
from thidua_cli.normalise.cells.words import word_finding
from thidua_cli.normalise.forms.told_by_names import told_by_rows
from thidua_cli.normalise.sheet.cell_faults import fault_finding
from thidua_cli.normalise.sheet.cells import SheetContext
from thidua_cli.normalise.sheet.numbers import read_whole, shown
from thidua_cli.normalise.sheet.poverty_line import (
    is_usable,
    line_of_column,
    national_line,
    no_line_in_rows,
    not_covering,
    otherwise_in_rows,
)
from thidua_cli.normalise.sheet.title import is_plausible_year
from thidua_cli.normalise.sheet.year_findings import YEAR_IN_CELL, is_no_year, no_year
from thidua_cli.normalise.table_reading import RateBesideCounts, UnplacedRow
from thidua_cli.normalise.unit_faults import U002, U003, ambiguous_text, candidates_text, misspelt_type, unknown_text
from thidua_cli.observations import Observations
from thidua_cli.read.grid import Cell, Row
from thidua_cli.units.lookup import Match
from thidua_cli.units.tables import boundary_day

STATUSES: Final = {"": Status.FINAL, "final": Status.FINAL, "preliminary": Status.PRELIMINARY} | {
    "chính thức": Status.FINAL,
    "sơ bộ": Status.PRELIMINARY,
}
TIER_ABOVE: Final = {
    Level.DISTRICT: Level.PROVINCE,
    Level.COMMUNE: Level.DISTRICT,
    Level.VILLAGE: Level.COMMUNE,
}
_DISTRICT_DIGITS: Final = 3
FIRST_TWO_TIER_YEAR: Final = 2025
"""Year-end 2025 is the first without districts: a commune's parent is its province."""

Columns = list[tuple[Cell, ...]]


class CanonicalReader:
    """Takes batches of rows of one table into the columns of its own `Observations`."""

    def __init__(
        self,
        sheet: SheetContext,
        columns: dict[str, int],
        rows: Observations,
        told: Mapping[int, NamedPlace] = NOWHERE,
        header_cells: int = 0,
    ) -> None:
        self._grid = sheet.grid
        self._uneven = UnevenRows(sheet.grid, columns, header_cells)
        self.columns = columns
        """Canonical name → place in the row."""
        self._width = max(columns.values()) + 1
        self.table = rows
        self._options = sheet.options
        self._finder = sheet.finder
        self._told = told
        """Year-end → the place that the names of the whole table tell."""
        self._used_places: dict[str, NamedPlace] = {}
        self.findings: list[Finding] = []
        self.unplaced: list[UnplacedRow] = []
        self.names_villages = False
        """Some village has no code but the one that is made of its name."""
        self._same: dict[str, str] = {}
        self._otherwise: dict[tuple[str, int], list[int]] = {}
        """The line that rows say, or none and their year → those sheet rows, which do not take the line stated."""
        self._lines_known = {""}
        """Texts of the column `poverty_line` that are taken as they stand."""
        self._periods: dict[tuple[str, int, str], list[int]] = {}
        """Period that is no id, its year, and the line taken → the sheet rows that say so."""
        self.stated_line: str | None = None
        """The line that the user states, where a row takes it."""
        self._units: dict[tuple[str, int], Unit | None] = {}
        self._counts = CountColumns(self._grid, columns, rows)
        self._rates = RateColumns(self._grid, columns, rows)

    @property
    def rates(self) -> list[RateBesideCounts]:
        """The printed rates that stand beside their counts, for the checks to compare (V006)."""
        return self._rates.printed

    def take(self, batch: list[Row], number: int) -> None:
        """Add one batch whose first row is sheet row `number`."""
        width = self._width
        batch, numbers = self._uneven.without(batch, list(range(number, number + len(batch))))
        if not batch:
            return
        # rows of a CSV file may end at their last filled cell
        if min(map(len, batch)) < width:
            batch = [row if len(row) >= width else [*row, *repeat("", width - len(row))] for row in batch]
        by_place = list(zip(*batch, strict=False))
        by_place, numbers = self._without_blank_rows(by_place, numbers)
        if not numbers:
            return
        years = self._years(by_place, numbers)
        codes = self._codes(by_place, numbers, years)
        if not (all(years) and all(codes)):
            self._keep_undated(by_place, codes, years)
            keep = [index for index, (year, code) in enumerate(zip(years, codes, strict=True)) if year and code]
            by_place, numbers = _picked(by_place, numbers, keep)
            years, codes = [years[index] for index in keep], [codes[index] for index in keep]
        if numbers:
            self._add(by_place, numbers, years, codes)

    def _keep_undated(self, by_place: Columns, codes: list[str], years: list[int]) -> None:
        """Remember the rows without a year: nobody need say that a figure of their unit is missing."""
        names = self._texts(by_place, "unit_name")
        undated = [
            UnplacedRow(frozenset({code}) if code else frozenset(), None, "" if code else name)
            for code, name, year in zip(codes, names, years, strict=True)
            if not year
        ]
        self.unplaced.extend(undated)

    def finish(self) -> None:
        """Report what is known only when the whole column has been seen."""
        self.findings.extend(self._counts.finish())
        self.findings.extend(self._uneven.findings())
        self.unplaced.extend(self._uneven.unplaced)
        origin = self._grid.origin()
        self.findings += [told_by_rows(origin, told.unit, told.names) for told in self._used_places.values()]
        if self._otherwise:
            self.findings.extend(self._line_findings())
        for (line, year, taken), numbers in self._periods.items():
            where = self._origin(numbers[0], "poverty_line")
            self.findings.append(no_line_in_rows(where, year, line, taken, len(numbers)))

    def _without_blank_rows(self, by_place: Columns, numbers: list[int]) -> tuple[Columns, list[int]]:
        """Leave out rows that hold nothing at all; they are nobody's."""
        used = [by_place[place] for place in self.columns.values()]
        if not _any_blank(used[0]):
            return by_place, numbers
        keep = [index for index, row in enumerate(zip(*used, strict=True)) if any(shown(cell).strip() for cell in row)]
        # a formula that was never calculated reads as blank: a row of such cells is not nobody's
        keep = sorted({*keep, *(index for index, number in enumerate(numbers) if self._has_fault(number))})
        return _picked(by_place, numbers, keep)

    def _has_fault(self, number: int) -> bool:
        first = self._grid.first_column
        return bool(self._grid.faults) and any(
            (number - 1, first + place) in self._grid.faults for place in self.columns.values()
        )

    def _add(self, by_place: Columns, numbers: list[int], years: list[int], codes: list[str]) -> None:
        table = self.table
        added = len(numbers)
        levels = self._levels(by_place, numbers, codes)
        names, parents = self._names_and_parents(by_place, years, codes, levels)
        statuses = self._statuses(by_place, numbers)
        start = len(table)
        table.table.extend(repeat(0, added))
        table.row_number.extend(numbers)
        table.unit_code.extend(codes)
        table.year.extend(years)
        table.unit_name.extend(names)
        table.level.extend(levels)
        table.parent_code.extend(parents)
        table.status.extend(statuses)
        self._add_lines(self._texts(by_place, "poverty_line"), years, numbers)
        keys = RowKeys(numbers, years, codes, names)
        self.findings.extend(self._counts.extend(by_place, start, keys))
        self.findings.extend(self._rates.extend(by_place, start, keys))

    def _add_lines(self, lines: list[str], years: list[int], numbers: list[int]) -> None:
        """Add the poverty line of each row: its own, else the one the user states, else the national one."""
        table, stated = self.table, self._options.poverty_line
        if any(line not in self._lines_known for line in set(lines)):
            lines = self._with_known_lines(lines, years, numbers)
        if stated is None:
            table.poverty_line.extend(line or national_line(year) for line, year in zip(lines, years, strict=True))
            table.line_is_assumed.extend(not line for line in lines)
            return
        taken = {year: stated if is_usable(stated, year) else national_line(year) for year in set(years)}
        for line, year, number in zip(lines, years, numbers, strict=True):
            table.poverty_line.append(line or taken[year])
            table.line_is_assumed.append(not line and taken[year] != stated)
            if line != stated and (line or taken[year] != stated):
                self._otherwise.setdefault((line, 0 if line else year), []).append(number)
            elif not line:
                self.stated_line = stated

    def _with_known_lines(self, lines: list[str], years: list[int], numbers: list[int]) -> list[str]:
        """Return the lines with the ids of those that a cell names by a period: "2021-2025" is no id."""
        named = {pair: line_of_column(*pair).id or "" for pair in set(zip(lines, years, strict=True))}
        self._lines_known.update(line for (line, _), known in named.items() if known == line)
        stated, taken = self._options.poverty_line, [named[pair] for pair in zip(lines, years, strict=True)]
        for line, year, known, number in zip(lines, years, taken, numbers, strict=True):
            if known != line and (known or stated is None or not is_usable(stated, year)):
                self._periods.setdefault((line, year, known or national_line(year)), []).append(number)
        return taken

    def takes_line(self, line: str, year: int) -> bool:
        """Say whether a text of the column `poverty_line` is taken as it stands, and not named by a period."""
        if line not in self._lines_known and line_of_column(line, year).id == line:
            self._lines_known.add(line)
        return line in self._lines_known

    def _line_findings(self) -> Iterator[Finding]:
        """Yield H011 once for each other line, and for each year-end that the stated one does not hold for."""
        years, stated = dict(zip(self.table.row_number, self.table.year, strict=True)), self._options.poverty_line or ""
        for (line, _), numbers in self._otherwise.items():
            origin, year = self._origin(numbers[0], "poverty_line"), years[numbers[0]]
            yield (
                otherwise_in_rows(origin, year, stated, line, len(numbers))
                if line
                else not_covering(origin, year, stated)
            )

    # Findings ---------------------------------------------------------------------------------------------------

    def _origin(self, number: int, name: str) -> Origin:
        return self.table.tables[0].cell(name, number)

    def _report(self, number: int, name: str, finding: Finding) -> None:
        """Report a cell; where the format hides what it holds (F004, F005), that is the finding."""
        fault = self._grid.faults.get((number - 1, self._grid.first_column + self.columns[name]))
        self.findings.append(finding if fault is None else fault_finding(fault, finding.origin, column=name))

    # Columns ----------------------------------------------------------------------------------------------------

    def _texts(self, by_place: Columns, name: str) -> list[str]:
        """Return a column as stripped texts in composed Unicode, each different text held once."""
        place = self.columns.get(name)
        if place is None:
            return [""] * len(by_place[0])
        texts = texts_in(by_place[place], is_text=self._grid.is_text)
        return list(map(self._same.setdefault, texts, texts))

    def _years(self, by_place: Columns, numbers: list[int]) -> list[int]:
        if "year" not in self.columns:
            return [self._options.year or 0] * len(numbers)
        known: dict[Cell, int] = {}
        column = by_place[self.columns["year"]]
        for cell in set(column):
            year = read_whole(cell) or 0
            known[cell] = year if is_plausible_year(year) else 0
        years = [known[cell] for cell in column]
        if 0 in years:
            for cell, number, year in zip(column, numbers, years, strict=True):
                if not year:
                    self._report(
                        number,
                        "year",
                        no_year(
                            self._origin(number, "year"),
                            is_no_year(shown(cell)),
                            "year",
                            shown(cell),
                            remedy=YEAR_IN_CELL,
                        ),
                    )
        return years

    def _codes(self, by_place: Columns, numbers: list[int], years: list[int]) -> list[str]:
        """Return the unit codes; a row without one is looked up by name within its parent."""
        codes = self._texts(by_place, "unit_code")
        levels = self._texts(by_place, "level")
        if lost_zeros(codes, levels):
            codes = [restored(code, level) for code, level in zip(codes, levels, strict=True)]
        if "" in codes:
            names, parents = self._texts(by_place, "unit_name"), self._parents(by_place, years)
            for index, code in enumerate(codes):
                if not code and years[index]:
                    parent = self._parent_restored(parents[index], LEVELS.get(levels[index].lower()), years[index])
                    codes[index] = self._code_by_name(names[index], parent, years[index], numbers[index])
        return codes

    def _code_by_name(self, name: str, parent: str, year: int, number: int) -> str:
        """Return the code of the unit a row names; the name of a village is its own under the commune it gives."""
        column = "unit_name" if "unit_name" in self.columns else "unit_code"
        above = parent or self._options.unit or self._options.within or ""
        match = self._matched(name, above, year) if name else None
        if match is not None and match.unit is not None:
            self.findings += misspelt_type(name, match.unit, year, self._origin(number, column))
            self.names_villages = self.names_villages or match.unit.level is Level.VILLAGE
            return match.unit.code
        is_ambiguous = match is not None and match.how == "ambiguous"
        if not is_ambiguous and (elsewhen := self._finder.on_another_day(name, "", above, year)) is not None:
            return elsewhen.code  # the checks say that it does not stand at this year-end (U006, U009)
        codes = frozenset(unit.code for unit in match.candidates) if match is not None else frozenset()
        self.unplaced.append(UnplacedRow(codes, year))
        kind = U003 if is_ambiguous else U002
        if kind is U003 and match is not None and len(above) < _DISTRICT_DIGITS:
            candidates = ambiguous_text(match.candidates, boundary_day(year), self._finder.tables)
        else:
            named = match.candidates if match else ()
            candidates = unknown_text(named, year) if kind is U002 else candidates_text(named, as_question=False)
        where = self._finder.label(above, year)
        details = {"parent": where, "candidates": candidates}
        finding = Finding(kind, self._origin(number, column), column=column, value=name, details=details)
        self._report(number, column, finding)
        return ""

    def _matched(self, name: str, above: str, year: int) -> Match:
        """Match a name below a unit, or else in the place that the user states or all names of the table tell."""
        match, told = self._finder.within(name, above, year), None if above else self._told.get(year)
        place = above if above == self._options.within else told.unit.code if told is not None else ""
        if match.unit is not None or not place:
            return match
        inside = match if place == above else self._finder.within(name, place, year)
        if inside.unit is None:
            # communes lie in a province without their districts being named
            commune = self._finder.commune_of_province(name, place, year)
            inside = inside if commune.how == "unknown" else commune
        if inside.unit is not None and told is not None:
            self._used_places[place] = told
        return inside

    def _levels(self, by_place: Columns, numbers: list[int], codes: list[str]) -> list[Level]:
        if "level" not in self.columns:
            return [level_of(code) for code in codes]
        texts = self._texts(by_place, "level")
        known = {text: LEVELS.get(text.lower()) for text in set(texts)}
        if None not in known.values():
            return [known[text] for text in texts]  # type: ignore[misc]  # no None among the values
        levels: list[Level] = []
        for text, code, number in zip(texts, codes, numbers, strict=True):
            level = known[text]
            if level is None and text:
                self._report(number, "level", word_finding(self._origin(number, "level"), "level", text, Level))
            levels.append(level or level_of(code))
        return levels

    def _statuses(self, by_place: Columns, numbers: list[int]) -> list[Status]:
        """Return final or preliminary; a word that is neither is reported, and the row taken as preliminary."""
        texts = self._texts(by_place, "status")
        known = {text: STATUSES.get(text.lower()) for text in set(texts)}
        if None in known.values():
            for text, number in zip(texts, numbers, strict=True):
                if known[text] is None:
                    self._report(number, "status", word_finding(self._origin(number, "status"), "status", text, Status))
        # a status that nobody can read must not pass for a final one
        return [known[text] or Status.PRELIMINARY for text in texts]

    def _names_and_parents(
        self, by_place: Columns, years: list[int], codes: list[str], levels: list[Level]
    ) -> tuple[list[str], list[str]]:
        """Return unit names and parent codes; what the table does not say comes from the unit tables."""
        names, parents = self._texts(by_place, "unit_name"), self._parents(by_place, years)
        if lost_zeros(parents, levels, of_parents=True):
            parents = [self._parent_restored(*row) for row in zip(parents, levels, years, strict=True)]
        if "" in names or "" in parents:
            for index, (code, year) in enumerate(zip(codes, years, strict=True)):
                if not (names[index] and parents[index]):
                    names[index], parents[index] = self.named_and_placed(names[index], parents[index], code, year)
        return names, parents

    def named_and_placed(self, name: str, parent: str, code: str, year: int) -> tuple[str, str]:
        """Return the name and the parent of a unit, from the unit tables where they are empty."""
        unit = self._unit(code, year)
        if unit is not None:
            return name or unit.name, parent or unit.parent_code
        if not parent and (commune := self._commune_of(code, year)) is not None:
            return name, commune.code
        return name, parent

    def _parents(self, by_place: Columns, years: list[int]) -> list[str]:
        """Return the parents' codes; where the column gives the name of a province or a district, its code."""
        parents = self._texts(by_place, "parent_code")
        named = {text for text in set(parents) if text and not any(map(str.isdigit, text))}
        if not named:
            return parents
        return [
            match.unit.code
            if parent in named and year and (match := self._finder.within(parent, "", year)).unit is not None
            else parent
            for parent, year in zip(parents, years, strict=True)
        ]

    def _parent_restored(self, parent: str, level: Level | None, year: int) -> str:
        """Give a parent's code back its zeros, where that makes it a unit of the tier above the row's."""
        tier = TIER_ABOVE.get(level) if level is not None and parent.isdigit() else None
        if tier is Level.DISTRICT and year >= FIRST_TWO_TIER_YEAR:
            tier = Level.PROVINCE
        whole = parent.zfill(WIDTH_OF[tier]) if tier is not None else parent
        return whole if whole != parent and self._unit(whole, year) is not None else parent

    def _commune_of(self, code: str, year: int) -> Unit | None:
        """Return the commune of a village without national code, which begins with its commune's ("20956-thon-1")."""
        head, dash, _ = code.partition("-")
        return self._unit(head, year) if dash and len(head) == WIDTH_OF[Level.COMMUNE] else None

    def _unit(self, code: str, year: int) -> Unit | None:
        key = (code, year)
        if key not in self._units:
            self._units[key] = self._finder.unit(code, year)
        return self._units[key]


def texts_in(cells: Sequence[Cell], *, is_text: bool) -> list[str]:
    """Return cells as stripped texts in composed Unicode; those of a text file without what keeps them from running."""
    try:
        texts = list(map(str.strip, cells))  # type: ignore[arg-type]  # a cell that is no text raises
    except TypeError:
        texts = [shown(cell).strip() for cell in cells]
    joined = "\n".join(texts)
    if is_text and "'" in joined:
        texts = [unguarded(text).strip() for text in texts]
    # decomposed letters look the same, and compare as different names
    if not unicodedata.is_normalized("NFC", joined):
        texts = [unicodedata.normalize("NFC", text) for text in texts]
    return texts


def _picked(by_place: Columns, numbers: list[int], keep: Sequence[int]) -> tuple[Columns, list[int]]:
    return [tuple(column[index] for index in keep) for column in by_place], [numbers[index] for index in keep]


def _any_blank(column: Sequence[Cell]) -> bool:
    """Say whether a cell of a column holds nothing or spaces alone."""
    distinct = set(column)
    if {"", None} & distinct:
        return True
    try:
        return any(map(str.isspace, distinct))  # type: ignore[arg-type]  # a cell that is no text raises
    except TypeError:
        return any(isinstance(cell, str) and cell.isspace() for cell in distinct)
