"""docs/python.md: its examples run, and its tables name every column, in order."""

from __future__ import annotations

import doctest
import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import thidua_cli
from tests.cli.program import DISTRICT, TOP

PAGE = TOP / "docs" / "python.md"
FRAMES: dict[str, Callable[[str], pd.DataFrame]] = {
    "read_observations": thidua_cli.read_observations,
    "read_findings": thidua_cli.read_findings,
    "rates": thidua_cli.rates,
    "published": lambda _: thidua_cli.published(),
    "class_lists": lambda _: thidua_cli.class_lists(),
    "classes_of": lambda _: thidua_cli.classes_of("20440"),
    "class_findings": lambda _: thidua_cli.class_findings("tests/cli/plans/danh-sach-xa.csv"),
    "eligible": lambda files: thidua_cli.eligible(files, rules="qd-666-ttg", as_of=2024),
    "targets": lambda files: thidua_cli.targets(files, rules="ha-noi-251"),
}


@pytest.fixture(autouse=True)
def _at_top(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(TOP)


def test_the_examples_run() -> None:
    result = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert result.attempted > 10
    assert result.failed == 0


def columns_on_the_page(function: str) -> list[str]:
    section = PAGE.read_text("utf-8").split(f"\n## {function}(")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (`[^|]*) \|", section, re.MULTILINE)
    return [name for row in rows for name in re.findall(r"`(\w+)`", row)]


@pytest.mark.parametrize("function", FRAMES)
def test_every_column_is_on_the_page(function: str) -> None:
    named = columns_on_the_page(function)
    assert sorted(named) == sorted(map(str, FRAMES[function](DISTRICT).columns))
    assert len(set(named)) == len(named)


def test_every_function_is_on_the_page() -> None:
    functions = set(thidua_cli.__all__) - {"__version__"}
    assert functions == set(re.findall(r"^## (\w+)\(", Path(PAGE).read_text("utf-8"), re.MULTILINE))
