"""`thidua rates`: counts, rates, yearly and three-year falls."""

from __future__ import annotations

from typing import Annotated

import typer

from thidua_cli import pipeline
from thidua_cli.cli import exit_status
from thidua_cli.cli.commands import single
from thidua_cli.cli.options import (
    BoundariesOption,
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
from thidua_cli.inputs import load_boundaries
from thidua_cli.language import Language
from thidua_cli.model import Measure

HELP = said(
    """Ví dụ:

    \b
    thidua rates dong-giang/*.xlsx                          bốn năm của một huyện
    thidua rates *.xlsx --measure poor --level commune      chỉ hộ nghèo, chỉ cấp xã
    thidua rates *.xlsx --format xlsx -o ty-le.xlsx

    Tính số hộ, tỷ lệ, mức giảm từng năm và ba năm (điểm %), mức giảm số hộ so với đầu kỳ (cuối năm 2021).
    Mặc định là nghèo đa chiều: hộ nghèo + hộ cận nghèo trên tổng số hộ.""",
    """Examples:

    \b
    thidua rates dong-giang/*.xlsx                          four years of a district
    thidua rates *.xlsx --measure poor --level commune      poor only, communes only
    thidua rates *.xlsx --format xlsx -o rates.xlsx

    Counts, rates, yearly and three-year falls (percentage points), and the fall of the count since the baseline
    (end of 2021). By default multidimensional: poor + near-poor over all households.""",
)


def rates(
    files: Files,
    measure: Annotated[
        Measure, typer.Option("--measure", help=said("Chỉ số được tính.", "What is counted."))
    ] = Measure.MULTIDIMENSIONAL,
    level: Annotated[LevelOption | None, typer.Option("--level", help=said("Chỉ một cấp.", "One tier only."))] = None,
    as_of: Annotated[
        int | None, typer.Option("--as-of", metavar="YEAR", help=said("Năm cuối được tính.", "The last year shown."))
    ] = None,
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
    """Print the rates of every unit of the files."""
    target = result_target(format_, output, force, [*files, *own_form(mapping), *(shares or ()), *(units or ())])
    ground = load_boundaries(boundaries, paths(shares), paths(units))
    run = Run(lang, quiet, verbose, no_color)
    reading = run.read(files, year, unit, mapping)
    findings = run.check(reading)
    of_level = level.value if level else None
    result = run.working(COMPUTING, lambda: pipeline.rates(reading, ground, measure, as_of, of_level))
    if format_ is Format.XLSX:
        from thidua_cli.present.workbook import build_table

        target.write(build_table(result, lang))
    else:
        from thidua_cli.present.rates.view import render_rates

        text = render_rates(result, format_, lang, width=run.width(target))
        target.write_csv(text) if format_ is Format.CSV else target.write(text)
    run.mention(findings)
    return exit_status.of(reading, findings, fail_on)


app = single("rates", rates, HELP)
