"""The entry point: streams, the list of commands, the exit status."""

from __future__ import annotations

import gc
import os
import sys
from typing import Final, NoReturn

import typer

from thidua_cli.cli import exit_status
from thidua_cli.cli.commands import CONTEXT, Entry, Program
from thidua_cli.cli.interrupt import end_on_ctrl_c, raise_on_ctrl_c
from thidua_cli.cli.speech import GroupLang, look_at_the_file_again, said, speak
from thidua_cli.cli.streams import open_streams, write_out

COMMANDS: Final = (
    Entry("check", "thidua_cli.cli.check", said("Kiểm tra biểu, nêu sai sót kèm ô.", "Findings in tables.")),
    Entry("rates", "thidua_cli.cli.rates", said("Số hộ, tỷ lệ, mức giảm các năm.", "Counts, rates and falls.")),
    Entry("targets", "thidua_cli.cli.targets", said("Mức đạt chỉ tiêu kế hoạch.", "Attainment of targets.")),
    Entry("eligible", "thidua_cli.cli.eligible", said("Xét đơn vị theo tiêu chí.", "Verdicts by a rule file.")),
    Entry("attest", "thidua_cli.cli.attest", said("Phiếu xác nhận tiêu chí.", "Sheets for attestation.")),
    Entry("report", "thidua_cli.cli.report", said("Báo cáo từng đơn vị.", "One document per unit.")),
    Entry("export", "thidua_cli.cli.export", said("Sổ tính để trình.", "The workbook for submission.")),
    Entry("verify", "thidua_cli.cli.verify", said("Kiểm lại một kết quả.", "A result taken again.")),
    Entry("import", "thidua_cli.cli.import_", said("Gộp các biểu thành bảng chuẩn.", "Tables as one canonical table.")),
    Entry("mapping", "thidua_cli.cli.mapping", said("Mô tả biểu riêng.", "Forms of one's own.")),
    Entry("template", "thidua_cli.cli.template", said("Lập biểu trống để điền.", "A form to fill in.")),
    Entry("explain", "thidua_cli.cli.explain", said("Giải thích một mã phát hiện.", "What a finding means.")),
    Entry("rules", "thidua_cli.cli.rules", said("Các bộ tiêu chí.", "Rule files.")),
    Entry("classes", "thidua_cli.cli.classes", said("Phân loại đơn vị.", "Classes of units.")),
    Entry("units", "thidua_cli.cli.units", said("Tra cứu đơn vị hành chính.", "Administrative units.")),
    Entry("init", "thidua_cli.cli.init", said("Lập tệp thidua.toml.", "Begin a thidua.toml.")),
    Entry("config", "thidua_cli.cli.config", said("Xem thidua.toml đặt gì.", "What thidua.toml sets.")),
)


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


def run() -> NoReturn:
    """Run the command line and leave with its exit status."""
    open_streams()
    quieten_the_collector()
    _leave(status(is_own_process=True))


def quieten_the_collector() -> None:
    """Look for cycles seldom: rows are many and hold none; looking for some after every 700 is for nothing."""
    gc.set_threshold(200_000, 50, 50)
    gc.enable()


def _leave(code: int) -> NoReturn:
    """End the process at once: taking half a million rows apart one by one takes longer than printing what they say."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            continue  # that it cannot be written to is told, where there is anyone to tell
    os._exit(code)


def status(*, is_own_process: bool = False) -> int:
    """Run the command line of this process; return its exit status and leave the streams as they are.

    What Ctrl-C does is changed only where the process is the program's own.
    """
    try:
        if is_own_process:
            raise_on_ctrl_c()
        else:
            look_at_the_file_again()
        # Standing alone typer prints its errors itself, in English, and exits before they can be put into words.
        returned = app(prog_name="thidua", standalone_mode=False)
        write_out("")  # here, where a closed pipe is still an exception and not a complaint at exit
        if is_own_process:
            end_on_ctrl_c()
    except (BrokenPipeError, exit_status.ReaderGoneError, SystemExit):  # the last: typer's word for a closed pipe
        # The flush at interpreter exit must not complain of the closed pipe either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return exit_status.DONE
    except (Exception, KeyboardInterrupt) as error:
        from thidua_cli.cli import failure

        return failure.tell(error)
    # typer turns Ctrl-C into a returned 130 of its own, without a word; the sentence is ours to say.
    if returned == exit_status.INTERRUPTED:
        from thidua_cli.cli import failure

        return failure.tell(KeyboardInterrupt())
    return returned if isinstance(returned, int) else exit_status.DONE
