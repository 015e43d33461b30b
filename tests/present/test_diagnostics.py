from __future__ import annotations

import time
from io import StringIO

import pytest

from thidua_cli.language import Language, Text
from thidua_cli.present.diagnostics import Diagnostics
from thidua_cli.present.toolkit.terminal import shows_color, width_of

HELLO = Text("chào", "hello")


class Screen(StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def everything(*, quiet: bool = False, verbose: bool = False, color: bool = False) -> str:
    stream = StringIO()
    diagnostics = Diagnostics(stream, Language.VI, quiet, verbose, color)
    diagnostics.error(HELLO)
    diagnostics.warning(HELLO)
    diagnostics.note(HELLO)
    diagnostics.detail(HELLO)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, "lỗi: chào\ncảnh báo: chào\nchào\n"),
        ({"quiet": True}, "lỗi: chào\n"),
        ({"verbose": True}, "lỗi: chào\ncảnh báo: chào\nchào\nchào\n"),
    ],
)
def test_how_loud_each_message_is(options: dict[str, bool], expected: str) -> None:
    assert everything(**options) == expected


def test_errors_are_coloured_only_when_asked() -> None:
    assert "\x1b" not in everything()
    assert everything(color=True).startswith("\x1b[1;31mlỗi:\x1b[0m ")


def progressed(stream: StringIO, seconds: float, *, quiet: bool = False) -> str:
    clock = Clock()
    diagnostics = Diagnostics(stream, quiet=quiet, clock=clock)
    with diagnostics.progress(Text("Đang đọc", "Reading"), 4) as progress:
        clock.now = seconds
        progress.advance()
    return stream.getvalue()


def test_long_work_shows_a_bar_on_a_terminal_and_wipes_it() -> None:
    shown = progressed(Screen(), 1.5)
    assert "Đang đọc ██████" in shown
    assert "1/4" in shown
    assert shown.endswith("\r\x1b[2K")


def test_short_work_a_pipe_and_quiet_show_no_bar() -> None:
    assert progressed(Screen(), 0.9) == ""
    assert progressed(StringIO(), 9) == ""
    assert progressed(Screen(), 9, quiet=True) == ""


def test_one_long_step_shows_that_it_goes_on() -> None:
    stream, clock = Screen(), Clock()
    drawn = time.monotonic() + 10
    with Diagnostics(stream, clock=clock).progress(HELLO, 0):
        clock.now = 7
        while "7 s" not in stream.getvalue() and time.monotonic() < drawn:
            time.sleep(0.02)

    assert "7 s" in stream.getvalue()


def test_the_bar_is_wiped_when_the_work_fails() -> None:
    stream, clock = Screen(), Clock()

    def fail() -> None:
        with Diagnostics(stream, clock=clock).progress(HELLO, 2) as progress:
            clock.now = 2
            progress.advance()
            raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        fail()
    assert stream.getvalue().endswith("\r\x1b[2K")


@pytest.mark.parametrize(
    ("stream", "environment", "expected"),
    [
        (Screen(), {}, True),
        (Screen(), {"NO_COLOR": "1"}, False),
        (Screen(), {"TERM": "dumb"}, False),
        (StringIO(), {}, False),
    ],
)
def test_colour_is_for_terminals_that_do_not_refuse_it(
    stream: StringIO, environment: dict[str, str], expected: bool
) -> None:
    assert shows_color(stream, environment) is expected


def test_a_pipe_has_its_own_width() -> None:
    assert width_of(StringIO()) == 160
    assert width_of(Screen()) >= 40
