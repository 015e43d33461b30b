"""A pytest plugin for runs on mutants: quick tests first, so that a mutant dies cheaply, and fewer examples of laws.

Fewer examples only let more mutants survive; the figure that is printed is never too good.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import pytest

EXAMPLES: Final = 60
"""Of a law that is tried on some hundred tables when tests are run by themselves."""


@pytest.hookimpl(tryfirst=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Let names of cases be made anew.

    pytest keeps those it made, and escapes their Vietnamese letters once more with every run in one process; then no
    test is found under the name of the first run, and mutmut takes the error for a kill.
    """
    for marker in metafunc.definition.iter_markers("parametrize"):
        if marker._param_ids_from is not None:
            object.__setattr__(marker._param_ids_from, "_param_ids_generated", None)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Drop examples that are there twice, sort the tests by what they took, and shorten the laws."""
    stats = Path("mutmut-stats.json")
    took: dict[str, float] = json.loads(stats.read_text("utf-8"))["duration_by_test"] if stats.exists() else {}
    # Every mutant of a function bears the examples of its docstring; those of the function itself are enough.
    items[:] = [item for item in items if "__mutmut_" not in item.name]
    items.sort(key=lambda item: took.get(item.nodeid, 0))
    for item in items:
        _shorten(getattr(item, "obj", None))


def _shorten(test: Any) -> None:
    from hypothesis import settings

    # Where hypothesis keeps what @settings said; max_examples there goes before that of any profile.
    own = getattr(test, "_hypothesis_internal_use_settings", None)
    if own is not None and own.max_examples > EXAMPLES:
        test._hypothesis_internal_use_settings = settings(own, max_examples=EXAMPLES)
