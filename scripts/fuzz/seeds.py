"""Sound files of every format, made by our own writers at run time, each with the commands that read it."""

from __future__ import annotations

import contextlib
import importlib
import io
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import openpyxl
import xlwt
from tests.fuzz.damage import sound_page, sound_spreadsheet_xml, sound_workbook

import thidua_cli
from forms.xlsb import as_xlsb
from reading.meaning import Book, Cell, Sheet
from reading.writing_ods import ods as as_ods
from sample_figures import dong_giang
from thidua_cli import pipeline
from thidua_cli.cli.main import status
from thidua_cli.model import year_end
from thidua_cli.units.tables import bundled

Typed = tuple[str, ...]
_RULES: Final = Path(thidua_cli.__file__).parent / "data" / "rules" / "qd-666-ttg.toml"
_SAMPLES: Final = Path(__file__).parents[2] / "sample_data"
_JUDGED: Final = ("--rules", "qd-666-ttg", "--as-of", "2023")
_TABLE: Final = "bieu.csv"
_CANONICAL_HEAD: Final = "unit_code,year,unit_name,households,poor_households,near_poor_households\n"
_FORM_HEAD: Final = "UBND HUYỆN ĐÔNG GIANG\nNăm 2023\nTT;Tên đơn vị;Tổng số hộ;Số hộ nghèo;Số hộ cận nghèo\n"


@dataclass(frozen=True, slots=True)
class Seed:
    """A sound file under a name, what lies beside it, and command lines that read it."""

    name: str
    content: bytes
    commands: tuple[Typed, ...]
    beside: Mapping[str, bytes] = field(default_factory=dict)


def _table(name: str, content: bytes) -> Seed:
    """Return a table, read in most of its cases by `check`."""
    check = ("check", name)
    return Seed(
        name,
        content,
        (
            *(check, check, check, check, (*check, "--format", "json"), (*check, "--annotate", "ban")),
            ("import", name, "-o", "bang.csv"),
            ("rates", name),
            ("eligible", name, *_JUDGED),
            ("attest", "template", name, "--rules", "qd-666-ttg", "-o", "phieu.xlsx"),
        ),
    )


@lru_cache(maxsize=1)
def xlsx() -> tuple[Seed, ...]:
    """Return a district's Mẫu 08, and a workbook of a canonical table."""
    return (_table("bieu.xlsx", sound_workbook()), _table("bang.xlsx", _workbook_of_rows()))


@lru_cache(maxsize=1)
def xlsb() -> tuple[Seed, ...]:
    """Return the same two as binary workbooks."""
    contents = []
    with TemporaryDirectory() as folder:
        for seed in xlsx():
            path = Path(folder) / seed.name
            path.write_bytes(seed.content)
            contents.append(as_xlsb(path))
    return tuple(_table(f"bieu-{number}.xlsb", content) for number, content in enumerate(contents))


@lru_cache(maxsize=1)
def xls() -> tuple[Seed, ...]:
    """Return the values of the same two as old binary workbooks."""
    return tuple(_table(f"bieu-{number}.xls", _old(seed.content)) for number, seed in enumerate(xlsx()))


@lru_cache(maxsize=1)
def ods() -> tuple[Seed, ...]:
    """Return the canonical table as OpenDocument."""
    rows = [[Cell(value) for value in line] for line in _canonical_rows()]
    with TemporaryDirectory() as folder:
        content = as_ods(Book("bieu", [Sheet("Biểu", rows)]), Path(folder), indent=False).read_bytes()
    return (_table("bieu.ods", content),)


def archives() -> tuple[Seed, ...]:
    """Return a seed of every format that is a ZIP archive."""
    return (*xlsx(), *xlsb(), *ods())


def html() -> tuple[Seed, ...]:
    """Return a web page of figures."""
    return (_table("bieu.xls", sound_page()),)


def spreadsheet_xml() -> tuple[Seed, ...]:
    """Return an XML Spreadsheet 2003."""
    return (_table("bieu.xml", sound_spreadsheet_xml()),)


@lru_cache(maxsize=1)
def forms_as_text() -> tuple[Seed, ...]:
    """Return a form saved as CSV, in two encodings."""
    rows = "".join(
        f"{number};{row.name};{row.households};{row.poor};{row.near_poor}\n"
        for number, row in enumerate(dong_giang.rows(2023), start=1)
    )
    text = _FORM_HEAD + rows
    return (_table("bieu.csv", text.encode()), _table("bieu-16.csv", text.encode("utf-16")))


@lru_cache(maxsize=1)
def canonical() -> tuple[Seed, ...]:
    """Return the canonical table as CSV."""
    return (_table(_TABLE, _canonical_text()),)


