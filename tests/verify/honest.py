"""Honest results of every kind that `verify` takes, small: together they hold every field there is.

Each is made as a user makes it, in a folder of its own, and says which files it is held against.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from doubts.sets import MAKERS, OWN, OWN_2025
from doubts.spoilings import Places, draw
from forms.canonical import Row, write_xlsx
from tests.attest.cases import answer, filled
from tests.cli.program import TOP, thidua
from thidua_cli import pipeline

HEAD: Final = "unit_code,unit_name,year,parent_code,households,poor_households,near_poor_households"


@dataclass(frozen=True, slots=True)
class Honest:
    """A result as the program wrote it, on the day it did: a waiver holds until that day."""

    folder: Path
    files: tuple[str, ...]
    """Those that `verify` is given: of observations."""
    document: Any

    @property
    def given(self) -> list[str]:
        """Every file that the result rests on."""
        return [*self.files, *(file["file"] for file in self.document["files"] if file["file"] not in self.files)]


def judged(command: str, folder: Path, files: Sequence[Path], *options: str | Path) -> Honest:
    """The result of a command over files, with these options."""
    result = folder / "ket-qua.json"
    outcome = thidua(command, *files, *options, "-o", result, "--fail-on", "never")
    assert outcome.status == 0, outcome.err
    return Honest(folder, tuple(map(str, files)), json.loads(result.read_text("utf-8")))


def _written(path: Path, *lines: str) -> Path:
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return path


def _waivers(path: Path, *entries: Mapping[str, str | int]) -> Path:
    lines = []
    for entry in entries:
        lines += ["[[waiver]]", *(f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in entry.items())]
        lines += ['reason = "đã đối chiếu với phiếu"', 'who = "Nguyễn Văn A"', f"until = {date.today().isoformat()}"]
    return _written(path, *lines)


def _spoilt(name: str, folder: Path, *spoilings: tuple[str, int]) -> tuple[list[Path], Path]:
    """The files of a clean set, some of its cells spoilt, and the classes of its units."""
    clean = MAKERS[name]()
    paths = [book.write(folder) for book in clean.books]
    for kind, number in spoilings:
        spoiling = draw(Places(name, pipeline.read(list(map(str, paths))), clean), kind, number)
        assert spoiling is not None
        spoiling.book.write(folder)
    lines = [f"{code},{token},tự đặt" for code, token in clean.classes]
    return paths, _written(folder / "phan-loai.csv", "unit_code,class,source", *lines)


def district(folder: Path) -> Honest:
    """Forms of a district with a total that fails, and classes of its communes."""
    paths, classes = _spoilt("district_plain", folder, ("digits swapped", 0))
    return judged("eligible", folder, paths, *_RULES, "--classes", classes)


def waived(folder: Path) -> Honest:
    """Printed rates beside swapped digits: every finding is accepted."""
    paths, classes = _spoilt("district_printed", folder, ("digits swapped", 1))
    findings = json.loads(thidua("check", *paths, "--format", "json").text)["findings"]
    entries = [
        {
            key: finding[name]
            for key, name in (("code", "code"), ("unit", "unit_code"), ("year", "year"))
            if finding[name]
        }
        for finding in findings
        if finding["severity"] != "note"
    ]
    waivers = _waivers(folder / "chap-nhan.toml", *entries)
    return judged("eligible", folder, paths, *_RULES, "--level", "commune", "--classes", classes, "--waive", waivers)


def province(folder: Path) -> Honest:
    """A province that another reading would judge otherwise, with what was attested of it and of an enterprise."""
    counts = ("1000,200,100", "1000,190,100", "1000,180,100", "1000,170,100")
    lines = [f"49,Tỉnh Quảng Nam,{2021 + number},,{row}" for number, row in enumerate(counts)]
    table = _written(folder / "quang-nam.csv", HEAD, *lines)
    empty = folder / "phieu.xlsx"
    assert thidua("attest", "template", table, *_RULES, "-o", empty).status == 0
    enterprise = {"B5": "Hợp tác xã Ba Na", **answer(6, "Không đạt"), "J6": "Thiếu hồ sơ"}
    attested = filled(
        empty, {"Cấp tỉnh": {**answer(5, "Đạt"), "J5": "Đã kiểm tra"}, "Doanh nghiệp, ngân hàng": enterprise}
    )
    return judged("eligible", folder, [table], *_RULES, "--attest", attested)


def traced(folder: Path) -> Honest:
    """One unit of such a province, with everything its verdict rests on."""
    made = province(folder)
    table, *_ = made.files
    (folder / "ket-qua.json").unlink()
    attested = next(file["file"] for file in made.document["files"] if file["role"] == "attestations")
    return judged("eligible", folder, [Path(table)], *_RULES, "--attest", attested, "--trace", "49")


def divided_wards(folder: Path) -> Honest:
    """Wards divided by the reform of 2025, one division settled by shares and two of them open."""
    clean = MAKERS["divided_wards"]()
    paths = [book.write(folder) for book in clean.books]
    shares = [",".join(map(str, line)) for line in clean.shares if line[0] in ("from", "26752")]
    own = folder / "chia-tach.csv"
    rules = ("--rules", OWN, "--as-of", "2024", "--boundaries", "2025-07-01")
    return judged("eligible", folder, paths, *rules, "--shares", _written(own, *shares))


def shared_wards(folder: Path) -> Honest:
    """Targets of the same wards with shares of all divisions."""
    clean = MAKERS["divided_wards"]()
    paths = [book.write(folder) for book in clean.books]
    shares = _written(folder / "chia-tach.csv", *(",".join(map(str, line)) for line in clean.shares))
    rules = ("--rules", OWN, "--as-of", "2024", "--boundaries", "2025-07-01")
    return judged("targets", folder, paths, *rules, "--shares", shares)


def _published(folder: Path) -> Path:
    """Rates that a province printed without counts, as a workbook."""
    with (TOP / "sample_data/published/ninh-thuan-rates.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    table = folder / "ninh-thuan.xlsx"
    write_xlsx(table, rows, list(rows[0]))
    return table


def printed(folder: Path) -> Honest:
    """Rates that are printed without counts."""
    return judged("eligible", folder, [_published(folder)], *_RULES)


def printed_targets(folder: Path) -> Honest:
    """The same rates held against a range."""
    return judged("targets", folder, [_published(folder)], "--rules", "ninh-thuan-2870", "--as-of", "2024")


def _open_table(folder: Path) -> Path:
    """Communes of a district of which counts are missing, told twice, no numbers, or out of line."""
    lines = []
    for year, poor in zip((2021, 2022, 2023, 2024), (90, 70, 40, 20), strict=True):
        lines.append(f"20671,Xã Quế Lộc,{year},519,500,{poor},{poor // 2},,")
        lines.append(f"20692,Xã Quế Lâm,{year},519,400,{'' if year == 2021 else poor},{poor // 3},200,{poor // 3}")
        lines.append(f"20668,Xã Ninh Phước,{year},519,{'rất nhiều' if year == 2023 else 450},{poor},{poor // 3},,")
        lines.append(f"20669,Xã Phước Ninh,{year},519,300,{poor * 3 if year == 2023 else poor},{poor // 4},,")
    lines.append("20671,Xã Quế Lộc,2023,519,500,41,20,,")
    columns = f"{HEAD},minority_households,minority_poor_households".split(",")
    rows = [dict(zip(columns, line.split(","), strict=True)) for line in lines]
    counts = [name for name in columns if name.endswith("households")]
    typed: list[Row] = [
        {**row, **{name: int(row[name]) for name in counts if row[name].isdecimal()}, **_nothing(row, counts)}
        for row in rows
    ]
    write_xlsx(folder / "nong-son.xlsx", typed, columns)
    return folder / "nong-son.xlsx"


def _nothing(row: Mapping[str, str], counts: Sequence[str]) -> dict[str, None]:
    return {name: None for name in counts if not row[name]}


def gaps(folder: Path) -> Honest:
    """Communes with open figures, and classes that nobody knows."""
    return judged("eligible", folder, [_open_table(folder)], *_RULES)


def gaps_of_targets(folder: Path) -> Honest:
    """The same figures held against targets of the user's own, under lines, types and classes that they name."""
    text = Path(OWN).read_text("utf-8").replace('threshold = "4"', 'threshold = "4"\nrounded_to = 2')
    text = text.replace('{ level = "commune" }', '{ level = "commune", types = ["xã"], none_of = ["area_1"] }')
    text = text.replace('poverty_line = "2022-2025"', 'poverty_line = ["2022-2025", "2016-2020"]')
    rules = _written(folder / "chi-tieu.toml", text)
    classes = _written(folder / "phan-loai.csv", "unit_code,class,source", "20671,not_area_1,tự đặt")
    asked = ("--rules", rules, "--as-of", "2024", "--classes", classes)
    return judged("targets", folder, [_open_table(folder)], *asked)


