"""`thidua explain`: what a finding means and how to mend it."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from thidua_cli.cli.commands import grouped, single
from thidua_cli.cli.options import Format
from thidua_cli.cli.run import OutputOptions, Run
from thidua_cli.cli.speech import said
from thidua_cli.errors import UsageError
from thidua_cli.language import Text

if TYPE_CHECKING:
    from thidua_cli.findings import Kind

HELP = said(
    """Ví dụ:

    \b
    thidua explain S001                                    một mã
    thidua explain S001 --format json                      cho chương trình khác đọc
    thidua explain --all -o phat-hien.md                   mọi mã, dạng Markdown

    Giải thích một phát hiện: sai ở đâu, vì sao quan trọng, ví dụ, cách sửa.""",
    """Examples:

    \b
    thidua explain S001                                    one code
    thidua explain S001 --format json                      for programs
    thidua explain --all -o findings.md                    every code, as Markdown

    Explain a finding: what is wrong, why it matters, an example, how to mend it.""",
)


@grouped
def explain(
    *,
    code: Annotated[
        str | None, typer.Argument(metavar="CODE", help=said("Mã phát hiện, ví dụ S001.", "Code of a finding."))
    ] = None,
    show_all: Annotated[bool, typer.Option("--all", help=said("Mọi mã.", "Every code."))] = False,
    format_: Annotated[
        Literal[Format.TABLE, Format.MARKDOWN, Format.JSON] | None,
        typer.Option(
            "--format",
            "-f",
            help=said(
                "Dạng kết quả; mặc định: table cho một mã, markdown cho --all.",
                "Format; by default table for one code, markdown for --all.",
            ),
        ),
    ] = None,
    to: OutputOptions,
    run: Run,
) -> int:
    """Print the record of one kind of finding, or of all."""
    from thidua_cli.check.catalogue import KINDS
    from thidua_cli.present.findings.explain import kind_view, kinds_view
    from thidua_cli.present.toolkit import terminal

    place = to.destination(())
    if show_all:
        place.show(kinds_view(KINDS), format_ or Format.MARKDOWN, run.language)
        return 0
    color = not run.no_color and not place.is_file and terminal.shows_color(sys.stdout, os.environ)
    width = min(terminal.width_of(sys.stdout, 80), 100)
    place.show(kind_view(_kind(code, KINDS)), format_ or Format.TABLE, run.language, width, color)
    return 0


def _kind(code: str | None, kinds: tuple[Kind, ...]) -> Kind:
    if code is None:
        raise UsageError(
            Text(
                "thiếu mã phát hiện; ví dụ: thidua explain S001, hoặc thidua explain --all",
                "a code is missing; for example: thidua explain S001, or thidua explain --all",
            )
        )
    for kind in kinds:
        if kind.code == code.upper():
            return kind
    known = ", ".join(kind.code for kind in kinds)
    raise UsageError(Text(f"không có mã “{code}”; các mã: {known}", f"there is no code “{code}”; the codes: {known}"))


app = single("explain", explain, HELP)
