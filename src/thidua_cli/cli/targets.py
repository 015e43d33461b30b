"""`thidua targets`: attainment of a plan's targets, and the path still needed."""

from __future__ import annotations

from typing import Annotated

import typer

from thidua_cli import pipeline
from thidua_cli.cli import exit_status
from thidua_cli.cli.commands import single
from thidua_cli.cli.options import (
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
    Readings,
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
from thidua_cli.inputs import load_boundaries, load_inputs
from thidua_cli.language import Language, Text
from thidua_cli.results import TargetsResult

HELP = said(
    """Ví dụ:

    \b
    thidua targets ha-noi/*.xlsx --rules ha-noi-251 --as-of 2024
    thidua targets *.xlsx --rules nghe-an-834 --level province --format xlsx -o chi-tieu.xlsx
    thidua targets *.xlsx --rules nghe-an-834 --plan ke-hoach-nam.csv

    Đối chiếu số liệu với chỉ tiêu của một kế hoạch: kết quả, phần trăm đạt được, số hộ còn cách. Chỉ tiêu chưa đến
    hạn: còn phải giảm bao nhiêu hộ mỗi năm, so với tốc độ đến nay (đúng tiến độ / chậm).""",
    """Examples:

    \b
    thidua targets ha-noi/*.xlsx --rules ha-noi-251 --as-of 2024
    thidua targets *.xlsx --rules nghe-an-834 --level province --format xlsx -o targets.xlsx
    thidua targets *.xlsx --rules nghe-an-834 --plan yearly-plan.csv

    Hold figures against the targets of a plan: verdict, attainment in percent, margin in households. For a target that
    is not due yet: how many households a year must still leave, against the pace so far (on track / behind).""",
)


def targets(
    files: Files,
    rules: Rules,
    as_of: Annotated[
        int | None,
        typer.Option(
            "--as-of",
            min=1993,
            max=2099,
            metavar="YEAR",
            help=said(
                "Năm rà soát cuối cùng được xét; mặc định là năm mới nhất trong số liệu.",
                "The last year-end judged; by default the newest one of the figures.",
            ),
        ),
    ] = None,
    level: Annotated[LevelOption | None, typer.Option("--level", help=said("Chỉ một cấp.", "One tier only."))] = None,
    plan: Annotated[
        list[str] | None,
        typer.Option(
            "--plan",
            metavar="FILE",
            help=said(
                "CSV kế hoạch năm: unit_code,year,measure,planned,unit,source (planned: mức giảm).",
                "CSV of yearly plans: unit_code,year,measure,planned,unit,source (planned: the fall).",
            ),
        ),
    ] = None,
    classes: Classes = None,
    reading_names: Readings = None,
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
    """Print what was reached of every target, for every unit of the files."""
    own = (shares, units, classes, plan)
    inputs = [*files, *own_form(mapping), *(path for given in own for path in given or ()), rules]
    target = result_target(format_, output, force, inputs)
    ground = load_boundaries(boundaries, paths(shares), paths(units))
    criteria = load_inputs(rules, paths(classes), None, reading_names or (), paths(plan), ground)
    run = Run(lang, quiet, verbose, no_color)
    reading = run.read(files, year, unit, mapping)
    findings = run.check(reading)
    of_level = level.value if level else None
    result = run.working(COMPUTING, lambda: pipeline.targets(reading, criteria, as_of, of_level))
    if format_ is Format.XLSX:
        from thidua_cli.present.targets.workbook import build_targets

        target.write(build_targets(result, lang))
    else:
        from thidua_cli.present.targets.view import render_targets

        text = render_targets(result, format_, lang, width=run.width(target), color=run.color(target))
        target.write_csv(text) if format_ is Format.CSV else target.write(text)
    _mention_plans_left_out(run, result)
    run.mention(findings)
    return exit_status.of(reading, findings, fail_on)


def _mention_plans_left_out(run: Run, result: TargetsResult) -> None:
    text = Text(
        "{file}, dòng {line}: số liệu không có đơn vị {code}, dòng này chưa dùng",
        "{file}, line {line}: the figures hold no unit {code}, the line is not used",
    )
    for plan in result.plans_left_out:
        run.diagnostics.warning(text.fill(file=plan.file, line=str(plan.line), code=plan.unit_code))


app = single("targets", targets, HELP)
