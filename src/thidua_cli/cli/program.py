"""The program as typer takes it: its commands, and what stands before the name of one."""

from __future__ import annotations

import typer

from thidua_cli.cli.commands import CONTEXT, GroupLang, Program
from thidua_cli.cli.entries import COMMANDS
from thidua_cli.cli.speech import said, speak


class Thidua(Program):
    """`thidua` and its commands."""

    entries = COMMANDS


app = typer.Typer(
    cls=Thidua,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings=CONTEXT,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from thidua_cli import __version__

        typer.echo(f"thidua {__version__}")
        raise typer.Exit


@app.callback(
    help=said(
        "Ví dụ: thidua check bieu-2024.xlsx\n\n"
        "Từ biểu tổng hợp hộ nghèo, hộ cận nghèo đến danh sách đơn vị đủ tiêu chí thi đua "
        "“Vì người nghèo – Không để ai bị bỏ lại phía sau”: kiểm tra số liệu, tính mức giảm, xét tiêu chí, "
        "xuất hồ sơ.\n\nMỗi lệnh có hướng dẫn riêng: thidua LỆNH -h. Mã kết thúc: 0 xong; 1 có phát hiện; 2 gọi sai; "
        "3 không đọc được đầu vào; 70 lỗi chương trình.",
        "Example: thidua check bieu-2024.xlsx\n\n"
        "From counts of poor and near-poor households to the units that meet the criteria of the emulation movement "
        "“For the poor – leave no one behind”: check the figures, take the falls, judge, export.\n\n"
        "Every command has help of its own: thidua COMMAND -h. Exit status: 0 done; 1 findings; 2 wrong usage; "
        "3 unreadable input; 70 a defect.",
    )
)
def _main(
    ctx: typer.Context,
    lang: GroupLang = None,
    version: bool = typer.Option(
        False,
        "--version",
        callback=_print_version,
        is_eager=True,
        help=said("In phiên bản.", "Print the version."),
    ),
) -> None:
    del version
    speak(ctx, lang)
