"""One headless Chromium for all tests of a worker, and the pages that they look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.watched import WAY, chromium
from tests.cli.program import TOP, thidua

TWO_TIERS = ("sample_data/dien-bien", "--rules", "qd-666-ttg", "--as-of", "2025")
DISTRICT = ("sample_data/dong-giang", "--rules", "qd-666-ttg", "--as-of", "2024")
CLASSES = ("--classes", "sample_data/dong-giang/classes.csv")

Written = Callable[..., Path]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A browser of the system; where there is none, the tests are skipped and say how to have one."""
    path = chromium()
    if path is None:
        pytest.skip(WAY)
    with sync_playwright() as driver:
        # /dev/shm of a container is often too small for a renderer.
        running = driver.chromium.launch(executable_path=path, args=["--disable-dev-shm-usage"])
        yield running
        running.close()


@pytest.fixture(scope="session")
def written(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Written:
    """Write an overview once for all tests of a worker; where there is no browser, none is written."""
    pages: dict[tuple[str | Path, ...], Path] = {}

    def write(*arguments: str | Path) -> Path:
        if arguments not in pages:
            file = tmp_path_factory.mktemp("overview") / "tong-hop.html"
            with pytest.MonkeyPatch.context() as here:
                here.chdir(TOP)
                outcome = thidua("report", *arguments, "--overview", "-o", file, "--fail-on", "never", "--quiet")
            assert outcome.status == 0, outcome.err
            pages[arguments] = file
        return pages[arguments]

    return write


@pytest.fixture
def two_tiers(written: Written) -> Path:
    """The page of a province with its communes, ended districts among them."""
    return written(*TWO_TIERS)


@pytest.fixture
def district(written: Written) -> Path:
    """The page of a district with its communes and their classes."""
    return written(*DISTRICT, *CLASSES)
