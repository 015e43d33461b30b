from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from io import StringIO
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from tests.cli.program import pinned
from tests.present import cases
from tests.present.golden import assert_golden
from tests.present.rendered import rendered
from tests.verify.cases import full
from thidua_cli.language import Language
from thidua_cli.measure.rates import rate_table
from thidua_cli.model import Measure
from thidua_cli.present.findings.explain import kind_view, kinds_view
from thidua_cli.present.findings.view import findings_view
from thidua_cli.present.rates.view import rates_view
from thidua_cli.present.verdicts.view import eligible_view
from thidua_cli.results import CheckResult, EligibleResult, RatesResult

WIDTHS = (60, 80, 120, 160)
VI, EN = Language.VI, Language.EN


@pytest.mark.parametrize("width", WIDTHS)
def test_findings_on_a_terminal(width: int) -> None:
    assert_golden(f"check-{width}.txt", rendered(findings_view(cases.check_result()), "table", VI, width=width))


@pytest.mark.parametrize("width", WIDTHS)
def test_rates_on_a_terminal(width: int) -> None:
    assert_golden(f"rates-{width}.txt", rendered(rates_view(cases.rates_result()), "table", VI, width=width))


@pytest.mark.parametrize("width", WIDTHS)
def test_verdicts_on_a_terminal(width: int) -> None:
    assert_golden(f"eligible-{width}.txt", rendered(eligible_view(cases.eligible_result()), "table", VI, width=width))


@pytest.mark.parametrize("format_", ["markdown", "csv", "json"])
@pytest.mark.parametrize("language", Language)
def test_other_formats_of_every_view(format_: str, language: Language) -> None:
    suffix = f"{language.value}.{ {'markdown': 'md'}.get(format_, format_) }"
    rates = rendered(rates_view(cases.rates_result()), format_, language)
    verdicts = rendered(eligible_view(cases.eligible_result()), format_, language)
    assert_golden(f"check.{suffix}", rendered(findings_view(cases.check_result()), format_, language))
    assert_golden(f"rates.{suffix}", pinned(rates) if format_ == "json" else rates)
    assert_golden(f"eligible.{suffix}", pinned(verdicts) if format_ == "json" else verdicts)


def test_english_on_a_terminal() -> None:
    views = (
        rendered(findings_view(cases.check_result()), "table", EN, width=100),
        rendered(rates_view(cases.rates_result()), "table", EN, width=100),
        rendered(eligible_view(cases.eligible_result()), "table", EN, width=100),
    )
    assert_golden("english-100.txt", "\n".join(views))


def test_one_kind_and_the_catalogue_are_prints_of_one_record() -> None:
    text = rendered(kind_view(cases.TOO_MANY), "table", VI, width=70)
    catalogue = rendered(kinds_view([cases.TOO_MANY, cases.FONT]), "markdown", VI)
    assert_golden("explain.txt", text)
    assert_golden("catalogue.md", catalogue)
    for part in (cases.TOO_MANY.what, cases.TOO_MANY.why, cases.TOO_MANY.example, cases.TOO_MANY.mend):
        assert part.vi in text
        assert part.vi in catalogue
    assert catalogue.index("F006") < catalogue.index("L001")


@pytest.mark.parametrize("width", [60, 70, 80, 100, 120])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    views = (
        rendered(findings_view(cases.check_result()), "table", VI, width=width),
        rendered(rates_view(cases.rates_result()), "table", VI, width=width),
        rendered(eligible_view(cases.eligible_result()), "table", VI, width=width),
    )
    assert max(len(line) for view in views for line in view.splitlines()) <= width


@pytest.mark.parametrize(
    "render",
    [
        lambda color: rendered(findings_view(cases.check_result()), "table", VI, width=80, color=color),
        lambda color: rendered(rates_view(cases.rates_result()), "table", VI, width=80, color=color),
        lambda color: rendered(eligible_view(cases.eligible_result()), "table", VI, width=80, color=color),
        lambda color: rendered(kind_view(cases.TOO_MANY), "table", VI, width=80, color=color),
    ],
)
def test_colour_adds_escapes_and_changes_nothing_else(render: Callable[[bool], str]) -> None:
    plain, colored = render(False), render(True)
    assert "\x1b[" in colored
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == plain


def schema(name: str) -> Draft202012Validator:
    version = {"eligible": 4, "targets": 2}.get(name, 1)
    file = files("thidua_cli").joinpath(f"data/schemas/thidua.{name}.{version}.schema.json")
    text = file.read_text(encoding="utf-8")
    document = json.loads(text)
    Draft202012Validator.check_schema(document)
    return Draft202012Validator(document)


