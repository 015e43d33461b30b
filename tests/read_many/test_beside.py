"""What helper processes read is what this process would have read, and none of them stays behind."""

import os
import pickle
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from forms import canonical
from tests.normalise.cases import DISTRICT, read, table, write_sheet, write_sheets
from thidua_cli import pipeline
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.normalise.options import ReadingOptions
from thidua_cli.normalise.tables import read_source
from thidua_cli.read.source import Source, expand
from thidua_cli.read_many import beside, forked
from thidua_cli.read_many.beside import Helpers
from thidua_cli.read_many.helper import Task, answers, unpacked
from thidua_cli.units.finder import UnitFinder
from thidua_cli.units.tables import bundled

SAMPLES = Path(__file__).parents[2] / "sample_data"
OPTIONS = ReadingOptions()
DEADLINE_SECONDS = 60


def folder_of_every_sort(folder: Path) -> list[Source]:
    """Sound and faulty forms, a canonical table, tables that repeat others, and files that cannot be read."""
    for path in SAMPLES.rglob("*.xlsx"):
        shutil.copy(path, folder / path.name)
    rows = table(["1", "Xã Tà Lu", 500, 120, 40], ["", "Tổng cộng", 500, 120, 40])
    write_sheets(folder / "n1.xlsx", {"Mẫu 08": rows, "Mẫu 08 (2)": rows})
    write_sheet(folder / "n2.xlsx", [["Bản sao"], *rows], name="Khác")
    write_sheet(folder / "n3.xlsx", table(["1", "Xã Tà Lu", 501, "12,5", 40], ["2", "Xã Không Có", 9, 1, 1]))
    write_sheet(folder / "n4.xlsx", [["TT", "Họ và tên chủ hộ", "CCCD"], [1, "A", "1"]])
    canonical.write_csv(
        folder / "n5.csv",
        [{"unit_code": "20458", "year": 2023, "households": 9, "poor_households": 3, "near_poor_households": 1}],
        ("unit_code", "year", "households", "poor_households", "near_poor_households"),
    )
    (folder / "n6.xlsx").write_bytes((folder / "n3.xlsx").read_bytes()[:-100])
    (folder / "n7.csv").write_text("không có bảng\n", "utf-8")
    of_2025 = table(["1", "Xã Tà Lu", 500, 120, 40], title=(DISTRICT, "Năm rà soát: 2025"))
    write_sheet(folder / "n8.xlsx", of_2025)
    return expand([str(folder)])[0]


def read_here(sources: list[Source]) -> FilesRead:
    reading, finder = FilesRead(), UnitFinder(bundled())
    for source in sources:
        reading.add(read_source(source, OPTIONS, finder))
    return reading


def test_files_read_elsewhere_and_put_together_are_as_if_read_here(tmp_path: Path) -> None:
    sources = folder_of_every_sort(tmp_path)
    together = FilesRead()
    for one in unpacked(list(answers(Task(tuple(sources), OPTIONS)))):
        together.add(one)
    assert together == read_here(sources)
    assert {finding.kind.code for finding in together.findings} >= {"F001", "F003", "F008", "U002", "U006", "V001"}
    assert pipeline.check(together) == pipeline.check(read_here(sources))


def test_a_helper_answers_what_this_process_would_have_read(tmp_path: Path) -> None:
    sources = folder_of_every_sort(tmp_path)
    with Helpers(sources, OPTIONS, helpers=2) as helpers:
        until = time.monotonic() + DEADLINE_SECONDS
        readings = []
        for source in sources:
            while (one := helpers.reading_of(source)) is None:
                assert time.monotonic() < until
                time.sleep(0.01)
            readings.append(one)
    finder = UnitFinder(bundled())
    for source, one in zip(sources, readings, strict=True):
        assert one == read_source(source, OPTIONS, finder)


def test_a_helper_that_dies_in_the_middle_costs_no_file(tmp_path: Path) -> None:
    sources = folder_of_every_sort(tmp_path)
    finder = UnitFinder(bundled())
    with Helpers(sources, OPTIONS, helpers=1) as helpers:
        helper = helpers._helpers[0]
        until = time.monotonic() + DEADLINE_SECONDS
        while len(helper._answers) < 2:
            assert time.monotonic() < until
            time.sleep(0.001)
        assert helper._process is not None
        helper._process.kill()
        readings = [helpers.reading_of(source) for source in sources]
    assert readings[-2:] != [None, None]
    read = [reading or read_source(source, OPTIONS, finder) for source, reading in zip(sources, readings, strict=True)]
    assert read == [read_source(source, OPTIONS, finder) for source in sources]


