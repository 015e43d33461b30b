"""What is read is what is meant: of every composed table, or a finding says what is not taken.

`make oracle` takes more, with other seeds. A failure names its table: `python -m reading --again NUMBER --seed 1`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from reading.comparing import Result, outcome
from reading.grammar import Table, choices, table
from reading.tally import told

SEED = 1
DRAWN = 60
HELD = (
    *("agency", "all households", "column", "format", "heading", "layout", "measure", "names", "numbers", "place"),
    *("rows", "unit heading"),
)
"""Dimensions whose every choice is held here; the others are on their way."""


def failures(drawn: list[Table], folder: Path) -> list[str]:
    wrong = []
    for each in drawn:
        own = folder / "".join(chr(ord("a") + int(digit)) for digit in str(each.number))  # no year in its name
        own.mkdir()
        result = outcome(each, own)
        if result.result is Result.WRONG:
            wrong.append("\n".join(told(result)))
    return wrong


@pytest.mark.parametrize("dimension", HELD)
def test_nothing_is_silently_wrong_with_one_choice(dimension: str, tmp_path: Path) -> None:
    numbers = [at for at, choice in enumerate(choices(), start=1) if choice.dimension == dimension]
    assert numbers
    assert failures([table(at, SEED) for at in numbers], tmp_path) == []


def test_nothing_is_silently_wrong_with_two_or_three_choices(tmp_path: Path) -> None:
    drawn = [table(len(choices()) + number, SEED) for number in range(1, 800)]
    held = [each for each in drawn if all(choice.dimension in HELD for choice in each.choices)][:DRAWN]
    assert held
    assert failures(held, tmp_path) == []
