"""The register of forms: what it holds, and that nobody else keeps a list of forms."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import thidua_cli
from thidua_cli.model import COUNTS, REQUIRED_COUNTS
from thidua_cli.normalise.forms.register import (
    ReportForm,
    ReportPart,
    forms,
    movement_forms,
    named_form,
    results_form,
    template_forms,
)

SOURCE = Path(thidua_cli.__file__).parent
FORM_ID = re.compile(r"\bmau-\d")
OLD = "mau-03-2016"

each_form = pytest.mark.parametrize("form", forms().values(), ids=lambda form: form.id)


def texts(path: Path) -> set[str]:
    """Return every string of a module, docstrings and the fixed parts of f-strings included."""
    nodes = ast.walk(ast.parse(path.read_text("utf-8")))
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_no_module_but_the_second_implementation_names_a_form_by_its_id(path: Path) -> None:
    if "verify" not in path.relative_to(SOURCE).parts:  # it keeps its own list on purpose
        assert not [text for text in texts(path) if FORM_ID.search(text)]


@each_form
def test_every_form_is_named_in_both_languages_and_asks_for_known_counts(form: ReportForm) -> None:
    assert all((*form.title, *form.short_title))
    assert set(form.required) <= set(COUNTS)
    assert set(form.halves) <= set(form.required)


@each_form
def test_a_form_of_a_circular_says_which_one_of_which_day_and_from_when_it_serves(form: ReportForm) -> None:
    said = (form.legal_base, form.issued, form.first_year)
    assert all(said) or not any(said)


@pytest.mark.parametrize("number", template_forms())
def test_a_form_that_can_be_had_empty_says_what_is_printed_on_it(number: str) -> None:
    form = template_forms()[number]
    assert all((form.printed_name, form.printed_title, form.header_row, form.header_rows, form.columns, *form.about))


def test_the_results_hold_the_count_that_each_movement_closes_with() -> None:
    assert [form.part for form in movement_forms()] == [ReportPart.POOR_MOVEMENT, ReportPart.NEAR_POOR_MOVEMENT]
    assert {form.closing for form in movement_forms()} < set(results_form().required)
    assert all(form.required == (form.opening, form.closing) for form in movement_forms())


def test_a_form_serves_the_years_of_its_circular() -> None:
    old = forms()[OLD]
    assert [old.serves(year) for year in (2015, 2016, 2021, 2022)] == [False, True, True, False]
    assert [results_form().serves(year) for year in (2020, 2021, 2040)] == [False, True, True]
    assert forms()["canonical"].serves(1999)


def test_the_old_form_asks_for_the_counts_of_the_half_that_a_table_is() -> None:
    old = forms()[OLD]
    assert old.required_of({"households", "poor_households"}) == ("households", "poor_households")
    assert old.required_of({"households", "near_poor_households"}) == ("households", "near_poor_households")
    assert old.required_of({"households"}) == REQUIRED_COUNTS


@pytest.mark.parametrize(
    ("headings", "title", "named"),
    [
        (("TT", "Diễn biến hộ nghèo trong năm"), (), True),
        (("TT", "Số hộ"), ("Biểu số 3", "GIAI ĐOẠN 2016-2020"), True),
        (("TT", "Số hộ"), ("Biểu số 3",), False),
        (("TT", "Số hộ"), ("Biểu số 8", "GIAI ĐOẠN 2016-2020"), False),
        (("TT", "Số hộ nghèo"), ("TỔNG HỢP KẾT QUẢ RÀ SOÁT",), False),
    ],
)
def test_the_old_form_is_known_by_a_heading_or_by_two_signs_in_its_title(
    headings: tuple[str, ...], title: tuple[str, ...], named: bool
) -> None:
    assert named_form(headings, title) is (forms()[OLD] if named else None)
