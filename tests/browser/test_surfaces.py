"""The page as a whole in a browser: accessible in every view, light and dark, narrow and on paper."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.watched import Watched, watched

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
_ACROSS_MM, _MM = 297 - 30, 96 / 25.4
"""What A4 landscape leaves between the margins of the page."""


def is_wider_than_its_page(page: Watched) -> bool:
    wider: bool = page.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return wider


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_list_is_accessible(scheme: Scheme, browser: Browser, two_tiers: Path) -> None:
    with watched(browser, two_tiers, color_scheme=scheme) as page:
        page.assert_accessible()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_panel_is_accessible(scheme: Scheme, browser: Browser, district: Path) -> None:
    with watched(browser, district, color_scheme=scheme) as page:
        page.open_first()
        page.assert_accessible()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("view", ["tiles", "map"])
def test_tiles_and_map_are_accessible_by_verdict_and_by_fall(
    scheme: Scheme, view: str, browser: Browser, two_tiers: Path
) -> None:
    with watched(browser, two_tiers, color_scheme=scheme) as page:
        if not page.page.locator(f"#show-{view}").count():
            pytest.skip(f"the page has no view {view}")
        page.page.click(f"#show-{view}")
        page.assert_accessible()
        colour = page.page.locator(f"#view-{view} select").first
        colour.select_option("fall")
        page.assert_accessible()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_ground_follows_the_system_until_somebody_chooses(scheme: Scheme, browser: Browser, district: Path) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    with watched(browser, district, color_scheme=scheme) as page:
        seen = [page.page.evaluate(ground)]
        for _ in range(3):
            page.page.click("#switch-theme")
            seen.append(page.page.evaluate(ground))
        light, dark = seen[1:3]
        assert light != dark
        assert seen[0] == seen[3] == {"light": light, "dark": dark}[scheme]


def test_tiles_are_walked_by_arrow_keys_and_opened_by_enter(browser: Browser, two_tiers: Path) -> None:
    with watched(browser, two_tiers) as page:
        page.page.click("#show-tiles")
        tiles = page.page.locator("#view-tiles .tile")
        assert tiles.count() > 40
        tiles.first.focus()
        page.page.keyboard.press("ArrowRight")
        second = page.focused()
        assert second == tiles.nth(1).get_attribute("data-code")
        page.page.keyboard.press("Enter")
        expect(page.page.locator("#panel-name")).to_contain_text(f"({second})")
        page.page.keyboard.press("Escape")
        page.wait_for_focus(second)


def test_the_search_narrows_the_tiles_too(browser: Browser, two_tiers: Path) -> None:
    with watched(browser, two_tiers) as page:
        page.page.click("#show-tiles")
        before = page.page.locator("#view-tiles .tile").count()
        page.page.fill("#search", "dien bien phu")
        expect(page.page.locator("#view-tiles .tile")).not_to_have_count(before)
        assert 0 < page.page.locator("#view-tiles .tile").count() < before


@pytest.mark.parametrize("width", [360, 768, 1024, 1280, 1920])
def test_no_width_of_a_window_cuts_the_page_off(width: int, browser: Browser, two_tiers: Path) -> None:
    with watched(browser, two_tiers) as page:
        page.page.set_viewport_size({"width": width, "height": 800})
        assert not is_wider_than_its_page(page)
        page.open_first()
        assert not is_wider_than_its_page(page)


def test_what_is_printed_has_all_units_and_no_table_that_is_cut(browser: Browser, two_tiers: Path) -> None:
    with watched(browser, two_tiers) as page:
        everything = page.shown()
        page.page.set_viewport_size({"width": int(_ACROSS_MM * _MM), "height": 800})
        page.page.emulate_media(media="print")
        page.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        assert page.page.locator("#paper tbody tr").count() == everything
        assert not is_wider_than_its_page(page)
        for hidden in ("#filters", "#switches", "#view-table"):
            assert not page.page.is_visible(hidden)
        page.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
        assert page.page.locator("#paper tbody tr").count() == 0


def pages_of(document: bytes) -> list[tuple[float, float]]:
    """Return width and height of every page, in millimetres, as Chromium writes them into its file."""
    boxes = re.findall(rb"/MediaBox \[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", document)
    return [(float(width) / 72 * 25.4, float(height) / 72 * 25.4) for width, height in boxes]


def test_the_list_prints_on_landscape_pages_and_the_panel_on_upright_ones(browser: Browser, two_tiers: Path) -> None:
    with watched(browser, two_tiers) as page:
        listed = pages_of(page.page.pdf(prefer_css_page_size=True))
        assert 2 <= len(listed) <= 6
        assert all(round(width) == 297 and round(height) == 210 for width, height in listed)
        page.open_first()
        panel = pages_of(page.page.pdf(prefer_css_page_size=True))
        assert 1 <= len(panel) <= 4
        assert all(round(width) == 210 and round(height) == 297 for width, height in panel)
