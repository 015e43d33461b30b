"""A document "thidua.eligible/1" as values, as it was said: nothing is corrected or filled in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final

from thidua_cli.errors import InputError
from thidua_cli.language import Text
from thidua_cli.verify.json_record import JsonRecord

ELIGIBLE: Final = "thidua.eligible/1"
TARGETS: Final = "thidua.targets/1"


@dataclass(frozen=True, slots=True)
class SaidFile:
    """A file the result says it rests on."""

    file: str
    sha256: str
    role: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A rule as the result quotes it."""

    id: str
    level: str
    any_of: tuple[str, ...]
    none_of: tuple[str, ...]
    test: str
    measure: str
    comparison: str
    threshold: str
    unit: str
    years: int | None
    baseline_year: int | None
    poverty_line: str
    other_lines: tuple[str, ...]
    upper: str | None
    rounded_to: int | None
    reading_id: str
    types: tuple[str, ...]
    within: tuple[str, ...]
    together: bool
    start: str | None
    """First day on which the clause holds, as 2022-06-02."""
    end: str | None


@dataclass(frozen=True, slots=True)
class CellRange:
    """Cells a number was read from: "E12" or "E9:E27"."""

    file: str
    sheet: str
    range: str

    def __str__(self) -> str:
        return " › ".join(part for part in (self.file, self.sheet, self.range) if part)


@dataclass(frozen=True, slots=True)
class Part:
    """One count with the cells that add up to it."""

    name: str
    value: int | None
    cells: tuple[CellRange, ...]


@dataclass(frozen=True, slots=True)
class SaidRate:
    """One rate as its source prints it, with its cells."""

    name: str
    printed: str
    """In percent: "5.93", or a sum, "5.93+1.89"."""
    cells: tuple[CellRange, ...]


