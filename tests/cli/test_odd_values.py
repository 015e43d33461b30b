"""Whatever an option is given, the program says in a sentence what to mend, and nothing is its own fault."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.every_option import BASE, Option, base, commands, options, side_files
from tests.cli.odd_values import TEXTS, some, write_odd_files
from tests.cli.program import Outcome, thidua

LINE = re.compile(r"(lỗi|cảnh báo|error|warning): |(Đã ghi|Wrote) ")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    top = tmp_path_factory.mktemp("odd")
    side_files(top)
    return top


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def fault(outcome: Outcome) -> str:
    """Return what is wrong with how a run ended; nothing where nothing is."""
    if outcome.status not in {0, 1, 2, 3} or "Traceback" in outcome.err:
        return f"status {outcome.status}: {outcome.err[-300:]}"
    if outcome.status in {2, 3} and not LINE.match(outcome.err) and not outcome.out:
        return f"no sentence: {outcome.err!r}"
    return ""


def outcomes(option: Option, values: list[str], folder: Path) -> Iterator[tuple[str, Outcome]]:
    for number, value in enumerate(values):
        english = ["--lang", "en"] if number == 0 and option.flag != "--lang" else []
        yield value, thidua(*english, *option.line(value, folder))
        for left in folder.glob("new*"):
            left.unlink()


def test_there_is_a_line_that_works_for_every_command(folder: Path) -> None:
    assert set(BASE) == set(commands())
    for command in BASE:
        outcome = thidua(*command.split(), *base(command, folder))
        assert outcome.status in {0, 1}, (command, outcome.err)
        for left in folder.glob("new*"):
            left.unlink()


@pytest.mark.parametrize("command", BASE)
def test_an_odd_value_of_any_option_is_no_defect(command: str, folder: Path) -> None:
    own = [option for option in options() if option.command == command]
    assert own
    tried = [(option, *pair) for option in own for pair in outcomes(option, some(TEXTS, option, 3), folder)]
    assert len(tried) >= 3 * len(own)
    assert [(option.flag, value, fault(outcome)) for option, value, outcome in tried if fault(outcome)] == []


@pytest.mark.parametrize("command", BASE)
def test_an_odd_file_for_any_option_is_no_defect(command: str, folder: Path, tmp_path: Path) -> None:
    files = write_odd_files(tmp_path)
    own = [option for option in options() if option.command == command and option.mark is not None]
    tried = [(option, *pair) for option in own for pair in outcomes(option, some(files, option, 4), folder)]
    assert [(option.flag, value, fault(outcome)) for option, value, outcome in tried if fault(outcome)] == []
