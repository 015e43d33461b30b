"""Hostile texts planted wherever a text comes in: tables, their names, side files, earlier results."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import openpyxl
from xlsxwriter import Workbook

from tests.cli.program import thidua
from tests.present.hostile import FORMULAS, MARKUP, TEXTS, UNSEEN, printable
from thidua_cli.normalise.canonical.formula_guard import guarded

COMMUNE = "20470"
VILLAGE = "20470-q11tad-gnohk"
"""The code that the village of the first unseen text gets, from its name."""
YEARS = (2021, 2022, 2023, 2024)
_HEADINGS = ("STT", "Tên xã", "Tổng số hộ", "Hộ nghèo", "Hộ cận nghèo")
_COMMUNES = ("Xã Tà Lu", "Xã Sông Kôn", "Xã Jơ Ngây", "Xã A Ting")
_COLUMNS = (
    *("unit_code", "year", "unit_name", "level", "parent_code", "poverty_line", "status"),
    *("households", "poor_households", "near_poor_households"),
)
JOINED = " ~ ".join(map(printable, TEXTS))


@dataclass(frozen=True, slots=True)
class Planted:
    """Files that hold hostile texts, in a folder whose name is one."""

    data: Path
    """Villages, each named by one text; none meets the criterion."""
    form: Path
    """A form of communes: title, headings, names and counts."""
    book: Path
    """A workbook: names of its sheets, headings."""
    rules: Path
    other_rules: Path
    waivers: Path
    classes: Path
    attest: Path
    since: Path
    result: Path
    mapping: Path


def plant(folder: Path) -> Planted:
    """Write all files into a folder below `folder`."""
    top = folder / "Q91 \x1b[2K\u202e *thư* `mục` #"
    top.mkdir()
    planted = Planted(
        data=top / "=Q92\x08 [số](liệu) <b>.csv",
        form=top / "Q93 \x9b31m_biểu_ \u2028.csv",
        book=top / "Q94 \u2066sổ\u00ad ~~x~~.xlsx",
        rules=top / "Q95 \u200f*luật*.toml",
        other_rules=top / "Q96 [luật](hai).toml",
        waivers=top / "Q97 \u202dmiễn.toml",
        classes=top / "Q98 <diện>\u200b.csv",
        attest=top / "Q99 +phiếu\u2060.xlsx",
        since=top / "Q90 lần\u2029trước.json",
        result=top / "Q89 kết\u061cquả.json",
        mapping=top / "Q88 ánh\u200dxạ.toml",
    )
    _write_data(planted.data)
    _write_form(planted.form)
    _write_book(planted.book)
    _write_rules(planted.rules, "luat-mot", "50")
    _write_rules(planted.other_rules, "luat-hai", "40")
    _write_side_files(planted)
    _write_results(planted)
    return planted


def _write_csv(path: Path, rows: Sequence[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)


def _write_data(path: Path) -> None:
    rows = [
        # As the program writes such a table, or reading would take an apostrophe of the text's own off.
        [
            f"{COMMUNE}-{number}",
            year,
            guarded(text),
            "village",
            COMMUNE,
            "2022-2025",
            "final",
            120,
            60 - (year - 2021),
            20,
        ]
        for number, text in enumerate(TEXTS, start=1)
        for year in YEARS
    ]
    _write_csv(path, [_COLUMNS, *rows])


def _write_form(path: Path) -> None:
    """Write known communes, then rows that no commune has the name of, then counts that are none."""
    blank = [""] * len(TEXTS)
    rows: list[list[object]] = [[f"Kết quả rà soát hộ nghèo huyện Đông Giang năm 2024 {JOINED}"]]
    rows.append([*_HEADINGS, *TEXTS])
    rows += [[number, name, 400, 50, 30, *blank] for number, name in enumerate(_COMMUNES, start=1)]
    rows += [[number, f"Xã {text}", 300, 40, 20, *blank] for number, text in enumerate(TEXTS, start=5)]
    rows += [["", "Xã Ma Cooih", text, text, 20, *blank] for text in TEXTS[:3]]
    _write_csv(path, rows)


def _write_book(path: Path) -> None:
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(str(path), options) as book:
        for number, text in enumerate(UNSEEN[:4]):
            sheet = book.add_worksheet(f"{number} {printable(text)}"[:31])
            sheet.write_string(0, 0, f"Kết quả rà soát hộ nghèo huyện Đông Giang năm {2021 + number}")
            for row, values in enumerate([_HEADINGS, *([n, name, 400, 50, 30] for n, name in enumerate(_COMMUNES))], 1):
                for column, value in enumerate(values):
                    sheet.write(row, column, value)
            for column, heading in enumerate(TEXTS[number::4], start=len(_HEADINGS)):
                sheet.write_string(1, column, heading)
                sheet.write_string(2, 2, f"{heading}")


def _write_rules(path: Path, name: str, threshold: str) -> None:
    texts = [json.dumps(printable(text), ensure_ascii=False) for text in (*MARKUP, *FORMULAS, *UNSEEN)]
    own = texts[::-1] if name == "luat-hai" else texts
    joined = json.dumps(f"{name} {JOINED}", ensure_ascii=False)
    path.write_text(
        f"""
