"""`thidua check`: findings."""

from __future__ import annotations

from typing import Annotated

import typer

from thidua_cli import pipeline
from thidua_cli.cli import exit_status, finding_options
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
    OwnForm,
    Quiet,
    ScopeUnit,
    Verbose,
    Year,
    own_form,
    path,
    said,
)
from thidua_cli.cli.output import result_target
from thidua_cli.cli.run import Run
from thidua_cli.inputs import load_check_inputs
from thidua_cli.language import Language
from thidua_cli.present.findings.view import SCREEN_LIMIT, render_check

HELP = said(
    """Ví dụ:

    \b
    thidua check bieu-2024.xlsx                    một tệp
    thidua check thu-muc/ "bao-cao/*.xlsx"         thư mục, mẫu tên
    thidua check bieu.csv --year 2024 --unit 505   khi biểu không ghi năm, đơn vị
    thidua check *.xlsx --format json -o ket-qua.json
    thidua check *.xlsx --since ket-qua.json       so với lần trước
    thidua check *.xlsx --annotate da-kiem-tra/    bản sao có ghi chú tại ô

    Kiểm tra biểu tổng hợp hộ nghèo, hộ cận nghèo: tiêu đề, số liệu, đơn vị hành chính, cộng dồn, qua các năm.
    Tệp của bạn không bị sửa.""",
    """Examples:

    \b
    thidua check bieu-2024.xlsx                    one file
    thidua check folder/ "reports/*.xlsx"          a folder, a pattern
    thidua check bieu.csv --year 2024 --unit 505   where the table states neither
    thidua check *.xlsx --format json -o result.json
    thidua check *.xlsx --since result.json        against an earlier run
    thidua check *.xlsx --annotate checked/        copies with findings at their cells

    Check tables of poor and near-poor households: headings, values, units, sums, years. Your files are not changed.""",
)


Waive = Annotated[
    str | None,
    typer.Option(
        "--waive",
        metavar="FILE",
        help=said("Tệp .toml các phát hiện đã được chấp nhận.", "A .toml file of accepted findings."),
    ),
]
Since = Annotated[
    str | None,
    typer.Option(
        "--since",
        metavar="FILE",
        help=said("So với kết quả JSON của lần trước.", "Compare with an earlier run's JSON."),
    ),
]
Annotate = Annotated[
    str | None,
    typer.Option(
        "--annotate",
        metavar="DIR",
        help=said("Ghi bản sao của tệp, phát hiện ghi ngay tại ô.", "Write copies with findings at their cells."),
    ),
]


def check(
    files: Files,
    year: Year = None,
    unit: ScopeUnit = None,
    mapping: OwnForm = None,
    show_all: Annotated[bool, typer.Option("--all", help=said("In mọi phát hiện.", "Print every finding."))] = False,
    format_: OutputFormat = Format.TABLE,
    output: Output = None,
    force: Force = False,
    waive: Waive = None,
    since: Since = None,
    annotate: Annotate = None,
    fail_on: Fail = FailOn.ERROR,
    lang: Lang = Language.VI,
    quiet: Quiet = False,
    verbose: Verbose = False,
    no_color: NoColor = False,
) -> int:
    """Print the findings of all files; the exit status says whether there are any."""
    target = result_target(format_, output, force, [*files, *own_form(mapping)])
    held_against = load_check_inputs(path(since), path(waive))
    run = Run(lang, quiet, verbose, no_color)
    reading = run.read(files, year, unit, mapping)
    findings = finding_options.waived(run.check(reading), held_against, run.diagnostics)
    result = pipeline.summary(reading, findings, held_against)
    if annotate is not None:
        finding_options.write_annotated(annotate, files, findings, force, lang)
    if format_ is Format.XLSX:
        from thidua_cli.present.workbook import build_table

        target.write(build_table(result, lang))
    else:
        to_screen = output is None
        limit = None if show_all or not to_screen else SCREEN_LIMIT
        text = render_check(result, format_, lang, width=run.width(target), color=run.color(target), limit=limit)
        target.write_csv(text) if format_ is Format.CSV else target.write(text)
    return exit_status.of(reading, findings, fail_on)


app = single("check", check, HELP)
