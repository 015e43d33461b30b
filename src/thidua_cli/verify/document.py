"""A document "thidua.eligible/1" as values, as it was said: nothing is corrected or filled in."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Final

from thidua_cli.errors import InputError
from thidua_cli.language import Text
from thidua_cli.verify.json_record import JsonRecord
from thidua_cli.verify.said import (
    CellRange,
    Clause,
    Document,
    Figure,
    Part,
    Row,
    SaidAttest,
    SaidFile,
    SaidPath,
    SaidPrinted,
    SaidRate,
    SaidValue,
    TargetDocument,
    TargetRow,
)

ELIGIBLE: Final = "thidua.eligible/1"
TARGETS: Final = "thidua.targets/1"


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
    return tuple(
        SaidFile(file.text("file"), file.optional_text("sha256") or "", file.text("role"))
        for file in top.records("files")
    )


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