def _loose_table(folder: Path) -> Path:
    """Counts of a province beside printed rates of which two are not theirs, as a workbook."""
    printed_rates = ((2021, 80000, "9.30"), (2022, 70000, "8.9"), (2023, 56000, "6.51"), (2024, 43000, "5.9"))
    rows: list[Row] = [
        {
            "unit_code": "40",
            "year": year,
            "households": 860000,
            "poor_households": poor,
            "near_poor_households": 50000,
            "poor_rate_percent": rate,
        }
        for year, poor, rate in printed_rates
    ]
    write_xlsx(folder / "nghe-an.xlsx", rows, list(rows[0]))
    return folder / "nghe-an.xlsx"


def loose_rates(folder: Path) -> Honest:
    """A province whose printed rates are not those of its counts, under another reading."""
    return judged("eligible", folder, [_loose_table(folder)], *_RULES, "--reading", "rounded")


def loose_rates_of_targets(folder: Path) -> Honest:
    """The same held against targets; somebody answers for one of the rates."""
    waivers = _waivers(folder / "chap-nhan.toml", {"code": "V006", "unit": "40", "year": 2022})
    rules = ("--rules", "nghe-an-834", "--as-of", "2024")
    return judged("targets", folder, [_loose_table(folder)], *rules, "--waive", waivers)


