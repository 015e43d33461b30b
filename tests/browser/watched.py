"""A page in headless Chromium that notes what it may not do: ask a network, break its policy, report an error."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route

NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
WAY: Final = "there is no Chromium here: apt-get install chromium (CONTRIBUTING.md)"
READY: Final = "html[data-ready=true]"
"""What the page of the overview is once its scripts have filled it."""
_WATCH: Final = """
window.broken = [];
document.addEventListener("securitypolicyviolation", (event) => window.broken.push(event.violatedDirective));
"""
_GRAVE: Final = ("serious", "critical")


def chromium() -> str | None:
    """Return the path of a Chromium of the system; none is ever downloaded."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


class Watched:
    """One open page."""

    def __init__(self, page: Page, file: Path, ready: str) -> None:
        self.page = page
        self.file = file
        self.requests: list[str] = []
        self.errors: list[str] = []
        page.context.route("**/*", self._on_request)
        page.on("console", lambda message: self._note(message.type, message.text))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.add_init_script(_WATCH)
        page.goto(file.as_uri())
        page.wait_for_selector(ready)

    def _note(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.errors.append(text)

    def _on_request(self, route: Route) -> None:
        if route.request.url == self.file.as_uri():
            route.continue_()
            return
        self.requests.append(route.request.url)
        route.abort()

    def assert_quiet(self) -> None:
        """Assert that nothing was asked for but the file, no policy broken and no error reported."""
        assert self.requests == []
        assert self.errors == []
        assert self.page.evaluate("window.broken") == []

    def assert_accessible(self) -> None:
        """Assert that axe-core finds nothing serious or critical in what is shown now."""
        found = Axe().run(self.page).response
        assert found["passes"], "nothing was looked at"
        grave = [
            (each["id"], each["impact"], [node["html"][:200] for node in each["nodes"][:3]])
            for each in found["violations"]
            if each["impact"] in _GRAVE
        ]
        assert grave == []

    # What stands on the page ------------------------------------------------------------------------------------

    def text(self, selector: str) -> str:
        """Return the words of an element."""
        return self.page.inner_text(selector)

    def shown(self) -> int:
        """Return how many units the list has by what it says to a screen reader, the headings not counted."""
        count = self.page.get_attribute(".grid", "aria-rowcount")
        assert count is not None
        return int(count) - 1

    def names(self) -> list[str]:
        """Return the names of the rows that are in the page, from the top."""
        return self.page.locator(".row.unit .cell.name").all_inner_texts()

    def search(self, text: str, expected: int) -> None:
        """Type into the search, and wait until so many units are shown."""
        self.page.fill("#search", text)
        self.wait_for_count(expected)

    def choose(self, filter_: str, words: str) -> None:
        """Choose what a filter shows, by the words of the choice."""
        self.page.select_option(f"#filter-{filter_}", label=words)

    def wait_for_count(self, expected: int) -> None:
        """Wait until the list says that it shows so many units."""
        self.page.wait_for_function(
            "expected => Number(document.querySelector('.grid').getAttribute('aria-rowcount')) === expected + 1",
            arg=expected,
        )

    def open_first(self) -> None:
        """Open the panel of the first unit that is shown."""
        self.page.locator(".row.unit").first.click()
        self.page.wait_for_selector("#panel[open] #panel-name")

    def wait_for_focus(self, code: str | None) -> None:
        """Wait until the row or tile of a unit has the focus: it comes back after the panel is gone."""
        self.page.wait_for_function("code => document.activeElement.dataset.code === code", arg=code)

    def focused(self) -> str | None:
        """Return the code of the unit whose row has the focus; None where another element has it."""
        code: str | None = self.page.evaluate("document.activeElement.dataset.code ?? null")
        return code


@contextmanager
def watched(browser: Browser, file: Path, ready: str = READY, **context: Any) -> Iterator[Watched]:
    """Open a file in a context of its own, wait until something is there, and hold at the end that it was quiet."""
    surroundings = browser.new_context(viewport={"width": 1280, "height": 900}, **context)
    try:
        page = Watched(surroundings.new_page(), file, ready)
        yield page
        page.assert_quiet()
    finally:
        surroundings.close()
