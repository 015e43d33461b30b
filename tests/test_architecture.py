"""The house rules, held over the syntax trees: who imports whom, who opens files, who may print (docs/data-flow.md)."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import thidua_cli

SOURCE = Path(thidua_cli.__file__).parent
ORDER = (
    {"named_tuple"},
    {"language", "late_dataclass", "late_pattern", "likeness"},
    {"quoting"},
    {"model", "office"},
    {"findings", "observations", "errors", "lexicon"},
    {"side_files"},
    {"units", "rulebook"},
    {"read"},
    {"verify"},
    {"normalise"},
    {"read_many"},
    {"check"},
    {"doubt"},
    {"measure"},
    {"judge"},
    {"attest"},
    {"results"},
    {"present"},
    {"inputs"},
    {"pipeline", "anew"},
    {"cli", "notebook"},
    {"__main__"},
)
LIBRARIES = {
    "typer": {"cli"},
    "rich": {"present"},
    "tabulate": {"present"},
    "xlsxwriter": {"present"},
    "typst": {"present"},
    "pandas": {"measure", "present", "notebook"},
    "numpy": {"observations", "read", "normalise", "read_many", "check", "doubt", "measure", "judge"},
    "orjson": {"present"},
    "openpyxl": {"read"},
    "python_calamine": {"read"},
    "lxml": {"read"},
    "msoffcrypto": {"read"},
    "zipfile": {"read", "present"},
    "jinja2": {"present"},
    "docxtpl": {"present"},
}
OPENERS = {
    "read/": "the inputs",
    "side_files.py": "what a user names beside the tables",
    "rulebook/": "the shipped rules and lines",
    "units/": "the shipped tables",
    "normalise/prepared.py": "the shipped headings and forms",
    "present/toolkit/write.py": "results",
    "present/toolkit/part_files.py": "results that are not whole yet",
    "present/toolkit/run_log.py": "what a run of reports wrote so far",
    "present/annotate/": "the workbook a copy is made of",
    "present/overview/page.py": "the shipped page and its libraries",
    "cli/main.py": "the null device, when a pipe is closed",
    "read_many/forked.py": "the null device, in the place of a copied process's terminal",
    "cli/streams.py": "the null device, where the shell closed a stream",
}
"""The only places that open files, and what for."""
PARSERS = {
    "python_calamine": {"read/opened_workbook.py", "read/sheet_values.py", "read/workbook.py"},
    "lxml": {"read/html_page.py"},
    "msoffcrypto": {"read/default_password.py"},
    "openpyxl": set(),
}
"""The only modules that know a library which parses what users send."""
WAYS_TO_PARSERS = {
    "read.opened_workbook": {"read/workbook.py"},
    "read.workbook.open_workbook": {"read/opening.py"},
    "read.default_password": {"read/walled.py", "read/workbook.py"},
    "read.html_page": {"read/markup.py"},
    "read.markup.open_markup": {"read/opening.py"},
    "read.opening.parsed": {"read/walled.py"},
    "read.opening.opened": {"read/source.py"},
}
"""Who leads to them: all ways begin in `read.opening`, which decides whether a file is parsed behind the wall."""
FRAMES = {"measure/frame.py", "present/frames.py", "notebook.py"}
"""The only modules that know pandas: they make DataFrames, which no command asks for."""
FILES = sorted(SOURCE.rglob("*.py"))

each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(SOURCE).as_posix())


def part(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


@cache
def imported(path: Path) -> tuple[str, ...]:
    return tuple(imports_of(path))


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "require":
            yield from (str(each.value) for each in node.args if isinstance(each, ast.Constant))


def rank(name: str) -> int:
    return next(number for number, parts in enumerate(ORDER) if name in parts)


def test_the_order_names_every_part_of_the_program() -> None:
    named = {name for parts in ORDER for name in parts}
    assert {part(path) for path in FILES} - {"__init__"} == named


@each_file
def test_a_module_imports_only_what_stands_before_it(path: Path) -> None:
    if part(path) == "__init__":
        return
    ours = [name.split(".")[1] for name in imported(path) if name.startswith("thidua_cli.")]
    later = {name for name in ours if not name.startswith("_") and rank(name) > rank(part(path))}
    assert not later


@each_file
def test_a_library_is_imported_only_where_it_belongs(path: Path) -> None:
    packages = {name.split(".")[0] for name in imported(path)}
    assert all(part(path) in LIBRARIES[package] for package in packages & LIBRARIES.keys())


def test_pandas_is_known_where_a_data_frame_is_the_answer_and_nowhere_else() -> None:
    importers = {path for path in FILES if any(name.split(".")[0] == "pandas" for name in imported(path))}
    assert {path.relative_to(SOURCE).as_posix() for path in importers} == FRAMES
    asking = {path for path in FILES if any("frame" in name.rpartition(".")[2] for name in imported(path))}
    assert not [path for path in asking if part(path) in {"cli", "pipeline"}]


@each_file
def test_a_dataclass_is_a_late_one(path: Path) -> None:
    """The library's own is made while the program starts, and field and class must be of one maker."""
    early = {f"dataclasses.{name}" for name in ("dataclass", "field", "replace")}
    for_types = {"dataclasses.dataclass"} if part(path) == "model" else set()
    assert part(path) == "late_dataclass" or not early & set(imported(path)) - for_types