def villages(folder: Path) -> Honest:
    """Villages of communes that were merged: two of one name meet, one was moved by the user's own list."""
    lines = []
    for year, poor in ((2021, 50), (2022, 40), (2023, 32), (2024, 18)):
        for code in ("20470", "20488"):
            lines += [f",Thôn 1,{year},{code},100,{poor},{poor // 2}", f",Thôn {code},{year},{code},90,{poor},0"]
    table = _written(folder / "thon.csv", HEAD, *lines)
    own = _written(
        folder / "doi-thon.csv",
        "date,kind,from_code,from_name,to_code,to_name,households,evidence",
        "2025-07-01,renamed,20467-thon-20470,Thôn 20470,20467-thon-moi,Thôn Mới,,Nghị quyết 5/NQ-HĐND",
    )
    rules = ("--rules", OWN, "--as-of", "2024", "--boundaries", "2025-07-01")
    return judged("eligible", folder, [table], *rules, "--units", own)


def ended(folder: Path) -> Honest:
    """A district and its communes on the boundaries after the reform: units that ended, and classes of their parts."""
    lines = []
    for year, poor in zip((2021, 2022, 2023, 2024), (90, 70, 40, 20), strict=True):
        lines += [f"{code},,{year},505,500,{poor},{poor // 2}" for code in ("20467", "20470", "20473", "20476")]
        lines.append(f"505,,{year},49,2000,{4 * poor},{4 * (poor // 2)}")
    table = _written(folder / "dong-giang.csv", HEAD, *lines)
    return judged("eligible", folder, [table], *_RULES, "--boundaries", "2025-07-01")


def as_reported(folder: Path) -> Honest:
    """Wards joined by their codes: figures of another area are set aside."""
    paths = [book.write(folder) for book in MAKERS["divided_wards"]().books]
    rules = ("--rules", OWN, "--as-of", "2025")
    return judged("eligible", folder, paths, *rules, "--boundaries", "as-reported")


def taken_back(folder: Path) -> Honest:
    """Figures of the wards of today asked for on the boundaries before them."""
    paths = [book.write(folder) for book in MAKERS["divided_wards"]().books]
    rules = ("--rules", OWN_2025, "--as-of", "2025")
    return judged("eligible", folder, paths, *rules, "--boundaries", "2025-06-30")


def ranged(folder: Path) -> Honest:
    """Criteria of the user's own with a range, over a table that states no year, line or place of its own."""
    text = Path(OWN).read_text("utf-8").replace('threshold = "2"', 'threshold = "2"\nupper = "6"\nrounded_to = 2')
    text = text.replace(
        'subject = { level = "province" }', 'subject = { level = "province", types = ["tỉnh"], within = ["49"] }'
    )
    text = text.replace('poverty_line = "2022-2025"', 'poverty_line = ["2022-2025", "2016-2020"]', 1)
    rules = _written(folder / "tieu-chi.toml", text)
    table = _written(
        folder / "quang-nam.csv",
        HEAD,
        *(
            f"49,Tỉnh Quảng Nam,{year},,1000,{poor},0"
            for year, poor in ((2021, 150), (2022, 120), (2023, 90), (2024, 60))
        ),
    )
    return judged("eligible", folder, [table], "--rules", rules, "--as-of", "2024")


def _own_form(folder: Path, *where: str) -> tuple[Path, tuple[str | Path, ...]]:
    """A table of one's own that says neither its year nor its line nor whose it is, and the options that say it."""
    lines = ["Tên;Tổng số;Nghèo;Cận nghèo", *(f"{name};500;40;20" for name in ("Xã Quế Lộc", "Xã Quế Lâm"))]
    table = _written(folder / "rieng.csv", *lines)
    mapping = _written(
        folder / "bieu.toml",
        *("first_row = 2", 'unit = "A"', "[columns]"),
        *('households = "B"', 'poor_households = "C"', 'near_poor_households = "D"'),
    )
    said = ("--year", "2024", "--poverty-line", "ha-noi-2022-2025", *where)
    return table, (*said, "--mapping", mapping, "--rules", OWN, "--as-of", "2024")


