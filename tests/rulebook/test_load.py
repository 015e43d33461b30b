"""The sound rule file is read whole; each file in broken/ is that one with one mistake, named on its first line."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from thidua_cli.errors import InputError, UsageError
from thidua_cli.model import Level, Measure
from thidua_cli.rulebook import schema
from thidua_cli.rulebook.load import bundled_ids, load_rulebook
from thidua_cli.rulebook.schema import Comparison, ThresholdUnit

HERE = Path(__file__).parent
SOUND = HERE / "sound.toml"
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
def test_a_broken_file_is_refused_naming_file_and_key(path: Path) -> None:
    key = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# wrong: ")

    with pytest.raises(InputError) as refused:
        load_rulebook(str(path))

    for message in refused.value.text:
        assert message.startswith(str(path))
        assert key in message.removeprefix(str(path))


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("unknown-key-of-the-file", 4),
        ("no-threshold", 36),  # a key that is missing has no line: the table's own is given
        ("threshold-as-a-number", 29),
        ("unknown-class", 24),
        ("id-twice", 37),
        ("date-as-text", 10),
        ("unknown-key-of-a-reading", 19),
        ("unknown-subject-of-an-item", 54),
    ],
)
def test_a_refusal_names_the_line(name: str, line: int) -> None:
    with pytest.raises(InputError) as refused:
        load_rulebook(str(HERE / "broken" / f"{name}.toml"))

    assert f", dòng {line}:" in refused.value.text.vi
    assert f", line {line}:" in refused.value.text.en


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
