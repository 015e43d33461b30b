"""Patterns fit what the standard library says they fit, and end where folders hold links to themselves."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from thidua_cli.read import patterns
from thidua_cli.read.patterns import matches

PATTERNS = (
    "*",
    "*.csv",
    "**",
    "**/*.csv",
    "a/**/*.csv",
    "*/*.csv",
    "a/*",
    "**/c/*.csv",
    "[ab]/x.csv",
    "a/**",
    "khong/*",
)


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("x.csv", "a/x.csv", "a/b/x.csv", "a/b/c/x.csv", "b/x.csv", ".h/x.csv", "a/.x.csv", "a/y.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("pattern", PATTERNS)
def test_files_fit_as_the_standard_library_says(pattern: str, tree: Path) -> None:
    for typed in (pattern, f"./{pattern}", f"{tree}/{pattern}"):
        expected = {Path(name) for name in glob.glob(typed, recursive=True) if Path(name).is_file()}  # noqa: PTH207
        assert {path for path in matches(typed) if path.is_file()} == expected


def visited(pattern: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """Return how many folders a pattern looks into."""
    looked: list[Path] = []
    inside = patterns._inside

    def counted(folder: Path, part: str) -> Iterator[Path]:
        looked.append(folder)
        return inside(folder, part)

    with monkeypatch.context() as patched:
        patched.setattr(patterns, "_inside", counted)
        assert matches(pattern)
    return len(looked)


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
@pytest.mark.parametrize("pattern", ["**/*.csv", "*/*/*/*/*/*.csv", "**/a/**/*.csv"])
def test_links_to_folders_above_are_entered_once(pattern: str, tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = None
    for links in (4, 8):
        for number in range(links):
            (tree / "a" / "b" / "c" / f"l{number}").unlink(missing_ok=True)
            (tree / "a" / "b" / "c" / f"l{number}").symlink_to(tree, target_is_directory=True)
        looked = visited(pattern, monkeypatch)
        assert before is None or looked <= 2.2 * before
        before = looked


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_what_a_link_leads_to_is_read(tree: Path) -> None:
    (tree / "b" / "l").symlink_to(tree / "a", target_is_directory=True)
    assert Path("b/l/x.csv") in matches("b/**/*.csv")
    (tree / "b" / "self").symlink_to("self")
    assert Path("b/x.csv") in matches("b/**/*.csv")
