"""What holds the place of a result while a run lives, and what becomes of it when the run dies."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from thidua_cli.errors import InterruptedBatchError, OutputError
from thidua_cli.language import Text
from thidua_cli.present.toolkit.part_files import part_name, sweep
from thidua_cli.present.toolkit.write import check_other_target, hold, hold_folder, let_go, whole_files, write_file
from thidua_cli.side_files import forget, remember

HOLDER = """
import sys, time
from pathlib import Path
from thidua_cli.present.toolkit.write import hold, hold_folder
place = Path(sys.argv[1])
hold_folder(place) if place.is_dir() else hold(place, force=True)
print("held", flush=True)
time.sleep(60)
"""


def holder(place: Path) -> subprocess.Popen[bytes]:
    """Start a process that holds a place until it is killed."""
    process = subprocess.Popen([sys.executable, "-c", HOLDER, str(place)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"held\n"
    return process


def ended(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait(30)
    assert process.stdout is not None
    process.stdout.close()


@pytest.mark.parametrize("name", ["a.csv", ""], ids=["a file", "a folder"])
def test_a_second_run_is_refused_while_the_first_lives_and_takes_over_when_it_is_dead(
    tmp_path: Path, name: str
) -> None:
    place = tmp_path / name
    first = holder(place)
    try:
        with pytest.raises(OutputError, match=rf"một lần chạy khác của thidua \({first.pid}\)"):
            hold_folder(place) if place.is_dir() else hold(place)
        sweep(tmp_path)
        assert [path.name for path in tmp_path.iterdir()] == [part_name(name)]
    finally:
        ended(first)
    assert [path.name for path in tmp_path.iterdir()] == [part_name(name)]
    hold_folder(place) if place.is_dir() else hold(place)
    let_go()
    assert list(tmp_path.iterdir()) == []


def test_what_a_dead_run_left_is_swept_and_nothing_else(tmp_path: Path) -> None:
    ours = part_name("other.csv")
    another_host = ours[:-13] + "0" * 8 + ".part"
    kept = [another_host, ".a.csv.part", "a.part", ".thidua-xyz.part", f"x{ours}", f"{ours}.csv", ".a.csv.123.part"]
    for name in [ours, *kept]:
        (tmp_path / name).write_bytes(b"half")
    (tmp_path / part_name("folder.csv")).mkdir()
    (tmp_path / part_name("link.csv")).symlink_to(tmp_path / "a.part")
    hold(tmp_path / "a.csv")
    let_go()
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {*kept, part_name("folder.csv"), part_name("link.csv")}


def test_a_place_that_is_held_is_written_and_given_up(tmp_path: Path) -> None:
    place = tmp_path / "a.csv"
    hold(place)
    assert [path.name for path in tmp_path.iterdir()] == [part_name("a.csv")]
    write_file(place, b"x")
    let_go()
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.csv", b"x")]


def test_two_results_of_a_run_may_not_be_one_file(tmp_path: Path) -> None:
    hold(tmp_path / "a.csv")
    with pytest.raises(OutputError, match="hai kết quả"):
        check_other_target(tmp_path / "." / "a.csv")
    let_go()


def test_the_longest_name_that_the_system_takes_is_written(tmp_path: Path) -> None:
    longest = "ế" * 84 + ".md"
    assert len(longest.encode()) == 255
    write_file(tmp_path / longest, b"x")
    assert [path.name for path in tmp_path.iterdir()] == [longest]
    with pytest.raises(OutputError, match="tên quá dài"):
        write_file(tmp_path / f"x{longest}", b"x")


def test_no_way_to_name_an_input_lets_it_be_written_over(tmp_path: Path) -> None:
    place, link, hard = (tmp_path / name for name in ("a.csv", "link.csv", "hard.csv"))
    place.write_bytes(b"input")
    link.symlink_to(place)
    os.link(place, hard)
    remember(place)
    for name in (place, link, hard, tmp_path / "x" / ".." / "a.csv"):
        with pytest.raises(OutputError, match="đầu vào"):
            write_file(name, b"new", force=True)
    forget()
    write_file(link, b"new", force=True)
    assert (place.read_bytes(), link.is_symlink(), hard.read_bytes()) == (b"new", True, b"input")


def test_a_link_that_leads_in_circles_and_a_name_with_a_nul_are_told(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(OutputError, match="vòng quanh"):
        write_file(tmp_path / "a", b"x", force=True)
    with pytest.raises(OutputError, match="không thể là tên tệp"):
        write_file(tmp_path / "a\0b", b"x")


def test_a_full_disk_is_told_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    hold(tmp_path / "a.csv")
    monkeypatch.setattr(os, "write", full)
    with pytest.raises(OutputError, match="đĩa đã đầy"):
        write_file(tmp_path / "a.csv", b"x")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("cause", [KeyboardInterrupt(), OutputError(Text("Đĩa đầy.", "Full."))])
def test_where_several_files_break_off_it_is_said_how_many_are_whole(cause: BaseException) -> None:
    def write_some() -> None:
        with whole_files(Path("d"), 3) as whole:
            whole.append("a")
            raise cause

    with pytest.raises((InterruptedBatchError, OutputError), match="1/3 tệp trong d"):
        write_some()
