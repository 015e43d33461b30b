"""`thidua template`: an official form with its units, to be filled in."""

from __future__ import annotations

import sys
from typing import Annotated, Final

import typer

from thidua_cli.cli import exit_status
from thidua_cli.cli.declared import option
from thidua_cli.cli.grouping import grouped, single
from thidua_cli.cli.options import Format
from thidua_cli.cli.output import STANDARD_OUTPUT, Offer
from thidua_cli.cli.run import OutputOptions, Run
from thidua_cli.cli.run_files import FileMark
from thidua_cli.cli.speech import said
from thidua_cli.errors import UsageError
from thidua_cli.language import Text
from thidua_cli.model import Level
from thidua_cli.normalise.forms.register import results_form, template_forms
from thidua_cli.present.template.lines import EMPTY_VILLAGES, Arrangement, plan_template, standing_unit
from thidua_cli.units.tables import bundled

HELP = said(
    """Ví dụ:

    \b
    thidua template --unit 11 --year 2026 -o bieu.xlsx                     Mẫu 08 của tỉnh, có sẵn các xã, phường
    thidua template --unit 03162 --year 2026 --from nam-2025.xlsx -o x.xlsx của xã, có sẵn các thôn như biểu năm trước
    thidua template --unit 11 --year 2026 --form 09 -o bd.xlsx             diễn biến hộ nghèo
    thidua template --unit 505 --year 2024 -o bieu.xlsx                    của một huyện, trước ngày 01/07/2025
    thidua template --report -o mau-bao-cao.docx                           mẫu Word, dùng với report --template

    Lập biểu của Thông tư 07/2021/TT-BLĐTBXH để điền số: có sẵn tên đơn vị, công thức cộng và tỷ lệ, chỉ nhận số
    nguyên, các ô khác đã khóa (không có mật khẩu). Điền xong, kiểm tra bằng thidua check.""",
    """Examples:

    \b
    thidua template --unit 11 --year 2026 -o form.xlsx                    Mẫu 08 of a province with its communes
    thidua template --unit 03162 --year 2026 --from of-2025.xlsx -o c.xlsx of a commune, villages as on last year's form
    thidua template --unit 11 --year 2026 --form 09 -o mv.xlsx            movement of poor households
    thidua template --unit 505 --year 2024 -o form.xlsx                   of a district, before 1 July 2025
    thidua template --report -o report.docx                               a Word document for report --template

    Make a form of Thông tư 07/2021/TT-BLĐTBXH to be filled in: with the names of the units, formulas for totals and
    rates, whole numbers only, other cells locked (without a password). Once filled in, see thidua check.""",
)


def _number(number: str) -> str:
    """Return the number of a form that the register has: an enum cannot name what stands in data."""
    if number not in template_forms():
        choices = ", ".join(f"'{known}'" for known in template_forms())
        raise typer.BadParameter(f"'{number}' is not one of {choices}.")
    return number


def _about(language: int) -> str:
    """Say in one sentence which forms there are, in Vietnamese (0) or English (1)."""
    return f"{', '.join(form.about[language] for form in template_forms().values())}."


_NO_COMMUNE: Final = Text(
    "--from lấy tên thôn cho biểu của xã; {unit} (--unit {code}) không phải là xã, phường",
    "--from takes villages for a commune's form; {unit} (--unit {code}) is no commune",
)
_NO_VILLAGES: Final = Text(
    "--from {files}: không đọc được thôn nào của {unit}; xem lý do bằng “thidua check”, hoặc bỏ --from và tự ghi tên",
    "--from {files}: no village of {unit} was read; “thidua check” says why; or leave --from out, and type the names",
)
_RESULTS: Final = results_form().number


