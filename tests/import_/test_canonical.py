"""What is written as a canonical table is read back unchanged, and never runs as a formula."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from thidua_cli import pipeline
from thidua_cli.errors import OutputError
from thidua_cli.findings import Severity
from thidua_cli.model import COUNTS, REQUIRED_COUNTS, Level, Status
from thidua_cli.normalise.canonical.formula_guard import guarded, unguarded
from thidua_cli.observations import Observation, Observations
from thidua_cli.present.observations import canonical
from thidua_cli.present.observations.canonical import (
    CanonicalFormat,
    canonical_columns,
    canonical_csv,
    render_canonical,
)

FORMATS = pytest.mark.parametrize("format_", list(CanonicalFormat))
ODD = (
    *("Xã Trà Don", "Ia H'Drai", "Đăk Glong", "Thôn 1, Thôn 2", 'Thôn "Mới"', "Bản\nTrên", "a\r\nb", "a\rb"),
    *("=1+1", "+84", "-2", "−2", "@SUM(A1)", "'=1+1", "''+x", "'", "x;=1+1", "x\t-1", "x\n@y", "＝1"),
    *("00004", "1e5", "NA", "null", "1.234", "_x0041_", "a  b", "😀", "\ufeffx"),
)


WHOLE = {"households": 100, "poor_households": 20, "near_poor_households": 5}


def observation(counts: Mapping[str, int] = WHOLE, name: str = "Thị trấn P Rao") -> Observation:
    return Observation("20467", 2023, name, Level.COMMUNE, "505", "2022-2025", Status.FINAL, counts)


def texts(least: int) -> st.SearchStrategy[str]:
    """Texts as reading gives them: composed, stripped; few separators, so that commas cut the file most."""
    letters = st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufffe\uffff;\t")
    any_text = st.text(letters, max_size=12)
    composed = st.one_of(st.sampled_from(ODD), any_text).map(lambda text: unicodedata.normalize("NFC", text).strip())
    return composed.filter(lambda text: len(text) >= least)


OFFICIAL = (
    ("VN", Level.COUNTRY, ""),
    ("01", Level.PROVINCE, ""),
    ("505", Level.DISTRICT, "49"),
    ("20467", Level.COMMUNE, "505"),
)


@st.composite
def observations(draw: st.DrawFn) -> Observations:
    names = draw(st.lists(st.sampled_from(COUNTS), unique=True))
    counts = st.fixed_dictionaries({}, optional={name: st.integers(0, 10**12) for name in names})
    village = st.tuples(texts(0).map("20467-{}".format), st.sampled_from(Level), st.just("20467"))
    row = st.builds(
        lambda unit, year, name, line, status, known: Observation(
            unit[0].strip(), year, name, unit[1], unit[2], line, status, known
        ),
        st.one_of(st.sampled_from(OFFICIAL), village),
        st.integers(1993, 2099),
        texts(1),
        st.one_of(st.sampled_from(["2022-2025", "ha-noi-2022-2025"]), texts(1)),
        st.sampled_from(Status),
        counts,
    )
    return Observations.of(draw(st.lists(row, min_size=1, max_size=6)))


def read_back(written: Observations, format_: CanonicalFormat, folder: Path) -> Observations:
    path = folder / f"data.{format_}"
    path.write_bytes(render_canonical(written, format_))
    return pipeline.read([str(path)]).observations


@FORMATS
@settings(max_examples=150)
@given(written=observations())
def test_what_is_written_is_read_back(
    format_: CanonicalFormat, tmp_path_factory: pytest.TempPathFactory, written: Observations
) -> None:
    read = read_back(written, format_, tmp_path_factory.mktemp("round"))
    assert list(read) == list(written)
    assert render_canonical(read, format_) == render_canonical(written, format_)


@FORMATS
def test_every_odd_text_is_read_back(format_: CanonicalFormat, tmp_path: Path) -> None:
    written = Observations.of(observation(name=name) for name in ODD)
    assert read_back(written, format_, tmp_path).unit_name == list(ODD)


@given(st.text(st.sampled_from("=+-@−＝'; \t\r\nab")))
def test_guarding_is_undone_exactly(text: str) -> None:
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "−1", "@x", "'=1+1", "a;=1+1", "a\n=1+1", "a\t=1+1"])
def test_no_text_of_a_csv_begins_like_a_formula(name: str) -> None:
    (cells,) = list(csv.reader(io.StringIO(canonical_csv(Observations.of([observation(name=name)])).decode())))[1:]
    starts = [part[:1] for cell in cells for part in re.split(r"[;\t\n]", cell)]
    assert not set(starts) & set("=+-−@")


def test_a_workbook_holds_texts_as_texts_counts_as_numbers_and_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "data.xlsx"
    path.write_bytes(render_canonical(Observations.of([observation(name="=1+1")]), CanonicalFormat.XLSX))
    sheet = load_workbook(path).active
    assert sheet is not None
    assert [(cell.value, cell.data_type) for cell in sheet[2]][:3] == [("20467", "s"), (2023, "n"), ("=1+1", "s")]
    assert [cell.value for cell in sheet[2]][-3:] == [100, 20, 5]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:J2"


def test_counts_that_no_row_has_are_left_out_and_required_ones_are_not() -> None:
    table = Observations.of([observation({"merit_poor_households": 3})])
    table.column("poor_new")
    assert canonical_columns(table)[7:] == (*REQUIRED_COUNTS, "merit_poor_households")


def test_a_csv_is_utf_8_without_mark_and_a_missing_count_is_empty() -> None:
    written = canonical_csv(Observations.of([observation({"households": 0, "near_poor_households": 5})])).decode(
        "utf-8"
    )
    assert written == (
        "unit_code,year,unit_name,level,parent_code,poverty_line,status,"
        "households,poor_households,near_poor_households\n"
        "20467,2023,Thị trấn P Rao,commune,505,2022-2025,final,0,,5\n"
    )


@FORMATS
def test_double_rows_and_preliminary_ones_are_all_kept(format_: CanonicalFormat, tmp_path: Path) -> None:
    rows = [observation(), observation(), observation({**WHOLE, "poor_new": 1})]
    assert list(read_back(Observations.of(rows), format_, tmp_path)) == rows


@FORMATS
def test_a_written_table_gives_no_finding_of_reading(format_: CanonicalFormat, tmp_path: Path) -> None:
    path = tmp_path / f"data.{format_}"
    path.write_bytes(render_canonical(Observations.of([observation()]), format_))
    assert pipeline.read([str(path)]).findings == []


def test_a_workbook_of_many_rows_goes_to_disk_and_reads_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [observation(name=name) for name in ODD]
    monkeypatch.setattr(canonical, "_ROWS_HELD_IN_MEMORY", 3)
    content = render_canonical(Observations.of(rows), CanonicalFormat.XLSX)
    assert content == render_canonical(Observations.of(rows), CanonicalFormat.XLSX)
    # Texts stand in the cells themselves: nothing was kept until the end.
    assert b"inlineStr" in zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")
    assert list(read_back(Observations.of(rows), CanonicalFormat.XLSX, tmp_path)) == rows


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(canonical, "MAX_WORKBOOK_ROWS", 1)
    with pytest.raises(OutputError, match="2 dòng"):
        render_canonical(Observations.of([observation(), observation()]), CanonicalFormat.XLSX)


@pytest.mark.parametrize("name", ["x" * 32_768, "x\ufffe"])
def test_a_text_that_no_cell_holds_is_refused(name: str) -> None:
    with pytest.raises(OutputError):
        render_canonical(Observations.of([observation(name=name)]), CanonicalFormat.XLSX)


def test_a_missing_required_count_is_reported_again_when_read_back(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_bytes(canonical_csv(Observations.of([observation({"households": 10, "poor_households": 1})])))
    found = pipeline.read([str(path)]).findings
    assert [(one.kind.code, one.column, one.severity) for one in found] == [
        ("V005", "near_poor_households", Severity.ERROR)
    ]
