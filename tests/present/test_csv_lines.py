"""Rows are looked at by the hundred before they are written as CSV, and come out as if each cell had been."""

from __future__ import annotations

import csv
import random
from io import StringIO

import pytest

from thidua_cli.normalise.canonical.formula_guard import guarded
from thidua_cli.present.formats import csv_lines
from thidua_cli.present.toolkit.document import FieldValue, Records
from thidua_cli.present.toolkit.foreign_text import visible

PLAIN = ["Xã Tà Lu", "", "met", "Quận 1; Quận 3", "a, b", "–", "“Đạt”", "x=1", 'nói "có"', "20.817"]
ODD = ["=1+1", " - ", "a;-b", "'=1", " ＝1", "Xã\u202eA", "hai\ndòng", "a\t=b", "\x1b[2K", ";@", "'"]


def cell_by_cell(rows: list[list[FieldValue]]) -> str:
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow("abc")
    writer.writerows([guarded(visible(value)) if isinstance(value, str) else value for value in row] for row in rows)
    return stream.getvalue()


@pytest.mark.parametrize("seed", range(30))
def test_rows_come_out_as_cell_by_cell_whatever_stands_beside_them(seed: int) -> None:
    chance = random.Random(seed)
    share = chance.choice([0, 0.001, 0.3])
    rows: list[list[FieldValue]] = [
        [chance.choice(ODD if chance.random() < share else PLAIN), chance.choice([-2, None, 0.5, 3]), f"{number:05}"]
        for number in range(chance.choice([1, 499, 500, 501, 1200]))
    ]

    assert csv_lines.csv_text(Records("abc", rows)) == cell_by_cell(rows)


def test_plain_rows_are_written_without_a_look_at_each_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[str] = []

    def text_of_cell(text: str) -> str:
        looked_at.append(text)
        return guarded(visible(text))

    monkeypatch.setattr(csv_lines, "_text", text_of_cell)
    plain: list[list[FieldValue]] = [[text, 1, None] for text in PLAIN]

    csv_lines.csv_text(Records("abc", plain))
    assert not looked_at
    assert csv_lines.csv_text(Records("abc", [*plain, ["=1", 2, None]])).endswith("'=1,2,\n")
    assert "=1" in looked_at
