"""`thidua check`: findings."""

from __future__ import annotations

from typing import Annotated

import typer

from thidua_cli import pipeline
from thidua_cli.cli import exit_status, finding_options
from thidua_cli.cli.commands import single
from thidua_cli.cli.finding_options import FindingOptions
from thidua_cli.cli.grouping import grouped
from thidua_cli.cli.option_groups import FileOptions, OutputOptions
from thidua_cli.cli.options import Fail, FailOn, Format, OutputFormat
from thidua_cli.cli.run import Run
from thidua_cli.cli.speech import said
from thidua_cli.present.findings.view import SCREEN_LIMIT, findings_view

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


ShowAll = Annotated[bool, typer.Option("--all", help=said("In mọi phát hiện.", "Print every finding."))]


@grouped
def check(
    *,
    files: FileOptions,
    show_all: ShowAll = False,
    format_: OutputFormat = Format.TABLE,
    to: OutputOptions,
    review: FindingOptions,
    fail_on: Fail = FailOn.ERROR,
    run: Run,
) -> int:
    """Print the findings of all files; the exit status says whether there are any."""
    place = to.destination(files.named, format_)
    held_against = review.load()
    reading = files.read(run)
    findings = finding_options.waived(run.check(reading), held_against, run.diagnostics)
    result = pipeline.summary(reading, findings, held_against)
    if review.annotate is not None:
        finding_options.write_annotated(review.annotate, files.files, findings, to.force, run.language)
    limit = None if show_all or to.output is not None else SCREEN_LIMIT
    run.show(findings_view(result, limit), format_, place)
    return exit_status.of(reading, findings, fail_on)


app = single("check", check, HELP)
