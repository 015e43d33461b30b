"""The corpus: one district's figures of three year-ends in every layout, format and encoding that is read.

from forms.corpus import COMBINATIONS, Workshop

workshop = Workshop(folder)
files = workshop.files(COMBINATIONS[0])
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from itertools import product
from pathlib import Path
from typing import Final

from xlsxwriter import Workbook

from forms.corpus_encodings import Bytes, Encoding
from forms.corpus_formats import saved_by_office, text_table, with_macros_allowed, with_texts_as
from forms.corpus_layouts import YEARS, Layout, Look, add_all_years, add_unit, add_year, figures
from forms.mau_08 import new_workbook
from forms.model import Rates
from forms.xlsb import as_xlsb


class Format(StrEnum):
    """How a table is saved."""

    XLSX = "xlsx"
    XLSM = "xlsm"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    COMMA = "csv-comma"
    SEMICOLON = "csv-semicolon"
    TAB = "tsv"


SEPARATORS: Final = {Format.COMMA: ",", Format.SEMICOLON: ";", Format.TAB: "\t"}
BY_OFFICE: Final = frozenset({Format.XLS, Format.ODS})


class Packing(StrEnum):
    """How the years are spread."""

    FILE_PER_YEAR = "file-per-year"
    SHEET_PER_YEAR = "sheet-per-year"
    FILE_PER_UNIT = "file-per-unit"
    SHEET_PER_UNIT = "sheet-per-unit"
    ALL_IN_ONE = "all-in-one"


@dataclass(frozen=True, slots=True)
class Combination:
    """One way in which the same figures are stored."""

    look: Look
    format: Format = Format.XLSX
    packing: Packing = Packing.FILE_PER_YEAR
    encoding: Encoding = Encoding.COMPOSED
    stored_as: Bytes | None = None
    """Of text tables only."""

    @property
    def name(self) -> str:
        """What it combines, for a person to read."""
        parts: list[str] = [self.look.layout, self.format, self.packing, self.encoding]
        parts += [self.stored_as] if self.stored_as is not None else []
        parts += [] if self.look.type_words else ["names-without-type"]
        parts += ["numbers-as-text"] if self.look.counts_as_text else []
        return "-".join(parts)

    @property
    def notes(self) -> frozenset[str]:
        """Codes of the notes it rightly gives: of what was changed while reading."""
        typed = self.look.counts_as_text and self.stored_as is None
        legacy = self.encoding in (Encoding.TCVN3, Encoding.VNI) or self.stored_as is Bytes.WINDOWS_1258
        return frozenset({"V003"} if typed else ()) | frozenset({"F006"} if legacy else ())


_WORKBOOKS: Final = (Format.XLSX, Format.XLSM, Format.XLSB, Format.XLS, Format.ODS)


def _combinations() -> Iterator[Combination]:
    forms = (Layout.AREA, Layout.NUMBERING, Layout.FLAT, Layout.CANONICAL)
    packings = (Packing.FILE_PER_YEAR, Packing.SHEET_PER_YEAR)
    for layout, format_, packing in product(forms, _WORKBOOKS, packings):
        yield Combination(Look(layout), format_, packing)
    for layout, format_ in product(forms, (Format.XLSX, Format.XLS, Format.ODS)):
        yield Combination(Look(layout, type_words=False, counts_as_text=True), format_)
    for layout, format_ in product(forms, SEPARATORS):
        yield Combination(_for_text(layout), format_, stored_as=Bytes.UTF_8)
    for layout, (format_, stored_as) in product(
        forms, ((Format.COMMA, Bytes.UTF_8_MARK), (Format.SEMICOLON, Bytes.UTF_8_MARK), (Format.TAB, Bytes.UTF_16))
    ):
        yield Combination(_for_text(layout), format_, stored_as=stored_as)
    for layout in forms:
        yield Combination(Look(layout), encoding=Encoding.DECOMPOSED)
        yield Combination(_for_text(layout), Format.COMMA, encoding=Encoding.DECOMPOSED, stored_as=Bytes.UTF_8)
    for type_words, counts_as_text in ((False, False), (False, True), (True, True)):
        look = replace(_for_text(Layout.FLAT), type_words=type_words, counts_as_text=counts_as_text)
        yield Combination(look, Format.SEMICOLON, stored_as=Bytes.UTF_8_MARK)
    yield Combination(Look(Layout.CANONICAL), packing=Packing.ALL_IN_ONE)
    yield Combination(Look(Layout.CANONICAL), Format.COMMA, Packing.ALL_IN_ONE, stored_as=Bytes.UTF_8)


def _old_encodings() -> Iterator[Combination]:
    for layout, encoding in product((Layout.AREA, Layout.NUMBERING, Layout.FLAT), (Encoding.TCVN3, Encoding.VNI)):
        yield Combination(Look(layout), encoding=encoding)
        yield Combination(_for_text(layout), Format.COMMA, encoding=encoding, stored_as=Bytes.ONE_BYTE)
    for layout in (Layout.AREA, Layout.NUMBERING, Layout.FLAT, Layout.CANONICAL):
        yield Combination(_for_text(layout), Format.SEMICOLON, stored_as=Bytes.WINDOWS_1258)


def _years_beside() -> Iterator[Combination]:
    for layout, packing, packing_of_texts in (
        (Layout.YEARS_AS_GROUPS, Packing.ALL_IN_ONE, Packing.ALL_IN_ONE),
        (Layout.YEARS_AS_COLUMNS, Packing.SHEET_PER_UNIT, Packing.FILE_PER_UNIT),
    ):
        for format_ in (Format.XLSX, Format.XLSB, Format.XLS, Format.ODS):
            yield Combination(Look(layout), format_, packing)
        for format_ in (Format.COMMA, Format.TAB):
            yield Combination(_for_text(layout), format_, packing_of_texts, stored_as=Bytes.UTF_8)
        yield Combination(Look(layout, type_words=False, counts_as_text=True), packing=packing)


def _for_text(layout: Layout) -> Look:
    return Look(layout, rates=Rates.TEXT)


OLD_ENCODINGS: Final = tuple(_old_encodings())
YEARS_BESIDE: Final = tuple(_years_beside())
COMBINATIONS: Final = (*_combinations(), *OLD_ENCODINGS, *YEARS_BESIDE)


class Workshop:
    """Makes the files of combinations in a folder; what several of them need is made once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._saved_by_office: set[Format] = set()

    def files(self, combination: Combination) -> list[Path]:
        """Return the files of a combination, written where they are not there yet.

        Raises:
            FileNotFoundError: It takes LibreOffice, which is not installed.
        """
        if combination.format in BY_OFFICE:
            self._save_all_by_office(combination.format)
            return [self._office_file(path, combination.format) for path in self._workbooks(combination)]
        folder = self._folder / combination.name
        folder.mkdir(exist_ok=True)
        return [_derived(workbook, combination, folder) for workbook in self._workbooks(combination)]

    def _save_all_by_office(self, format_: Format) -> None:
        """Start LibreOffice once for all workbooks: starting takes longer than the work."""
        if format_ in self._saved_by_office:
            return
        needed = [path for one in COMBINATIONS if one.format is format_ for path in self._workbooks(one)]
        folder = self._folder / format_
        folder.mkdir()
        saved_by_office(list(dict.fromkeys(needed)), format_, folder)
        self._saved_by_office.add(format_)

    def _office_file(self, workbook: Path, format_: Format) -> Path:
        return self._folder / format_ / f"{workbook.stem}.{format_}"

    def _workbooks(self, combination: Combination) -> list[Path]:
        """Return the plain .xlsx files that hold the layout, their names different for every look."""
        look, packing = combination.look, combination.packing
        words, text = ("" if look.type_words else "-bare"), ("-text" if look.counts_as_text else "")
        stem = f"{look.layout}{words}{text}-{look.rates}"
        sheets = _sheets(look, packing)
        files = list(sheets.items()) if packing in _FILE_EACH else [(packing.value, partial(_add_all, sheets))]
        paths = []
        for name, add in files:
            path = self._folder / f"{stem}-{name}.xlsx"
            paths.append(path)
            if not path.exists():
                with new_workbook(path) as workbook:
                    add(workbook, "Mẫu 08")
        return paths


