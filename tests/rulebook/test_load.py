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
from thidua_cli.rulebook import clauses, context, inherit, load, schema, toml_table
from thidua_cli.rulebook.load import bundled_ids, load_rulebook
from thidua_cli.rulebook.schema import Comparison, ThresholdUnit

if TYPE_CHECKING:
    from _typeshed import TraceFunction

HERE = Path(__file__).parent
SOUND = HERE / "sound.toml"
MODULES = (clauses, context, inherit, load, toml_table)
FILES = {module.__file__ for module in MODULES}
BROKEN = sorted((HERE / "broken").glob("*.toml"))


def test_a_sound_file_is_read_whole() -> None:
    book = load_rulebook(str(SOUND))

    assert (book.id, book.version, book.title.en, book.path) == ("my-plan", "1", "Plan", str(SOUND))
    rate, count = book.rules
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
    rate, count = load_rulebook(str(SOUND)).rules

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
        if isinstance(function, ast.FunctionDef) and function.name not in {"rule_file", "rule_text"}:
            yield from (node.lineno for node in ast.walk(function) if isinstance(node, ast.Raise))


def test_broken_syntax_is_refused_with_the_line_the_parser_names() -> None:
    with pytest.raises(InputError, match="line 3"):
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
    page = (HERE.parent.parent / "docs" / "adding-a-rule.md").read_text(encoding="utf-8")
    example = tmp_path / "example.toml"
    example.write_text(page.partition("```toml\n")[2].partition("```")[0], encoding="utf-8")

    assert [rule.id for rule in load_rulebook(str(example)).rules] == ["district-rate"]
