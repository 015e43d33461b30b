"""`thidua attest`: the sheet on which persons answer for the criteria without a number."""

from __future__ import annotations

from typing import Annotated, Final

from thidua_cli import pipeline
from thidua_cli.cli import exit_status
from thidua_cli.cli.commands import Command, command_group, grouped
from thidua_cli.cli.declared import option
from thidua_cli.cli.level_option import OneLevel
from thidua_cli.cli.options import Force, Format, NewestAsOf, Rules, WorkbookOutput
from thidua_cli.cli.output import Offer, counted
from thidua_cli.cli.run import COMPUTING, FileOptions, OutputOptions, Run
from thidua_cli.cli.speech import said
from thidua_cli.inputs import load_rules, refuse_attesting_at
from thidua_cli.language import Text
from thidua_cli.normalise.files_read import FilesRead

HELP = said(
    """Ví dụ:

    \b
    thidua attest template *.xlsx --rules qd-666-ttg -o xac-nhan.xlsx
    thidua eligible *.xlsx --rules qd-666-ttg --as-of 2024 --attest xac-nhan.xlsx

    Xác nhận các tiêu chí không có số liệu: lập phiếu, điền, rồi đọc lại bằng --attest.""",
    """Examples:

    \b
    thidua attest template *.xlsx --rules qd-666-ttg -o attest.xlsx
    thidua eligible *.xlsx --rules qd-666-ttg --as-of 2024 --attest attest.xlsx

    Attest the criteria without a number: make the sheet, fill it in, read it back with --attest.""",
)
TEMPLATE_HELP = said(
    """Ví dụ: thidua attest template *.xlsx --rules qd-666-ttg --as-of 2024 -o xac-nhan.xlsx

    Lập phiếu xác nhận: mỗi đơn vị trong số liệu một dòng cho từng tiêu chí không có số liệu, và các trang để ghi tên
    cơ quan, hộ gia đình, cán bộ, doanh nghiệp, ngân hàng.""",
    """Example: thidua attest template *.xlsx --rules qd-666-ttg --as-of 2024 -o attest.xlsx

    Make the sheet to be filled in: a row per unit of the figures and criterion without a number, and sheets for
    the names of organisations, households, officials, enterprises and banks.""",
)

app = command_group(HELP)


@app.command("template", cls=Command, help=TEMPLATE_HELP, short_help=said("Lập phiếu để điền.", "Make the sheet."))
@grouped
def template(
    *,
    rules: Rules,
    output: WorkbookOutput,
    as_of: NewestAsOf = None,
    level: OneLevel = None,
    entries: Annotated[
        int,
        option(
            "--entries",
            min=1,
            max=500,
            metavar="COUNT",
            help=said("Số chỗ trống trên mỗi trang tập thể, cá nhân.", "Room for so many on each of the other sheets."),
        ),
    ] = 10,
    files: FileOptions,
    force: Force = False,
    run: Run,
) -> int:
    """Write the sheet; where an input cannot be read, none is written: it would lack units, and nobody would see."""
    place = OutputOptions(output, force).destination(offer=Offer.of([Format.XLSX]))
    rulebook = load_rules(rules)
    refuse_attesting_at(as_of, rulebook)
    reading = files.read(run)
    if run.lacks_figures(reading, reading.findings) or _lacks_files(reading, run):
        return exit_status.UNREADABLE
    plan = run.working(COMPUTING, lambda: pipeline.attestation_plan(reading, rulebook, entries, as_of, level))
    from thidua_cli.present.attest.workbook import build_attestation

    rows = sum(len(sheet.units) for sheet in plan.unit_sheets)
    run.write(build_attestation(plan, run.language), place, counted(rows, "đơn vị", "unit"))
    return exit_status.DONE


def _lacks_files(reading: FilesRead, run: Run) -> bool:
    """Say file by file why nothing was read, where some gave figures and others did not; return whether it is so."""
    from thidua_cli.check.nothing_read import why_files_were_refused

    for reason in why_files_were_refused(reading.findings) if reading.refused else ():
        run.diagnostics.error(reason)
    if reading.refused:
        run.diagnostics.error(_NO_SHEET)
    return bool(reading.refused)


_NO_SHEET: Final = Text(
    "chưa lập phiếu, vì phiếu sẽ thiếu đơn vị; sửa các tệp trên, hoặc bỏ khỏi lệnh, rồi chạy lại",
    "no sheet is written, for it would lack units; mend the files above, or leave them out, and run again",
)
