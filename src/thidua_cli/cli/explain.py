"""`thidua explain`: what a finding means and how to mend it."""

from __future__ import annotations

from typing import Annotated

import typer

from thidua_cli.cli.commands import single
from thidua_cli.cli.options import Force, Lang, Output, said
from thidua_cli.cli.run import write_result
from thidua_cli.errors import UsageError
from thidua_cli.language import Language, Text

HELP = said(
    """Ví dụ:

    \b
    thidua explain S001         một mã
    thidua explain --all        mọi mã, dạng Markdown

    Giải thích một phát hiện: sai ở đâu, vì sao quan trọng, ví dụ, cách sửa.""",
    """Examples:

    \b
    thidua explain S001         one code
    thidua explain --all        every code, as Markdown

    Explain a finding: what is wrong, why it matters, an example, how to mend it.""",
)


def explain(
    code: Annotated[
        str | None, typer.Argument(metavar="CODE", help=said("Mã phát hiện, ví dụ S001.", "Code of a finding."))
    ] = None,
    show_all: Annotated[bool, typer.Option("--all", help=said("Mọi mã.", "Every code."))] = False,
    output: Output = None,
    force: Force = False,
    lang: Lang = Language.VI,
) -> int:
    """Print the record of one kind of finding, or of all."""
    from thidua_cli.check.catalogue import KINDS
    from thidua_cli.present.explain_view import render_catalogue, render_kind

    if show_all:
        write_result(render_catalogue(KINDS, lang), output, force)
        return 0
    kind = next((kind for kind in KINDS if code and kind.code == code.upper()), None)
    if kind is None:
        known = ", ".join(kind.code for kind in KINDS)
        raise UsageError(
            Text(f"không có mã “{code or ''}”; các mã: {known}", f"there is no code “{code or ''}”; the codes: {known}")
        )
    write_result(render_kind(kind, "table", lang), output, force)
    return 0


app = single("explain", explain, HELP)
