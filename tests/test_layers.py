"""Imports point one way, and each library is known in one place (docs/dependencies.md)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import thidua_cli

SOURCE = Path(thidua_cli.__file__).parent
ORDER = (
    {"language"},
    {"model"},
    {"findings", "observations", "errors"},
    {"units", "rulebook"},
    {"read"},
    {"normalise"},
    {"check"},
    {"measure"},
    {"judge"},
    {"results"},
    {"present"},
    {"pipeline"},
    {"cli"},
)
LIBRARIES = {
    "typer": {"cli"},
    "rich": {"present"},
    "tabulate": {"present"},
    "xlsxwriter": {"present"},
    "pandas": {"measure", "present"},
    "numpy": {"measure"},
    "openpyxl": {"read"},
    "python_calamine": {"read"},
}
FILES = sorted(SOURCE.rglob("*.py"))


def part(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def rank(name: str) -> int:
    return next(number for number, parts in enumerate(ORDER) if name in parts)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_a_module_imports_only_what_stands_before_it(path: Path) -> None:
    if part(path) == "__init__" or part(path) == "__main__":
        return
    ours = [name.split(".")[1] for name in imported(path) if name.startswith("thidua_cli.")]
    later = {name for name in ours if not name.startswith("_") and rank(name) > rank(part(path))}
    assert not later


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_a_library_is_imported_only_where_it_belongs(path: Path) -> None:
    packages = {name.split(".")[0] for name in imported(path)}
    assert all(part(path) in LIBRARIES[package] for package in packages & LIBRARIES.keys())
