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
DIMENSIONS = sorted({choice.dimension for choice in choices()})


def failures(drawn: list[Table], folder: Path) -> list[str]:
    wrong = []
    for each in drawn:
        own = folder / "".join(chr(ord("a") + int(digit)) for digit in str(each.number))  # no year in its name
        own.mkdir()
        result = outcome(each, own)
        if result.result is Result.WRONG:
            wrong.append("\n".join(told(result)))
    return wrong


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_nothing_is_silently_wrong_with_one_choice(dimension: str, tmp_path: Path) -> None:
    numbers = [at for at, choice in enumerate(choices(), start=1) if choice.dimension == dimension]
    assert numbers
    assert failures([table(at, SEED) for at in numbers], tmp_path) == []


def test_nothing_is_silently_wrong_with_two_or_three_choices(tmp_path: Path) -> None:
    drawn = [table(len(choices()) + number, SEED) for number in range(1, DRAWN + 1)]
    assert failures(drawn, tmp_path) == []
