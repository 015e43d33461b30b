"""Rule files → `Rulebook`. Strict: what the file says must be whole, or it is refused with file, line and key.

Reading rule and class files belongs here, not to `read`: that stage opens the spreadsheets people submit, with their
limits and encodings; these are the program's own records.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

from thidua_cli.errors import InputError, UsageError
from thidua_cli.language import Text
from thidua_cli.model import Citation, Level, Measure
from thidua_cli.rulebook.classes import CLASS_TOKENS
from thidua_cli.rulebook.schema import (
    SUBJECTS_WITHOUT_COUNTS,
    AttestItem,
    Comparison,
    Rule,
    Rulebook,
    Subject,
    Test,
    ThresholdUnit,
)
from thidua_cli.rulebook.toml_table import CheckedTable, Place

_BUNDLED: Final = Path(__file__).parent.parent / "data" / "rules"

_BOOK_KEYS: Final = ("id", "version", "title", "citation", "readings", "rule", "attest")
_CITATION_KEYS: Final = ("document", "clause", "date", "address")
_RULE_KEYS: Final = (
    *("id", "title", "subject", "test", "measure", "years", "baseline_year", "comparison", "threshold", "unit"),
    *("poverty_line", "reading", "citation", "verified"),
)
_SUBJECT_KEYS: Final = ("level", "any_of", "none_of")
_ATTEST_KEYS: Final = ("id", "subject", "text", "citation")

_WINDOW_KEY: Final[Mapping[Test, str]] = {
    Test.RATE_FALL_EACH_YEAR: "years",
    Test.COUNT_FALL_SINCE_BASELINE: "baseline_year",
}
_UNIT: Final[Mapping[Test, ThresholdUnit]] = {
    Test.RATE_FALL_EACH_YEAR: ThresholdUnit.POINTS,
    Test.COUNT_FALL_SINCE_BASELINE: ThresholdUnit.PERCENT,
}


def bundled_ids() -> tuple[str, ...]:
    """Return the ids of the rule files that come with the program, sorted."""
    return tuple(sorted(file.stem for file in _BUNDLED.glob("*.toml")))


def load_rulebook(id_or_path: str) -> Rulebook:
    """Return a bundled rule file by its id, or a user's own by its path.

    Raises:
        UsageError: the id is not known and the text is not a path either (exit status 2).
        InputError: the file cannot be read or what it says is not whole (exit status 3).
    """
    if id_or_path in bundled_ids():
        return _load(_BUNDLED / f"{id_or_path}.toml", bundled=True)
    path = Path(id_or_path)
    if path.suffix.lower() == ".toml" or path.name != id_or_path or path.exists():
        return _load(path, bundled=False)
    known = ", ".join(bundled_ids())
    raise UsageError(
        Text(
            f'Không có bộ quy tắc "{id_or_path}". Các bộ có sẵn: {known}; hoặc ghi đường dẫn tới tệp .toml.',
            f'There are no rules "{id_or_path}". Known: {known}; or give the path of a .toml file.',
        )
    )


def _load(path: Path, *, bundled: bool) -> Rulebook:
    source, values = _parsed(path)
    top = CheckedTable(values, Place(str(path), source), _BOOK_KEYS)
    book_id = top.identifier("id")
    title = top.paired_text("title")
    version = top.text("version")
    citation = _book_citation(values, top.place)
    readings = _readings(values, top)
    rules = tuple(_rule(table, citation, readings) for table in _tables(values, "rule", _RULE_KEYS, top.place))
    attest = tuple(_attest(table, citation) for table in _tables(values, "attest", _ATTEST_KEYS, top.place))
    if not rules and not attest:
        raise top.place.refuse("rule", Text("tệp không có quy tắc nào", "the file holds no rule"))
    _refuse_twice([rule.id for rule in rules], "rule", top.place)
    _refuse_twice([item.id for item in attest], "attest", top.place)
    return Rulebook(book_id, title, version, citation, rules, attest, "" if bundled else str(path))


def _parsed(path: Path) -> tuple[str, dict[str, object]]:
    try:
        source = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(Text(f"{path}: không đọc được ({reason})", f"{path}: cannot be read ({reason})")) from error
    except UnicodeDecodeError as error:
        raise InputError(Text(f"{path}: không phải UTF-8", f"{path}: is not UTF-8")) from error
    try:
        return source, tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise InputError(Text(f"{path}: sai cú pháp TOML: {error}", f"{path}: not valid TOML: {error}")) from error


def _tables(values: Mapping[str, object], key: str, keys: Iterable[str], top: Place) -> list[CheckedTable]:
    found = values.get(key, [])
    if not isinstance(found, list) or not all(isinstance(table, dict) for table in found):
        raise top.refuse(key, Text(f"phải viết thành các bảng [[{key}]]", f"must be written as tables [[{key}]]"))
    return [
        CheckedTable(table, Place(top.file, top.source, f"[[{key}]]", ordinal), keys)
        for ordinal, table in enumerate(found, start=1)
    ]


def _book_citation(values: Mapping[str, object], top: Place) -> Citation:
    found = values.get("citation")
    if not isinstance(found, dict):
        raise top.refuse("citation", Text("thiếu bảng [citation]", "the table [citation] is missing"))
    table = CheckedTable(found, Place(top.file, top.source, "[citation]"), _CITATION_KEYS)
    address = table.text("address") if "address" in table else ""
    return Citation(table.text("document"), table.text("clause"), table.day("date"), address)


def _citation(owner: CheckedTable, book: Citation) -> Citation:
    """Return the clause of one record; document, date and address are the file's where the record names none."""
    table = owner.table("citation", _CITATION_KEYS)
    if "document" not in table:
        for key in ("date", "address"):
            if key in table:
                text = Text("phải đi cùng document", "goes with a document only")
                raise table.place.refuse(key, text)
        return Citation(book.document, table.text("clause"), book.date, book.address)
    address = table.text("address") if "address" in table else ""
    return Citation(table.text("document"), table.text("clause"), table.day("date"), address)


