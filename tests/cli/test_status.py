"""Exit statuses: 0 done, 1 findings, 2 wrong usage, 3 unreadable input, 70 a defect, 130 interrupted."""

from __future__ import annotations

import fcntl
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

from tests.cli.program import DISTRICT, PROGRAM, TOP, environment, thidua
from tests.cli.tables import sound, table, with_error, with_warning
from thidua_cli import pipeline

JUDGED = ("--rules", "qd-666-ttg", "--as-of", "2024")


def test_done_is_0_and_not_met_is_no_error(tmp_path: Path) -> None:
    path = table(tmp_path / "bieu.csv", "338", 2021, [(1000, 100, 50)] * 4)
    outcome = thidua("eligible", path, *JUDGED)
    assert "Không đạt" in outcome.text
    assert (outcome.status, outcome.err) == (0, "")


@pytest.mark.parametrize("command", [("check",), ("rates",), ("eligible", *JUDGED)])
def test_an_error_in_the_figures_is_1_in_every_command(tmp_path: Path, command: tuple[str, ...]) -> None:
    path = with_error(tmp_path / "bieu.csv")
    assert thidua(*command, path).status == 1


@pytest.mark.parametrize("command", ["eligible", "export", "report"])
def test_verdicts_by_a_rule_file_of_targets_only_are_refused(tmp_path: Path, command: str) -> None:
    path = table(tmp_path / "bieu.csv", "338", 2021, [(1000, 100, 50)] * 4)
    more = ("--unit", "338") if command == "report" else ()
    output = tmp_path / "ket-qua.xlsx"
    outcome = thidua(command, path, "--rules", "ha-noi-251", "--as-of", "2024", "-o", output, *more)
    assert outcome.status == 2
    assert "bộ quy tắc ha-noi-251 không có tiêu chí có số để xét; chỉ tiêu thì dùng “thidua targets”" in outcome.err
    assert not output.exists()


def test_commands_that_print_no_findings_say_on_standard_error_that_there_are_some(tmp_path: Path) -> None:
    path = with_error(tmp_path / "bieu.csv")
    assert "1 lỗi và 0 cảnh báo; xem bằng “thidua check”" in thidua("rates", path).err
    assert thidua("rates", path, "--quiet").err == ""
    assert thidua("check", path).err == ""


@pytest.mark.parametrize(
    ("fail_on", "on_error", "on_warning", "on_clean"),
    [("error", 1, 0, 0), ("warning", 1, 1, 0), ("note", 1, 1, 0), ("never", 0, 0, 0)],
)
def test_fail_on_sets_from_which_severity_the_status_is_1(
    tmp_path: Path, fail_on: str, on_error: int, on_warning: int, on_clean: int
) -> None:
    error, warning = with_error(tmp_path / "loi.csv"), with_warning(tmp_path / "canh-bao.csv")
    clean = sound(tmp_path / "dung.csv")
    statuses = [thidua("check", path, "--fail-on", fail_on).status for path in (error, warning, clean)]
    assert statuses == [on_error, on_warning, on_clean]


def test_a_note_is_1_only_when_it_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "bieu.csv"
    lines = ["unit_code,year,status,households,poor_households,near_poor_households"]
    lines += ["20473,2024,sơ bộ,1000,52,20", "20473,2024,chính thức,1000,50,20"]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert "ghi chú  T005" in thidua("check", path).text
    assert [thidua("check", path, "--fail-on", level).status for level in ("warning", "note")] == [0, 1]


def test_an_unreadable_file_among_good_ones_is_3_and_the_others_are_read(tmp_path: Path) -> None:
    good, bad = sound(tmp_path / "dung.csv"), tmp_path / "hong.xlsx"
    bad.write_bytes(b"this is no workbook")
    outcome = thidua("check", bad, good, tmp_path / "khong-co.csv")
    assert outcome.status == 3
    assert outcome.text.count("F001") == 2
    assert "4 dòng số liệu" in outcome.text
    judged = thidua("rates", bad, good)
    assert judged.status == 3
    assert "Xã Sông Kôn" in judged.text


