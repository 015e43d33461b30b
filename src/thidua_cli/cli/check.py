"""`thidua check`: findings."""

from __future__ import annotations

from typing import Annotated

import typer

from thidua_cli import pipeline
from thidua_cli.cli import exit_status
from thidua_cli.cli.commands import single
from thidua_cli.cli.options import (
    Fail,
    FailOn,
    Files,
    Force,
    Format,
    Lang,
    NoColor,
    Output,
    OutputFormat,
    Quiet,
    ScopeUnit,
    Verbose,
    Year,
    said,
)
from thidua_cli.cli.run import Run, as_csv_file, refuse_workbook_on_screen, write_result
from thidua_cli.language import Language
from thidua_cli.present.findings_view import SCREEN_LIMIT, render_check

HELP = said(
    """Ví dụ:

    \b
    thidua check bieu-2024.xlsx                    một tệp
    thidua check thu-muc/ "bao-cao/*.xlsx"         thư mục, mẫu tên
    thidua check bieu.csv --year 2024 --unit 505   khi biểu không ghi năm, đơn vị
    thidua check *.xlsx --format json -o ket-qua.json

    Kiểm tra biểu tổng hợp hộ nghèo, hộ cận nghèo: tiêu đề, số liệu, đơn vị hành chính, cộng dồn, qua các năm.
    Tệp của bạn không bị sửa.""",
    """Examples:

    \b
    thidua check bieu-2024.xlsx                    one file
    thidua check folder/ "reports/*.xlsx"          a folder, a pattern
    thidua check bieu.csv --year 2024 --unit 505   where the table states neither
    thidua check *.xlsx --format json -o result.json

    Check tables of poor and near-poor households: headings, values, units, sums, years. Your files are not changed.""",
)


def check(
    files: Files,
    year: Year = None,
    unit: ScopeUnit = None,
    show_all: Annotated[bool, typer.Option("--all", help=said("In mọi phát hiện.", "Print every finding."))] = False,
    format_: OutputFormat = Format.TABLE,
    output: Output = None,
    force: Force = False,
    fail_on: Fail = FailOn.ERROR,
    lang: Lang = Language.VI,
    quiet: Quiet = False,
    verbose: Verbose = False,
    no_color: NoColor = False,
) -> int:
    """Print the findings of all files; the exit status says whether there are any."""
    refuse_workbook_on_screen(format_, output)
    run = Run(lang, quiet, verbose, no_color)
    reading = run.read(files, year, unit)
    findings = pipeline.check(reading)
    result = pipeline.summary(reading, findings)
    if format_ is Format.XLSX:
        from thidua_cli.present.workbook import build_table

        write_result(build_table(result, lang), output, force)
    else:
        to_screen = output is None
        limit = None if show_all or not to_screen else SCREEN_LIMIT
        color = run.color and to_screen
        text = render_check(result, format_, lang, width=run.width, color=color, limit=limit)
        write_result(as_csv_file(text, format_, output), output, force)
    return exit_status.of(reading, findings, fail_on)


app = single("check", check, HELP)
