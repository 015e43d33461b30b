"""One doubt on every paper: the same cell, what it may be, and an answer that does not look like a clean one."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

import thidua_cli
from tests.check.test_of_unit import COMMUNES
from tests.cli.program import CLASSES, TOP, thidua
from tests.present import test_trace, test_views
from tests.present.golden import assert_golden
from tests.present.rendered import rendered
from tests.spoilt import spoilt_district
from thidua_cli import pipeline
from thidua_cli.check.last_year import T003
from thidua_cli.check.sums import S002
from thidua_cli.doubt.domain import Domain
from thidua_cli.doubt.doubts import Doubt, Effect
from thidua_cli.findings import Acceptance, Finding
from thidua_cli.inputs import load_inputs
from thidua_cli.judge.verdict import State
from thidua_cli.language import Language
from thidua_cli.lexicon import ANSWER_WORDS
from thidua_cli.model import Origin
from thidua_cli.present.doubts.answers import counted_answers
from thidua_cli.present.doubts.records import doubt_records, doubts_field
from thidua_cli.present.targets.view import targets_view
from thidua_cli.present.toolkit.figures import margin_text
from thidua_cli.present.toolkit.workbook_file import FILLS
from thidua_cli.results import TargetsResult

VI, EN = Language.VI, Language.EN
JUDGED = ("--rules", "qd-666-ttg", "--as-of", "2024", "--classes", str(TOP / CLASSES))
OPEN, STANDS = "20473", "20470"
"""The unit whose answer a cell decides, and one whose answer stands whatever its cell holds."""
WAIVERS = """
[[waiver]]
code = "S002"
year = 2024
reason = "Đã đính chính"
who = "Nguyễn Văn A"
until = 2099-12-31

