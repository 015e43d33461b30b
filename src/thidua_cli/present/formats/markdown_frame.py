"""The frame of an official paper in Markdown: its lines one below the other, for a page of text has no columns."""

from __future__ import annotations

from collections.abc import Sequence

from thidua_cli.language import Language
from thidua_cli.present.paper.frame import (
    Frame,
    PaperLine,
    agency_lines,
    country_lines,
    date_line,
    number_line,
    preparer_lines,
    recipients_lines,
    signer_lines,
)
from thidua_cli.present.toolkit import markdown_text

_BREAK = "  \n"


def head(frame: Frame, language: Language) -> list[str]:
    """Return what stands above the text: agency and number, country, place and day, name and subject."""
    return [
        _lines([*agency_lines(frame), number_line(frame, language)]),
        _lines(country_lines(language)),
        _lines([date_line(frame, language)]),
        f"# {markdown_text.heading(frame.name.upper())}",
        markdown_text.bold(frame.subject),
    ]


def foot(frame: Frame, language: Language) -> list[str]:
    """Return what stands below the text: who made it, who signs it, who gets it."""
    recipients, *names = recipients_lines(frame, language)
    listed = "\n".join(f"- {markdown_text.line(line.text.removeprefix('- '))}" for line in names)
    return [
        _lines(preparer_lines(frame, language)),
        _lines(signer_lines(frame, language)),
        _line(recipients),
        listed,
    ]


def _lines(lines: Sequence[PaperLine]) -> str:
    return _BREAK.join(_line(line) for line in lines if line.text.strip())


def _line(line: PaperLine) -> str:
    return markdown_text.bold(line.text) if line.bold else markdown_text.line(line.text)