def _readings(values: Mapping[str, object], top: CheckedTable) -> dict[str, Text]:
    found = values.get("readings", {})
    if not isinstance(found, dict):
        raise top.place.refuse("readings", Text("phải viết thành [readings.TÊN]", "must be written as [readings.NAME]"))
    readings = {}
    for name, both in found.items():
        place = Place(top.place.file, top.place.source, f"[readings.{name}]")
        if not isinstance(both, dict):
            raise place.refuse(name, Text("phải có vi và en", "must have vi and en"))
        table = CheckedTable(both, place, ("vi", "en"))
        readings[name] = Text(table.text("vi"), table.text("en"))
    return readings


def _rule(table: CheckedTable, book: Citation, readings: Mapping[str, Text]) -> Rule:
    identifier = table.identifier("id")
    threshold = table.decimal("threshold")
    citation = _citation(table, book)
    test = table.choice("test", Test)
    window = _window(table, test)
    reading = table.text("reading")
    if reading not in readings:
        raise table.unknown_word("reading", reading, readings)
    return Rule(
        id=identifier,
        title=table.paired_text("title"),
        subject=_subject(table),
        test=test,
        measure=table.choice("measure", Measure),
        comparison=_comparison(table),
        threshold=_within_reach(table, threshold),
        unit=_unit(table, test),
        reading=readings[reading],
        citation=citation,
        verified=_verified(table, citation),
        years=window if test is Test.RATE_FALL_EACH_YEAR else None,
        baseline_year=window if test is Test.COUNT_FALL_SINCE_BASELINE else None,
        poverty_line=table.text("poverty_line"),
    )


def _window(table: CheckedTable, test: Test) -> int:
    """Return the length of the window in years, or its baseline year, whichever the test is about."""
    wanted = _WINDOW_KEY[test]
    for key in _WINDOW_KEY.values():
        if key != wanted and key in table:
            raise table.place.refuse(key, Text(f"không dùng với {test}", f"does not go with {test}"))
    return table.whole_number(wanted, least=1 if wanted == "years" else 1990)


def _comparison(table: CheckedTable) -> Comparison:
    """Return the comparison. A fall is asked to be large, never small: the margin rests on that."""
    written, large = table.text("comparison"), (Comparison.AT_LEAST, Comparison.MORE_THAN)
    if written not in large:
        raise table.unknown_word("comparison", written, large)
    return Comparison(written)


def _within_reach(table: CheckedTable, threshold: Decimal) -> Decimal:
    if not 0 < threshold <= 100:
        raise table.place.refuse(
            "threshold", Text("phải lớn hơn 0 và không quá 100", "must be above 0 and at most 100")
        )
    return threshold


def _unit(table: CheckedTable, test: Test) -> ThresholdUnit:
    unit = table.choice("unit", ThresholdUnit)
    if unit is not _UNIT[test]:
        raise table.place.refuse(
            "unit", Text(f"{test} tính bằng {_UNIT[test]}", f"{test} is measured in {_UNIT[test]}")
        )
    return unit


def _verified(table: CheckedTable, citation: Citation) -> date:
    verified = table.day("verified")
    if verified < citation.date:
        raise table.place.refuse("verified", Text("trước ngày ký văn bản", "lies before the document's own date"))
    return verified


def _subject(table: CheckedTable) -> Subject:
    subject = table.table("subject", _SUBJECT_KEYS)
    any_of, none_of = subject.words("any_of", CLASS_TOKENS), subject.words("none_of", CLASS_TOKENS)
    for token in any_of:
        if token in none_of:
            raise subject.place.refuse("none_of", Text(f'"{token}" cũng ở any_of', f'"{token}" stands in any_of too'))
    return Subject(subject.choice("level", Level), any_of, none_of)


def _attest(table: CheckedTable, book: Citation) -> AttestItem:
    identifier, subject = table.identifier("id"), table.text("subject")
    known = (*Level, *SUBJECTS_WITHOUT_COUNTS)
    if subject not in known:
        raise table.unknown_word("subject", subject, known)
    return AttestItem(identifier, subject, table.paired_text("text"), _citation(table, book))


def _refuse_twice(identifiers: Sequence[str], key: str, top: Place) -> None:
    for position, identifier in enumerate(identifiers):
        if identifier in identifiers[:position]:
            place = Place(top.file, top.source, f"[[{key}]]", position + 1)
            raise place.refuse("id", Text(f'"{identifier}" đã có ở trên', f'"{identifier}" is used twice'))
