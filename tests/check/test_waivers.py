"""Findings that somebody answers for."""

from __future__ import annotations

import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua_cli.check.sums import S001, S002
from thidua_cli.check.waivers import Waiver, apply, load_waivers
from thidua_cli.errors import InputError
from thidua_cli.findings import Finding, Severity
from thidua_cli.language import Language
from thidua_cli.model import Origin
from thidua_cli.read.faults import F001

TODAY = date(2025, 3, 10)
WHOLE = """# chấp nhận sau khi đối chiếu
[[waiver]]
code = "S001"
unit = "505"
year = 2024
reason = "Xã mới chưa có trong quyết định"
who = "Nguyễn Văn A"
until = 2025-12-31
"""
DETAILS: dict[str, object] = {"parent": "Huyện", "column_text": "hộ nghèo", "count": 3, "cause": ""}


def differing(unit: str | None = "505", year: int | None = 2024, column: str = "poor_households") -> Finding:
    return Finding(S001, Origin("a.xlsx", "08", 9, 5), unit, "Huyện Đông Giang", year, column, 9, 8, 1, DETAILS)


def accepted(
    unit: str | None = "505", year: int | None = 2024, column: str | None = None, until: date = TODAY
) -> Waiver:
    return Waiver("S001", unit, year, column, "đã đối chiếu", "Nguyễn Văn A", until, "w.toml, [[waiver]] 1")


def written(folder: Path, text: str) -> Path:
    path = folder / "waivers.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_accepted_finding_is_a_note_that_says_who_why_and_until_when() -> None:
    result = apply([differing()], [accepted()], TODAY)
    assert [finding.severity for finding in result.findings] == [Severity.NOTE]
    message = result.findings[0].message()
    assert message.startswith(differing().message())
    assert all(part in message for part in ("Nguyễn Văn A", "đã đối chiếu", "10/03/2025"))
    assert "until 2025-03-10" in result.findings[0].message(Language.EN)
    assert (result.expired, result.unused, result.remarks) == ((), (), [])


@pytest.mark.parametrize(
    ("until", "severity"), [(date(2025, 3, 9), Severity.ERROR), (TODAY, Severity.NOTE), (date.max, Severity.NOTE)]
)
def test_a_waiver_counts_through_its_last_day(until: date, severity: Severity) -> None:
    assert apply([differing()], [accepted(until=until)], TODAY).findings[0].severity is severity


def test_an_expired_waiver_is_reported_and_not_called_unused() -> None:
    old = accepted(until=date(2025, 3, 9))
    result = apply([differing()], [old], TODAY)
    assert (result.expired, result.unused) == ((old,), ())
    assert [remark.vi for remark in result.remarks] == [
        "w.toml, [[waiver]] 1 (S001, 505, 2024): đã hết hạn ngày 09/03/2025, không còn được áp dụng."
    ]


def test_a_waiver_that_fits_nothing_is_reported() -> None:
    spare = accepted(unit="506")
    result = apply([differing()], [spare], TODAY)
    assert result.findings == [differing()]
    assert result.unused == (spare,)
    assert "fits no finding" in result.remarks[0].en


@pytest.mark.parametrize(
    ("waiver", "fits"),
    [
        (accepted(), True),
        (accepted(unit="Huyện Đông Giang"), True),
        (accepted(column="poor_households"), True),
        (accepted(column="households"), False),
        (accepted(unit="506"), False),
        (accepted(year=2023), False),
        (accepted(unit=None), False),
        (accepted(year=None), False),
    ],
)
def test_code_unit_and_year_must_all_fit(waiver: Waiver, fits: bool) -> None:
    assert waiver.fits(differing()) is fits


def test_a_waiver_without_unit_and_year_fits_only_findings_without_them() -> None:
    waiver = Waiver("F001", None, None, None, "r", "w", TODAY, "p")
    assert waiver.fits(Finding(F001, Origin("a.xlsx")))
    assert not waiver.fits(Finding(S002, Origin("a.xlsx")))


def total(label: str) -> Finding:
    details = {**DETAILS, "label": label}
    return Finding(S002, Origin("a.xlsx", "08", 9, 5), None, None, 2024, "poor_households", 9, 8, 1, details)


