"""Answers that are written as web pages: quiet, accessible, within the window, and on the pages of an office."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import CLASSES, DISTRICT
from tests.browser.test_surfaces import SCHEMES, is_wider_than_its_page, printed
from tests.browser.watched import watched
from tests.cli.program import FAULTY, TOP, thidua

PAGES = {
    "check": ("check", FAULTY),
    "rates": ("rates", DISTRICT[0]),
    "eligible": ("eligible", *DISTRICT, *CLASSES),
    "report": ("report", *DISTRICT, *CLASSES, "--unit", "20473"),
}


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", PAGES)
def test_an_answer_as_a_web_page_is_quiet_accessible_and_prints(
    name: str, scheme: Literal["light", "dark"], browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(TOP)
    file = tmp_path / "page.html"
    assert thidua(*PAGES[name], "-o", file, "--fail-on", "never").status == 0
    with watched(browser, file, ready="body", color_scheme=scheme) as page:
        page.assert_accessible()
        for width in (360, 1280):
            page.page.set_viewport_size({"width": width, "height": 800})
            assert not is_wider_than_its_page(page)
        document, _ = printed(page)
        assert len(document.pages) <= 8
