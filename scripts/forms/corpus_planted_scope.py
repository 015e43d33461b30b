"""Forms whose unit is not known, or is contradicted by what the user says; exactly one known mistake each."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

from forms import mau_08
from forms.corpus_planted import SHEET, SONG_KON, YEAR, Place, Planted
from forms.model import FormOptions, Sums
from sample_figures import dong_giang
from thidua_cli.normalise.options import ReadingOptions

NEIGHBOUR: Final = ReadingOptions(unit="504")
"""Huyện Tây Giang, where the figures are those of Huyện Đông Giang."""


def _form(folder: Path, name: str, agency: str = "UBND HUYỆN ……", commune: str = "") -> Place:
    """Write the district's form under another name of its agency or of one commune; return its sheet."""
    rows = list(dong_giang.rows(YEAR))
    if commune:
        rows[SONG_KON] = replace(rows[SONG_KON], name=commune)
    mau_08.write(folder / name, rows, FormOptions(year=YEAR, agency=agency, sums=Sums.NUMBER))
    return Place(name, SHEET)


def _no_scope(folder: Path) -> Place:
    return _form(folder, f"bieu-{YEAR}.xlsx", commune="Xã Không Có")


def _told_by_names(folder: Path) -> Place:
    return _form(folder, f"bieu-{YEAR}.xlsx")


def _another_title(folder: Path) -> Place:
    return _form(folder, f"bieu-{YEAR}.xlsx", "UBND HUYỆN ĐÔNG GIANG")._replace(cell="A1")


def _another_file(folder: Path) -> Place:
    return _form(folder, f"Huyện Tây Giang {YEAR}.xlsx")


def _misspelt(folder: Path, commune: str) -> Place:
    rows = list(dong_giang.rows(YEAR))
    rows[SONG_KON] = replace(rows[SONG_KON], name=commune)
    layout = mau_08.write(folder / f"Mau-08_{YEAR}.xlsx", rows, FormOptions(year=YEAR, sums=Sums.NUMBER))
    return Place(f"Mau-08_{YEAR}.xlsx", SHEET, f"B{layout.unit_rows[SONG_KON]}")


IN_SCOPE: Final = (
    Planted("U010", "another accent on the word Xã", lambda folder: _misspelt(folder, "Xạ Sông Kôn")),
    Planted("U010", "no space behind the word Xã", lambda folder: _misspelt(folder, "XãSông Kôn")),
    Planted("H006", "no district named, and a name of nowhere", _no_scope),
    Planted("H007", "the neighbour's code for a table with a title", _another_title, NEIGHBOUR),
    Planted("H008", "the neighbour's name on the file", _another_file, ReadingOptions(unit="505")),
    Planted("H009", "the neighbour's code for a table without a title", _told_by_names, NEIGHBOUR),
    Planted("H010", "no district named", _told_by_names),
)
