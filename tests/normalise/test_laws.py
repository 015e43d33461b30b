"""Laws of reading: what is written comes back, and no content whatever ends in an exception."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from forms import canonical
from forms.model import Area, Arrangement, FormOptions, FormRow, Rates, Sums
from thidua_cli.language import Language, format_count
from thidua_cli.model import COUNTS
from thidua_cli.normalise.sheet.numbers import read_count
from thidua_cli.read.grid import Cell

from .cases import counts, errors, read, read_form

quick = settings(max_examples=25, deadline=None)
households = st.integers(0, 10**6)
figures = st.lists(st.tuples(households, households, households), min_size=1, max_size=3)
NAMES = ("Thị trấn P Rao", "Xã Tà Lu", "Xã Sông Kôn")


@quick
@given(
    figures,
    st.sampled_from(Arrangement),
    st.sampled_from(Rates),
    st.sampled_from([Sums.NUMBER, Sums.FORMULA]),
    st.booleans(),
    st.booleans(),
)
def test_any_counts_written_as_mau_08_come_back_equal(
    rows: list[tuple[int, int, int]], arrangement: Arrangement, rates: Rates, sums: Sums, text: bool, stray: bool
) -> None:
    form = [
        FormRow(name, total, total * 4, poor, poor * 4, near, near * 4, area=Area.RURAL if at else Area.URBAN)
        for at, (name, (total, poor, near)) in enumerate(zip(NAMES, rows, strict=False))
    ]
    options = FormOptions(arrangement=arrangement, rates=rates, sums=sums, counts_as_text=text, stray_spaces=stray)
    with TemporaryDirectory() as folder:
        reading = read_form(Path(folder), form, options)
    found = counts(reading)
    total = found.pop(("Huyện Đông Giang", 2023))
    assert list(found.values()) == rows
    assert total == tuple(map(sum, zip(*rows, strict=True)))
    assert errors(reading) == []


records = st.lists(
    st.fixed_dictionaries(
        {"unit_code": st.sampled_from(["49", "505", "00004"]), "year": st.integers(2021, 2024)},
        optional={name: st.one_of(st.none(), households) for name in COUNTS},
    ),
    min_size=1,
    max_size=6,
)


@quick
@given(records, st.sampled_from([("bang.csv", canonical.write_csv), ("bang.xlsx", canonical.write_xlsx)]))
def test_a_canonical_table_is_written_and_read_without_loss(
    rows: list[dict[str, str | int | None]], kind: tuple[str, Callable[..., None]]
) -> None:
    name, write = kind
    with TemporaryDirectory() as folder:
        write(Path(folder) / name, rows)
        reading = read(Path(folder) / name)
    found = [(one.unit_code, one.year, dict(one.counts)) for one in reading.observations]
    assert found == [
        (row["unit_code"], row["year"], {key: row[key] for key in COUNTS if row.get(key) is not None}) for row in rows
    ]


@given(households)
def test_a_count_reads_the_same_however_it_is_written(count: int) -> None:
    forms: list[Cell] = [count, float(count), str(count), f" {count}\u00a0", f"{count}.00", f"{count},0"]
    forms += [format_count(count, language) for language in Language]
    assert {read_count(form).value for form in forms} == {count}


@given(st.one_of(st.text(), st.floats(), st.integers(), st.booleans(), st.none(), st.dates(), st.times()))
def test_any_cell_is_a_count_or_empty_or_trouble(cell: Cell) -> None:
    count = read_count(cell)
    assert count.value is None or (count.value >= 0 and count.trouble is None)


@quick
@given(st.binary(max_size=300), st.sampled_from(["a.csv", "a.xlsx", "a.xls", "a.ods"]))
def test_no_content_of_a_file_raises(content: bytes, name: str) -> None:
    for head in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"unit_code,year\n"):
        with TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_bytes(head + content)
            reading = read(path)
        assert len(reading.observations) == 0 or name == "a.csv"
        assert reading.findings or reading.tables


tokens = st.sampled_from(
    [
        *("TT", "Xã", "Tổng số hộ", "Hộ nghèo", "Hộ cận nghèo", "Năm", "I", "1", "1.1", "Tổng cộng", "Tà Lu", ""),
        *("UBND HUYỆN ĐÔNG GIANG", "Khu vực thành thị", "Năm 2023", "12", "-3", "x", "unit_code", "year", "households"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(tokens, min_size=1, max_size=6), max_size=12))
def test_no_arrangement_of_headings_and_figures_raises(rows: list[list[str]]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        path.write_text("\n".join(";".join(row) for row in rows), "utf-8")
        reading = read(path)
    assert reading.files == 1