def own_form(folder: Path) -> Honest:
    """Verdicts of a form of one's own; an option names its district."""
    table, options = _own_form(folder, "--unit", "519")
    return judged("eligible", folder, [table], *options)


def own_place(folder: Path) -> Honest:
    """The same; an option names the province it lies in."""
    table, options = _own_form(folder, "--within", "49")
    return judged("eligible", folder, [table], *options)


def own_form_of_targets(folder: Path) -> Honest:
    """Targets of the same, with a list of villages that speaks of none of it."""
    table, options = _own_form(folder, "--unit", "519")
    own = _written(folder / "thon.csv", "code,name,commune_code,valid_from,valid_to", ",Thôn 1,20671,,")
    return judged("targets", folder, [table], *options, "--units", own)


def own_place_of_targets(folder: Path) -> Honest:
    """The same, in its province."""
    table, options = _own_form(folder, "--within", "49")
    return judged("targets", folder, [table], *options)


def pace(folder: Path) -> Honest:
    """Targets that are not due yet, with a plan for the years between and a count in doubt."""
    paths, _ = _spoilt("csv_small_province", folder, ("digits swapped", 1))
    plan = _written(
        folder / "ke-hoach.csv",
        "unit_code,year,measure,planned,unit,source",
        "27,2024,poor,20,households,Kế hoạch 1/KH-UBND",
        "27,2025,poor,30,households,Kế hoạch 1/KH-UBND",
    )
    return judged("targets", folder, paths, "--rules", "bac-ninh-416", "--as-of", "2024", "--plan", plan)


def areas(folder: Path) -> Honest:
    """Targets with ranges of a province, of its districts and of areas taken together."""
    paths, classes = _spoilt("csv_province", folder, ("digit dropped", 2))
    rules = ("--rules", "nghe-an-834", "--as-of", "2024")
    return judged("targets", folder, paths, *rules, "--classes", classes, "--level", "province")


def city(folder: Path) -> Honest:
    """Targets of Hà Nội on its own line, read otherwise."""
    table = folder / "ha-noi.csv"
    table.write_bytes((TOP / "tests/cli/plans/ha-noi.csv").read_bytes())
    return judged(
        "targets", folder, [table], "--rules", "ha-noi-51", "--reading", "average-since-2021", "--as-of", "2024"
    )


def _country(folder: Path) -> Path:
    counts = ("1000,200,100", "1000,190,100", "1000,180,100", "1000,170,100", "1000,150,90")
    lines = [f"VN,Cả nước,{2021 + number},,{row}" for number, row in enumerate(counts)]
    return _written(folder / "ca-nuoc.csv", HEAD, *lines)


def summed_up(folder: Path) -> Honest:
    """A province and a commune of it at the end of 2025, after the movement was summed up."""
    counts = ("1000,200,100", "1000,190,100", "1000,180,100", "1000,170,100", "1000,150,90")
    lines = [f"11,Tỉnh Điện Biên,{2021 + number},,{row}" for number, row in enumerate(counts)]
    table = _written(folder / "dien-bien.csv", HEAD, *lines, "03158,Xã Sín Thầu,2025,11,100,20,10")
    return judged("eligible", folder, [table], "--rules", "qd-666-ttg", "--as-of", "2025")


def summed_up_targets(folder: Path) -> Honest:
    """The national targets at the end of 2025, units that left their lists among them."""
    return judged("targets", folder, [_country(folder)], "--rules", "qd-666-ttg", "--as-of", "2025")


def out_of_reach(folder: Path) -> Honest:
    """A plan for a year to come that asks for more households than there are."""
    lines = [f"27,Tỉnh Bắc Ninh,{year},,1000,{poor},100" for year, poor in ((2022, 60), (2023, 50), (2024, 40))]
    table = _written(folder / "bac-ninh.csv", HEAD, *lines)
    plan = _written(
        folder / "ke-hoach.csv",
        "unit_code,year,measure,planned,unit,source",
        "27,2025,poor,400,households,Kế hoạch 1/KH-UBND",
    )
    return judged("targets", folder, [table], "--rules", "bac-ninh-416", "--as-of", "2024", "--plan", plan)


_RULES: Final = ("--rules", "qd-666-ttg", "--as-of", "2024")
BASES: Final[Mapping[str, Callable[[Path], Honest]]] = {
    make.__name__: make
    for make in (
        *(
            district,
            waived,
            province,
            traced,
            divided_wards,
            shared_wards,
            printed,
            printed_targets,
            gaps,
            villages,
            ended,
        ),
        *(gaps_of_targets, as_reported, taken_back, ranged, pace, areas, city, loose_rates),
        *(loose_rates_of_targets, own_form, own_place, own_form_of_targets, own_place_of_targets),
        *(summed_up, summed_up_targets, out_of_reach),
    )
}
"""Name → what makes the result, in a folder of its own."""
