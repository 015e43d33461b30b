"""`thidua report`: one document per unit."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from thidua_cli import pipeline
from thidua_cli.cli import exit_status
from thidua_cli.cli.commands import single
from thidua_cli.cli.options import (
    Classes,
    Fail,
    FailOn,
    Files,
    Force,
    Lang,
    LevelOption,
    NoColor,
    Quiet,
    ReportFormat,
    Verbose,
    Year,
    said,
)
from thidua_cli.cli.run import Run, newest_year, write_result
from thidua_cli.errors import UsageError
from thidua_cli.language import Language, Text

HELP = said(
    """Ví dụ:

    \b
    thidua report *.xlsx --unit 20494 -o song-kon.xlsx       một xã
    thidua report *.xlsx --each commune -o bao-cao/          mỗi xã một tệp
    thidua report *.xlsx --each commune -o bao-cao/ --format markdown

    Báo cáo của từng đơn vị: số hộ, tỷ lệ, mức giảm, từng tiêu chí kèm kết quả, khoảng cách, cách hiểu, căn cứ,
    phát hiện và ô nguồn của số liệu.""",
    """Examples:

    \b
    thidua report *.xlsx --unit 20494 -o song-kon.xlsx       one commune
    thidua report *.xlsx --each commune -o reports/          one file per commune
    thidua report *.xlsx --each commune -o reports/ --format markdown

    One unit's counts, rates, falls, criteria with verdict, margin, reading and citation, its findings and the cells
    its figures come from.""",
)


def report(
    files: Files,
    output: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            metavar="PATH",
            help=said("Tệp, hoặc thư mục khi dùng --each.", "File, or folder with --each."),
        ),
    ],
    unit: Annotated[
        str | None, typer.Option("--unit", metavar="CODE", help=said("Đơn vị cần báo cáo.", "The unit to report on."))
    ] = None,
    each: Annotated[
        LevelOption | None, typer.Option("--each", help=said("Mỗi đơn vị của một cấp.", "Every unit of a tier."))
    ] = None,
    rules: Annotated[
        str, typer.Option("--rules", metavar="ID", help=said("Bộ tiêu chí.", "Rule file."))
    ] = "qd-666-ttg",
    as_of: Annotated[
        int | None,
        typer.Option(
            "--as-of", metavar="YEAR", help=said("Năm xét; mặc định là năm mới nhất.", "Default: the newest.")
        ),
    ] = None,
    classes: Classes = None,
    year: Year = None,
    scope: Annotated[
        str | None,
        typer.Option(
            "--scope", metavar="CODE", help=said("Mã huyện, tỉnh của biểu khi biểu không ghi.", "Tables' scope.")
        ),
    ] = None,
    format_: Annotated[
        ReportFormat, typer.Option("--format", "-f", help=said("Dạng báo cáo.", "Format."))
    ] = ReportFormat.XLSX,
    force: Force = False,
    fail_on: Fail = FailOn.ERROR,
    lang: Lang = Language.VI,
    quiet: Quiet = False,
    verbose: Verbose = False,
    no_color: NoColor = False,
) -> int:
    """Write the report of one unit, or of every unit of a tier."""
    if (unit is None) == (each is None):
        raise UsageError(
            Text("chọn một trong hai: --unit MÃ hoặc --each CẤP", "choose one: --unit CODE or --each TIER")
        )
    criteria = pipeline.load_criteria(rules, [Path(path) for path in classes or ()])
    run = Run(lang, quiet, verbose, no_color)
    reading = run.read(files, year, scope)
    findings = pipeline.check(reading)
    series = pipeline.measure(reading)
    wanted = [one for one in series if one.unit_code == unit or (each and one.level == each.value)]
    if not wanted:
        what = unit or (each.value if each else "")
        raise UsageError(Text(f"trong số liệu không có đơn vị nào: {what}", f"the figures hold no such unit: {what}"))
    _write_reports(
        pipeline.unit_reports(reading, findings, wanted, criteria, as_of or newest_year(series)),
        (output, each is not None, format_, force, lang),
    )
    run.mention(findings)
    return exit_status.of(reading, findings, fail_on)


def _write_reports(reports: pipeline.UnitReports, how: tuple[str, bool, ReportFormat, bool, Language]) -> None:
    from thidua_cli.present.report import build_report, file_name

    output, into_folder, format_, force, lang = how
    if into_folder:
        Path(output).mkdir(parents=True, exist_ok=True)
    suffix = ".md" if format_ is ReportFormat.MARKDOWN else ".xlsx"
    for one in reports:
        path = output
        if into_folder:
            path = str(Path(output) / file_name(one.series.unit_code, one.series.unit_name, suffix))
        write_result(build_report(one, format_, lang), path, force)


app = single("report", report, HELP)
