"""One year of a province of two tiers, from the empty form to the result that is taken again: what its officer sees."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from sample_figures import dien_bien
from tests.cli.program import TOP, Outcome, assert_golden, thidua
from tests.template.cases import work_out

SAMPLES: Final = TOP / "sample_data" / "dien-bien"
YEAR: Final = dien_bien.YEAR_OF_TWO_TIERS
JUDGED: Final = ("--rules", "qd-666-ttg", "--as-of", str(YEAR))
SESSION: Final[dict[str, tuple[str, ...]]] = {
    "template": ("template", "--unit", "11", "--year", str(YEAR), "-o", "bieu/Mau-08_2025.xlsx"),
    "check": ("check", "bieu"),
    "rates": ("rates", "bieu", "--level", "province"),
    "eligible": ("eligible", "bieu", *JUDGED, "--level", "province"),
    "eligible-json": ("eligible", "bieu", *JUDGED, "-o", "ket-qua.json"),
    "targets": ("targets", "bieu", "--rules", "qd-880-ttg", "--as-of", "2024", "--level", "district"),
    "report": ("report", "bieu", "--unit", "11", *JUDGED, "-o", "tinh.md"),
    "export": ("export", "bieu", *JUDGED, "-o", "trinh.xlsx"),
    "verify": ("verify", "ket-qua.json", "bieu"),
}
"""Step → command, in the order of the work. After the first the form is filled in; earlier years are put beside it."""
CHANGING: Final = re.compile(r"\b[0-9a-f]{64}\b")


def filled_in(path: Path) -> None:
    """Type the counts of the sample into the form, as an officer would, and let its formulas be worked out."""
    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    rows = {row.name: row for row in dien_bien.rows(YEAR)}
    named = [(int(cell.row), rows[cell.value]) for cell in sheet["B"] if cell.value in rows]
    assert len(named) == len(rows) == 45
    for number, row in named:
        for column, count in zip("CDEGIK", row.counts(), strict=True):
            sheet[f"{column}{number}"].value = count
    work_out(sheet)
    book.save(path)


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Outcome]]:
    """Run the whole session once, in a folder of its own."""
    folder, before = tmp_path_factory.mktemp("hai-cap"), Path.cwd()
    (folder / "bieu").mkdir()
    os.chdir(folder)
    language = os.environ.pop("THIDUA_LANG", None)
    try:
        yield {step: _done(step, command) for step, command in SESSION.items()} | {
            "report-page": Outcome(0, Path("tinh.md").read_bytes(), ""),
        }
    finally:
        os.chdir(before)
        if language is not None:
            os.environ["THIDUA_LANG"] = language


def _done(step: str, command: tuple[str, ...]) -> Outcome:
    outcome = thidua(*command)
    if step == "template":
        filled_in(Path("bieu/Mau-08_2025.xlsx"))
        for year in range(2021, YEAR):
            shutil.copy(SAMPLES / f"Mau-08_Dien-Bien_{year}.xlsx", "bieu")
    return outcome


@pytest.mark.parametrize("step", [*SESSION, "report-page"])
def test_every_step_of_the_session_says_what_it_always_did(step: str, session: dict[str, Outcome]) -> None:
    outcome = session[step]
    shown = replace(outcome, out=CHANGING.sub("<sha-256>", outcome.text).encode())
    assert outcome.status == 0, outcome.err
    assert_golden(f"two-tiers-{step}.txt", shown)


def test_the_filled_in_form_is_clean_and_has_the_published_rate(session: dict[str, Outcome]) -> None:
    assert session["check"].text.startswith("Không phát hiện sai sót.")
    assert "143.650  44.289    30,83" in session["rates"].text
