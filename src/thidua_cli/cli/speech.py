"""The language of the run: found before the command line is parsed, for help texts are written while modules load."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from thidua_cli.cli.office_file.place import nearest_file
from thidua_cli.errors import InputError
from thidua_cli.language import Language

if TYPE_CHECKING:
    import typer

LANGUAGE_VARIABLE: Final = "THIDUA_LANG"


def _language_of(arguments: Sequence[str], environment: str | None, of_file: str = "") -> Language:
    """Find the language before the command line is parsed: help texts and usage errors need it.

    >>> _language_of(["check", "a.xlsx", "--lang", "en"], None), _language_of(["--lang=vi"], "en")
    (<Language.EN: 'en'>, <Language.VI: 'vi'>)
    """
    wanted = environment or of_file
    # Not typer: its help texts are arguments of decorators, fixed before it looks at a command line.
    for place, argument in enumerate(arguments):
        if argument == "--lang":
            wanted = "".join(arguments[place + 1 : place + 2])
        elif argument.startswith("--lang="):
            wanted = argument.removeprefix("--lang=")
    return Language.EN if wanted.lower().startswith("en") else Language.VI


def current_language() -> Language:
    """Return the language of this run: `--lang`, else THIDUA_LANG, else that of the office's file, else Vietnamese."""
    return _language_of(sys.argv[1:], os.environ.get(LANGUAGE_VARIABLE), _language_of_file())


_of_file: list[str] = []
"""What the file of the office says, once it was looked at; help texts ask hundreds of times while modules load."""


def _language_of_file() -> str:
    if not _of_file:
        place = None if "--no-config" in sys.argv else nearest_file()
        _of_file.append("")
        if place is not None:
            from thidua_cli.cli.office_file.reading import read_office_file  # late: seldom is there a file

            with suppress(InputError):  # what is wrong with it is told by the command that takes its values
                _of_file[0] = str(read_office_file(place).defaults.get("lang", ""))
    return _of_file[0]


def look_at_the_file_again() -> None:
    """Forget which language the file says: another run begins in this process."""
    _of_file.clear()


def said(vi: str, en: str) -> str:
    """Return the one of two texts that is in the language of this run."""
    return en if current_language() is Language.EN else vi


def speak(ctx: typer.Context, lang: Language | None) -> None:
    """Let the command speak `lang` unless it is given another one itself: each reads the variable for its default."""
    if lang is None:
        return
    before = os.environ.get(LANGUAGE_VARIABLE)
    os.environ[LANGUAGE_VARIABLE] = lang.value

    def put_back() -> None:
        if before is None:
            os.environ.pop(LANGUAGE_VARIABLE, None)
        else:
            os.environ[LANGUAGE_VARIABLE] = before

    ctx.call_on_close(put_back)
