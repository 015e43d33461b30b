"""`thidua eligible`: verdicts by a rule file."""

from __future__ import annotations

from typing import Annotated

import typer

from thidua_cli import pipeline
from thidua_cli.cli import exit_status
from thidua_cli.cli.commands import single
from thidua_cli.cli.options import (
    AsOf,
    BoundariesOption,
    Classes,
    Fail,
    FailOn,
    Files,
    Force,
    Format,
    Lang,
    LevelOption,
    NoColor,
    Output,
    OutputFormat,
    OwnForm,
    OwnUnits,
    Quiet,
    Rules,
    ScopeUnit,
    SharesOption,
    Verbose,
    Year,
    own_form,
    paths,
    said,
)
from thidua_cli.cli.output import result_target
from thidua_cli.cli.run import COMPUTING, Run
from thidua_cli.language import Language

HELP = said(
    """Ví dụ:

    \b
    thidua eligible dong-giang/*.xlsx --rules qd-666-ttg --as-of 2024
    thidua eligible *.xlsx --rules qd-666-ttg --as-of 2024 --level commune --classes phan-loai.csv
    thidua eligible *.xlsx --rules qd-666-ttg --as-of 2024 --format xlsx -o ket-qua.xlsx

    Xét từng đơn vị theo tiêu chí định lượng: Đạt, Không đạt, Chưa xác định (kèm lý do), Không có tiêu chí.
    --as-of 2024 xét các mốc cuối năm 2021–2024. “Không đạt” là kết quả, không phải lỗi.""",
    """Examples:

    \b
    thidua eligible dong-giang/*.xlsx --rules qd-666-ttg --as-of 2024
    thidua eligible *.xlsx --rules qd-666-ttg --as-of 2024 --level commune --classes classes.csv
    thidua eligible *.xlsx --rules qd-666-ttg --as-of 2024 --format xlsx -o result.xlsx

    Judge every unit by the clauses with numbers: met, not met, undetermined (with the reason), no criterion.
    --as-of 2024 looks at the year-ends 2021–2024. "Not met" is a result, not an error.""",
)


def eligible(
    files: Files,
    rules: Rules,
    as_of: AsOf,
    level: Annotated[LevelOption | None, typer.Option("--level", help=said("Chỉ một cấp.", "One tier only."))] = None,
    classes: Classes = None,
    year: Year = None,
    unit: ScopeUnit = None,
    mapping: OwnForm = None,
    boundaries: BoundariesOption = "as-of",
    shares: SharesOption = None,
    units: OwnUnits = None,
    format_: OutputFormat = Format.TABLE,
    output: Output = None,
    force: Force = False,
    fail_on: Fail = FailOn.ERROR,
    lang: Lang = Language.VI,
    quiet: Quiet = False,
    verbose: Verbose = False,
    no_color: NoColor = False,
) -> int:
    """Print the verdict of every unit of the files."""
    target = result_target(
        format_, output, force, [*files, *own_form(mapping), *(shares or ()), *(units or ()), *(classes or ()), rules]
    )
    criteria = pipeline.load_criteria(rules, paths(classes))
    ground = pipeline.load_ground(boundaries, paths(shares), paths(units))
    run = Run(lang, quiet, verbose, no_color)
    reading = run.read(files, year, unit, mapping)
    findings = run.check(reading)
    of_level = level.value if level else None
    result = run.working(COMPUTING, lambda: pipeline.eligible(reading, criteria, as_of, of_level, ground))
    if format_ is Format.XLSX:
        from thidua_cli.present.workbook import build_table

        target.write(build_table(result, lang))
    else:
        from thidua_cli.present.eligible_view import render_eligible

        text = render_eligible(result, format_, lang, width=run.width(target), color=run.color(target))
        target.write_csv(text) if format_ is Format.CSV else target.write(text)
    run.mention(findings)
    return exit_status.of(reading, findings, fail_on)


app = single("eligible", eligible, HELP)
