"""The list of units in a browser: searched, filtered, sorted, walked through."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import CLASSES, DISTRICT, Written
from tests.browser.watched import watched
from tests.cli.program import FAULTY


@pytest.mark.parametrize("typed", ["Sông Kôn", "song kon", "SÔNG  kôn ", "kon song", "20470"])
def test_a_unit_is_found_by_code_and_by_name_with_and_without_accents(
    typed: str, browser: Browser, district: Path
) -> None:
    with watched(browser, district) as page:
        everything = page.shown()
        expected = "Xã Sông Kôn" if typed != "20470" else "Xã Tà Lu"
        page.search(typed, 1)
        assert page.names() == [expected]
        assert page.text("#count").startswith(f"1 trong {everything} ")
        page.search("", everything)


def test_a_search_that_finds_nothing_says_so(browser: Browser, district: Path) -> None:
    with watched(browser, district) as page:
        page.search("không có xã này", 0)
        assert page.page.is_visible(".nothing")
        assert not page.page.is_visible(".grid")
        page.page.click("#reset")
        page.wait_for_count(12)
        assert page.page.is_visible(".grid")


@pytest.mark.parametrize(
    ("filter_", "words", "expected"),
    [
        ("level", "Xã", 11),
        ("level", "Huyện", 1),
        ("verdict", "✓ Đạt", 6),
        ("verdict", "✗ Không đạt", 5),
        ("class", "xã khu vực I", 2),
    ],
)
def test_the_list_is_filtered_by_level_class_and_verdict(
    filter_: str, words: str, expected: int, browser: Browser, district: Path
) -> None:
    with watched(browser, district) as page:
        page.choose(filter_, words)
        page.wait_for_count(expected)
        assert page.text("#count").startswith(f"{expected} trong 12 ")


def test_filters_and_search_narrow_each_other(browser: Browser, district: Path) -> None:
    with watched(browser, district) as page:
        page.choose("level", "Xã")
        page.choose("verdict", "✓ Đạt")
        page.wait_for_count(6)
        page.search("za hung", 1)
        page.page.click("#reset")
        page.wait_for_count(12)
        assert page.page.input_value("#search") == ""
        assert page.page.input_value("#filter-level") == "-1"


def test_a_column_sorts_up_and_down_and_says_so(browser: Browser, district: Path) -> None:
    with watched(browser, district) as page:
        in_files = page.names()
        sort = page.page.locator("[data-sort=fallPercent]")
        heading = page.page.locator("[role=columnheader].fallPercent")
        sort.click()
        assert heading.get_attribute("aria-sort") == "descending"
        assert page.names()[0] == "Xã Tà Lu"
        assert " · " in page.text("#count")
        sort.click()
        assert heading.get_attribute("aria-sort") == "ascending"
        assert page.names()[0] == "Xã A Ting"
        sort.click()
        assert heading.get_attribute("aria-sort") == "none"
        assert page.names() == in_files


def test_names_are_sorted_in_vietnamese_order(browser: Browser, district: Path) -> None:
    with watched(browser, district) as page:
        page.page.click("[data-sort=name]")
        names = [name.removeprefix("Xã ") for name in page.names() if name.startswith("Xã ")]
        assert names[:4] == ["A Rooi", "A Ting", "Ba", "Jơ Ngây"]


def test_figures_are_written_as_each_language_writes_them(browser: Browser, district: Path) -> None:
    with watched(browser, district) as page:
        page.search("20476", 1)
        cell = page.page.locator(".row.unit .cell.fallPercent").first
        vietnamese = cell.inner_text()
        page.page.click("#switch-language")
        assert page.page.locator(".row.unit .cell.fallPercent").first.inner_text() == vietnamese.replace(",", ".")
        assert "," in vietnamese


def test_the_list_is_filtered_by_doubt_and_the_panel_names_the_cell(browser: Browser, written: Written) -> None:
    years = [f"sample_data/dong-giang/Mau-08_Dong-Giang_{year}.xlsx" for year in (2021, 2022, 2023)]
    file = written(*years, FAULTY, *DISTRICT[1:], *CLASSES)
    with watched(browser, file) as page:
        everything = page.shown()
        choices = page.page.locator("#filter-doubt option").all_inner_texts()
        assert len(choices) > 2
        counts = []
        for choice in choices[1:]:
            page.page.select_option("#filter-doubt", label=choice)
            page.page.wait_for_function("UNITS.length > shownUnits().length")
            counts.append(page.shown())
        assert sum(counts) == everything
        page.choose("doubt", choices[2])
        page.open_first()
        body = page.text("#panel-body")
        assert "Mau-08_Dong-Giang_2024_loi.xlsx" in body
        page.assert_accessible()
