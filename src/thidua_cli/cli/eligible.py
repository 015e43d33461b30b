"""`thidua eligible`: verdicts by a rule file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from thidua_cli import pipeline
from thidua_cli.cli import exit_status
from thidua_cli.cli.commands import single
from thidua_cli.cli.options import (
    AsOf,
    Attest,
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
    given,
    own_form,
    path,
    paths,
    said,
)
from thidua_cli.cli.output import Target, result_target
from thidua_cli.cli.run import COMPUTING, Run
from thidua_cli.errors import UsageError
from thidua_cli.inputs import load_boundaries, load_inputs
from thidua_cli.language import Language, Text

if TYPE_CHECKING:
    from thidua_cli.results import EligibleResult

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
    trace: Annotated[
        str | None,
        typer.Option(
            "--trace",
            metavar="CODE",
            help=said(
                "Chỉ một đơn vị: từ điều khoản qua phép tính đến từng ô số liệu.",
                "One unit only: from the clause over the formula to every cell.",
            ),
        ),
    ] = None,
    classes: Classes = None,
    attest: Attest = None,
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
    """Print the verdict of every unit of the files."""
    _refuse_traced_workbook(trace, format_)
    inputs = [*files, *own_form(mapping), *(shares or ()), *(units or ()), *(classes or ()), *given(attest), rules]
    target = result_target(format_, output, force, inputs)
    ground = load_boundaries(boundaries, paths(shares), paths(units))
    criteria = load_inputs(rules, paths(classes), path(attest), reading_names or (), boundaries=ground)
    run = Run(lang, quiet, verbose, no_color)
    reading = run.read(files, year, unit, mapping)
    findings = run.check(reading)
    of_level = level.value if level else None
    result = run.working(COMPUTING, lambda: pipeline.eligible(reading, criteria, as_of, of_level))
    if trace is not None:
        result = result.of_unit(trace)
    _write(result, trace is not None, format_, target, run)
    run.mention_attested(result.attested_elsewhere)
    run.mention(findings)
    return exit_status.of(reading, findings, fail_on)


def _refuse_traced_workbook(trace: str | None, format_: Format) -> None:
    if trace is not None and format_ is Format.XLSX:
        raise UsageError(
            Text(
                "--trace không ghi ra xlsx; dùng “thidua report … --unit MÃ” để có sổ tính của một đơn vị",
                "--trace is not written as xlsx; “thidua report … --unit CODE” gives a unit's workbook",
            )
        )


def _write(result: EligibleResult, traced: bool, format_: Format, target: Target, run: Run) -> None:
    if format_ is Format.XLSX:
        from thidua_cli.present.workbook import build_table

        target.write(build_table(result, run.language))
        return
    if traced:
        from thidua_cli.present.verdicts.trace import render_trace

        text = render_trace(result, format_, run.language)
    else:
        from thidua_cli.present.verdicts.view import render_eligible

        text = render_eligible(result, format_, run.language, width=run.width(target), color=run.color(target))
    target.write_csv(text) if format_ is Format.CSV else target.write(text)


app = single("eligible", eligible, HELP)