id = "{name}"
version = "1"
title.vi = {joined}
title.en = {joined}
completeness.vi = {own[0]}
completeness.en = {own[0]}

[citation]
document = {joined}
clause = {own[1]}
date = 2022-01-31
address = "https://vi.du/{name}"

[readings.q]
vi = {joined}
en = {joined}
why.vi = {own[2]}
why.en = {own[2]}
"""
        + "".join(
            f"""
[[rule]]
id = "thon-{number}"
title.vi = {text}
title.en = {text}
subject = {{ level = "village" }}
test = "count_fall_since_baseline"
measure = "multidimensional"
baseline_year = 2021
comparison = ">"
threshold = "{threshold}"
unit = "percent"
poverty_line = "2022-2025"
reading = "q"
citation = {{ clause = {text} }}
verified = 2022-02-01
"""
            for number, text in enumerate(own[3:7])
        )
        + f"""
[[target]]
id = "chi-tieu"
title.vi = {own[8]}
title.en = {own[8]}
subject = {{ level = "village" }}
test = "count_fall_since_baseline"
measure = "multidimensional"
baseline_year = 2021
comparison = ">"
threshold = "{threshold}"
unit = "percent"
poverty_line = "2022-2025"
reading = "q"
year_ends = [2024]
citation = {{ clause = {own[9]} }}
verified = 2022-02-01
"""
        + "".join(
            f"""
[[attest]]
id = "xac-nhan-{number}"
subject = "village"
text.vi = {text}
text.en = {text}
citation = {{ clause = {text} }}
"""
            for number, text in enumerate(own[10:12])
        ),
        "utf-8",
    )


def _write_side_files(planted: Planted) -> None:
    quoted = json.dumps(JOINED, ensure_ascii=False)
    who = json.dumps(" ~ ".join(map(printable, TEXTS[::7])), ensure_ascii=False)
    planted.waivers.write_text(
        "".join(
            f"[[waiver]]\ncode = {code}\nreason = {who}\nwho = {who}\nuntil = 2099-12-31\n{more}\n"
            for code, more in (('"H002"', "year = 2024"), ('"H002"', ""), ('"F008"', "year = 2024"))
        ),
        "utf-8",
    )
    row = [COMMUNE, "area_3", "2021-01-01", "", JOINED]
    _write_csv(planted.classes, [["unit_code", "class", "from", "to", "source"], row])
    planted.mapping.write_text(
        f"sheet = {quoted}\nfirst_row = 3\nheader_row = 2\nunit = {quoted}\nyear = 2024\n"
        f"[columns]\nhouseholds = {quoted}\npoor_households = {quoted}\n",
        "utf-8",
    )


def _write_results(planted: Planted) -> None:
    """Write what the program itself makes and reads back, with hostile words in it."""
    rules = ("--rules", planted.rules, "--as-of", "2024")
    thidua("attest", "template", planted.data, *rules, "-o", planted.attest)
    book = openpyxl.load_workbook(planted.attest)
    for sheet in book.worksheets[1:]:
        for number, row in enumerate(sheet.iter_rows(min_row=5)):
            text = printable(TEXTS[number % len(TEXTS)])
            row[4].value, row[7].value = "Đạt", date(2025, 1, 5)
            for cell in (row[5], row[6], row[8], row[9]):
                cell.value, cell.data_type = text, "s"  # openpyxl would make a formula of "=Q61+1"
    book.save(planted.attest)
    earlier = json.loads(thidua("check", planted.form, "--format", "json").text)
    for record, text in zip(earlier["findings"], [JOINED, *TEXTS], strict=False):
        record |= {"message": text, "file": text, "sheet": text, "identity": text}
    planted.since.write_text(json.dumps(earlier), "utf-8")
    result = json.loads(thidua("eligible", planted.data, *rules, "--format", "json").text)
    for record, text in zip(result["rows"], TEXTS, strict=False):
        record |= {"unit_name": f"{text} khác", "reason": text, "margin_households": 5}
    planted.result.write_text(json.dumps(result), "utf-8")
