"""Workbooks that hide, borrow, bloat or mistype what they hold, each with one known fault."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

from xlsxwriter.worksheet import Worksheet

from forms import mau_08
from forms.corpus_encodings import Encoding
from forms.corpus_formats import repacked, with_texts_as
from forms.corpus_planted import SHEET, SONG_KON, YEAR, Place, Planted
from forms.model import FormOptions, Formula, Sums
from sample_figures import dong_giang

FILE: Final = f"Mau-08_{YEAR}.xlsx"
_SHEET_PART: Final = "xl/worksheets/sheet1.xml"
_BLANKS: Final = 9_000_000


def _legacy_font(folder: Path) -> Place:
    _form(folder)
    path = folder / FILE
    path.write_bytes(with_texts_as(path.read_bytes(), Encoding.TCVN3))
    return Place(FILE, "MÉu 08", "A1")


def _hidden_row(folder: Path) -> Place:
    rows = dong_giang.rows(YEAR)
    with mau_08.new_workbook(folder / FILE) as workbook:
        layout = mau_08.add_sheet(workbook, rows, FormOptions(year=YEAR))
        sheet: Worksheet = workbook.worksheets()[0]
        hidden = layout.unit_rows[SONG_KON]
        sheet.set_row(hidden - 1, None, None, {"hidden": True})
    return Place(FILE, SHEET, f"A{hidden}")


def _bomb(folder: Path) -> Place:
    _form(folder)
    path = folder / FILE
    end = b"</worksheet>"
    path.write_bytes(
        repacked(
            path.read_bytes(),
            lambda name, content: content.replace(end, b" " * _BLANKS + end) if name == _SHEET_PART else content,
        )
    )
    return Place(FILE)


def _other_format(folder: Path) -> Place:
    _form(folder)
    (folder / "xa-song-kon.et").write_bytes((folder / FILE).read_bytes())
    return Place(folder.name)


def _open_elsewhere(folder: Path) -> Place:
    _form(folder)
    (folder / f"~${FILE}").write_bytes(b"\x05Nguoi" + b" " * 159)
    return Place(f"~${FILE}")


def _linked(folder: Path) -> Place:
    layout = _form(folder, linked=SONG_KON)
    return Place(FILE, SHEET, layout.cell("poor", SONG_KON))


def _form(folder: Path, linked: int | None = None) -> mau_08.Layout:
    """Write the district's form; one unit's poor households may come from another workbook."""
    rows = list(dong_giang.rows(YEAR))
    if linked is not None:
        count = rows[linked].poor
        assert isinstance(count, int)
        rows[linked] = replace(rows[linked], poor=Formula("='[1]mẫu 08'!A11", count))
    return mau_08.write(folder / FILE, rows, FormOptions(year=YEAR))


def _crossed_out(folder: Path) -> Place:
    rows = dong_giang.rows(YEAR)
    with mau_08.new_workbook(folder / FILE) as workbook:
        layout = mau_08.add_sheet(workbook, rows, FormOptions(year=YEAR, sums=Sums.NUMBER))
        sheet: Worksheet = workbook.worksheets()[0]
        cell = layout.cell("poor", SONG_KON)
        sheet.write(cell, rows[SONG_KON].poor, workbook.add_format({"font_strikeout": True}))
    return Place(FILE, SHEET, cell)


def _under_a_merge(folder: Path) -> Place:
    rows = dong_giang.rows(YEAR)
    with mau_08.new_workbook(folder / FILE) as workbook:
        layout = mau_08.add_sheet(workbook, rows, FormOptions(year=YEAR, sums=Sums.NUMBER))
        sheet: Worksheet = workbook.worksheets()[0]
        above, below = layout.cell("poor", SONG_KON - 1), layout.cell("poor", SONG_KON)
        sheet.merge_range(f"{above}:{below}", rows[SONG_KON - 1].poor)
        sheet.write(below, rows[SONG_KON].poor)
    return Place(FILE, SHEET, below)


IN_FILES: Final = (
    Planted("F006", "typed in a TCVN3 font", _legacy_font),
    Planted("F007", "a hidden row that counts", _hidden_row),
    Planted("F009", "millions of blanks in a small file", _bomb),
    Planted("F013", "a count that is crossed out", _crossed_out),
    Planted("F014", "a count under a merged range", _under_a_merge),
    Planted("F010", "a count from another workbook", _linked),
    Planted("F015", "a workbook of another program beside the form", _other_format),
    Planted("F016", "the form is open in Excel", _open_elsewhere),
)
