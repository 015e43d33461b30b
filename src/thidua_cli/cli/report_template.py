"""`--template` of `report`: a Word document of the office's own, filled in for each unit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from thidua_cli.cli.declared import option
from thidua_cli.cli.options import Format
from thidua_cli.cli.run_files import FileMark
from thidua_cli.cli.speech import said
from thidua_cli.errors import UsageError
from thidua_cli.language import Text

if TYPE_CHECKING:
    from thidua_cli.present.docx.template import Template

TemplateOption = Annotated[
    str | None,
    option(
        "--template",
        metavar="FILE.docx",
        help=said(
            "Mẫu Word của cơ quan, có các trường như unit_name (xem docs/vi/mau-bao-cao.md).",
            "A Word document of your own with fields such as unit_name (docs/report-template.md).",
        ),
    ),
    FileMark.READS,
]


def template_format(template: str | None, asked: Format | None) -> Format | None:
    """Return the format of the reports: a template makes Word documents.

    Raises:
        UsageError: Another one is asked for.
    """
    if template is None:
        return asked
    if asked not in (None, Format.DOCX):
        text = Text("--template ghi tệp .docx, không ghi {format}", "--template writes .docx, not {format}")
        raise UsageError(text.fill(format=asked))
    return Format.DOCX


def refuse_template(template: str | None) -> None:
    """Refuse a template beside --overview, which writes one page of all units.

    Raises:
        UsageError: One is named.
    """
    if template is not None:
        raise UsageError(
            Text(
                "--overview không dùng --template: mẫu là của báo cáo từng đơn vị",
                "--overview takes no --template: it is for the report of one unit",
            )
        )


def opened_template(path: str | None) -> Template | None:
    """Return the template, looked through before any table is read.

    Raises:
        InputError: It cannot be read, is unsafe, or asks for what there is not.
        UsageError: The libraries of the extra are not installed.
    """
    if path is None:
        return None
    from thidua_cli.present.docx.template import Template
    from thidua_cli.present.report.fields import FIELDS

    return Template.opened(Path(path), FIELDS)
