"""Whatever stands behind a key of a rule file: it is read, or refused in a sentence; the program never stumbles."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from thidua_cli.errors import InputError
from thidua_cli.rulebook.load import parse_rulebook

HERE = Path(__file__).parent
SOUND = sorted(HERE.glob("sound*.toml"))
VALUES = (
    *("-1", "1.5", "true", "2022-02-03T00:00:00", "2022-02-03", "1000000000000000000000"),
    *('""', '"x"', '"01"', '"2022-02-03"', '"\\u0000"', "[]", "[[]]", "[{}]", '["x"]', "[1, 1]", '[2025, "2025"]'),
    *("{}", "{ vi = 1, en = 2 }", '{ level = ["district"] }', '{ clause = "" }', "{ x = { y = [] } }"),
)


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("path", SOUND, ids=lambda path: path.stem)
def test_any_value_behind_any_key_is_read_or_refused_with_its_file(path: Path, value: str) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        key = re.match(r"([\w.]+) = ", line)
        if key is None:
            continue
        changed = "\n".join([*lines[:number], f"{key[1]} = {value}", *lines[number + 1 :]])
        assert all(text.startswith(str(path)) for text in _refusal(changed, path))


@pytest.mark.parametrize("path", SOUND, ids=lambda path: path.stem)
def test_a_file_without_any_one_of_its_lines_is_read_or_refused(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    for number in range(len(lines)):
        changed = "\n".join(lines[:number] + lines[number + 1 :])
        assert all(text.startswith(str(path)) for text in _refusal(changed, path))


def _refusal(text: str, path: Path) -> tuple[str, ...]:
    """Return what is said against the text, in both languages; nothing where it can be used."""
    try:
        parse_rulebook(text, path)
    except InputError as error:
        return error.text
    return ()