@pytest.mark.parametrize(
    ("named", "fits"),
    [
        ("Khu vực nông thôn", True),
        (unicodedata.normalize("NFD", "khu vực  nông thôn"), True),
        ("Khu vực thành thị", False),
        ("08", False),
    ],
)
def test_a_waiver_may_name_what_is_printed_in_the_row_of_a_total(named: str, fits: bool) -> None:
    waiver = Waiver("S002", named, 2024, None, "đã đối chiếu", "Nguyễn Văn A", TODAY, "w.toml, [[waiver]] 1")

    assert waiver.fits(total("Khu vực nông thôn")) is fits
    assert not waiver.fits(total("Tổng cộng"))


def test_two_waivers_of_one_finding_are_both_used() -> None:
    assert apply([differing()], [accepted(), accepted(column="poor_households")], TODAY).unused == ()


@given(
    st.lists(st.sampled_from([differing(), differing("506"), differing(year=2023), differing(column="households")])),
    st.lists(st.sampled_from([accepted(), accepted("506"), accepted(column="households"), accepted(until=date.min)])),
)
def test_waiving_keeps_every_finding_in_its_place(findings: list[Finding], waivers: list[Waiver]) -> None:
    result = apply(findings, waivers, TODAY)
    assert [finding.origin for finding in result.findings] == [finding.origin for finding in findings]
    for before, after in zip(findings, result.findings, strict=True):
        assert (after == before) or (after.severity is Severity.NOTE and after.waived is not None)
    assert apply(result.findings, waivers, TODAY) == result


def test_a_whole_file_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, WHOLE + WHOLE.replace("505", "506") + 'column = "households"\n')
    first, second = load_waivers(path)
    assert (first.code, first.unit, first.year, first.column) == ("S001", "505", 2024, None)
    assert (first.who, first.until) == ("Nguyễn Văn A", date(2025, 12, 31))
    assert (second.unit, second.column) == ("506", "households")
    assert second.place.endswith("[[waiver]] 2")


def test_a_file_without_waivers_gives_none(tmp_path: Path) -> None:
    assert load_waivers(written(tmp_path, "# chưa có\n")) == ()


@pytest.mark.parametrize(
    ("old", "new", "line", "named"),
    [
        ('who = "Nguyễn Văn A"\n', "", 2, "who"),
        ('reason = "Xã mới chưa có trong quyết định"\n', "", 2, "reason"),
        ("until = 2025-12-31\n", "", 2, "until"),
        ('code = "S001"\n', "", 2, "code"),
        ('who = "Nguyễn Văn A"', 'who = " "', 7, "who"),
        ('who = "Nguyễn Văn A"', "who = 5", 7, "who"),
        ("year = 2024", 'year = "2024"', 5, "year"),
        ("year = 2024", "year = 24", 5, "year"),
        ('unit = "505"', "unit = 505", 4, "unit"),
        ("S001", "S099", 3, "S099"),
        ("2025-12-31", '"2025-12-31"', 8, "until"),
        ("2025-12-31", "2025-12-31T08:00:00", 8, "until"),
        ("2025-12-31", "2025-02-30", 8, "TOML"),
        ("year = 2024", "years = 2024", 5, "years"),
        ("year = 2024", "year = ", 5, "TOML"),
        ("# chấp", "owner = 1\n# chấp", 1, "owner"),
    ],
)
def test_a_mistake_is_refused_with_its_file_and_line(tmp_path: Path, old: str, new: str, line: int, named: str) -> None:
    assert old in WHOLE
    with pytest.raises(InputError) as refused:
        load_waivers(written(tmp_path, WHOLE.replace(old, new)))
    for text in refused.value.text:
        assert "waivers.toml" in text
        assert named in text
    assert f"line {line}" in refused.value.text.en
    assert f"dòng {line}" in refused.value.text.vi


@pytest.mark.parametrize("text", ["waiver = 1", "[waiver]\ncode = 'S001'", "waiver = [1]"])
def test_waivers_must_be_tables(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match=r"\[\[waiver\]\]"):
        load_waivers(written(tmp_path, text))


def test_a_file_that_cannot_be_read_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"khong-co\.toml"):
        load_waivers(tmp_path / "khong-co.toml")
    (tmp_path / "cp1258.toml").write_bytes(b"# ch\xe2p nh\xe2n")
    with pytest.raises(InputError, match="UTF-8"):
        load_waivers(tmp_path / "cp1258.toml")
