"""All communes of the country in one page: it works as a small one does, and is no larger than a mail takes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from forms.canonical import Row, write_csv
from tests.browser.conftest import Written
from tests.browser.watched import watched
from thidua_cli.model import Unit, year_end
from thidua_cli.units.tables import bundled

MOST_BYTES = 15_000_000
YEARS = (2021, 2024)
COLUMNS = ("unit_code", "year", "unit_name", "level", "parent_code", "poverty_line", "status", "households")
COUNTS = ("poor_households", "near_poor_households")


def reporting(year: int) -> Iterator[Unit]:
    """Return the communes of a year-end, and the island districts that have none."""
    tables, day = bundled(), year_end(year)
    yield from tables.communes(day)
    yield from (unit for unit in tables.districts(day) if not tables.children(unit.code, day))


def figures(path: Path) -> Path:
    """Write invented counts of every commune at two year-ends."""
    write_csv(path, (row(unit, year) for year in YEARS for unit in reporting(year)), (*COLUMNS, *COUNTS))
    return path


def row(unit: Unit, year: int) -> Row:
    number, passed = int(unit.code), year - YEARS[0]
    return {
        "unit_code": unit.code,
        "year": year,
        "unit_name": unit.name,
        "level": unit.level.value,
        "parent_code": unit.parent_code,
        "poverty_line": "2022-2025",
        "status": "final",
        "households": 1500 + number % 900 + 5 * passed,
        "poor_households": 160 + number % 90 - 20 * passed,
        "near_poor_households": 110 + number % 70 - 10 * passed,
    }


@pytest.mark.parametrize(
    ("boundaries", "communes", "least", "found"),
    [("2025-12-31", 3_321, 3_321, "Phường Ba Đình"), ("as-of", 10_322, 10_600, "Phường Trúc Bạch")],
    ids=["today", "before the reform"],
)
def test_all_communes_of_the_country_are_searched_sorted_opened_and_drawn(
    boundaries: str, communes: int, least: int, found: str, browser: Browser, written: Written, tmp_path: Path
) -> None:
    judged = ("--rules", "qd-666-ttg", "--as-of", "2024", "--boundaries", boundaries)
    file = written(figures(tmp_path / "xa.csv"), *judged)
    assert file.stat().st_size < MOST_BYTES
    with watched(browser, file) as page:
        everything = page.shown()
        assert everything >= least
        assert page.page.locator(".row.unit").count() < 100, "only what is in sight is in the page"
        page.search("00004", 1)
        assert page.names() == [found]
        page.search("", everything)
        page.choose("level", "Xã")
        page.wait_for_count(communes)
        page.page.click("[data-sort=fallPercent]")
        page.page.locator(".row.unit").first.focus()
        page.page.keyboard.press("PageDown")
        page.page.keyboard.press("PageDown")
        chosen = page.focused()
        page.page.keyboard.press("Enter")
        expect(page.page.locator("#panel-name")).to_contain_text(f"({chosen})")
        expect(page.page.locator("#panel-body svg.chart").first).to_be_visible()
        page.page.keyboard.press("Escape")
        page.wait_for_focus(chosen)
        page.page.click("#show-tiles")
        expect(page.page.locator("#view-tiles .tile")).to_have_count(communes)
