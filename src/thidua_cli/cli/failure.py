"""What went wrong, as one sentence on standard error and an exit status. The only place that catches everything."""

from __future__ import annotations

import os
import sys

import typer

from thidua_cli.cli import exit_status
from thidua_cli.cli.speech import current_language
from thidua_cli.cli.usage import usage_text
from thidua_cli.errors import ThiduaError
from thidua_cli.language import Text
from thidua_cli.present.diagnostics import Diagnostics


def tell(error: BaseException) -> int:
    """Say what happened and return the exit status for it."""
    diagnostics = Diagnostics(sys.stderr, current_language())
    match error:
        case ThiduaError():
            diagnostics.error(error.text)
            return error.exit_status
        # NoArgsIsHelpError and its like live in a private module of typer: their names are all there is to go by.
        case typer.TyperException() if type(error).__name__ == "NoArgsIsHelpError":
            sys.stderr.write(f"{error.format_message()}\n")
            return exit_status.USAGE
        case typer.TyperException():
            diagnostics.error(usage_text(error))
            return exit_status.USAGE
        case KeyboardInterrupt() | typer.Abort():
            diagnostics.error(
                Text("đã dừng theo yêu cầu; không có tệp nào bị ghi dở", "interrupted; no file is half-written")
            )
            return exit_status.INTERRUPTED
        case _:
            return _defect(error, diagnostics)


def _defect(error: BaseException, diagnostics: Diagnostics) -> int:
    """Say that the program is at fault; the trace only where it was asked for, it may show cells."""
    # No message of the error either: what Python says of a value may quote a cell, and with it a household's name.
    kind = type(error).__name__
    diagnostics.error(
        Text(
            f"chương trình có lỗi ({kind}), không phải do bạn; chạy lại với THIDUA_DEBUG=1 để có chi tiết rồi báo lỗi",
            f"a defect of the program ({kind}), not yours; run again with THIDUA_DEBUG=1 for details and report it",
        )
    )
    if os.environ.get("THIDUA_DEBUG"):
        import traceback

        traceback.print_exception(error)
    return exit_status.DEFECT
