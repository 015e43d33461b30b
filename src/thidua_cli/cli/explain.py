"""`thidua explain`: what a finding means and how to mend it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Literal

from thidua_cli.cli.declared import argument, option
from thidua_cli.cli.grouping import grouped, single
from thidua_cli.cli.offers import offer_finding_codes
from thidua_cli.cli.options import PAGE_FORMATS, Format
from thidua_cli.cli.output import Offer, counted
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
        str | None,
        argument(
            metavar="CODE",
            autocompletion=offer_finding_codes,
            help=said("Mã phát hiện, ví dụ S001.", "Code of a finding."),
        ),
    ] = None,
    show_all: Annotated[bool, option("--all", help=said("Mọi mã.", "Every code."))] = False,
    format_: Annotated[
        Literal[Format.TABLE, Format.MARKDOWN, Format.JSON] | None,
        option(
            "--format",
            "-f",
            help=said(
                "Dạng kết quả; mặc định theo đuôi tên tệp, không có thì table cho một mã, markdown cho --all.",
                "Format; by default that of the ending of -o, else table for one code, markdown for --all.",
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

    offer = Offer.of(PAGE_FORMATS, Format.MARKDOWN if show_all else Format.TABLE)
    place = to.destination(format_, offer)
    if show_all:
        run.show(kinds_view(KINDS), place, counted(len(KINDS), "mã phát hiện", "code"), 80, color=False)
        return 0
    kind, width = _kind(code, KINDS), min(terminal.width_of(sys.stdout, 80), 100)
    run.show(kind_view(kind), place, Text(f"mã {kind.code}", f"the code {kind.code}"), width)
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
