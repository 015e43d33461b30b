"""The language of the run: found before the command line is parsed, for help texts are written while modules load."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Annotated, Final

import typer

from thidua_cli.language import Language

# A variable and no setting of a file: the help texts are chosen while modules are imported, before any file is read.
LANGUAGE_VARIABLE: Final = "THIDUA_LANG"


def _language_of(arguments: Sequence[str], environment: str | None) -> Language:
    """Find the language before the command line is parsed: help texts and usage errors need it.

    >>> _language_of(["check", "a.xlsx", "--lang", "en"], None), _language_of(["--lang=vi"], "en")
    (<Language.EN: 'en'>, <Language.VI: 'vi'>)
    """
    wanted = environment or ""
    # Not typer: its help texts are arguments of decorators, fixed before it looks at a command line.
    for place, argument in enumerate(arguments):
        if argument == "--lang":
            wanted = "".join(arguments[place + 1 : place + 2])
        elif argument.startswith("--lang="):
            wanted = argument.removeprefix("--lang=")
    return Language.EN if wanted.lower().startswith("en") else Language.VI


def current_language() -> Language:
    """Return the language of this run: `--lang`, else THIDUA_LANG, else Vietnamese."""
    return _language_of(sys.argv[1:], os.environ.get(LANGUAGE_VARIABLE))


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


GroupLang = Annotated[Language | None, typer.Option("--lang", help=said("Ngôn ngữ.", "Language."))]
"""The language given before the name of a command."""
