"""`thidua classes`: lists of classes, what ships, what a unit has, what a file says, and a workbook to fill in."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

from thidua_cli.cli import exit_status
from thidua_cli.cli.commands import Command, command_group, grouped
from thidua_cli.cli.declared import argument, option
from thidua_cli.cli.options import Classes, Fail, FailOn, Format, OutputFormat, Within, paths
from thidua_cli.cli.output import Destination, Offer, counted
from thidua_cli.cli.run import OutputOptions, Run
from thidua_cli.cli.run_files import FileMark
from thidua_cli.cli.speech import said
from thidua_cli.cli.unit_changes import On, day_given
from thidua_cli.errors import UsageError
from thidua_cli.language import Text
from thidua_cli.present.toolkit import terminal
from thidua_cli.present.toolkit.terminal import PAGE_WIDTH

HELP = said(
    """Ví dụ:

    \b
    thidua classes list
    thidua classes new --unit 11 -o phan-loai.xlsx
    thidua classes check phan-loai.xlsx
    thidua classes show "Xã Sín Thầu, Điện Biên"

    Danh mục phân loại đơn vị: huyện nghèo, xã khu vực I, II, III, xã bãi ngang ven biển, xã nghèo, miền núi.""",
    """Examples:

    \b
    thidua classes list
    thidua classes new --unit 11 -o classes.xlsx
    thidua classes check classes.xlsx
    thidua classes show "Xã Sín Thầu, Điện Biên"

    Lists of classes of units: poor districts, areas I, II and III, coastal communes, poor communes, mountains.""",
)
LIST_HELP = said(
    """Ví dụ: thidua classes list

    Liệt kê danh mục kèm theo chương trình: quyết định, thời gian, có bao nhiêu đơn vị, còn thiếu bao nhiêu, tỉnh nào
    đủ.""",
    """Example: thidua classes list

    List what ships: the decision, its days, how many units are known and how many missing, which provinces are
    whole.""",
)
SHOW_HELP = said(
    """Ví dụ:

    \b
    thidua classes show 20440
    thidua classes show "Tây Giang, Quảng Nam"
    thidua classes show 03158 --on 31/12/2026 --classes phan-loai.xlsx

    Xem phân loại của một đơn vị: từng thời gian, theo danh mục nào, vì sao chưa biết, nguồn của từng dòng.""",
    """Examples:

    \b
    thidua classes show 20440
    thidua classes show "Tây Giang, Quảng Nam"
    thidua classes show 03158 --on 2026-12-31 --classes classes.xlsx

    Show the classes of one unit: by day and list, why one is not known, and the source of every row.""",
)
CHECK_HELP = said(
    """Ví dụ:

    \b
    thidua classes check phan-loai.xlsx
    thidua classes check danh-sach-xa.xls --within 49

    Kiểm tra một danh sách phân loại cho --classes: nêu mọi chỗ phải sửa kèm ô (mã kết thúc 1) và những gì nhận ra
    được.""",
    """Examples:

    \b
    thidua classes check classes.xlsx
    thidua classes check communes.xls --within 49

    Check a list for --classes: names all there is to mend, with cells (exit status 1), and what is recognised.""",
)
NEW_HELP = said(
    """Ví dụ:

    \b
    thidua classes new --unit 11 -o phan-loai.xlsx                 các xã của tỉnh hiện nay
    thidua classes new --unit 504 --year 2024 -o phan-loai.xlsx    một huyện, đơn vị cuối năm 2024
    thidua classes new --unit 11 -o phan-loai.csv

    Lập mẫu danh sách phân loại để điền: mỗi đơn vị một dòng, có danh sách chọn, đã ghi sẵn những gì có nguồn; ô vàng là
    chưa biết. Điền xong, dùng với --classes.""",
    """Examples:

    \b
    thidua classes new --unit 11 -o classes.xlsx                 the communes of a province today
    thidua classes new --unit 504 --year 2024 -o classes.xlsx    a district, the units of the end of 2024
    thidua classes new --unit 11 -o classes.csv

    Write a list to fill in: a row per unit, classes to choose from, what is known already filled in; yellow cells are
    not known. Once filled in, use it with --classes.""",
)

app = command_group(HELP)


@app.command("list", cls=Command, help=LIST_HELP, short_help=said("Danh mục có sẵn.", "What ships."))
@grouped
def list_classes(
    *,
    classes: Classes = None,
    within: Within = None,
    format_: OutputFormat = None,
    to: OutputOptions,
    run: Run,
) -> None:
    """Print one row per list and class, then the provinces of each list."""
    from thidua_cli.inputs import load_class_book
    from thidua_cli.present.classes.lists import class_lists_view
    from thidua_cli.units.tables import bundled

    place = to.destination(format_, Offer.of(list(Format)))
    book = load_class_book(paths(classes), within)
    holds = counted(len(book.lists), "danh mục", "list")
    run.show(class_lists_view(book, bundled()), place, holds, _width(place), color=False)


@app.command("show", cls=Command, help=SHOW_HELP, short_help=said("Phân loại của một đơn vị.", "Classes of one unit."))
@grouped
def show_classes(
    *,
    text: Annotated[str, argument(metavar="UNIT", help=said("Mã hoặc tên đơn vị.", "Code or name of a unit."))],
    on: On = "",
    classes: Classes = None,
    within: Within = None,
    format_: OutputFormat = None,
    to: OutputOptions,
    run: Run,
) -> None:
    """Print the classes of a unit by day, and every row that speaks of it."""
    from thidua_cli import pipeline
    from thidua_cli.inputs import load_class_book
    from thidua_cli.present.classes.unit import unit_classes_view
    from thidua_cli.units.tables import bundled

    day, place = day_given(on), to.destination(format_, Offer.of(list(Format)))
    result = pipeline.classes_of_unit(text, day, load_class_book(paths(classes), within))
    latest = result.days[-1].unit
    holds = Text("phân loại của {unit}", "the classes of {unit}").fill(unit=latest.name)
    run.show(unit_classes_view(result, bundled()), place, holds, _width(place), color=False)


@app.command("check", cls=Command, help=CHECK_HELP, short_help=said("Kiểm tra một danh sách.", "Check a list."))
@grouped
def check_classes(
    *,
    file: Annotated[
        str,
        argument(metavar="FILE", help=said("Tệp .xlsx, .xls, .ods, .csv.", "An .xlsx, .xls, .ods or .csv file.")),
        FileMark.READS,
    ],
    within: Within = None,
    format_: OutputFormat = None,
    to: OutputOptions,
    fail_on: Fail = FailOn.ERROR,
    run: Run,
) -> int:
    """Print what is wrong with a list and what is recognised; the exit status says whether anything is."""
    from thidua_cli import pipeline
    from thidua_cli.present.classes.check import class_check_view, counted_words

    place = to.destination(format_, Offer.of(list(Format)))
    read = pipeline.check_classes(Path(file), within)
    run.show(class_check_view(read), place, counted_words(read), _width(place), color=False)
    if not read.tables:
        return exit_status.UNREADABLE
    return exit_status.of_findings(read.findings, fail_on)


@app.command("new", cls=Command, help=NEW_HELP, short_help=said("Lập mẫu để điền.", "Make a list to fill in."))
@grouped
def new_classes(
    *,
    unit: Annotated[
        str,
        option("--unit", metavar="CODE", help=said("Mã hoặc tên tỉnh, huyện, xã.", "Code or name of the place.")),
    ],
    year: Annotated[
        int | None,
        option("--year", min=2021, max=2099, metavar="YEAR", help=said("Đơn vị cuối năm.", "Of this year-end.")),
    ] = None,
    on: On = "",
    to: OutputOptions,
    run: Run,
) -> None:
    """Write the list to fill in: a workbook, or a CSV."""
    from thidua_cli import pipeline
    from thidua_cli.inputs import load_class_book
    from thidua_cli.present.classes.workbook import build_class_workbook, class_rows_view

    if year is not None and on:
        raise UsageError(Text("chỉ nêu --year hoặc --on", "give --year or --on, not both"))
    if not (to.output or "").lower().endswith((".xlsx", ".csv")):
        raise UsageError(Text("thêm -o TỆP.xlsx hoặc -o TỆP.csv", "add -o FILE.xlsx or -o FILE.csv"))
    place = to.destination(offer=Offer.of([Format.XLSX, Format.CSV]))
    day = date(year, 12, 31) if year is not None else day_given(on) or date.today()
    plan = pipeline.class_sheets(unit, day, load_class_book())
    holds = counted(len({line.unit.code for sheet in plan.sheets for line in sheet.lines}), "đơn vị", "unit")
    if place.format_ == Format.CSV:
        run.show(class_rows_view(plan), place, holds)
    else:
        run.write(build_class_workbook(plan, run.language), place, holds)


def _width(place: Destination) -> int:
    """Return the columns a page is laid out for; lines wider than a page are hard to read."""
    return PAGE_WIDTH if place.is_file else min(terminal.width_of(sys.stdout, PAGE_WIDTH), 160)
