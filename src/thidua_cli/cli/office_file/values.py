"""Values of `[defaults]`: the same as the options take, held against the same lists before any command uses them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from thidua_cli.cli.years import FIRST_YEAR, LAST_YEAR
from thidua_cli.errors import UsageError
from thidua_cli.language import Language, Text

LONGEST: Final = 500
"""Letters of one text: an agency with its whole name has a hundred."""
MOST: Final = 200
"""Texts of one list."""

Reader = Callable[[object, Path], Any]
"""Takes a value, and the folder of the file that holds it."""


def text(value: object, _: Path | None = None) -> str:
    """Return a text that is not empty.

    Raises:
        UsageError: It is something else, or too long, or holds what cannot be printed.
    """
    words = line(value)
    if not words.strip():
        raise UsageError(Text("để trống", "is empty"))
    return words


def line(value: object, _: Path | None = None) -> str:
    """Return a text of one line, which may be empty.

    Raises:
        UsageError: As `text`.
    """
    if not isinstance(value, str):
        raise UsageError(_NO_TEXT)
    if any(unicodedata.category(character) in {"Cc", "Cs"} for character in value):
        raise UsageError(_CONTROL)
    if len(value) > LONGEST:
        raise UsageError(_LONG.fill(most=str(LONGEST)))
    return value


def texts(value: object, _: Path | None = None) -> list[str]:
    """Return one text or a list of texts as a list.

    Raises:
        UsageError: It is neither.
    """
    if isinstance(value, list):
        if len(value) > MOST:
            raise UsageError(_MANY.fill(most=str(MOST)))
        return [text(each) for each in value]
    return [text(value)]


def _file(value: object, folder: Path) -> str:
    """Return a path that is as seen from the file's own folder, as the current folder sees it."""
    return str(folder / text(value)) if folder.parts else text(value)


def _files(value: object, folder: Path) -> list[str]:
    return [_file(each, folder) for each in texts(value)]


def _rules(value: object, folder: Path) -> str:
    from thidua_cli.rulebook.load import bundled_ids, example_ids, rule_file

    name = text(value)
    if name in (*bundled_ids(), *example_ids()):
        return name
    path = _file(name, folder)
    if not Path(path).exists():
        rule_file(name)  # refuses what is neither an id nor written as a path
    return path


def _year(value: object, _: Path) -> int:
    if type(value) is not int:  # True is an int to Python, not to a reader
        raise UsageError(Text("phải là một năm, không có dấu nháy: 2024", "must be a year, no quotes: 2024"))
    if not FIRST_YEAR <= value <= LAST_YEAR:
        years = {"value": str(value), "first": str(FIRST_YEAR), "last": str(LAST_YEAR)}
        raise UsageError(
            Text("{value} nằm ngoài khoảng {first}–{last}", "{value} is not within {first}–{last}").fill(**years)
        )
    return value


def _place(value: object, _: Path) -> str:
    from thidua_cli.normalise.options import ReadingOptions, refuse_unknown_unit
    from thidua_cli.units.tables import bundled

    code = text(value)
    refuse_unknown_unit(ReadingOptions(within=code), bundled())
    return code


def _poverty_line(value: object, _: Path) -> str:
    from thidua_cli.rulebook.lines import refuse_unknown_line

    name = text(value)
    refuse_unknown_line(name)
    return name


def _boundaries(value: object, _: Path) -> str:
    from thidua_cli.measure.ground import boundaries_of

    written = text(value)
    boundaries_of(written)
    return written


def _one_of(*words: str) -> Reader:
    def word(value: object, _: Path) -> str:
        chosen = text(value)
        if chosen not in words:
            raise UsageError(_NO_SUCH.fill(value=chosen, words=", ".join(words)))
        return chosen

    return word


def _flag(value: object, _: Path) -> bool:
    if not isinstance(value, bool):
        raise UsageError(Text("phải là true hoặc false, không có dấu nháy", "must be true or false, no quotes"))
    return value


_NO_TEXT: Final = Text('phải là chữ trong dấu nháy: "…"', 'must be a text in quotes: "…"')
_CONTROL: Final = Text(
    "có xuống dòng hoặc ký tự điều khiển không in được", "holds a line break or a character that cannot be printed"
)
_LONG: Final = Text("dài quá {most} ký tự", "is longer than {most} characters")
_MANY: Final = Text("nhiều quá {most} dòng", "has more than {most} lines")
_NO_SUCH: Final = Text("“{value}” lạ; dùng một trong: {words}", "unknown “{value}”; use one of: {words}")

READERS: Final[Mapping[str, Reader]] = {
    "rules": _rules,
    "as_of": _year,
    "classes": _files,
    "within": _place,
    "poverty_line": _poverty_line,
    "waive": _file,
    "attest": _file,
    "reading": texts,
    "boundaries": _boundaries,
    "shares": _files,
    "units": _files,
    "plan": _files,
    "mapping": _file,
    "fail_on": _one_of("error", "warning", "note", "never"),
    "lang": _one_of(*(each.value for each in Language)),
    "no_color": _flag,
}
"""Key of `[defaults]` → what takes its value."""
