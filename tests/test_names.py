"""Names say what a thing is: no class name stands for two things, and names that say nothing become fewer."""

from __future__ import annotations

import ast
from collections import Counter, defaultdict
from collections.abc import Iterator

from tests.test_architecture import FILES, SOURCE

IDLE = {"one", "found", "at", "held", "said"}
"""Written by the house in its first weeks for whatever was at hand; the noun it stands for says more."""
STILL_IDLE = 9
"""So many such names are left. Lower the number when you rename; never raise it."""


def test_no_class_name_stands_for_two_things() -> None:
    places = defaultdict(set)
    for path in FILES:
        name = path.relative_to(SOURCE).as_posix()
        if not name.startswith("verify/"):  # the second implementation repeats on purpose
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.ClassDef):
                    places[node.name.lstrip("_")].add(name)
    assert {name: sorted(files) for name, files in places.items() if len(files) > 1} == {}


def test_names_that_say_nothing_become_fewer() -> None:
    count = Counter(name for path in FILES for name in stored(ast.parse(path.read_text("utf-8"))) if name in IDLE)
    assert count.total() <= STILL_IDLE, count


def stored(tree: ast.Module) -> Iterator[str]:
    """Every name that a value or an argument is given."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.arg):
            yield node.arg