[[waiver]]
code = "V006"
unit = "20470"
year = 2024
reason = "Đã đính chính"
who = "Nguyễn Văn A"
until = 2099-12-31
"""


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Path:
    top = tmp_path_factory.mktemp("doubts")
    spoilt_district(top / "open")
    spoilt_district(top / "stands", "E12", "46")
    (top / "waivers.toml").write_text(WAIVERS, "utf-8")
    return top


@pytest.fixture
def at(places: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(places)
    monkeypatch.delenv("THIDUA_LANG", raising=False)
    return places


def cells_of(content: bytes, sheet: str | None = None) -> list[Any]:
    book = load_workbook(BytesIO(content))
    sheets = book.worksheets if sheet is None else [book[sheet]]
    return [cell for each in sheets for row in each.iter_rows() for cell in row if cell.value is not None]


def workbook_text(content: bytes) -> str:
    book = load_workbook(BytesIO(content))
    return "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value)


def written(*arguments: str) -> str:
    outcome = thidua(*arguments, "-o", "-", "--format", "xlsx")
    return workbook_text(outcome.out)


PAPERS: dict[str, Callable[[], str]] = {
    "rates": lambda: thidua("rates", "open").text,
    "rates, markdown": lambda: thidua("rates", "open", "--format", "markdown").text,
    "rates, json": lambda: thidua("rates", "open", "--format", "json").text,
    "rates, csv": lambda: thidua("rates", "open", "--format", "csv").text,
    "rates, xlsx": lambda: written("rates", "open"),
    "rates, frame": lambda: str(list(thidua_cli.rates("open")["doubts"])),
    "eligible": lambda: thidua("eligible", "open", *JUDGED).text,
    "eligible, markdown": lambda: thidua("eligible", "open", *JUDGED, "--format", "markdown").text,
    "eligible, json": lambda: thidua("eligible", "open", *JUDGED, "--format", "json").text,
    "eligible, csv": lambda: thidua("eligible", "open", *JUDGED, "--format", "csv").text,
    "eligible, xlsx": lambda: written("eligible", "open", *JUDGED),
    "eligible, frame": lambda: str(list(verdict_frame()["doubts"])),
    "trace": lambda: thidua("eligible", "open", *JUDGED, "--trace", OPEN).text,
    "trace, json": lambda: thidua("eligible", "open", *JUDGED, "--trace", OPEN, "--format", "json").text,
    "trace, csv": lambda: thidua("eligible", "open", *JUDGED, "--trace", OPEN, "--format", "csv").text,
    "report, markdown": lambda: thidua("report", "open", "--unit", OPEN, "-o", "-", "--format", "markdown").text,
    "report, xlsx": lambda: written("report", "open", "--unit", OPEN),
    "export": lambda: workbook_text(thidua("export", "open", *JUDGED, "-o", "-").out),
}


def verdict_frame() -> Any:
    return thidua_cli.eligible("open", rules="qd-666-ttg", as_of=2024, classes=[TOP / CLASSES])


@pytest.mark.parametrize("paper", PAPERS)
def test_the_same_doubt_stands_on_every_paper(paper: str, at: Path) -> None:
    text = PAPERS[paper]()
    for told in ("E13", "S002", "26", "262"):
        assert told in text


@pytest.mark.parametrize("command", [("rates", "open"), ("eligible", "open", *JUDGED), ("eligible", "stands", *JUDGED)])
def test_documents_with_doubts_follow_their_schemas(command: tuple[str, ...], at: Path) -> None:
    test_views.schema(command[0]).validate(json.loads(thidua(*command, "--format", "json").text))


def test_a_trace_with_doubts_follows_its_schema_and_has_them_at_their_figures(at: Path) -> None:
    row = json.loads(thidua("eligible", "stands", *JUDGED, "--trace", STANDS, "--format", "json").text)
    test_trace.schema("trace").validate(row)
    assert [figures["doubts"] for figures in row["row"]["figures"]] == [[], row["row"]["doubts"]]


def rows_of(text: str) -> dict[str, dict[str, Any]]:
    return {row["unit_code"]: row for row in json.loads(text)["rows"]}


def test_a_record_says_all_of_a_doubt(at: Path) -> None:
    row = rows_of(thidua("eligible", "open", *JUDGED, "--format", "json").text)[OPEN]
    file = str(Path("open") / "Mau-08_Dong-Giang_2024.xlsx")
    figure = {"file": file, "sheet": "Mẫu 08", "cell": "E13"}
    assert next(doubt for doubt in row["doubts"] if doubt["code"] == "S002") == {
        "code": "S002",
        "finding": {"file": file, "sheet": "Mẫu 08", "cell": "E11"},
        "figure": {**figure, "unit_code": OPEN, "year": 2024, "column": "poor_households"},
        "printed": 26,
        "values": [26, 262],
        "effect": "undetermined",
        "waived": None,
    }
    assert row["margin_is_bound"] is False


def test_a_clean_row_has_an_empty_list_of_doubts_and_no_bound(at: Path) -> None:
    row = rows_of(thidua("eligible", "open", *JUDGED, "--format", "json").text)["20476"]
    assert (row["doubts"], row["margin_is_bound"]) == ([], False)
    assert rows_of(thidua("rates", "open", "--format", "json").text)["20476"]["doubts"] == []


def test_a_bound_is_said_to_be_one_in_every_format(at: Path) -> None:
    run = ("eligible", "stands", *JUDGED)
    row = rows_of(thidua(*run, "--format", "json").text)[STANDS]
    assert (row["margin_households"], row["margin_is_bound"]) == (17, True)
    lines = csv.DictReader(StringIO(thidua(*run, "--format", "csv").text))
    assert {line["unit_code"]: line["margin_is_bound"] for line in lines}[STANDS] == "true"
    for text in (
        thidua(*run).text,
        thidua(*run, "--format", "markdown").text,
        thidua(*run, "--trace", STANDS).text,
        written(*run),
        thidua(
            "report", "stands", "--unit", STANDS, "-o", "-", "--format", "markdown", "--classes", TOP / CLASSES
        ).text,
    ):
        assert "còn dư ít nhất 17 hộ" in text
    assert "at least 17 households to spare" in thidua(*run, "--lang", "en").text


def test_a_margin_is_a_number_or_a_bound_in_both_languages() -> None:
    assert margin_text(-12, VI, is_bound=True) == "cần giảm thêm ít nhất 12 hộ"
    assert margin_text(-12, EN, is_bound=True) == "at least 12 households fewer needed"
    assert margin_text(12, EN) == "12 households to spare"


def fill_of(cells: list[Any], value: str) -> str:
    return next(str(cell.fill.fgColor.rgb) for cell in cells if str(cell.value).startswith(value))


def test_a_verdict_that_stands_in_spite_of_an_error_does_not_look_clean_in_a_workbook(at: Path) -> None:
    cells = cells_of(thidua("export", "stands", *JUDGED, "-o", "-").out, "Kết quả")
    assert fill_of(cells, "Đạt, dù ô E12 có lỗi S002, V006") == f"FF{FILLS['doubt'][1:]}"
    in_doubt = [cell for cell in cells if cell.fill.fgColor.rgb == f"FF{FILLS['doubt'][1:]}"]
    assert any(str(cell.value).startswith("=IF(COUNT(") for cell in in_doubt), "the fall is still calculated"
    assert any(str(cell.value).startswith("=IF(") and '"Đạt"' in str(cell.value) for cell in cells)


MARKED_IN_A_REPORT = [46, 79, 18.41, "Đạt, dù ô E12 có lỗi S002, V006; còn dư ít nhất 17 hộ"]


def test_the_disputed_figures_of_a_workbook_are_marked(at: Path) -> None:
    mark = f"FF{FILLS['doubt'][1:]}"
    for content, sheet, values in (
        (thidua("rates", "stands", "-o", "-", "--format", "xlsx").out, "Tỷ lệ", [79, "=100*P8/O8"]),
        (thidua("report", "stands", "--unit", STANDS, "-o", "-", "-f", "xlsx").out, None, MARKED_IN_A_REPORT),
    ):
        cells = cells_of(content, sheet)
        marked = [cell.value for cell in cells if cell.fill.fgColor.rgb == mark]
        assert [round(value, 2) if isinstance(value, float) else value for value in marked] == values


def test_the_clause_that_rests_on_a_disputed_figure_is_marked_in_a_report(at: Path) -> None:
    run = ("report", "stands", "--unit", STANDS, "--classes", TOP / CLASSES, "-o", "-", "-f", "xlsx")
    cells = cells_of(thidua(*run).out)
    assert fill_of(cells, "Đạt, dù ô E12 có lỗi S002, V006") == f"FF{FILLS['doubt'][1:]}"


def test_a_disputed_rate_is_marked_and_explained_below(at: Path) -> None:
    text = thidua("rates", "stands").text
    assert "Xã Tà Lu (?)" in text
    assert "Xã Ba (?)" not in text
    assert "(?) Ô E12 (Xã Tà Lu, số hộ nghèo cuối năm 2024) ghi 46, có S002, V006; có thể là 63.\n" in text


def test_a_sum_is_in_doubt_with_its_parts(tmp_path: Path) -> None:
    lines = ["unit_code,year,households,poor_households,near_poor_households"]
    for code, counts in COMMUNES.items():
        lines += [f"{code},2023,{counts}", f"{code},2024,{counts}" if code != OPEN else f"{code},2024,934,26,81"]
    (tmp_path / "xa.csv").write_text("\n".join(lines) + "\n", "utf-8")
    text = thidua("rates", tmp_path / "xa.csv").text
    assert "Huyện Đông Giang (*) (?)" in text
    assert "(?) Ô D7 (Xã Sông Kôn, số hộ nghèo cuối năm 2024) ghi 26, có T003; chưa rõ số đúng.\n" in text


def test_a_figure_that_no_clause_of_the_unit_looks_at_leaves_its_verdict_clean(tmp_path: Path) -> None:
    # an area commune is judged by 2021 and 2024; only coastal ones are by the years between
    folder = spoilt_district(tmp_path, "E20", "156", 2022)
    row = rows_of(thidua("eligible", folder, *JUDGED, "--format", "json").text)["20494"]
    assert (row["verdict"], row["doubts"], row["margin_is_bound"]) == ("not_met", [], False)
    assert "Không đạt 5; Không có tiêu chí 1" in thidua("eligible", folder, *JUDGED).text
    assert "Xã Mà Cooi (?)" in thidua("rates", folder).text


def test_a_unit_without_a_criterion_has_no_doubt_on_it(tmp_path: Path) -> None:
    folder = spoilt_district(tmp_path, "E10", "999")
    row = rows_of(thidua("eligible", folder, *JUDGED, "--format", "json").text)["20467"]
    assert (row["verdict"], row["doubts"]) == ("no_criterion", [])


@pytest.mark.parametrize(
    ("folder", "line"),
    [
        ("open", "Đạt 6; Không đạt 4; Chưa xác định 1, trong đó 1 vì số liệu có lỗi; Không có tiêu chí 1."),
        ("stands", "Đạt 6, trong đó 1 dù có lỗi; Không đạt 5; Không có tiêu chí 1."),
    ],
)
def test_the_summary_counts_the_answers_in_doubt(folder: str, line: str, at: Path) -> None:
    assert line in thidua("eligible", folder, *JUDGED).text
    assert line in written("eligible", folder, *JUDGED)


def test_an_answer_in_doubt_has_a_colour_of_its_own(at: Path) -> None:
    from thidua_cli.present.verdicts.view import eligible_view

    reading = pipeline.read(["stands"])
    result = pipeline.eligible(reading, load_inputs("qd-666-ttg", [TOP / CLASSES]), 2024)
    colored = rendered(eligible_view(result), "table", VI, width=160, color=True)
    clean = next(line for line in colored.splitlines() if "Xã Ba" in line)
    doubted = next(line for line in colored.splitlines() if "Xã Tà Lu" in line)
    assert "\x1b[1;32mĐạt\x1b[0m" in clean
    assert "\x1b[1;35mĐạt, dù có lỗi\x1b[0m" in doubted


def test_who_answers_for_a_figure_is_on_every_paper(at: Path) -> None:
    waived = ("--waive", "waivers.toml")
    run = ("eligible", "stands", *JUDGED, *waived)
    rows = rows_of(thidua(*run, "--format", "json").text)
    accepted = {"who": "Nguyễn Văn A", "reason": "Đã đính chính", "until": "2099-12-31"}
    assert [doubt["waived"] for doubt in rows[STANDS]["doubts"]] == [accepted, accepted]
    for text in (
        thidua(*run).text,
        thidua(*run, "--format", "csv").text,
        thidua(*run, "--trace", STANDS).text,
        thidua("rates", "stands", *waived).text,
        thidua("rates", "stands", *waived, "--format", "csv").text,
        written(*run),
    ):
        assert "Nguyễn Văn A" in text
        assert "Đã đính chính" in text
        assert "2099" in text
    assert "Đạt, theo ô E12 đã được chấp nhận (S002, V006)" in written(*run)
    assert "Đạt 6, trong đó 1 theo số được chấp nhận; Không đạt 5" in thidua(*run).text


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("doubt-eligible.txt", ("eligible", "stands", *JUDGED, "--level", "commune")),
        ("doubt-eligible-open.en.md", ("eligible", "open", *JUDGED, "--lang", "en", "--format", "markdown")),
        ("doubt-eligible.csv", ("eligible", "stands", *JUDGED, "--level", "commune", "--format", "csv")),
        ("doubt-rates.txt", ("rates", "open")),
        ("doubt-rates.csv", ("rates", "open", "--level", "commune", "--format", "csv")),
        ("doubt-report.md", ("report", "open", "--unit", OPEN, "-o", "-", "--format", "markdown")),
        ("doubt-report-district.md", ("report", "open", "--unit", "505", "-o", "-", "--format", "markdown")),
        (
            "doubt-report-clean.en.md",
            ("report", "open", "--unit", "20476", "-o", "-", "-f", "markdown", "--lang", "en"),
        ),
    ],
)
def test_papers_with_doubts_look_as_they_did(name: str, command: tuple[str, ...], at: Path) -> None:
    assert_golden(name, thidua(*command).text)


# ------------------------------------------------------------ values of every sort

PLACE = Origin("bieu.xlsx", "Mẫu 08", 13, 5)


def doubt(domain: Domain | None, waived: Acceptance | None = None, effect: Effect = Effect.NONE) -> Doubt:
    kind = S002 if domain is not None else T003
    finding = Finding(kind, Origin("bieu.xlsx", "Mẫu 08", 11, 5), waived=waived)
    return Doubt(finding, PLACE, OPEN, "Xã Sông Kôn", 2024, "poor_households", 26, domain, effect=effect)


ACCEPTED = Acceptance("Trần B", "đã đối chiếu", date(2030, 1, 31))


@pytest.mark.parametrize(
    ("domain", "values", "short"),
    [
        (Domain(262, 262), [26, 262], "S002 E13 26|262"),
        (Domain(27, 28), [26, 27, 28], "S002 E13 26|27|28"),
        (Domain(100, 300), {"low": 26, "high": 300}, "S002 E13 26..300"),
        (Domain(0, None), None, "S002 E13"),
        (None, None, "T003 E13"),
    ],
)
def test_what_a_figure_may_be_is_a_list_a_range_or_nothing(domain: Domain | None, values: object, short: str) -> None:
    (record,) = doubt_records([doubt(domain)])
    assert record["values"] == values
    assert doubts_field([doubt(domain), doubt(domain)]) == short


def test_the_short_words_name_who_answers() -> None:
    text = doubts_field([doubt(Domain(262, 262), ACCEPTED)])
    assert text == "S002 E13 26|262 waived (Trần B, 2030-01-31: đã đối chiếu)"


def test_answers_are_counted_by_what_doubts_do_to_them() -> None:
    despite, accepted = (doubt(Domain(1, 1)),), (doubt(Domain(1, 1), ACCEPTED),)
    because = (doubt(Domain(1, 1), effect=Effect.UNDETERMINED),)
    by_state = [
        (State.MET, ()),
        (State.MET, despite),
        (State.MET, (*despite, *accepted)),
        (State.MET, accepted),
        (State.UNDETERMINED, because),
        (State.UNDETERMINED, despite),
    ]
    answers = [(ANSWER_WORDS[state], state, doubts) for state, doubts in by_state]
    assert counted_answers(answers, VI) == [
        "Đạt 4, trong đó 2 dù có lỗi, 1 theo số được chấp nhận",
        "Chưa xác định 2, trong đó 1 vì số liệu có lỗi",
    ]
    assert counted_answers(answers[:2], EN) == ["Met 2, of these 1 in spite of errors"]


# ------------------------------------------------------------ targets


def in_doubt() -> TargetsResult:
    """Return targets of Hà Nội, the first one that is due and met resting on a disputed figure."""
    result = pipeline.targets(pipeline.read([str(TOP / "tests/cli/plans/ha-noi.csv")]), load_inputs("ha-noi-251"))
    rows = list(result.rows)
    first = next(index for index, row in enumerate(rows) if row.is_due and row.state is State.MET)
    rows[first] = replace(rows[first], doubts=(doubt(Domain(262, 262)),), margin_is_bound=True, margin_households=5)
    return replace(result, rows=rows)


def test_targets_carry_doubts_in_every_format() -> None:
    view = targets_view(in_doubt())
    document = json.loads(str(rendered(view, "json", VI)))
    test_views.schema("targets").validate(document)
    carried = [row for row in document["rows"] if row["doubts"]]
    assert [(row["margin_is_bound"], row["doubts"][0]["values"]) for row in carried] == [(True, [26, 262])]
    lines = [line for line in csv.DictReader(StringIO(rendered(view, "csv", VI))) if line["doubts"]]
    assert [(line["margin_is_bound"], line["doubts"]) for line in lines] == [("true", "S002 E13 26|262")]
    screen, page = rendered(view, "table", VI, width=120), rendered(view, "markdown", VI)
    assert "Đạt, dù có lỗi" in screen
    assert "Đạt, dù ô E13 có lỗi S002" in page
    for text in (screen, page):
        assert "còn dư ít nhất 5 hộ" in text
        assert ", trong đó 1 dù có lỗi" in text


def test_a_target_in_doubt_does_not_look_clean_in_a_workbook() -> None:
    from thidua_cli.present.toolkit.render import render

    content = render(targets_view(in_doubt()), "xlsx", VI)
    assert isinstance(content, bytes)
    assert fill_of(cells_of(content, "Chỉ tiêu"), "Đạt, dù ô E13 có lỗi S002") == f"FF{FILLS['doubt'][1:]}"


# ------------------------------------------------------------ frames


def test_frames_carry_the_records_of_the_documents(at: Path) -> None:
    verdicts = verdict_frame().set_index("unit_code")
    document = rows_of(thidua("eligible", "open", *JUDGED, "--format", "json").text)
    assert {code: verdicts.loc[code, "doubts"] for code in document} == {
        code: row["doubts"] for code, row in document.items()
    }
    rates = thidua_cli.rates("open").set_index(["unit_code", "year"])["doubts"]
    assert {doubt["code"] for doubt in rates[OPEN, 2024]} == {"S002", "T003", "V006"}
    assert rates[OPEN, 2023] == []


# ------------------------------------------------------------ waivers that choose nothing


def test_of_a_unit_that_stands_twice_a_waiver_chooses_neither(tmp_path: Path) -> None:
    lines = ["unit_code,year,households,poor_households,near_poor_households"]
    lines += [f"{OPEN},{year},934,{poor},81" for year, poor in ((2021, 452), (2022, 420), (2023, 352), (2024, 262))]
    (tmp_path / "xa.csv").write_text("\n".join([*lines, f"{OPEN},2024,934,62,81"]) + "\n", "utf-8")
    waiver = f'[[waiver]]\ncode = "U007"\nunit = "{OPEN}"\nyear = 2024\nreason = "x"\nwho = "B"\nuntil = 2099-12-31\n'
    (tmp_path / "waivers.toml").write_text(waiver, "utf-8")
    run = ("eligible", tmp_path / "xa.csv", *JUDGED, "--waive", tmp_path / "waivers.toml")

    row = rows_of(thidua(*run, "--format", "json").text)[OPEN]
    assert row["verdict"] == "undetermined"
    assert {doubt["waived"]["who"] for doubt in row["doubts"]} == {"B"}
    assert "Chưa xác định 1, trong đó 1 vì số liệu có lỗi." in thidua(*run).text


def test_a_cell_without_a_usable_number_says_so_once(tmp_path: Path) -> None:
    text = thidua("rates", spoilt_district(tmp_path, "E13", "-262")).text
    assert "(?) Ô E13 (Xã Sông Kôn, số hộ nghèo cuối năm 2024) không có số dùng được, có V002.\n" in text