def test_an_unreadable_file_outweighs_findings_and_fail_on_never(tmp_path: Path) -> None:
    files = [with_error(tmp_path / "loi.csv"), tmp_path / "khong-co.csv"]
    assert thidua("check", *files).status == 3
    assert thidua("check", *files, "--fail-on", "never").status == 3


def test_an_empty_folder_and_a_pattern_without_files_are_3(tmp_path: Path) -> None:
    assert thidua("check", tmp_path).status == 3
    assert thidua("check", tmp_path / "*.xlsx").status == 3


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check",), "thiếu FILE…; xem hướng dẫn: thidua check -h"),
        (("chek", "x"), "không có lệnh “chek”; gần nhất: thidua check; xem hướng dẫn: thidua -h"),
        (("Eligible",), "không có lệnh “Eligible”; gần nhất: thidua eligible; xem hướng dẫn: thidua -h"),
        (
            ("rules", "lits"),
            "không có lệnh “lits”; gần nhất: thidua rules list, thidua rules lines; xem hướng dẫn: thidua rules -h",
        ),
        (("tinhtoan",), "không có lệnh “tinhtoan”; xem hướng dẫn: thidua -h"),
        (
            ("check", "x", "--forec"),
            "không có tùy chọn --forec (gần giống: --force, --format); xem hướng dẫn: thidua check -h",
        ),
        (("--nope",), "không có tùy chọn --nope; xem hướng dẫn: thidua -h"),
        (("check", "x", "--year", "abc"), "giá trị của --year không hợp lệ: “abc” không phải là số nguyên"),
        (("check", "x", "--year", "24"), "giá trị của --year không hợp lệ: 24 nằm ngoài khoảng 1993–2099"),
        (("check", "x", "--year"), "tùy chọn --year cần một giá trị"),
        (("check", "x", "--force=1"), "tùy chọn --force không nhận giá trị"),
        (
            ("check", "x", "--format", "odt"),
            "giá trị của --format không hợp lệ: “odt” không nằm trong: table, markdown, csv, json, xlsx",
        ),
        (("check", "x", "--lang", "fr"), "giá trị của --lang không hợp lệ: “fr” không nằm trong: vi, en"),
        (("eligible", "x"), "thiếu --rules"),
        (("eligible", "x", "--rules", "qd-666-ttg"), "thiếu --as-of"),
        (("report", "x"), "thiếu --output"),
        (("report", "x", "-o", "y"), "chọn một trong ba: --unit MÃ|TÊN, --each CẤP hoặc --overview"),
        (("rules", "list", "x"), "thừa đối số: x"),
        (("explain",), "thiếu mã phát hiện; ví dụ: thidua explain S001"),
        (("explain", "Z999"), "không có mã “Z999”; các mã: F001, "),
        (("check", "x", "--format", "xlsx"), "--format xlsx cần -o TỆP.xlsx"),
        (("check", "x", "--unit", "99999"), "--unit 99999: không có đơn vị nào mang mã này"),
        (("units", "show", "99999"), "không có đơn vị nào mang mã 99999"),
        (("units", "find", "x", "--on", "mai"), "“mai” không phải là ngày"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_wrong_usage_is_2_and_one_sentence_in_vietnamese(arguments: tuple[str, ...], said: str) -> None:
    outcome = thidua(*arguments)
    assert (outcome.status, outcome.out) == (2, b"")
    assert outcome.err.startswith(f"lỗi: {said}")
    assert outcome.err.count("\n") == 1
    assert not any(word in outcome.err for word in ("Invalid", "Missing", "No such", "valid int"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check", "--lang", "en"), "error: Missing argument 'FILE…'; see: thidua check -h\n"),
        (("chek", "--lang=en"), "error: No such command 'chek'; nearest: thidua check; see: thidua -h\n"),
        (
            ("units", "histori", "--lang=en"),
            "error: No such command 'histori'; nearest: thidua units history; see: thidua units -h\n",
        ),
        (("explain", "Z999", "--lang", "en"), "error: there is no code “Z999”; the codes: F001, "),
    ],
    ids=["missing", "command", "subcommand", "code"],
)
def test_wrong_usage_is_told_in_english_on_request(arguments: tuple[str, ...], said: str) -> None:
    outcome = thidua(*arguments)
    assert outcome.status == 2
    assert outcome.err.startswith(said)


def test_an_unknown_rule_file_is_2_and_a_broken_one_3(tmp_path: Path) -> None:
    path, broken = sound(tmp_path / "bieu.csv"), tmp_path / "quy-tac.toml"
    broken.write_text("id = ", encoding="utf-8")
    assert thidua("eligible", path, "--rules", "qd-999", "--as-of", "2024").status == 2
    for rules in (broken, tmp_path / "khong-co.toml"):
        outcome = thidua("eligible", path, "--rules", rules, "--as-of", "2024")
        assert (outcome.status, outcome.out) == (3, b"")
        assert rules.name in outcome.err
    assert thidua("rules", "check", broken).status == 3


def test_a_class_file_that_cannot_be_read_is_3(tmp_path: Path) -> None:
    outcome = thidua("eligible", sound(tmp_path / "bieu.csv"), *JUDGED, "--classes", tmp_path / "khong-co.csv")
    assert outcome.status == 3
    assert "khong-co.csv" in outcome.err


def test_a_report_on_a_unit_the_figures_do_not_hold_is_2(tmp_path: Path) -> None:
    path = sound(tmp_path / "bieu.csv")
    outcome = thidua("report", path, "--unit", "20470", "-o", tmp_path / "x.md", "--format", "markdown")
    assert outcome.status == 2
    assert "trong số liệu không có đơn vị nào: 20470" in outcome.err
    assert not (tmp_path / "x.md").exists()


def broken_check(*_: object) -> None:
    raise ZeroDivisionError("a cell: Nguyễn Văn A")


def test_a_defect_is_70_and_shows_neither_trace_nor_cell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "check", broken_check)
    outcome = thidua("check", sound(tmp_path / "bieu.csv"))
    assert (outcome.status, outcome.out) == (70, b"")
    assert "chương trình có lỗi (ZeroDivisionError)" in outcome.err
    assert "Nguyễn Văn A" not in outcome.err
    monkeypatch.setenv("THIDUA_DEBUG", "1")
    assert "Traceback" in thidua("check", sound(tmp_path / "bieu.csv")).err


