"""Files beside the tables: what they may be, and how a wrong one is told."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from thidua_cli.errors import InputError
from thidua_cli.language import Text
from thidua_cli.normalise.mapping import load_mapping
from thidua_cli.rulebook.csv_lines import lines
from thidua_cli.rulebook.toml_table import toml_text, toml_values
from thidua_cli.side_files import forget, remembered, side_text

LIST = Text("danh sách", "a list")


def refused(path: Path, most_bytes: int = 1000) -> str:
    with pytest.raises(InputError) as caught:
        side_text(path, LIST, most_bytes)
    return caught.value.text.vi


def test_a_side_file_is_remembered_even_if_it_cannot_be_read(tmp_path: Path) -> None:
    forget()
    assert "không có tệp" in refused(tmp_path / "missing.csv")
    assert remembered() == (tmp_path / "missing.csv",)
    forget()
    assert remembered() == ()


def test_a_device_a_folder_and_a_file_that_is_too_large_are_refused(tmp_path: Path) -> None:
    (tmp_path / "large.csv").write_bytes(b"x" * 1001)
    assert "thiết bị hoặc ống dẫn" in refused(Path("/dev/null"))
    assert "đây là thư mục" in refused(tmp_path)
    assert "lớn hơn 0 MB" in refused(tmp_path / "large.csv")
    assert side_text(tmp_path / "large.csv", LIST, 1001) == "x" * 1001


@pytest.mark.skipif(os.name != "posix", reason="pipes and files of the system as POSIX has them")
@pytest.mark.parametrize("name", ["/dev/zero", "/dev/stdin", "/proc/self/maps", "/proc/self/environ", "pipe"])
def test_what_never_ends_or_is_written_by_the_system_is_refused_at_once(name: str, tmp_path: Path) -> None:
    path = Path(name) if name.startswith("/") else tmp_path / name
    if path.parent == tmp_path:
        os.mkfifo(path)
    if not path.exists():
        pytest.skip("the system has no such file")
    assert "thiết bị hoặc ống dẫn" in refused(path)


def test_an_empty_file_is_an_empty_text_and_ends_of_lines_are_alike(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"")
    assert side_text(path, LIST) == ""
    path.write_bytes("\ufeffa\r\nb\rc\n".encode())
    assert side_text(path, LIST) == "a\nb\nc\n"


@pytest.mark.parametrize("content", ['a,b\n1,"2\n3,4\n', 'a,b\n1,"2"x\n3,4\n'])
def test_a_quotation_mark_that_is_not_closed_is_told_with_its_line(tmp_path: Path, content: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(content, "utf-8")
    with pytest.raises(InputError) as caught:
        list(lines(path, ("a", "b"), ("a",)))
    assert "list.csv, dòng 2: dấu ngoặc kép" in caught.value.text.vi


@pytest.mark.parametrize(
    ("content", "reason"), [("a = " + "[" * 5000, "lồng nhau quá sâu"), ("a = " + "9" * 5000, "số quá dài")]
)
def test_toml_that_python_gives_up_on_is_no_defect(tmp_path: Path, content: str, reason: str) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(content, "utf-8")
    for read in (load_mapping, lambda path: toml_values(toml_text(path), path)):
        with pytest.raises(InputError) as caught:
            read(path)
        assert reason in caught.value.text.vi
