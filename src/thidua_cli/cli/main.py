"""The entry point: streams, the list of commands, the exit status."""

from __future__ import annotations

import gc
import os
import sys
from typing import NoReturn

from thidua_cli.cli import exit_status
from thidua_cli.cli.interrupt import end_on_ctrl_c, raise_on_ctrl_c
from thidua_cli.cli.plain_line import plain_call
from thidua_cli.cli.speech import look_at_the_file_again
from thidua_cli.cli.streams import open_streams, write_out


def run() -> NoReturn:
    """Run the command line and leave with its exit status."""
    open_streams()
    quieten_the_collector()
    one_thread_of_arithmetic()
    _leave(status(is_own_process=True))


def quieten_the_collector() -> None:
    """Look for cycles seldom: rows are many and hold none; looking for some after every 700 is for nothing.

    Verdicts of a country leave a million objects, all of them wanted to the end: looking through them took a twentieth
    of the time and gave back no memory. What a long run over many files may leave in cycles is still found.
    """
    gc.set_threshold(1_000_000, 50, 50)
    gc.enable()


def one_thread_of_arithmetic() -> None:
    """Let numpy, imported after this, start no threads: counts have no use for them.

    They take a sixth of its start, and would keep this process from being copied (read_many/forked.py).
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def _leave(code: int) -> NoReturn:
    """End the process at once: taking half a million rows apart one by one takes longer than printing what they say."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            continue  # that it cannot be written to is told, where there is anyone to tell
    os._exit(code)


def _returned() -> object:
    """Return what the command returns."""
    if (call := plain_call(sys.argv[1:])) is not None:
        return call()
    from thidua_cli.cli.program import app  # late: typer takes as long to import as a small table to check

    # Standing alone typer prints its errors itself, in English, and exits before they can be put into words.
    return app(prog_name="thidua", standalone_mode=False)


def status(*, is_own_process: bool = False) -> int:
    """Run the command line of this process; return its exit status and leave the streams as they are.

    What Ctrl-C does is changed only where the process is the program's own.
    """
    try:
        if is_own_process:
            raise_on_ctrl_c()
        else:
            look_at_the_file_again()
        returned = _returned()
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
