"""The page as a whole in a browser: accessible in every view, light and dark, narrow and on paper."""

from __future__ import annotations

import unicodedata
from io import BytesIO
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, expect
from pypdf import PdfReader

from tests.browser.conftest import CLASSES, DISTRICT, Written
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


def test_a_mark_on_the_map_opens_its_unit_and_the_map_keeps_within_its_frame(browser: Browser, two_tiers: Path) -> None:
    with watched(browser, two_tiers) as page:
        page.page.click("#show-map")
        marks = page.page.locator("#view-map .mark[data-code]")
        assert marks.count() == 45
        code = marks.nth(7).get_attribute("data-code")
        marks.nth(7).click(force=True)
        expect(page.page.locator("#panel-name")).to_contain_text(f"({code})")


def test_a_map_names_the_archipelagos_without_cutting_their_names_off(browser: Browser, written: Written) -> None:
    with watched(browser, written(*DISTRICT, *CLASSES, "--boundaries", "2025-12-31")) as page:
        page.page.click("#show-map")
        names = page.page.locator("#view-map .archipelago")
        assert names.all_text_contents() == ["Quần đảo Hoàng Sa", "Quần đảo Trường Sa"]
        frame = page.page.locator("#view-map svg.map").bounding_box()
        assert frame is not None
        for place in range(names.count()):
            name = names.nth(place).bounding_box()
            assert name is not None
            assert frame["x"] <= name["x"]
            assert name["x"] + name["width"] <= frame["x"] + frame["width"]


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


def millimetres(document: PdfReader) -> set[tuple[int, int]]:
    """Return the sizes of the pages."""
    boxes = [page.mediabox for page in document.pages]
    return {(round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4)) for box in boxes}


def printed(page: Watched) -> tuple[PdfReader, str]:
    """Return what is printed, and its words; no page of it is empty."""
    document = PdfReader(BytesIO(page.page.pdf(prefer_css_page_size=True)))
    texts = [each.extract_text() for each in document.pages]
    assert all(len(text.split()) > 10 for text in texts)
    return document, unicodedata.normalize("NFC", " ".join(" ".join(texts).split()))


def test_the_list_prints_on_landscape_pages_with_every_unit(browser: Browser, two_tiers: Path) -> None:
    with watched(browser, two_tiers) as page:
        codes = page.page.evaluate("UNITS.map((unit) => unit.code)")
        document, text = printed(page)
        assert 2 <= len(document.pages) <= 6
        assert millimetres(document) == {(297, 210)}
        assert len(codes) == 56
        assert all(code in text for code in codes)


def test_the_panel_prints_on_upright_pages_with_its_cells(browser: Browser, district: Path) -> None:
    with watched(browser, district) as page:
        page.search("song kon", 1)
        page.open_first()
        document, text = printed(page)
        assert 1 <= len(document.pages) <= 3
        assert millimetres(document) == {(210, 297)}
        for words in ("Xã Sông Kôn (20473)", "36,4815% ≤ 50%", "Mau-08_Dong-Giang_2024.xlsx", "E13"):
            assert words in text
