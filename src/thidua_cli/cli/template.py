"""`thidua template`: an official form with its units, to be filled in."""

from __future__ import annotations

import sys
from typing import Annotated, Final

import typer

from thidua_cli.cli import exit_status
from thidua_cli.cli.commands import grouped, single
from thidua_cli.cli.options import Format
from thidua_cli.cli.output import STANDARD_OUTPUT, Offer
from thidua_cli.cli.run import OutputOptions, Run
from thidua_cli.cli.speech import said
from thidua_cli.errors import UsageError
from thidua_cli.language import Text
from thidua_cli.normalise.forms.register import results_form, template_forms
from thidua_cli.present.template.lines import Arrangement, plan_template
from thidua_cli.units.tables import bundled

HELP = said(
    """Ví dụ:

    \b
    thidua template --unit 505 --year 2024 -o bieu.xlsx         Mẫu 08 của một huyện, có sẵn các xã
    thidua template --unit 48 --year 2025 -o bieu.xlsx          của một tỉnh, theo đơn vị cuối năm đó
    thidua template --unit 505 --year 2024 --form 09 -o bd.xlsx diễn biến hộ nghèo

    Lập biểu của Thông tư 07/2021/TT-BLĐTBXH để điền số: có sẵn tên đơn vị, công thức cộng và tỷ lệ, chỉ nhận số
    nguyên, các ô khác đã khóa (không có mật khẩu). Điền xong, kiểm tra bằng thidua check.""",
    """Examples:

    \b
    thidua template --unit 505 --year 2024 -o form.xlsx         Mẫu 08 of a district with its communes
    thidua template --unit 48 --year 2025 -o form.xlsx          of a province, with the units of that year-end
    thidua template --unit 505 --year 2024 --form 09 -o mv.xlsx movement of poor households

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


_RESULTS: Final = results_form().number


@grouped
def template(
    *,
    unit: Annotated[
        str,
        typer.Option(
            "--unit",
            metavar="CODE",
            help=said("Mã tỉnh, huyện hoặc xã lập biểu.", "Code of the province, district or commune."),
        ),
    ],
    year: Annotated[
        int,
        typer.Option("--year", min=2021, max=2099, metavar="YEAR", help=said("Năm rà soát.", "Year of the review.")),
    ],
    form: Annotated[
        str,
        typer.Option(
            "--form",
            parser=_number,
            metavar=f"<{'|'.join(template_forms())}>",
            help=said(_about(0), _about(1)),
        ),
    ] = _RESULTS,
    arrangement: Annotated[
        Arrangement,
        typer.Option(
            "--arrangement",
            help=said("Xếp theo khu vực hoặc đánh số liên tục.", "In an urban and a rural section, or numbered."),
        ),
    ] = Arrangement.AREA,
    villages: Annotated[
        int,
        typer.Option(
            "--villages",
            min=1,
            max=200,
            metavar="COUNT",
            help=said("Số dòng trống cho thôn, ở biểu của xã.", "Empty lines for villages on a commune's form."),
        ),
    ] = 30,
    to: OutputOptions,
    run: Run,
) -> int:
    """Write the form; the exit status says that it is done."""
    if to.output is None or (to.output == STANDARD_OUTPUT and sys.stdout.isatty()):
        raise UsageError(Text("biểu là một tệp Excel: thêm -o TỆP.xlsx", "a form is an Excel file: add -o FILE.xlsx"))
    chosen = template_forms()[form]
    if not chosen.serves(year):
        years = f"{chosen.first_year or '…'}–{chosen.last_year or '…'}"
        text = Text("{form} dùng cho các năm {years}", "{form} serves the years {years}")
        raise UsageError(text.fill(form=chosen.title, years=years))
    place = to.destination(offer=Offer.of([Format.XLSX]))
    plan = plan_template(unit, year, bundled(), arrangement, villages)
    from thidua_cli.present.template.workbook import build_template

    holds = Text("{form}, {unit}, năm {year}", "{form}, {unit}, {year}")
    content = build_template(plan, chosen, run.language)
    run.write(content, place, holds.fill(form=chosen.short_title, unit=plan.unit.name, year=str(year)))
    return exit_status.DONE


app = single("template", template, HELP)
