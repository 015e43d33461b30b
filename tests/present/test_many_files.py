"""Many files are written at once, and what went wrong with one is told as if they had been written one by one."""

from __future__ import annotations

from functools import partial
from threading import Event

import pytest

from thidua_cli.errors import OutputError
from thidua_cli.language import Text
from thidua_cli.present.toolkit.many_files import ManyFiles

FULL = OutputError(Text("đĩa đầy", "the disk is full"))


def fail() -> None:
    raise FULL


def test_every_file_is_written_and_told_in_order() -> None:
    whole: list[str] = []
    written: list[int] = []
    with ManyFiles(whole) as many:
        for number in range(100):
            many.add(str(number), partial(written.append, number))
    assert sorted(written) == list(range(100))
    assert whole == [str(number) for number in range(100)]


def test_the_first_file_that_fails_ends_the_run_and_the_whole_ones_are_told() -> None:
    whole: list[str] = []
    written: list[int] = []

    def write_all() -> None:
        with ManyFiles(whole) as many:
            for number in range(50):
                many.add(str(number), fail if number == 7 else partial(written.append, number))

    with pytest.raises(OutputError, match="đĩa đầy"):
        write_all()
    assert "7" not in whole
    assert whole[:7] == [str(number) for number in range(7)]


def test_a_run_that_is_interrupted_waits_for_what_was_begun_and_begins_nothing_more() -> None:
    whole: list[str] = []
    begun, go_on = Event(), Event()

    def slow() -> None:
        begun.set()
        assert go_on.wait(10)

    def interrupted() -> None:
        with ManyFiles(whole) as many:
            many.add("slow", slow)
            assert begun.wait(10)
            go_on.set()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert whole == ["slow"]
