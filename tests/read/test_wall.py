"""Whatever a parser does behind the wall is one F001 on one file; the others are read, and nothing else is seen."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.program import environment, thidua
from tests.normalise.cases import Cell, read, table, write_sheet
from tests.read import stand_in
from thidua_cli.findings import Finding
from thidua_cli.language import Language
from thidua_cli.read import opening, reader, wall_messages
from thidua_cli.read.grid import Grid
from thidua_cli.read.source import Source, open_source

FIXTURES = Path(__file__).with_name("fixtures")
SECONDS = 2
posix = pytest.mark.skipif(os.name != "posix", reason="signals and process groups of POSIX")


@pytest.fixture(autouse=True)
def stand_in_reader(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    end_readers()
    monkeypatch.setattr(reader, "_PROGRAM", stand_in.PROGRAM)
    yield
    end_readers()


def end_readers() -> None:
    reader.end_idle_readers()


def good_files(folder: Path) -> None:
    write_sheet(folder / "a.xlsx", table(["1", "Xã Tà Lu", 500, 120, 40]))
    shutil.copy(FIXTURES / "mau-08.xls", folder / "z.xls")
    shutil.copy(FIXTURES / "mau-08.ods", folder / "b.ods")


@pytest.mark.parametrize("act", sorted(set(stand_in.ACTS) - {"spin"}))
def test_whatever_a_parser_does_is_one_finding_on_one_file_and_the_others_are_read(
    act: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    good_files(tmp_path)
    apart = read(tmp_path)
    stand_in.write(tmp_path / "m.xls", act)
    if act == "sleep":
        monkeypatch.setattr(reader, "seconds", lambda _: SECONDS)
    with_it = read(tmp_path)
    (finding,) = [finding for finding in with_it.findings if finding.origin.file == str(tmp_path / "m.xls")]
    assert finding.kind.code == "F001"
    assert with_it.observations.unit_code == apart.observations.unit_code != []
    assert "giây" in finding.message() if act == "sleep" else "bộ nhớ" in finding.message()
    assert ("LookupError" in finding.message(Language.EN)) is (act == "raise")
    assert capfd.readouterr() == ("", "")
    assert not (tmp_path / "made-by-the-reader").exists()


def test_the_screen_shows_our_sentences_alone_and_the_status_is_that_of_an_unreadable_file(tmp_path: Path) -> None:
    good_files(tmp_path)
    stand_in.write(tmp_path / "m.xls", "abort")
    program = (
        "from tests.read import stand_in; from thidua_cli.read import reader; reader._PROGRAM = stand_in.PROGRAM; "
        "from thidua_cli.cli.main import run; run()"
    )
    command = [sys.executable, "-c", program, "check", str(tmp_path)]
    done = subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", env=environment(PYTHONPATH=os.pathsep.join(sys.path))
    )
    assert done.returncode == 3
    assert done.stdout.count("F001") == 1
    assert not {"panicked", "malloc", "double free", "Traceback"} & set((done.stdout + done.stderr).split())
    assert all(line.startswith("lỗi: ") for line in done.stderr.splitlines())


def test_a_sound_small_workbook_and_a_text_cost_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_started", lambda: pytest.fail("a process was started"))
    write_sheet(tmp_path / "a.xlsx", table(["1", "Xã Tà Lu", 500, 120, 40]))
    (tmp_path / "b.csv").write_text("unit_code,year,households\n20458,2023,9\n", "utf-8")
    assert read(tmp_path).files == 2


def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    processes: list[subprocess.Popen[bytes]] = []
    start = reader._started

    def noted() -> subprocess.Popen[bytes]:
        processes.append(start())
        return processes[-1]

    monkeypatch.setattr(reader, "_started", noted)
    return processes


def test_one_reader_reads_file_after_file_and_none_stays_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    processes = started(monkeypatch)
    for number in range(5):
        shutil.copy(FIXTURES / "mau-08.xls", tmp_path / f"{number}.xls")
        with (tmp_path / f"{number}.xls").open("ab") as stream:
            stream.write(bytes(number))
    assert read(tmp_path).files == 5
    assert len(processes) == 1
    end_readers()
    assert processes[0].poll() is not None


def test_a_reader_that_dies_is_replaced_and_the_file_tried_once_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    processes = started(monkeypatch)
    shutil.copy(FIXTURES / "mau-08.xls", tmp_path / "a.xls")
    stand_in.write(tmp_path / "b.xls", "abort")
    shutil.copy(FIXTURES / "mau-08.ods", tmp_path / "c.ods")
    assert [finding.origin.file for finding in read(tmp_path).findings if finding.kind.code == "F001"] == [
        str(tmp_path / "b.xls")
    ]
    assert len(processes) == 3  # one that read a, a fresh one for b alone, one for c
    assert [process.poll() is None for process in processes] == [False, False, True]


def test_a_reader_killed_by_an_earlier_file_costs_the_next_one_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    processes = started(monkeypatch)
    path = Path(shutil.copy(FIXTURES / "mau-08.xls", tmp_path / "a.xls"))
    first = read(path).observations
    processes[0].kill()
    assert read(path).observations == first


def test_a_large_workbook_is_read_behind_the_wall_as_it_is_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    villages: list[list[Cell]] = [[str(number), f"Thôn {number}", 500, 120, 40] for number in range(3_000)]
    rows = table(*villages)
    path = write_sheet(tmp_path / "a.xlsx", rows)

    here = all_rows_of(path)
    monkeypatch.setattr(opening, "WALLED_BYTES", 1000)
    processes = started(monkeypatch)
    assert all_rows_of(path) == here
    assert len(here) == 3_003
    assert len(processes) == 1


def all_rows_of(path: Path) -> list[list[object]]:
    rows: list[list[object]] = []
    for grid in open_source(Source(str(path), path)):
        assert isinstance(grid, Grid)
        rows += [list(row) for row in grid.open_rows()]
    return rows


def test_rows_may_be_asked_for_twice_at_once_and_left_in_the_middle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "WALLED_BYTES", 1000)
    path = write_sheet(tmp_path / "a.xlsx", [[number, "x" * 20] * 20 for number in range(4_000)])
    for grid in open_source(Source(str(path), path)):
        assert isinstance(grid, Grid)
        left = grid.open_rows()
        for _ in range(100):
            next(left)
        pairs = list(zip(grid.open_rows(), grid.open_rows(), strict=True))
        assert len(pairs) == 4_000
        assert all(first == second for first, second in pairs)
        assert pairs[-1][0][0] == 3_999
        assert next(left)[0] == 100


def test_a_file_that_a_helper_died_of_is_read_behind_the_wall(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    processes = started(monkeypatch)
    path = write_sheet(tmp_path / "a.xlsx", table(["1", "Xã Tà Lu", 500, 120, 40]))
    (grid,) = open_source(Source(str(path), path, is_walled=True))
    assert isinstance(grid, Grid)
    assert len(processes) == 1


@pytest.mark.parametrize("settings", [{"executable": ""}, {"executable": "/there/is/no/python"}, {"frozen": True}])
def test_where_no_reader_can_be_started_the_file_is_refused_and_not_parsed_here(
    settings: dict[str, object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in settings.items():
        monkeypatch.setattr(sys, name, value, raising=False)
    good_files(tmp_path)
    reading = read(tmp_path)
    refused = {Path(finding.origin.file).name for finding in reading.findings if finding.kind.code == "F001"}
    assert refused == {"b.ods", "z.xls"}
    assert all("tiến trình riêng" in each.message() for each in reading.findings if each.kind.code == "F001")
    assert len(reading.observations) == 1


def no_thread(_: object) -> None:
    raise RuntimeError("can't start new thread")


def test_where_no_thread_can_be_started_nothing_is_read_unwatched_and_nothing_is_a_defect(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threading.Thread, "start", no_thread)
    good_files(tmp_path)
    reading = read(tmp_path)
    refused = {Path(finding.origin.file).name for finding in reading.findings if finding.kind.code == "F001"}
    assert refused == {"b.ods", "z.xls"}
    assert len(reading.observations) == 1


@posix
def test_ctrl_c_ends_the_reader_at_once(tmp_path: Path) -> None:
    path = stand_in.write(tmp_path / "m.xls", "spin")
    program = (
        "from tests.read import stand_in; from thidua_cli.read import reader; reader._PROGRAM = stand_in.PROGRAM; "
        "from thidua_cli.cli.main import run; run()"
    )
    command = [sys.executable, "-c", program, "check", str(path)]
    settings = environment(PYTHONPATH=os.pathsep.join(sys.path))
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=settings) as process:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        if not children.exists():
            process.kill()
            pytest.skip("the system does not tell which processes a process has started")
        until = time.monotonic() + 60
        while not (readers := children.read_text("ascii").split()):
            assert time.monotonic() < until
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out == b""
    assert b"Traceback" not in err
    # a reader that had only just been started finds nobody to ask it
    while Path(f"/proc/{readers[0]}").exists():
        assert time.monotonic() < until
        time.sleep(0.01)


@posix
def test_a_reader_ends_when_the_process_that_asked_it_is_gone(tmp_path: Path) -> None:
    waiting = reader.Reader()
    assert waiting._process.stdin is not None
    waiting._process.stdin.close()
    assert waiting._process.wait(60) == 0
    waiting.end()


def test_every_kind_of_finding_that_reading_makes_goes_through_the_wall() -> None:
    from thidua_cli.normalise.kinds import KINDS

    made_in_read = {
        kind.code
        for kind in KINDS
        for name, module in list(sys.modules.items())
        if name.startswith("thidua_cli.read.") and any(value is kind for value in vars(module).values())
    }
    # F003 and F008 are told of what was expanded and compared, F015 and F016 of folders: none comes from content
    assert made_in_read - {"F015", "F016"} <= wall_messages.KINDS.keys()
    assert {"F001", "F002", "F009"} <= made_in_read


def test_a_finding_comes_through_the_wall_with_the_one_object_of_its_kind(tmp_path: Path) -> None:
    path = tmp_path / "khoa.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") + bytes(500))
    (finding,) = open_source(Source(str(path), path))
    assert isinstance(finding, Finding)
    assert finding.kind is wall_messages.KINDS["F002"]


def test_the_cli_reads_what_is_behind_the_wall_from_standard_input() -> None:
    content = (FIXTURES / "mau-08.xls").read_bytes()
    assert thidua("check", "-", stdin=content).status in (0, 1)
    gc.collect()
