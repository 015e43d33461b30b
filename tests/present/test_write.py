from __future__ import annotations

import os
from pathlib import Path

import pytest

from thidua_cli.errors import OutputError
from thidua_cli.present.toolkit.write import check_target, write_file
from thidua_cli.side_files import remember


def test_a_file_is_written_whole_and_nothing_else_is_left(tmp_path: Path) -> None:
    write_file(tmp_path / "a.csv", b"x")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.csv", b"x")]


def test_an_existing_file_is_kept_unless_forced(tmp_path: Path) -> None:
    place = tmp_path / "a.csv"
    place.write_bytes(b"old")
    with pytest.raises(OutputError, match="--force"):
        write_file(place, b"new")
    assert place.read_bytes() == b"old"
    write_file(place, b"new", force=True)
    assert place.read_bytes() == b"new"


def test_an_input_is_never_replaced_not_even_by_another_name(tmp_path: Path) -> None:
    place = tmp_path / "a.csv"
    place.write_bytes(b"input")
    remember(place)
    with pytest.raises(OutputError, match="đầu vào"):
        write_file(tmp_path / "." / "a.csv", b"new", force=True)
    assert place.read_bytes() == b"input"


@pytest.mark.parametrize("failure", [KeyboardInterrupt, OSError])
def test_nothing_is_left_behind_when_writing_breaks_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: type[BaseException]
) -> None:
    def fail(_: int) -> None:
        raise failure

    monkeypatch.setattr(os, "fsync", fail)
    place = tmp_path / "a.csv"
    place.write_bytes(b"old")
    with pytest.raises((KeyboardInterrupt, OutputError)):
        write_file(place, b"new", force=True)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.csv", b"old")]


def test_a_file_that_appears_meanwhile_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "a.csv"
    monkeypatch.setattr(os, "fsync", lambda _: place.write_bytes(b"theirs"))
    with pytest.raises(OutputError):
        write_file(place, b"ours")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.csv", b"theirs")]


def test_a_folder_and_a_missing_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="thư mục"):
        check_target(tmp_path)
    with pytest.raises(OutputError, match="Không có thư mục"):
        check_target(tmp_path / "no" / "a.csv")


@pytest.mark.skipif(os.name == "nt", reason="no such device")
def test_a_device_is_written_to_and_not_replaced() -> None:
    write_file(Path(os.devnull), b"x")
    assert not Path(os.devnull).is_file()
