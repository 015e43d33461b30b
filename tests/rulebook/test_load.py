"""The sound rule file is read whole; each file in broken/ is that one with one mistake, named on its first line."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import pytest

from thidua_cli.errors import InputError, UsageError
from thidua_cli.model import Level, Measure
from thidua_cli.rulebook import clauses, context, inherit, load, schema, subjects, toml_table
from thidua_cli.rulebook.load import bundled_ids, load_rulebook
from thidua_cli.rulebook.schema import Comparison, ThresholdUnit

if TYPE_CHECKING:
    from _typeshed import TraceFunction

HERE = Path(__file__).parent
SOUND = HERE / "sound.toml"
MODULES = (clauses, context, inherit, load, subjects, toml_table)
FILES = {module.__file__ for module in MODULES}
BROKEN = sorted((HERE / "broken").glob("*.toml"))


def test_a_sound_file_is_read_whole() -> None:
    book = load_rulebook(str(SOUND))

    assert (book.id, book.version, book.title.en, book.path) == ("my-plan", "1", "Plan", str(SOUND))
    rate, count = book.clauses
    assert (rate.test, rate.years, rate.baseline_year) == (schema.Test.RATE_FALL_EACH_YEAR, 3, None)
    assert (rate.comparison, rate.threshold, rate.unit) == (Comparison.AT_LEAST, Decimal("1.5"), ThresholdUnit.POINTS)
    assert rate.subject.any_of == ("poor_district",)
    assert rate.reading.vi == "hiểu là điểm phần trăm"
    assert (count.test, count.years, count.baseline_year) == (schema.Test.COUNT_FALL_SINCE_BASELINE, None, 2021)
    assert (count.measure, count.subject.level, count.subject.none_of) == (
        Measure.POOR,
        Level.DISTRICT,
        ("poor_district",),
    )
    assert count.verified == date(2022, 2, 1)
    assert [item.id for item in book.attest] == ["district-reports"]


def test_a_clause_without_a_document_is_of_the_files_own_document() -> None:
    rate, count = load_rulebook(str(SOUND)).clauses

    assert str(rate.citation) == "1/KH-UBND (31/01/2022), mục 2"
    assert str(count.citation) == "2/KH-UBND (15/01/2022), mục 3"


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_file_is_refused_in_the_sentence_on_its_first_line(path: Path) -> None:
    expected = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# wrong: ")

    with pytest.raises(InputError) as refused:
        load_rulebook(str(path))

    vi, en = refused.value.text
    assert en.replace(f"{path.parent}/", "").removeprefix(path.name).lstrip(",: ") == expected
    line = re.search(r"line (\d+)", en)
    assert line is not None
    assert f"dòng {line[1]}:" in vi or "TOML" in vi


def test_every_refusal_of_the_loader_has_a_broken_file() -> None:
    wanted = {(module.__file__, line) for module in MODULES for line in _lines_that_raise(Path(str(module.__file__)))}
    reached: set[tuple[str | None, int]] = set()

    def trace(frame: FrameType, event: str, _: object) -> TraceFunction | None:
        if frame.f_code.co_filename not in FILES:
            return None
        if event == "line":
            reached.add((frame.f_code.co_filename, frame.f_lineno))
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        for path in BROKEN:
            with suppress(InputError):
                load_rulebook(str(path))
    finally:
        sys.settrace(before)

    assert wanted
    assert sorted(wanted - reached, key=str) == []


def _lines_that_raise(path: Path) -> Iterator[int]:
    """Yield the lines that raise, but for files that cannot be found or read: those are no text to write down."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef) and function.name not in {"rule_file", "toml_text"}:
            yield from (node.lineno for node in ast.walk(function) if isinstance(node, ast.Raise))


def test_broken_syntax_is_refused_with_the_line_the_parser_names() -> None:
    with pytest.raises(InputError, match="dòng 3"):
        load_rulebook(str(HERE / "broken" / "unfinished-text.toml"))


def test_an_unknown_id_is_wrong_usage_and_lists_the_known_ones() -> None:
    with pytest.raises(UsageError) as refused:
        load_rulebook("qd-667-ttg")

    assert refused.value.exit_status == 2
    for message in refused.value.text:
        assert "qd-667-ttg" in message
        assert all(known in message for known in bundled_ids())


@pytest.mark.parametrize("name", ["absent.toml", "folder/absent", "."])
def test_a_path_that_cannot_be_read_is_an_input_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError) as refused:
        load_rulebook(str(tmp_path / name))

    assert refused.value.exit_status == 3


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_bytes('id = "kế hoạch"'.encode("utf-16"))

    with pytest.raises(InputError, match="UTF-8"):
        load_rulebook(str(path))


def test_the_example_in_the_documentation_is_a_sound_file(tmp_path: Path) -> None:
    page = (HERE.parent.parent / "docs" / "rules.md").read_text(encoding="utf-8")
    example = tmp_path / "example.toml"
    example.write_text(page.partition("```toml\n")[2].partition("```")[0], encoding="utf-8")

    book = load_rulebook(str(example))
    assert [clause.id for clause in (*book.clauses, *book.targets)] == ["district-rate", "poor-rate"]