@lru_cache(maxsize=1)
def side_csv() -> tuple[Seed, ...]:
    """Return classes, shares, plans, villages and events beside a table."""
    return (
        _beside("classes.csv", "unit_code,class,from,to,source\n20470,area_3,2021-06-04,,x\n", "eligible", "--classes"),
        _beside(
            "plan.csv", "unit_code,year,measure,planned,unit,source\n505,2023,poor,5,percent,x\n", "targets", "--plan"
        ),
        _beside("units.csv", "code,name,commune_code,valid_from,valid_to\nT1,Thôn 1,20470,2020-01-01,\n", "rates"),
        _beside(
            "events.csv",
            "date,kind,from_code,from_name,to_code,to_name,households,evidence\n"
            "2023-01-01,merged,T1,Thôn 1,T2,Thôn 2,all,x\n",
            "rates",
        ),
        Seed(
            "shares.csv",
            (_SAMPLES / "quan-1" / "shares.csv").read_bytes(),
            (("rates", "quan.csv", "--shares", "shares.csv"),),
            {"quan.csv": (_SAMPLES / "quan-1" / "quan-1.csv").read_bytes()},
        ),
    )


def _beside(name: str, text: str, command: str, option: str = "--units") -> Seed:
    judged = _JUDGED if command != "rates" else ()
    typed = (command, _TABLE, *judged, option, name)
    return Seed(name, text.encode(), (typed,), {_TABLE: _canonical_text()})


@lru_cache(maxsize=1)
def toml() -> tuple[Seed, ...]:
    """Return waivers, a form's mapping and a rule file beside a table."""
    waivers = (
        '[[waiver]]\ncode = "S001"\nunit = "505"\nyear = 2024\ncolumn = "poor_households"\nreason = "tách thôn"\n'
        'who = "phòng"\nuntil = 2026-12-31\n'
    )
    mapping = (
        'sheet = "*"\nheader_row = 3\nfirst_row = 4\nunit = "B"\nyear = 2023\nscope = "505"\n\n[columns]\n'
        'households = "C"\npoor_households = "Số hộ nghèo"\nnear_poor_households = "E"\n'
    )
    table, form = {_TABLE: _canonical_text()}, {"bieu.csv": forms_as_text()[0].content}
    return (
        Seed("w.toml", waivers.encode(), (("check", _TABLE, "--waive", "w.toml"),), table),
        Seed("m.toml", mapping.encode(), (("check", "bieu.csv", "--mapping", "m.toml"),), form),
        Seed(
            "r.toml",
            _RULES.read_bytes(),
            (("rules", "check", "r.toml"), ("eligible", _TABLE, "--rules", "r.toml", "--as-of", "2023")),
            table,
        ),
    )


@lru_cache(maxsize=1)
def json_documents() -> tuple[Seed, ...]:
    """Return results of the program, to be verified or compared with."""
    table = {_TABLE: _canonical_text()}
    made = {
        name: _written(typed, name)
        for name, typed in (
            ("since.json", ("check", _TABLE)),
            ("verdicts.json", ("eligible", _TABLE, *_JUDGED)),
            ("targets.json", ("targets", _TABLE, "--rules", "ha-noi-251", "--as-of", "2023")),
        )
    }
    since = Seed("since.json", made.pop("since.json"), (("check", _TABLE, "--since", "since.json"),), table)
    return (since, *(Seed(name, made[name], (("verify", name, _TABLE),), table) for name in made))


def _written(typed: Typed, name: str) -> bytes:
    """Return what a command of this process writes."""
    with TemporaryDirectory() as folder, contextlib.chdir(folder):
        Path(_TABLE).write_bytes(_canonical_text())
        _run(*typed, "--format", "json", "-o", name)
        return Path(name).read_bytes()


def _run(*typed: str) -> None:
    import sys

    before = sys.argv
    sys.argv = ["thidua", *typed]
    try:
        with contextlib.redirect_stderr(io.StringIO()):
            status()
    finally:
        sys.argv = before


def warm() -> None:
    """Load the program, make every seed, and read some: what is kept between cases is there before the first."""
    for module in pkgutil.walk_packages(thidua_cli.__path__, "thidua_cli."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    with TemporaryDirectory() as folder:
        for seed in (*archives(), *xls(), *html(), *spreadsheet_xml(), *forms_as_text(), *canonical()):
            path = Path(folder) / seed.name
            path.write_bytes(seed.content)
            pipeline.check(pipeline.read([str(path)]))
    for made in (side_csv, toml, json_documents):
        made()


def _canonical_rows() -> list[list[str | int]]:
    head: list[str | int] = [*_CANONICAL_HEAD.strip().split(",")]
    codes = {unit.name: unit.code for unit in bundled().children("505", year_end(2023))}
    years = [(year, row) for year in (2021, 2022, 2023) for row in dong_giang.rows(year)]
    rows: list[list[str | int]] = [
        [codes[row.name], year, row.name, *(int(str(count)) for count in (row.households, row.poor, row.near_poor))]
        for year, row in years
    ]
    return [head, *rows]


def _canonical_text() -> bytes:
    return "".join(",".join(map(str, row)) + "\n" for row in _canonical_rows()).encode()


def _workbook_of_rows() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in _canonical_rows():
        sheet.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _old(workbook: bytes) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(workbook), data_only=True)
    old = xlwt.Workbook()
    for sheet in book.worksheets:
        target = old.add_sheet(sheet.title[:31])
        for number, row in enumerate(sheet.iter_rows(values_only=True)):
            for column, value in enumerate(row):
                if value is not None:
                    target.write(number, column, value if isinstance(value, (str, int, float)) else str(value))
    stream = io.BytesIO()
    old.save(stream)
    return stream.getvalue()
