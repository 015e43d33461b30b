"""A command line that is read without typer means what typer reads of it; all others are left to typer."""

from __future__ import annotations

import random
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from thidua_cli.cli import plain_line
from thidua_cli.cli.commands import of_one_command
from thidua_cli.cli.entries import COMMANDS
from thidua_cli.cli.grouping import Single, parameters_of

VALUES = ("a.xlsx", "b c.csv", "-", "505", "2024", "2025", "0", "99999", "vi", "en", "commune", "json", "table", "md")
ODD = ("--help", "-h", "--lan", "--", "-qv", "--year", "", "--format=md", "--quiet=1", "-x", "--no-config")


def singles() -> dict[str, Single]:
    apps = {entry.name: import_module(entry.module).app for entry in COMMANDS}
    return {name: app for name, app in apps.items() if isinstance(app, Single)}


def by_typer(app: Single, words: list[str]) -> dict[str, Any]:
    """Return what typer hands to the function of a command."""
    handed: dict[str, Any] = {}

    def function(**given: Any) -> int:
        handed.update(given)
        return 0

    function.parameters = parameters_of(app.function)  # type: ignore[attr-defined]
    function.settings = {}  # type: ignore[attr-defined]
    of_one_command(app._replace(function=function))(list(words), standalone_mode=False)
    return handed


def lines(app: Single, seed: int) -> Iterator[list[str]]:
    """Yield lines of options that the command has, most of them with a value that it takes."""
    draw = random.Random(seed)
    options = [name for each in plain_line._parameters(app) for name in each.mark.names]
    required = ["a.xlsx", "--rules", "qd-666-ttg", "--as-of", "2024", "-o", "b.xlsx"]
    for _ in range(60):
        words = [word for word in required if draw.random() < 0.9 or word.startswith("-")]
        for _ in range(draw.randrange(4)):
            name = draw.choice(options)
            value = draw.choice(VALUES)
            words += draw.choice(([name], [name, value], [f"{name}={value}"], [value]))
        if draw.random() < 0.1:
            words.insert(draw.randrange(len(words) + 1), draw.choice(ODD))
        yield words


@pytest.mark.parametrize("name", singles())
def test_what_is_read_without_typer_is_what_typer_reads(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("THIDUA_LANG", raising=False)
    app = singles()[name]
    options = {each for parameter in plain_line._parameters(app) for each in parameter.mark.names}
    read = 0
    for words in lines(app, seed=len(name)):
        words = [word for word in words if word in options or not word.startswith(("--rules", "--as-of", "-o"))]
        call = plain_line.plain_call([name, *words])
        if call is not None:
            read += 1
            assert call.keywords == by_typer(app, words), words  # type: ignore[attr-defined]
    assert read > 10 or name in {"verify", "template", "explain", "init"}  # which take other words than these


def test_the_daily_lines_need_no_typer() -> None:
    judged = ["--rules", "qd-666-ttg", "--as-of", "2024"]
    for line in (
        ["check", "a.xlsx"],
        ["check", "a.xlsx", "b.xlsx", "--all", "-o", "c.json", "--force", "--lang", "en"],
        ["eligible", "a.xlsx", *judged, "--format", "csv"],
        ["report", "a.xlsx", *judged, "--unit", "20446", "-o", "-"],
        ["report", "a.xlsx", *judged, "--unit", "20446", "-o", "a.md", "--format", "markdown"],
    ):
        assert plain_line.plain_call(line) is not None


@pytest.mark.parametrize(
    "line",
    [
        [],
        ["chek", "a.xlsx"],
        ["--version"],
        ["--lang", "en", "check", "a.xlsx"],
        ["check"],
        ["check", "-h"],
        ["check", "a.xlsx", "--yeer", "2024"],
        ["check", "a.xlsx", "--year", "0"],
        ["check", "a.xlsx", "--year", "2024", "--year", "2025"],
        ["check", "a.xlsx", "--fail-on", "all"],
        ["check", "a.xlsx", "--format", "md"],
        ["check", "a.xlsx", "--no-config"],
        ["check", "a.xlsx", "-qv"],
        ["check", "a.xlsx", "-o", "--force"],
        ["check", "--", "a.xlsx"],
        ["rules", "list"],
    ],
)
def test_every_other_line_is_left_to_typer(line: list[str]) -> None:
    assert plain_line.plain_call(line) is None


def test_an_office_file_a_variable_and_a_shell_that_completes_are_left_to_typer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    line = ["check", "a.xlsx"]
    assert plain_line.plain_call(line) is not None
    with monkeypatch.context() as patch:
        patch.setenv("THIDUA_LANG", "en")
        assert plain_line.plain_call(line) is None
        assert plain_line.plain_call([*line, "--lang", "en"]) is not None
    with monkeypatch.context() as patch:
        patch.setenv("_THIDUA_COMPLETE", "complete_bash")
        assert plain_line.plain_call(line) is None
    (tmp_path / "thidua.toml").touch()
    assert plain_line.plain_call(line) is None
