"""`thidua export`: the workbook for submission."""

from __future__ import annotations

from thidua_cli import pipeline
from thidua_cli.cli.answer_options import BoundaryOptions, JudgedBy, answer
from thidua_cli.cli.grouping import grouped, single
from thidua_cli.cli.options import AsOf, Fail, FailOn, Force, Format, Rules, WorkbookOutput
from thidua_cli.cli.output import Offer, counted
from thidua_cli.cli.run import FileOptions, OutputOptions, PaperRun
from thidua_cli.cli.speech import said
from thidua_cli.cli.waiving import WaiveOptions
from thidua_cli.results import Pack

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


@grouped
def export(
    *,
    rules: Rules,
    as_of: AsOf,
    output: WorkbookOutput,
    judged: JudgedBy,
    files: FileOptions,
    boundaries: BoundaryOptions,
    accepted: WaiveOptions,
    force: Force = False,
    fail_on: Fail = FailOn.ERROR,
    run: PaperRun,
) -> int:
    """Write the workbook for submission."""
    place = OutputOptions(output, force).destination(offer=Offer.of([Format.XLSX]))
    waivers = accepted.load()
    inputs = judged.load(run, rules, boundaries, waivers, files.within)
    inputs.refuse_without_criteria(as_of)

    def show(pack: Pack) -> None:
        from thidua_cli.present.export.view import export_view

        holds = counted(len(pack.eligible.verdicts), "đơn vị", "unit")
        run.show(export_view(pack, run.office), place, holds)
        run.mention_attested(pack.eligible.attested_elsewhere)

    return answer(
        files, run, fail_on, waivers, lambda reading, findings: pipeline.export(reading, findings, inputs, as_of), show
    )


app = single("export", export, HELP)
