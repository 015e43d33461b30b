"""`thidua export`: the workbook for submission."""

from __future__ import annotations

from typing import Annotated

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
    Lang,
    NoColor,
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
from thidua_cli.cli.output import refuse_workbook_on_screen, target
from thidua_cli.cli.run import COMPUTING, Run
from thidua_cli.inputs import load_boundaries, load_inputs
from thidua_cli.language import Language

HELP = said(
    """Ví dụ:

    \b
    thidua export dong-giang/*.xlsx --rules qd-666-ttg --as-of 2024 -o ho-so.xlsx

    Ghi một sổ tính để trình: bảng kết quả xét, tỷ lệ các năm, phát hiện, và nguồn của từng số liệu.""",
    """Example:

    \b
    thidua export dong-giang/*.xlsx --rules qd-666-ttg --as-of 2024 -o pack.xlsx

    Write one workbook for submission: eligibility, rates with their years, findings, and the sources.""",
)


def export(
    files: Files,
    rules: Rules,
    as_of: AsOf,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help=said("Tệp .xlsx cần ghi.", "The .xlsx to write."))
    ],
    classes: Classes = None,
    attest: Attest = None,
    reading_names: Readings = None,
    year: Year = None,
    unit: ScopeUnit = None,
    mapping: OwnForm = None,
    boundaries: BoundariesOption = "as-of",
    shares: SharesOption = None,
    units: OwnUnits = None,
    force: Force = False,
    fail_on: Fail = FailOn.ERROR,
    lang: Lang = Language.VI,
    quiet: Quiet = False,
    verbose: Verbose = False,
    no_color: NoColor = False,
) -> int:
    """Write the workbook for submission."""
    refuse_workbook_on_screen(True, output)
    inputs = [*files, *own_form(mapping), *(shares or ()), *(units or ()), *(classes or ()), *given(attest), rules]
    workbook = target(output, force, inputs)
    ground = load_boundaries(boundaries, paths(shares), paths(units))
    criteria = load_inputs(rules, paths(classes), path(attest), reading_names or (), boundaries=ground)
    run = Run(lang, quiet, verbose, no_color)
    reading = run.read(files, year, unit, mapping)
    findings = run.check(reading)
    pack = run.working(COMPUTING, lambda: pipeline.export(reading, findings, criteria, as_of))
    from thidua_cli.present.workbook import build_export

    workbook.write(build_export(pack.eligible, pack.rates, pack.check, tuple(pack.eligible.sources), lang))
    run.mention_attested(pack.eligible.attested_elsewhere)
    run.mention(findings)
    return exit_status.of(reading, findings, fail_on)


app = single("export", export, HELP)