def unread_bytes(stream: int) -> int:
    (waiting,) = struct.unpack("i", fcntl.ioctl(stream, termios.FIONREAD, b"\0" * 4))
    assert isinstance(waiting, int)
    return waiting


def heed_ctrl_c() -> None:
    """A shell script and nohup hand an ignored Ctrl-C down to all that they start; a terminal does not."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.skipif(sys.platform != "linux", reason="asks the pipe how much is still unread")
def test_ctrl_c_is_130_with_one_sentence_and_leaves_nothing_behind(tmp_path: Path) -> None:
    target = tmp_path / "ket-qua.json"
    command = [*PROGRAM, "check", "-", "--format", "json", "-o", str(target)]
    streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    process = subprocess.Popen(command, env=environment(), cwd=TOP, preexec_fn=heed_ctrl_c, **streams)  # type: ignore[call-overload]
    with process as running:
        running.stdin.write(b"unit_code,year\n")
        running.stdin.flush()
        deadline = time.monotonic() + 30
        while unread_bytes(running.stdin.fileno()) and time.monotonic() < deadline:
            time.sleep(0.01)
        running.send_signal(signal.SIGINT)  # it waits for the rest of its input now
        assert running.wait(30) == 130
        assert running.stderr.read().decode() == "lỗi: đã dừng theo yêu cầu; không có tệp nào bị ghi dở\n"
        assert running.stdout.read() == b""
    assert list(tmp_path.iterdir()) == []


def test_the_sample_district_is_clean(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(TOP)
    assert thidua("check", DISTRICT, "--fail-on", "note").status == 0
