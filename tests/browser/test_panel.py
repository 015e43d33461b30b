"""The panel of one unit in a browser: opened and left by mouse and keyboard, with its chart, clause and cells."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.browser.watched import Watched, watched


def open_by_name(page: Watched, name: str) -> None:
    page.search(name, 1)
    page.open_first()


def test_a_click_opens_the_panel_and_escape_gives_the_focus_back(browser: Browser, district: Path) -> None:
    with watched(browser, district) as page:
        page.page.click(".row.unit >> nth=2")
        expect(page.page.locator("#panel-name")).to_be_visible()
        assert page.page.evaluate("document.getElementById('panel').contains(document.activeElement)")
        page.page.keyboard.press("Escape")
        expect(page.page.locator("#panel")).to_be_hidden()
        page.wait_for_focus(page.page.get_attribute(".row.unit >> nth=2", "data-code"))


def test_the_keyboard_alone_goes_from_the_search_to_a_unit_and_back(browser: Browser, district: Path) -> None:
    with watched(browser, district) as page:
        page.page.focus("#search")
        for _ in range(60):
            page.page.keyboard.press("Tab")
            if page.focused():
                break
        first = page.focused()
        assert first is not None
        page.page.keyboard.press("ArrowDown")
        page.page.keyboard.press("ArrowDown")
        third = page.focused()
        assert third not in (None, first)
        page.page.keyboard.press("Enter")
        expect(page.page.locator("#panel-name")).to_contain_text(f"({third})")
        page.page.keyboard.press("Escape")
        expect(page.page.locator("#panel")).to_be_hidden()
        page.wait_for_focus(third)
        page.page.keyboard.press("End")
        assert page.focused() == page.page.locator(".row.unit").last.get_attribute("data-code")
        page.page.keyboard.press("Home")
        assert page.focused() == first


def test_the_focus_stays_within_the_open_panel(browser: Browser, district: Path) -> None:
    with watched(browser, district) as page:
        page.open_first()
        for _ in range(30):
            page.page.keyboard.press("Tab")
            # Between the last element and the first the browser itself has the focus, and of the page nothing.
            assert page.page.evaluate("document.activeElement.closest('main, header, footer')") is None


def test_the_next_unit_is_opened_from_the_panel_and_has_the_focus_afterwards(browser: Browser, district: Path) -> None:
    with watched(browser, district) as page:
        page.open_first()
        names = page.names()
        expect(page.page.locator("#panel-previous")).to_be_disabled()
        page.page.click("#panel-next")
        expect(page.page.locator("#panel-name")).to_contain_text(names[1])
        page.page.keyboard.press("Alt+ArrowRight")
        expect(page.page.locator("#panel-name")).to_contain_text(names[2])
        page.page.click("#panel-close")
        page.wait_for_focus(page.page.get_attribute(".row.unit >> nth=2", "data-code"))


def test_the_panel_shows_chart_clause_and_cells(browser: Browser, district: Path) -> None:
    with watched(browser, district) as page:
        open_by_name(page, "song kon")
        body = page.page.locator("#panel-body")
        chart = body.locator("svg.chart").first
        expect(chart).to_be_visible()
        assert "2021: 59,67; 2022: 56,02" in (
            body.locator("svg.chart[role=img]").first.get_attribute("aria-label") or ""
        )
        for words in (
            "cần giảm thêm 74 hộ",
            "Số hộ nghèo và hộ cận nghèo chỉ giảm 36,48%",
            "666/QĐ-TTg (02/06/2022), tiêu chí (4), gạch đầu dòng 2",
            "(540 − 343) / 540",
            "36,4815% ≤ 50%",
        ):
            expect(body).to_contain_text(words)
        sources = body.locator("table").last.inner_text()
        assert sources.count("Mau-08_Dong-Giang_") == 4
        assert sources.count("Hộ nghèo") == 4
        assert "Hộ nghèo\t262\tE13" in sources


def test_a_chart_has_a_point_for_every_year_end_and_what_is_asked(browser: Browser, two_tiers: Path) -> None:
    with watched(browser, two_tiers) as page:
        page.open_first()
        chart = page.page.locator("#panel-body svg.chart").first
        assert chart.locator("circle.counted-point").count() == 5
        assert chart.locator("path.asked").count() >= 1
        figures = chart.locator("text.figure").all_text_contents()
        assert figures == ["45,30", "41,24", "36,97", "33,24", "30,83"]
        boxes = "svg => [...svg.querySelectorAll('text')].map((text) => text.getBBox())"
        edges = chart.evaluate(f"svg => ({boxes})(svg).map((box) => [box.x, box.x + box.width])")
        assert all(left >= 0 and right <= 560 for left, right in edges)


def test_a_click_beside_the_panel_closes_it(browser: Browser, district: Path) -> None:
    with watched(browser, district) as page:
        page.open_first()
        page.page.mouse.click(100, 450)
        expect(page.page.locator("#panel")).to_be_hidden()


def test_the_language_changes_in_list_and_panel(browser: Browser, district: Path) -> None:
    with watched(browser, district) as page:
        assert page.page.get_attribute("html", "lang") == "vi"
        page.page.click("#switch-language")
        assert page.page.get_attribute("html", "lang") == "en"
        open_by_name(page, "song kon")
        body = page.page.locator("#panel-body")
        expect(body).to_contain_text("74 households fewer needed")
        expect(body).to_contain_text("fell only 36.48%")
        expect(body).not_to_contain_text("undefined")
        page.page.keyboard.press("Escape")
        page.page.click("#switch-language")
        assert page.text("#count").startswith("1 trong 12")
