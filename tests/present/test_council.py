"""A paper says nothing that would be typed: every hint of the terminal has words for a council."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import thidua_cli
from thidua_cli.check.catalogue import KINDS
from thidua_cli.language import Language
from thidua_cli.present.paper.council import for_council

SOURCE = Path(thidua_cli.__file__).parent
SPOKEN = ("judge/words/*.py", "present/rates/*notes.py", "present/doubts/words.py")
"""Where the sentences of a report come from."""
TYPED = re.compile(r"--[a-z]|“thidua ")


def sentences() -> list[str]:
    paths = [path for pattern in SPOKEN for path in SOURCE.glob(pattern)]
    assert len(paths) > 8
    trees = [ast.parse(path.read_text("utf-8")) for path in paths]
    texts = [
        argument.value
        for tree in trees
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "Text"
        for argument in call.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    ]
    return [*texts, *(text for kind in KINDS for text in kind.message)]


HINTS = [text for text in sentences() if TYPED.search(text)]


def test_there_are_hints_to_put_into_words() -> None:
    assert len(HINTS) > 20


@pytest.mark.parametrize("text", HINTS)
def test_no_hint_of_the_terminal_is_left_on_a_paper(text: str) -> None:
    language = Language.VI if re.search(r"[ạ-ỹđăâêôơư]", text) else Language.EN
    shown = for_council(text, language)
    assert not TYPED.search(shown)
    assert not re.search(r"TỆP|FILE\b", shown)
    assert shown.endswith(".") is text.strip().endswith(".")


def test_a_name_that_looks_like_an_option_is_left_as_it_is() -> None:
    text = "Xã --x: số hộ nghèo ghi 12."
    assert for_council(text, Language.VI) == text


def test_a_mark_that_no_row_bears_is_taken_off() -> None:
    assert for_council("(+) Gộp từ các đơn vị cũ: Xã A.", Language.VI) == "Gộp từ các đơn vị cũ: Xã A."
    assert for_council("(2024) Xã A.", Language.VI) == "(2024) Xã A."