@grouped
def template(
    *,
    unit: Annotated[
        str | None,
        option(
            "--unit",
            metavar="CODE",
            help=said("Mã tỉnh, huyện hoặc xã lập biểu.", "Code of the province, district or commune."),
        ),
    ] = None,
    year: Annotated[
        int | None,
        option("--year", min=2021, max=2099, metavar="YEAR", help=said("Năm rà soát.", "Year of the review.")),
    ] = None,
    of_report: Annotated[
        bool,
        option(
            "--report",
            help=said(
                "Thay vào đó: mẫu báo cáo Word để sửa, dùng với report --template.",
                "Instead: a Word document to be changed, for report --template.",
            ),
        ),
    ] = False,
    form: Annotated[
        str,
        option(
            "--form",
            parser=_number,
            metavar=f"<{'|'.join(template_forms())}>",
            help=said(_about(0), _about(1)),
        ),
    ] = _RESULTS,
    arrangement: Annotated[
        Arrangement,
        option(
            "--arrangement",
            help=said("Xếp theo khu vực hoặc đánh số liên tục.", "In an urban and a rural section, or numbered."),
        ),
    ] = Arrangement.AREA,
    villages: Annotated[
        int | None,
        option(
            "--villages",
            min=1,
            max=200,
            metavar="COUNT",
            help=said(
                "Số dòng trống cho thôn, ở biểu của xã; mặc định 30, có --from thì không có.",
                "Empty lines for villages on a commune's form; by default 30, with --from none.",
            ),
        ),
    ] = None,
    last_report: Annotated[
        list[str] | None,
        option(
            "--from",
            metavar="FILE",
            help=said(
                "Biểu năm trước của xã (hoặc của các xã cũ đã nhập lại): lấy tên thôn từ đó; ghi được nhiều lần.",
                "The commune's last form (or those of the communes it was made of), for its villages; several times.",
            ),
        ),
        FileMark.READS_TABLES,
    ] = None,
    to: OutputOptions,
    run: Run,
) -> int:
    """Write the form; the exit status says that it is done."""
    if of_report:
        return _report_template(to, run)
    if unit is None or year is None:
        raise UsageError(_NEEDED.fill(option="--unit" if unit is None else "--year"))
    if to.output is None or (to.output == STANDARD_OUTPUT and sys.stdout.isatty()):
        raise UsageError(Text("biểu là một tệp Excel: thêm -o TỆP.xlsx", "a form is an Excel file: add -o FILE.xlsx"))
    chosen = template_forms()[form]
    if not chosen.serves(year):
        years = f"{chosen.first_year or '…'}–{chosen.last_year or '…'}"
        text = Text("{form} dùng cho các năm {years}", "{form} serves the years {years}")
        raise UsageError(text.fill(form=chosen.title, years=years))
    place = to.destination(offer=Offer.of([Format.XLSX]))
    named = _named_villages(run, unit, year, last_report) if last_report else ()
    empty = EMPTY_VILLAGES if villages is None and not named else ("",) * (villages or 0)
    plan = plan_template(unit, year, bundled(), arrangement, (*named, *empty))
    from thidua_cli.present.template.workbook import build_template

    holds = Text("{form}, {unit}, năm {year}", "{form}, {unit}, {year}")
    content = build_template(plan, chosen, run.language)
    run.write(content, place, holds.fill(form=chosen.short_title, unit=plan.unit.name, year=str(year)))
    return exit_status.DONE


_NEEDED: Final = Text(
    "thiếu {option} (mẫu báo cáo Word: --report)", "missing {option} (the Word document of a report: --report)"
)


def _report_template(to: OutputOptions, run: Run) -> int:
    """Write a Word document with the fields of a report."""
    if to.output is None or (to.output == STANDARD_OUTPUT and sys.stdout.isatty()):
        raise UsageError(
            Text("mẫu báo cáo là một tệp Word: thêm -o TỆP.docx", "it is a Word document: add -o FILE.docx")
        )
    from thidua_cli.present.docx.template_example import template_example

    place = to.destination(offer=Offer.of([Format.DOCX]))
    run.write(template_example(run.language), place, Text("mẫu báo cáo, để sửa", "a report, to be changed"))
    return exit_status.DONE


def _named_villages(run: Run, unit: str, year: int, files: list[str]) -> tuple[str, ...]:
    """Return the villages of a commune by the forms of earlier years.

    Raises:
        UsageError: The unit has no villages of its own, or the files name none of them.
    """
    commune = standing_unit(unit, year, bundled())
    if commune.level is not Level.COMMUNE:
        raise UsageError(_NO_COMMUNE.fill(unit=commune.name, code=unit))
    from thidua_cli.normalise.options import ReadingOptions
    from thidua_cli.present.template.villages import reported_villages

    reading = run.read(files, ReadingOptions(unit=unit))
    names = reported_villages(reading.observations, commune, year, bundled())
    if not names:
        raise UsageError(_NO_VILLAGES.fill(files=", ".join(files), unit=commune.name))
    return names


app = single("template", template, HELP)