def test_many_files_give_the_same_reading_and_progress_with_and_without_helpers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(beside.FEWEST_FILES + 10):
        rows = table(["1", "Xã Tà Lu", 500 + number, 120, 40], ["", "Tổng cộng", 500, 120, 40])
        write_sheet(tmp_path / f"{number:03}.xlsx", rows)
    steps: dict[int, list[tuple[int, int, str]]] = {0: [], 1: []}
    readings = []
    for count, seen in steps.items():
        monkeypatch.setattr(beside, "_worth_having", lambda *_, count=count: count)
        readings.append(pipeline.read([str(tmp_path)], OPTIONS, lambda *step, seen=seen: seen.append(step)))
    assert readings[0] == readings[1]
    assert steps[0] == steps[1]


class Order:
    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, ("made-by-the-helper",)


@pytest.mark.parametrize("answer", [b"none of ours", pickle.dumps(Order()), pickle.dumps(subprocess.Popen)])
def test_what_is_no_answer_of_a_helper_runs_nothing_and_the_file_is_read_here(
    answer: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    source = Source("a.xlsx", write_sheet(tmp_path / "a.xlsx", table(["1", "Xã Tà Lu", 500, 120, 40])))
    with Helpers([source], OPTIONS, helpers=1) as helpers:
        helpers._helpers[0]._answers = [answer]
        assert helpers.reading_of(source) is None
    assert not (tmp_path / "made-by-the-helper").exists()


def test_the_file_that_a_helper_died_of_is_read_behind_the_wall(tmp_path: Path) -> None:
    sources = folder_of_every_sort(tmp_path)[:3]
    with Helpers(sources, OPTIONS, helpers=1) as helpers:
        helper = helpers._helpers[0]
        assert helper._process is not None
        helper._process.kill()
        helper._process.wait()
        helper._listener.join()
        helper._answers = [b"of the last source"]
        assert [helpers.to_be_read_here(source).is_walled for source in sources] == [False, True, False]


def test_no_helper_stays_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started = []

    class Watched(subprocess.Popen[bytes]):
        def __init__(self, *arguments: object, **options: object) -> None:
            super().__init__(*arguments, **options)  # type: ignore[call-overload]  # passed on as it came
            started.append(self)

    monkeypatch.setattr(subprocess, "Popen", Watched)
    # whether a copy may be made depends on the threads that tests before this one left
    monkeypatch.setattr(forked, "may_be_copied", lambda: False)
    sources = folder_of_every_sort(tmp_path)
    with pytest.raises(KeyboardInterrupt), Helpers(sources, OPTIONS, helpers=2):
        raise KeyboardInterrupt
    assert [process.poll() is not None for process in started] == [True, True]


@pytest.mark.parametrize("program", ["", "/there/is/no/python"])
def test_where_no_helper_can_be_started_all_is_read_here(
    program: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", program)
    monkeypatch.setattr(beside, "FEWEST_FILES", 1)
    monkeypatch.setattr(beside, "_FEWEST_PER_PROCESS", 1)
    sources = folder_of_every_sort(tmp_path)
    with Helpers(sources, OPTIONS) as helpers:
        assert [helpers.reading_of(source) for source in sources] == [None] * len(sources)
    assert read(tmp_path).observations == read_here(sources).observations


def test_few_files_or_a_form_of_ones_own_start_no_helper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        pytest.fail("a process was started")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    assert read(write_sheet(tmp_path / "a.xlsx", table(["1", "Xã Tà Lu", 500, 120, 40]))).files == 1


def test_a_module_beside_the_inputs_is_not_taken_for_one_of_pythons(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pickle.py").write_text("raise SystemExit('taken')\n", "utf-8")
    source = Source("a.xlsx", write_sheet(tmp_path / "a.xlsx", table(["1", "Xã Tà Lu", 500, 120, 40])))
    monkeypatch.chdir(tmp_path)
    with Helpers([source], OPTIONS, helpers=1) as helpers:
        until = time.monotonic() + DEADLINE_SECONDS
        while (one := helpers.reading_of(source)) is None:
            assert time.monotonic() < until
            time.sleep(0.01)
    assert [len(table.rows) for part in one.parts for table in part.tables if table.rows is not None] == [1]