_FILE_EACH: Final = frozenset({Packing.FILE_PER_YEAR, Packing.FILE_PER_UNIT})
AddSheet = Callable[[Workbook, str], None]


def _sheets(look: Look, packing: Packing) -> dict[str, AddSheet]:
    """Return what makes each sheet of a look, by name."""
    match packing:
        case Packing.FILE_PER_YEAR | Packing.SHEET_PER_YEAR:
            return {f"Năm {year}": partial(_add_year, year, look) for year in YEARS}
        case Packing.FILE_PER_UNIT | Packing.SHEET_PER_UNIT:
            return {name: partial(_add_unit, at, look) for at, (_, name, *_) in enumerate(figures(YEARS[0]))}
        case Packing.ALL_IN_ONE:
            return {"Biểu": lambda workbook, _: add_all_years(workbook, look)}


def _add_all(sheets: Mapping[str, AddSheet], workbook: Workbook, _: str) -> None:
    for name, add in sheets.items():
        add(workbook, name)


def _add_year(year: int, look: Look, workbook: Workbook, sheet_name: str) -> None:
    add_year(workbook, year, look, sheet_name)


def _add_unit(at: int, look: Look, workbook: Workbook, sheet_name: str) -> None:
    add_unit(workbook, at, look, sheet_name)


def _derived(workbook: Path, combination: Combination, folder: Path) -> Path:
    separator = SEPARATORS.get(combination.format)
    if separator is not None and combination.stored_as is not None:
        suffix = "tsv" if combination.format is Format.TAB else "csv"
        path = folder / f"{workbook.stem}.{suffix}"
        path.write_bytes(text_table(workbook, separator, combination.encoding, combination.stored_as))
        return path
    if combination.format is Format.XLSB:
        path = folder / f"{workbook.stem}.xlsb"
        path.write_bytes(as_xlsb(workbook))
        return path
    content = with_texts_as(workbook.read_bytes(), combination.encoding)
    path = folder / f"{workbook.stem}.{combination.format}"
    path.write_bytes(with_macros_allowed(content) if combination.format is Format.XLSM else content)
    return path