def test_the_override_in_the_documentation_is_sound_under_a_head(tmp_path: Path) -> None:
    page = (HERE.parent.parent / "docs" / "rules.md").read_text(encoding="utf-8")
    head = 'id = "own"\nversion = "1"\ntitle = { vi = "x", en = "x" }\n'
    document = '[citation]\ndocument = "1/KH-UBND"\nclause = "x"\ndate = 2022-07-01\n'
    above, override = page.split("```toml\n")[2].partition("```")[0].split("[[override]]")
    own = tmp_path / "own.toml"
    own.write_text(f"{head}{above}{document}[[override]]{override}", encoding="utf-8")

    book = load_rulebook(str(own))

    assert book.overrides == ("district-rate",)
    changed = next(clause for clause in book.clauses if clause.id == "district-rate")
    assert (str(changed.threshold), changed.citation.document) == ("5", "1/KH-UBND")


def test_the_documentation_names_every_key_and_word_of_a_rule_file() -> None:
    page = (HERE.parent.parent / "docs" / "rules.md").read_text(encoding="utf-8")
    keys = {*clauses.TARGET_KEYS, *clauses.ATTEST_KEYS, *inherit.OVERRIDE_KEYS, *context.CHANGE_KEYS}

    for word in (*keys, *schema.Test, *Measure, *schema.ThresholdUnit, *schema.SUBJECTS_WITHOUT_COUNTS):
        assert re.search(rf"\b{re.escape(word)}\b", page), word


def test_a_file_that_extends_another_takes_its_clauses_over_for_its_own_units() -> None:
    book = load_rulebook(str(HERE / "sound-extension.toml"))

    assert (book.extends, book.within, book.overrides) == ("sound.toml", ("45",), ("district-rate",))
    assert [clause.id for clause in book.clauses] == ["district-rate", "district-count", "commune-count"]
    assert {clause.subject.within for clause in book.clauses} == {("45",)}
    rate, count, own = book.clauses
    assert (rate.threshold, rate.reading_id, str(rate.citation)) == (
        Decimal("2.5"),
        "own",
        "4/KH-UBND (01/03/2022), mục 2",
    )
    assert (rate.test, rate.measure, rate.subject.any_of) == (
        schema.Test.RATE_FALL_EACH_YEAR,
        Measure.MULTIDIMENSIONAL,
        ("poor_district",),
    )
    assert str(count.citation) == "2/KH-UBND (15/01/2022), mục 3"
    assert str(own.citation) == "4/KH-UBND (01/03/2022), mục 3"
    assert [item.within for item in book.attest] == [("45",)]


@pytest.mark.parametrize(
    ("places", "levels"),
    [
        (["45"], {Level.PROVINCE, Level.DISTRICT, Level.COMMUNE, Level.VILLAGE}),
        (["461", "19360"], {Level.DISTRICT, Level.COMMUNE, Level.VILLAGE}),
        (["19360"], {Level.COMMUNE, Level.VILLAGE}),
    ],
)
def test_clauses_of_a_level_above_the_own_places_are_not_taken_over(
    tmp_path: Path, places: list[str], levels: set[Level]
) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        f'id = "own"\nversion = "1"\ntitle = {{ vi = "x", en = "x" }}\nextends = "qd-666-ttg"\nwithin = {places}\n'
        '[citation]\ndocument = "1/KH-UBND"\nclause = "x"\ndate = 2022-07-01\n',
        encoding="utf-8",
    )
    book = load_rulebook(str(own))

    assert {clause.subject.level for clause in book.clauses} == levels
    assert not book.targets
    assert not book.class_exits
    assert {item.subject for item in book.attest} <= {*levels, *schema.SUBJECTS_WITHOUT_COUNTS}


def test_targets_are_read_whole() -> None:
    book = load_rulebook(str(HERE / "sound-targets.toml"))
    yearly, none_left = book.targets
    (left,) = book.class_exits

    assert (yearly.kind, yearly.year_ends, yearly.upper) == (schema.ClauseKind.TARGET, (2022, 2023), Decimal("1.5"))
    assert (yearly.poverty_line, yearly.other_lines) == ("ha-noi-2022-2025", ("2022-2025",))
    assert (yearly.subject.types, yearly.subject.within, yearly.subject.together) == (("quận",), ("01",), True)
    assert yearly.period == schema.Period(date(2022, 2, 1), date(2025, 12, 31))
    assert yearly.reading_reason is not None
    (average,) = yearly.alternatives
    assert (average.clause.test, average.clause.years, average.clause.baseline_year) == (
        schema.Test.RATE_FALL_AVERAGE,
        None,
        2021,
    )
    assert (average.clause.reading, average.clause.year_ends, average.clause.kind) == (
        average.reading,
        yearly.year_ends,
        yearly.kind,
    )
    assert (none_left.comparison, none_left.threshold, none_left.subject.within) == (
        Comparison.EQUAL,
        Decimal("0"),
        ("001",),
    )
    assert (left.class_token, left.counted_level, left.subject.level) == (
        "poor_district",
        Level.DISTRICT,
        Level.PROVINCE,
    )
    (item,) = book.attest
    assert (item.kind, item.types, item.within, item.year_ends) == (
        schema.ClauseKind.TARGET,
        ("quận",),
        ("001",),
        (2025,),
    )


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2022, 1, 31), False),
        (date(2022, 2, 1), True),
        (date(2025, 12, 31), True),
        (date(2026, 1, 1), False),
    ],
)
def test_a_clause_holds_from_its_first_day_to_its_last(day: date, holds: bool) -> None:
    period = schema.Period(date(2022, 2, 1), date(2025, 12, 31))

    assert period.holds_on(day) is holds


def test_without_days_of_its_own_a_clause_holds_from_the_day_of_its_document() -> None:
    rate, count = load_rulebook(str(SOUND)).clauses

    assert rate.period == schema.Period(date(2022, 1, 31))
    assert count.period == schema.Period(date(2022, 1, 15))
