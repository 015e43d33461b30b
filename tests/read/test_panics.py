"""A damaged binary workbook: the user sees our sentence and not a line of the library's, whoever else writes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz.test_old_workbooks import compound_file
from thidua_cli import pipeline
from thidua_cli.language import Language
from thidua_cli.read.panics import panics_as_errors

PANICKING = compound_file(bytes(300))
"""Cut inside an entry of its directory."""


class PanicException(BaseException):  # the name that the library's own has
    """What PyO3 raises for a panic."""


def test_a_damaged_old_workbook_prints_our_sentence_alone(tmp_path: Path) -> None:
    path = tmp_path / "hong.xls"
    path.write_bytes(PANICKING)
    program = "from thidua_cli.cli.main import run; run()"
    done = subprocess.run(
        [sys.executable, "-c", program, "check", str(path)], capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 3
    assert "F001" in done.stdout
    assert [line[:5] for line in done.stderr.splitlines()] == ["lỗi: "] * 2


@pytest.mark.parametrize("suffix", [".xls", ".xlsb", ".xlsx"])
def test_the_library_does_panic_on_this_file_and_nothing_of_it_is_seen(
    suffix: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / f"hong{suffix}"
    path.write_bytes(PANICKING)
    (finding,) = pipeline.read([str(path)]).findings
    assert "structure is damaged" in finding.message(Language.EN)
    assert capfd.readouterr().err == ""


def test_what_others_write_meanwhile_is_passed_on(capfd: pytest.CaptureFixture[str]) -> None:
    with panics_as_errors(may_panic=True):
        print("trước", file=sys.stderr)
        os.write(2, "của thư viện khác\n".encode())
    assert capfd.readouterr().err == "trước\ncủa thư viện khác\n"


def test_only_the_lines_of_the_panic_are_left_out(capfd: pytest.CaptureFixture[str]) -> None:
    note = "note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace\n"

    def panic() -> None:
        os.write(2, b"one\n")
        os.write(2, f"\nthread '<unnamed>' (12) panicked at src/cfb.rs:349:34:\nrange end\n{note}".encode())
        os.write(2, b"two\n")
        raise PanicException("range end")

    with pytest.raises(ValueError, match="damaged"), panics_as_errors(may_panic=True):
        panic()
    assert capfd.readouterr().err == "one\ntwo\n"


def test_other_errors_pass_and_leave_standard_error_as_it_was(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(KeyError), panics_as_errors(may_panic=True):
        raise KeyError("x")
    os.write(2, b"here\n")
    assert capfd.readouterr().err == "here\n"