def documents() -> dict[str, Any]:
    return {
        "check": json.loads(rendered(findings_view(cases.check_result()), "json", VI)),
        "rates": json.loads(rendered(rates_view(cases.rates_result()), "json", VI)),
        "eligible": json.loads(rendered(eligible_view(cases.eligible_result()), "json", VI)),
    }


@pytest.mark.parametrize("name", ["check", "rates", "eligible"])
def test_documents_follow_their_published_schemas(name: str) -> None:
    schema(name).validate(documents()[name])


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("check", ["summary", "errors"]),
        ("check", ["findings", 0, "difference"]),
        ("rates", ["rows", 0, "years", 0, "fall_points"]),
        ("rates", ["rows", 0, "fall_percent_total"]),
        ("eligible", ["rows", 1, "margin_households"]),
        ("eligible", ["rows", 1, "paths", 0, "rule"]),
        ("eligible", ["clauses", 0, "citation"]),
        ("eligible", ["rows", 1, "attest", 0, "state"]),
    ],
)
def test_a_document_without_a_promised_field_breaks_its_schema(name: str, path: list[str | int]) -> None:
    document = documents()[name]
    place = document
    for step in path[:-1]:
        place = place[step]
    del place[path[-1]]
    with pytest.raises(ValidationError):
        schema(name).validate(document)


def test_tokens_of_documents_do_not_depend_on_the_language() -> None:
    def tokens(language: Language) -> list[str]:
        rows = json.loads(rendered(eligible_view(cases.eligible_result()), "json", language))["rows"]
        return [f"{row['verdict']} {row['level']} {row['classes']}" for row in rows]

    assert tokens(VI) == tokens(EN)


def test_documents_round_half_up_and_keep_the_exact_fraction() -> None:
    path = documents()["eligible"]["rows"][1]["paths"][0]
    exact = {"year": 2022, "value": 5.01, "exact": "116097/23188", "value_low": None, "value_high": None}
    assert path["values"][0] == exact


def test_missing_values_are_null_and_never_nought() -> None:
    year = documents()["rates"]["rows"][0]["years"][1]
    assert (year["count"], year["rate_percent"], year["missing_children"]) == (None, None, ["508"])


def test_a_verdict_names_the_cells_it_rests_on() -> None:
    figures = full(documents()["eligible"])["rows"][1]["figures"]
    assert figures[0]["sources"] == [f"so-lieu.xlsx › Mẫu 08 › {column}9" for column in "CEI"]


def test_findings_stand_in_the_order_of_sheets_rows_and_columns_not_of_letters() -> None:
    cells = [(one["sheet"], one["cell"]) for one in documents()["check"]["findings"]]
    assert cells == [("Sheet1", None), ("Mẫu 9", "E9"), ("Mẫu 9", "AA9"), ("Mẫu 10", "E10")]


def test_the_screen_is_capped_and_the_totals_stay_exact() -> None:
    many = CheckResult(cases.findings() * 30, 2, 6, cases.YEARS, 20)
    capped = rendered(findings_view(many), "table", VI, width=120)
    assert "còn 70 phát hiện nữa" in capped
    assert "60 lỗi, 30 cảnh báo, 30 ghi chú" in capped
    assert "phát hiện nữa" not in rendered(findings_view(many, limit=None), "table", VI, width=120)
    assert len(json.loads(rendered(findings_view(many), "json", VI))["findings"]) == 120


def test_a_clean_result_says_so_and_what_was_looked_at() -> None:
    text = rendered(findings_view(CheckResult([], 1, 45, (2022, 2023), 1180)), "table", VI, width=120)
    assert text == "Không phát hiện sai sót. Đã kiểm tra 1 tệp, 45 đơn vị, 1.180 dòng số liệu, năm 2022–2023.\n"


def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe_and_numbers_do_not() -> None:
    rows = list(csv.DictReader(StringIO(rendered(findings_view(cases.check_result()), "csv", VI))))
    assert [row["value"] for row in rows] == ["", "2480", "'=1+1", "1512"]
    assert rows[1]["difference"] == "-1310"


def test_results_without_units_say_so() -> None:
    no_rates = rendered(rates_view(RatesResult(rate_table([], Measure.POOR))), "table", VI)
    nobody = replace(cases.eligible_result(), verdicts=[])
    assert "Không có số liệu" in no_rates
    assert "Không có đơn vị" in rendered(eligible_view(nobody), "table", VI)
    assert isinstance(nobody, EligibleResult)


def test_a_baseline_that_differs_is_named() -> None:
    series = cases.all_series()[1:3]
    late = replace(series[1], years={year: one for year, one in series[1].years.items() if year > 2021})
    text = rendered(rates_view(RatesResult(rate_table([series[0], late], Measure.POOR))), "table", VI, width=120)
    assert "Đầu kỳ: cuối năm 2021." in text
    assert "Đầu kỳ là cuối năm 2022: Xã Trà Mẫu." in text