@each_file
def test_a_named_tuple_is_of_the_package(path: Path) -> None:
    """The library's own compiles every annotation while the program starts."""
    assert part(path) == "named_tuple" or "typing.NamedTuple" not in imported(path)


@pytest.mark.parametrize("library", PARSERS)
def test_a_library_that_parses_is_known_to_the_modules_that_ask_the_wall(library: str) -> None:
    importers = {path for path in FILES if any(name.split(".")[0] == library for name in imported(path))}
    assert {path.relative_to(SOURCE).as_posix() for path in importers} == PARSERS[library]


@pytest.mark.parametrize("way", WAYS_TO_PARSERS)
def test_nothing_is_parsed_but_where_the_wall_was_asked(way: str) -> None:
    """A third party's parser that is called from elsewhere would take the process with it."""
    name = f"thidua_cli.{way}"
    importers = {path for path in FILES if any(f"{each}.".startswith(f"{name}.") for each in imported(path))}
    # constants and types that others need do no harm
    harmless = {"read/taken_for.py"} if way == "read.opened_workbook" else set()
    assert {path.relative_to(SOURCE).as_posix() for path in importers} - harmless == WAYS_TO_PARSERS[way]


def opens_a_file(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Name):
        return node.func.id == "open"
    return isinstance(node.func, ast.Attribute) and node.func.attr in {
        "open",
        "read_text",
        "read_bytes",
        "write_text",
        "write_bytes",
    }


@each_file
def test_files_are_opened_only_where_it_is_their_work(path: Path) -> None:
    place = path.relative_to(SOURCE).as_posix()
    if place.startswith(tuple(OPENERS)):
        return
    tree = ast.parse(path.read_text("utf-8"))
    lines = [node.lineno for node in ast.walk(tree) if opens_a_file(node) and isinstance(node, ast.Call)]
    assert lines == []


@each_file
def test_nothing_is_printed(path: Path) -> None:
    calls = [node.func for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    assert not [func.lineno for func in calls if isinstance(func, ast.Name) and func.id in {"print", "input"}]


@each_file
def test_the_stages_neither_exit_nor_look_at_the_clock(path: Path) -> None:
    # the progress bar measures how long it has waited; a waiver is over after its last day
    # the wall stops a reader that takes too long
    if part(path) in {"cli", "present", "notebook"} or path.name == "reader.py":
        return
    names = {name.split(".")[0] for name in imported(path)}
    assert not names & {"time", "random"}
    attributes = {node.attr for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Attribute)}
    assert not attributes & {"today", "now", "utcnow", "exit"}


def public_definitions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from (
                    inner
                    for inner in node.body
                    if isinstance(inner, ast.FunctionDef) and not inner.name.startswith("_")
                )


@each_file
def test_every_public_definition_says_what_it_is_for(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    assert ast.get_docstring(tree)
    assert [node.name for node in public_definitions(tree) if not ast.get_docstring(node)] == []


@each_file
def test_comparisons_know_no_floating_point(path: Path) -> None:
    """A rate that is compared is a fraction; floats appear where files hold them and where screens show them."""
    if part(path) in {"read", "normalise", "present", "units", "cli", "notebook"}:
        return
    tree = ast.parse(path.read_text("utf-8"))
    floats = [
        node.lineno for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, float)
    ]
    casts = [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == "float"]
    assert floats + casts == []


def test_importing_the_package_costs_nothing() -> None:
    program = "import sys; before = set(sys.modules); import thidua_cli; print(*sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = done.stdout.split()
    assert "thidua_cli" in loaded
    assert not [name for name in loaded if name.startswith(("thidua_cli.", "pandas", "numpy", "typer", "rich"))]
