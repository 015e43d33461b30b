"""A result of `eligible` or `targets` as values, as it was said: nothing is corrected or filled in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from thidua_cli.errors import InputError
from thidua_cli.language import Text
from thidua_cli.late_dataclass import replace
from thidua_cli.verify.compact import COMPACT, FULL, expanded_rows
from thidua_cli.verify.json_record import JsonRecord
from thidua_cli.verify.said import (
    CellRange,
    Clause,
    Document,
    Figure,
    NamedUnit,
    Part,
    Quote,
    Row,
    SaidAttest,
    SaidClassList,
    SaidConfig,
    SaidDoubt,
    SaidFile,
    SaidLimits,
    SaidPath,
    SaidPrinted,
    SaidRate,
    SaidSubject,
    SaidValue,
    TargetDocument,
    TargetRow,
)

TARGETS: Final = "thidua.targets/2"
TRACE: Final = "thidua.trace/3"
_COMPARISONS: Final = (">=", ">", "=", "<=", "<")
_FORMER: Final = frozenset(
    ("thidua.eligible/1", "thidua.eligible/2", "thidua.targets/1", "thidua.trace/1", "thidua.trace/2")
)
"""These do not say what limited them. In the first, `met` named villages beside the verdict "met": read as the new
document, such villages would be judged."""


def read_document(parsed: object, name: str) -> Document | TargetDocument:
    """Return the result that a parsed JSON document is; decimals in it are `Decimal`.

    Raises:
        InputError: It is no such document, or lacks what a verdict is taken from.
    """
    schema = str(parsed.get("schema")) if isinstance(parsed, dict) else ""
    if schema in _FORMER:
        text = Text(
            "{path}: kết quả lập bằng bản cũ của thidua ({former}), chưa ghi đủ để kiểm lại; chạy lại "
            "“thidua {command} …” với --format json -o TỆP",
            "{path}: made by an earlier version of thidua ({former}), which did not record what is needed; run "
            "“thidua {command} …” again with --format json -o FILE",
        )
        command = "targets" if schema.startswith("thidua.targets") else "eligible"
        raise InputError(text.fill(path=name, former=schema, command=command))
    if not isinstance(parsed, dict) or schema not in _READERS:
        text = Text(
            "{path}: không phải kết quả xét ({wanted}); lập bằng “thidua eligible …” hoặc “thidua targets …” với "
            "--format json -o TỆP",
            "{path}: is no result of judging ({wanted}); make one with “thidua eligible …” or “thidua targets …” and "
            "--format json -o FILE",
        )
        raise InputError(text.fill(path=name, wanted=", ".join(_READERS)))
    return _READERS[schema](JsonRecord(parsed, name))


def _target_document(top: JsonRecord) -> TargetDocument:
    return TargetDocument(
        top.text("rules"),
        top.text("rules_version"),
        top.whole("as_of"),
        top.text("rules_citation"),
        _boundaries_day(top),
        _files(top),
        tuple(_clause(record) for record in top.records("clauses")),
        tuple(_target_row(record) for record in top.records("rows")),
        {
            record.text("unit_code"): tuple(_figure(figure) for figure in record.records("figures"))
            for record in top.records("figures")
        },
        _limits(top),
    )


def _target_row(record: JsonRecord) -> TargetRow:
    return TargetRow(
        record.text("unit_code"),
        record.text("unit_name"),
        record.text("level"),
        record.text("parent_code"),
        record.text("rule"),
        record.whole("year"),
        record.truth("is_due") is True,
        record.text("verdict"),
        _quote(record, record.text("title")),
        tuple(_value(value) for value in record.records("values")),
        record.optional_text("position"),
        record.optional_decimal("attainment_percent"),
        record.optional_whole("margin_households"),
        record.truth("margin_is_bound") is True,
        _doubts(record),
        _class_lists(record),
    )


def _class_lists(record: JsonRecord) -> tuple[SaidClassList, ...]:
    return tuple(
        SaidClassList(
            entry.text("class"),
            entry.optional_text("list"),
            entry.optional_text("document"),
            entry.optional_text("file"),
        )
        for entry in record.optional_records("class_lists")
    )


def _files(top: JsonRecord) -> tuple[SaidFile, ...]:
    return tuple(
        SaidFile(file.text("file"), file.optional_text("sha256") or "", file.text("role"))
        for file in top.records("files")
    )


def _compact_document(top: JsonRecord) -> Document:
    rows = (JsonRecord(row, f"{top.place}: rows[{number}]") for number, row in enumerate(expanded_rows(top)))
    return _judged_document(top, tuple(map(_row, rows)))


def _full_document(top: JsonRecord) -> Document:
    return _judged_document(top, tuple(map(_row, top.records("rows"))))


def _judged_document(top: JsonRecord, rows: tuple[Row, ...]) -> Document:
    subjects = tuple(
        (record.text("name"), record.optional_text("completeness"), _attest(record))
        for record in top.records("subjects")
    )
    return _document(top, rows, subjects)


def _trace_document(top: JsonRecord) -> Document:
    return replace(_document(top, (_row(top.record("row"), _traced_part),), ()), quotes_all=False)


def _document(top: JsonRecord, rows: tuple[Row, ...], subjects: tuple[SaidSubject, ...]) -> Document:
    return Document(
        top.text("rules"),
        top.text("rules_version"),
        top.whole("as_of"),
        top.text("rules_citation"),
        _boundaries_day(top),
        _files(top),
        tuple(_clause(record) for record in top.records("clauses")),
        rows,
        subjects,
        _limits(top),
    )


def _limits(top: JsonRecord) -> SaidLimits:
    limits = top.record("limits")
    return SaidLimits(
        limits.text("rules"),
        limits.text_or_null("level"),
        limits.text_or_null("trace"),
        limits.whole_or_null("year"),
        limits.text_or_null("unit"),
        limits.text_or_null("within"),
        limits.text_or_null("poverty_line"),
        limits.texts("readings"),
        limits.text("boundaries"),
        limits.text_or_null("mapping"),
        limits.texts("classes"),
        limits.text_or_null("attestations"),
        limits.texts("shares"),
        limits.texts("units"),
        limits.texts("plans"),
        limits.text_or_null("waivers"),
        limits.text_or_null("waived_on"),
        limits.text("language"),
        _config(limits.optional_record("config")),
    )


def _config(config: JsonRecord | None) -> SaidConfig | None:
    return None if config is None else SaidConfig(config.text("file"), config.text("sha256"), config.texts("options"))


def _boundaries_day(top: JsonRecord) -> str | None:
    boundaries = top.optional_record("boundaries")
    return None if boundaries is None else boundaries.optional_day("day")


def _quote(record: JsonRecord, title: str = "") -> Quote:
    return Quote(
        record.text("comparison"),
        record.decimal("threshold"),
        record.optional_decimal("upper"),
        record.text("unit"),
        record.optional_whole("baseline_year"),
        record.optional_text("poverty_line"),
        record.text("reading"),
        record.text("citation"),
        title,
    )


def _named_units(record: JsonRecord, *keys: str) -> tuple[NamedUnit, ...]:
    units = (unit for key in keys for unit in record.records(key))
    return tuple(NamedUnit(unit.text("unit_code"), unit.text("unit_name")) for unit in units)


def _clause(record: JsonRecord) -> Clause:
    return Clause(
        record.text("id"),
        record.text("level"),
        record.texts("any_of"),
        record.texts("none_of"),
        record.text("test"),
        record.text("measure"),
        record.choice("comparison", _COMPARISONS),
        record.digits("threshold"),
        record.text("unit"),
        record.optional_whole("years"),
        record.optional_whole("baseline_year"),
        record.text("poverty_line"),
        record.texts("other_lines"),
        record.optional_digits("upper"),
        record.optional_whole("rounded_to"),
        record.text("reading_id"),
        record.texts("types"),
        record.texts("within"),
        record.truth("together") is True,
        record.optional_text("from"),
        record.optional_text("to"),
    )


def _row(record: JsonRecord, part: Callable[[JsonRecord], Part] | None = None) -> Row:
    return Row(
        record.text("unit_code"),
        record.text("unit_name"),
        record.text("level"),
        record.text("parent_code"),
        record.optional_text("ended_on"),
        _named_units(record, "namesakes"),
        record.texts("classes"),
        _class_lists(record),
        record.texts("unknown_classes"),
        tuple(part.texts("classes") for part in record.records("part_classes")),
        _named_units(record, "part_classes"),
        record.text("verdict"),
        record.optional_whole("margin_households"),
        record.truth("margin_is_bound") is True,
        _doubts(record),
        tuple(_path(path) for path in record.records("paths")),
        tuple(_figure(figure, part or _part) for figure in record.records("figures")),
        record.optional_text("completeness"),
        _attest(record),
    )


def _path(record: JsonRecord) -> SaidPath:
    return SaidPath(
        record.text("rule"),
        record.text("verdict"),
        record.truth("applies"),
        _quote(record),
        tuple(_value(value) for value in record.records("values")),
    )


def _figure(record: JsonRecord, part: Callable[[JsonRecord], Part] | None = None) -> Figure:
    return Figure(
        record.text("measure"),
        record.whole("year"),
        record.optional_whole("households"),
        record.optional_whole("count"),
        record.text("poverty_line"),
        record.truth("usable") is True,
        tuple(map(part or _part, record.records("parts"))),
        record.counts("placed"),
        tuple(unit.counts("counts") for unit in record.records("divided")),
        tuple(unit.text("unit_code") for unit in record.records("divided")),
        tuple(unit.counts("counts") for unit in record.records("given")),
        bool(record.records("merged") or record.records("given")),
        _printed(record.optional_record("printed_rate")),
        tuple(map(_part, record.optional_records("beside"))),
        {ends.text("name"): (ends.whole("low"), ends.whole("high")) for ends in record.optional_records("bounds")},
        _named_units(record, "merged", "divided", "given"),
    )


def _part(record: JsonRecord) -> Part:
    cells = tuple(_range(cells) for cells in record.records("cells"))
    return Part(record.text("name"), record.optional_whole("value"), cells)


def _traced_part(record: JsonRecord) -> Part:
    """Return a count as a trace has it, unit by unit."""
    cells = (_cell(cell) for addend in record.records("addends") for cell in addend.records("cells"))
    return Part(record.text("name"), record.optional_whole("value"), tuple(cells))


def _printed(record: JsonRecord | None) -> SaidPrinted | None:
    if record is None:
        return None
    rates = tuple(
        SaidRate(rate.text("name"), rate.text("printed"), tuple(_range(cells) for cells in rate.records("cells")))
        for rate in record.records("rates")
    )
    return SaidPrinted(record.text("low"), record.text("high"), rates)


def _doubts(record: JsonRecord) -> tuple[SaidDoubt, ...]:
    return tuple(map(_doubt, record.records("doubts")))


def _doubt(record: JsonRecord) -> SaidDoubt:
    figure = record.record("figure")
    ends = record.optional_record("values") if isinstance(record.values.get("values"), dict) else None
    return SaidDoubt(
        record.text("code"),
        _cell(record.record("finding")),
        _cell(figure),
        figure.text("unit_code"),
        figure.whole("year"),
        figure.text("column"),
        record.optional_whole("printed"),
        record.wholes("values") if ends is None and record.values.get("values") is not None else None,
        None if ends is None else (ends.whole("low"), ends.whole("high")),
        record.text("effect"),
        record.optional_record("waived") is not None,
    )


def _cell(record: JsonRecord) -> CellRange:
    return CellRange(record.text("file"), record.optional_text("sheet") or "", record.optional_text("cell") or "")


def _value(record: JsonRecord) -> SaidValue:
    low, high = record.optional_decimal("value_low"), record.optional_decimal("value_high")
    return SaidValue(record.whole("year"), record.optional_text("exact"), low, high)


def _range(record: JsonRecord) -> CellRange:
    return CellRange(record.text("file"), record.optional_text("sheet") or "", record.text("range"))


def _attest(record: JsonRecord) -> tuple[SaidAttest, ...]:
    items = []
    for item in record.records("attest"):
        source = item.optional_record("source")
        items.append(SaidAttest(item.text("id"), item.text("state"), None if source is None else _cell(source)))
    return tuple(items)


_READERS: Final[Mapping[str, Callable[[JsonRecord], Document | TargetDocument]]] = {
    COMPACT: _compact_document,
    FULL: _full_document,
    TARGETS: _target_document,
    TRACE: _trace_document,
}
