"""`thidua report`: one document per unit."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from thidua_cli import pipeline
from thidua_cli.cli import exit_status
from thidua_cli.cli.commands import single
from thidua_cli.cli.options import (
    Attest,
    BoundariesOption,
    Classes,
    Fail,
    FailOn,
    Files,
    Force,
    Lang,
    LevelOption,
    NoColor,
    OwnForm,
    OwnUnits,
    Quiet,
    Readings,
    ReportFormat,
    SharesOption,
    Verbose,
    Year,
    given,
    own_form,
    path,
    paths,
    said,
)
from thidua_cli.cli.output import STANDARD_OUTPUT, Target, input_paths, make_folder, refuse_workbook_on_screen, target
from thidua_cli.cli.run import COMPUTING, Run
from thidua_cli.errors import UsageError
from thidua_cli.inputs import load_boundaries, load_inputs
from thidua_cli.language import Language, Text

if TYPE_CHECKING:
    from thidua_cli.model import Series

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


Place = Annotated[
    str,
    typer.Option(
        "--output",
        "-o",
        metavar="PATH",
        help=said("Tệp, hoặc thư mục khi dùng --each.", "File, or folder with --each."),
    ),
]
OneUnit = Annotated[
    str | None, typer.Option("--unit", metavar="CODE", help=said("Đơn vị cần báo cáo.", "The unit to report on."))
]
Each = Annotated[
    LevelOption | None, typer.Option("--each", help=said("Mỗi đơn vị của một cấp.", "Every unit of a tier."))
]
RuleFile = Annotated[str, typer.Option("--rules", metavar="ID", help=said("Bộ tiêu chí.", "Rule file."))]
LastYear = Annotated[
    int | None,
    typer.Option("--as-of", metavar="YEAR", help=said("Năm xét; mặc định là năm mới nhất.", "Default: the newest.")),
]
Scope = Annotated[
    str | None,
    typer.Option("--scope", metavar="CODE", help=said("Mã huyện, tỉnh của biểu khi biểu không ghi.", "Tables' scope.")),
]
Shape = Annotated[ReportFormat, typer.Option("--format", "-f", help=said("Dạng báo cáo.", "Format."))]


def report(
    files: Files,
    output: Place,
    unit: OneUnit = None,
    each: Each = None,
    rules: RuleFile = "qd-666-ttg",
    as_of: LastYear = None,
    classes: Classes = None,
    attest: Attest = None,
    reading_names: Readings = None,
    year: Year = None,
    scope: Scope = None,
    mapping: OwnForm = None,
    boundaries: BoundariesOption = "as-of",
    shares: SharesOption = None,
    units: OwnUnits = None,
    format_: Shape = ReportFormat.XLSX,
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
    refuse_workbook_on_screen(format_ is ReportFormat.XLSX, output)
    inputs = [*files, *own_form(mapping), *(shares or ()), *(units or ()), *(classes or ()), *given(attest), rules]
    place = _place(output, each is not None, force, inputs)
    ground = load_boundaries(boundaries, paths(shares), paths(units))
    criteria = load_inputs(rules, paths(classes), path(attest), reading_names or (), boundaries=ground)
    criteria.refuse_without_criteria()
    run = Run(lang, quiet, verbose, no_color)
    reading = run.read(files, year, scope, mapping)
    findings = run.check(reading)
    of_level = each.value if each else None
    result = run.working(COMPUTING, lambda: pipeline.report(reading, findings, criteria, as_of, unit, of_level))
    places = [place] if each is None else _places(place, result.units, format_)
    from thidua_cli.present.report import build_report

    for place_of_one, one in zip(places, result.reports, strict=True):
        place_of_one.write(build_report(one, format_, lang))
    run.mention_attested(result.attested_elsewhere)
    run.mention(findings)
    return exit_status.of(reading, findings, fail_on)


def _place(output: str, into_folder: bool, force: bool, inputs: Sequence[str]) -> Target:
    """Return where the report goes, or the folder of the reports, refused at once where it must not be written to."""
    if not into_folder:
        return target(output, force, inputs)
    if output == STANDARD_OUTPUT or Path(output).is_file():
        raise UsageError(
            Text(f"--each cần một thư mục, “{output}” thì không phải", f"--each needs a folder, “{output}” is none")
        )
    return Target(output, force, input_paths(inputs))


def _places(folder: Target, wanted: Sequence[Series], format_: ReportFormat) -> list[Target]:
    """Return one file per unit in the folder, which is made; all are checked before the first is written."""
    from thidua_cli.present.report import file_name

    top = Path(str(folder.output))
    make_folder(top)
    suffix = ".md" if format_ is ReportFormat.MARKDOWN else ".xlsx"
    files = [top / file_name(one.unit_code, one.unit_name, suffix) for one in wanted]
    places = [Target(str(file), folder.force, folder.inputs) for file in files]
    for place in places:
        place.check()
    return places


app = single("report", report, HELP)