@dataclass(frozen=True, slots=True)
class SaidPrinted:
    """What the result says of a rate without counts."""

    low: str
    """In percent, exact as "a/b"."""
    high: str
    rates: tuple[SaidRate, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """What a unit had at one year-end."""

    measure: str
    year: int
    households: int | None
    count: int | None
    poverty_line: str
    usable: bool
    parts: tuple[Part, ...]
    """The whole first, then the parts of the count."""
    placed: Mapping[str, int]
    """Counts that certainly belong to the unit, where others were divided."""
    divided: tuple[Mapping[str, int], ...]
    """Counts of units of which a part may belong to this one."""
    given: tuple[Mapping[str, int], ...]
    """Counts the user supplied: they stand in no cell of the figures."""
    has_whole_parts: bool
    """Some units belong to this one in whole, so that a count they lack is missing and not zero."""
    printed: SaidPrinted | None = None
    """The rate as printed, where the counts give none."""

    @property
    def cells(self) -> tuple[CellRange, ...]:
        """All cells its numbers were read from."""
        rates = () if self.printed is None else self.printed.rates
        return (*(one for part in self.parts for one in part.cells), *(one for rate in rates for one in rate.cells))


@dataclass(frozen=True, slots=True)
class SaidValue:
    """A value held against the threshold: exact as "a/b", or the rounded ends of a range."""

    year: int
    exact: str | None
    low: Decimal | None
    high: Decimal | None

    def __str__(self) -> str:
        return self.exact or ("–" if self.high is None else f"{'' if self.low is None else self.low}…{self.high}")


@dataclass(frozen=True, slots=True)
class SaidPath:
    """One path of a verdict."""

    rule: str
    verdict: str
    applies: bool | None
    comparison: str
    threshold: str
    values: tuple[SaidValue, ...]
    baseline_year: int | None


@dataclass(frozen=True, slots=True)
class SaidAttest:
    """What the result says of one criterion without a number."""

    id: str
    state: str
    source: CellRange | None


@dataclass(frozen=True, slots=True)
class Row:
    """The verdict of one unit."""

    unit_code: str
    unit_name: str
    level: str
    parent_code: str
    ended: bool
    """The unit does not stand any more on the boundaries that were asked for."""
    met: bool
    """Several villages of one name: whose figures are whose is not known."""
    classes: tuple[str, ...]
    unknown_classes: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...]
    """Classes of the units a merged one was made of."""
    verdict: str
    margin: int | None
    paths: tuple[SaidPath, ...]
    figures: tuple[Figure, ...]
    completeness: str | None
    attest: tuple[SaidAttest, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A whole result."""

    rules: str
    rules_version: str
    as_of: int
    day: str
    """The day whose units are judged, as 2024-12-31: that of the boundaries, or the last year-end."""
    files: tuple[SaidFile, ...]
    clauses: tuple[Clause, ...]
    rows: tuple[Row, ...]
    subjects: tuple[tuple[str, str | None, tuple[SaidAttest, ...]], ...]
    """Name, completeness and criteria of subjects that no table counts."""


@dataclass(frozen=True, slots=True)
class TargetRow:
    """The answer of one unit and target at one year-end."""

    unit_code: str
    unit_name: str
    rule: str
    year: int
    is_due: bool
    verdict: str
    comparison: str
    threshold: str
    values: tuple[SaidValue, ...]
    position: str | None
    attainment: Decimal | None
    margin: int | None


@dataclass(frozen=True, slots=True)
class TargetDocument:
    """A whole result about targets."""

    rules: str
    rules_version: str
    as_of: int
    files: tuple[SaidFile, ...]
    clauses: tuple[Clause, ...]
    rows: tuple[TargetRow, ...]
    figures: Mapping[str, tuple[Figure, ...]]
    """Unit code → what its answers rest on; units taken together have none."""


def load_document(path: Path) -> Document | TargetDocument:
    """Return the result in a file.

    Raises:
        InputError: The file cannot be read, is no such document, or lacks what a verdict is taken from.
    """
    try:
        parsed = json.loads(path.read_text(encoding="utf-8-sig"), parse_float=Decimal)
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(Text(f"{path}: không đọc được ({reason})", f"{path}: cannot be read ({reason})")) from error
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise InputError(Text(f"{path}: không phải JSON", f"{path}: is not JSON")) from error
    return read_document(parsed, str(path))


def read_document(parsed: object, name: str) -> Document | TargetDocument:
    """Return the result that a parsed JSON document is; decimals in it are `Decimal`.

    Raises:
        InputError: It is no such document, or lacks what a verdict is taken from.
    """
    schema = parsed.get("schema") if isinstance(parsed, dict) else None
    if not isinstance(parsed, dict) or schema not in (ELIGIBLE, TARGETS):
        text = Text(
            "{path}: không phải kết quả xét ({wanted}); lập bằng “thidua eligible …” hoặc “thidua targets …” với "
            "--format json -o TỆP",
            "{path}: is no result of judging ({wanted}); make one with “thidua eligible …” or “thidua targets …” and "
            "--format json -o FILE",
        )
        raise InputError(text.fill(path=name, wanted=f"{ELIGIBLE}, {TARGETS}"))
    top = JsonRecord(parsed, name)
    return _document(top) if schema == ELIGIBLE else _target_document(top)


def _target_document(top: JsonRecord) -> TargetDocument:
    return TargetDocument(
        top.text("rules"),
        top.text("rules_version"),
        top.whole("as_of"),
        _files(top),
        tuple(_clause(one) for one in top.records("clauses")),
        tuple(_target_row(one) for one in top.records("rows")),
        {
            one.text("unit_code"): tuple(_figure(figure) for figure in one.records("figures"))
            for one in top.records("figures")
        },
    )


def _target_row(one: JsonRecord) -> TargetRow:
    return TargetRow(
        one.text("unit_code"),
        one.text("unit_name"),
        one.text("rule"),
        one.whole("year"),
        one.truth("is_due") is True,
        one.text("verdict"),
        one.text("comparison"),
        str(one.values.get("threshold")),
        tuple(_value(value) for value in one.records("values")),
        one.optional_text("position"),
        one.optional_decimal("attainment_percent"),
        one.optional_whole("margin_households"),
    )


def _files(top: JsonRecord) -> tuple[SaidFile, ...]:
    return tuple(SaidFile(one.text("file"), one.text("sha256"), one.text("role")) for one in top.records("files"))


def _document(top: JsonRecord) -> Document:
    subjects = tuple(
        (one.text("name"), one.optional_text("completeness"), _attest(one)) for one in top.records("subjects")
    )
    boundaries = top.optional_record("boundaries")
    day = None if boundaries is None else boundaries.optional_text("day")
    return Document(
        top.text("rules"),
        top.text("rules_version"),
        top.whole("as_of"),
        day or f"{top.whole('as_of')}-12-31",
        _files(top),
        tuple(_clause(one) for one in top.records("clauses")),
        tuple(_row(one) for one in top.records("rows")),
        subjects,
    )


def _clause(one: JsonRecord) -> Clause:
    return Clause(
        one.text("id"),
        one.text("level"),
        one.texts("any_of"),
        one.texts("none_of"),
        one.text("test"),
        one.text("measure"),
        one.text("comparison"),
        one.text("threshold"),
        one.text("unit"),
        one.optional_whole("years"),
        one.optional_whole("baseline_year"),
        one.text("poverty_line"),
        one.texts("other_lines"),
        one.optional_text("upper"),
        one.optional_whole("rounded_to"),
        one.text("reading_id"),
        one.texts("types"),
        one.texts("within"),
        one.truth("together") is True,
        one.optional_text("from"),
        one.optional_text("to"),
    )


def _row(one: JsonRecord) -> Row:
    return Row(
        one.text("unit_code"),
        one.text("unit_name"),
        one.text("level"),
        one.text("parent_code"),
        one.optional_text("ended_on") is not None,
        bool(one.records("met")),
        one.texts("classes"),
        one.texts("unknown_classes"),
        tuple(part.texts("classes") for part in one.records("part_classes")),
        one.text("verdict"),
        one.optional_whole("margin_households"),
        tuple(_path(path) for path in one.records("paths")),
        tuple(_figure(figure) for figure in one.records("figures")),
        one.optional_text("completeness"),
        _attest(one),
    )


def _path(one: JsonRecord) -> SaidPath:
    return SaidPath(
        one.text("rule"),
        one.text("verdict"),
        one.truth("applies"),
        one.text("comparison"),
        str(one.values.get("threshold")),
        tuple(_value(value) for value in one.records("values")),
        one.optional_whole("baseline_year"),
    )


def _figure(one: JsonRecord) -> Figure:
    return Figure(
        one.text("measure"),
        one.whole("year"),
        one.optional_whole("households"),
        one.optional_whole("count"),
        one.text("poverty_line"),
        one.truth("usable") is True,
        tuple(
            Part(
                part.text("name"), part.optional_whole("value"), tuple(_range(cells) for cells in part.records("cells"))
            )
            for part in one.records("parts")
        ),
        one.counts("placed"),
        tuple(part.counts("counts") for part in one.records("divided")),
        tuple(part.counts("counts") for part in one.records("given")),
        bool(one.records("merged") or one.records("given")),
        _printed(one.optional_record("printed_rate")),
    )


def _printed(one: JsonRecord | None) -> SaidPrinted | None:
    if one is None:
        return None
    rates = tuple(
        SaidRate(rate.text("name"), rate.text("printed"), tuple(_range(cells) for cells in rate.records("cells")))
        for rate in one.records("rates")
    )
    return SaidPrinted(one.text("low"), one.text("high"), rates)


def _value(one: JsonRecord) -> SaidValue:
    low, high = one.optional_decimal("value_low"), one.optional_decimal("value_high")
    return SaidValue(one.whole("year"), one.optional_text("exact"), low, high)


def _range(one: JsonRecord) -> CellRange:
    return CellRange(one.text("file"), one.optional_text("sheet") or "", one.text("range"))


def _attest(one: JsonRecord) -> tuple[SaidAttest, ...]:
    found = []
    for item in one.records("attest"):
        source = item.optional_record("source")
        cell = None
        if source is not None:
            cell = CellRange(source.text("file"), source.optional_text("sheet") or "", source.text("cell"))
        found.append(SaidAttest(item.text("id"), item.text("state"), cell))
    return tuple(found)
