"""The committed sample data are what the script writes, and say that they are invented."""

import csv
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

import make_samples
from forms.model import ILLUSTRATIVE
from sample_figures import dien_bien
from sample_figures.dien_bien import Counts
from thidua_cli.rulebook.published import COUNT_FIELDS, RATE_FIELDS, published_of

COMMITTED = make_samples.SAMPLE_DATA


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples")
    make_samples.main(folder)
    return folder


def files(folder: Path, suffix: str) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob(f"*{suffix}"))


def cells(path: Path) -> list[tuple[str, str, object]]:
    workbook = load_workbook(path)
    return [(sheet.title, cell.coordinate, cell.value) for sheet in workbook for row in sheet for cell in row]


def test_the_script_writes_the_committed_files(written: Path) -> None:
    assert files(written, ".xlsx") == files(COMMITTED, ".xlsx")
    assert files(written, ".csv") == files(COMMITTED, ".csv")


def test_every_table_is_the_committed_one(written: Path) -> None:
    for name in files(written, ".csv"):
        assert (written / name).read_bytes() == (COMMITTED / name).read_bytes(), name


def test_every_workbook_holds_the_committed_cells(written: Path) -> None:
    # Cells, not bytes: another version of the compressor or of XlsxWriter packs the same cells differently.
    for name in files(written, ".xlsx"):
        assert cells(written / name) == cells(COMMITTED / name), name


def rounded(part: int, whole: int) -> Decimal:
    return (Decimal(100 * part) / whole).quantize(Decimal("0.01"), ROUND_HALF_UP)


def test_the_two_tier_province_has_the_published_sums_of_2025() -> None:
    communes = dien_bien.COMMUNES
    assert len(communes) == 45
    assert Counts(*map(sum, zip(*communes.values(), strict=True))) == Counts(143_650, 25_541, 18_748)
    wards = [counts for name, counts in communes.items() if name.startswith("Phường ")]
    urban = Counts(*map(sum, zip(*wards, strict=True)))
    assert (urban.both, rounded(urban.both, urban.households)) == (770, Decimal("3.40"))
    rural = Counts(*(whole - part for whole, part in zip(dien_bien.PROVINCE[2025], urban, strict=True)))
    assert (rural.both, rounded(rural.both, rural.households)) == (43_519, Decimal("35.97"))
    parts = rounded(rural.poor, rural.households), rounded(rural.near_poor, rural.households)
    assert parts == (Decimal("20.67"), Decimal("15.30"))


@pytest.mark.parametrize(
    ("name", "rate"), [("Xã Nậm Kè", "74.66"), ("Xã Nà Bủng", "73.18"), ("Xã Mường Toong", "64.71")]
)
def test_a_commune_with_a_published_rate_gives_it_when_rounded(name: str, rate: str) -> None:
    counts = dien_bien.COMMUNES[name]
    assert rounded(counts.both, counts.households) == Decimal(rate)


def test_the_wards_of_the_two_tier_province_have_their_published_counts() -> None:
    assert dien_bien.COMMUNES["Phường Điện Biên Phủ"][1:] == (0, 4)
    assert dien_bien.COMMUNES["Phường Mường Thanh"][1:] == (2, 4)


@pytest.mark.parametrize(
    ("year", "poor", "near_poor", "both"),
    [(2025, "17.78", "13.05", "30.83"), (2024, "21.29", "11.96", "33.24"), (2023, "25.68", "11.29", "36.97")],
)
def test_the_province_has_its_published_rates_in_every_workbook(
    year: int, poor: str, near_poor: str, both: str
) -> None:
    counts = dien_bien.PROVINCE[year]
    parts = (counts.poor, counts.near_poor, counts.both)
    assert [rounded(part, counts.households) for part in parts] == [Decimal(rate) for rate in (poor, near_poor, both)]


@pytest.mark.parametrize("year", dien_bien.YEARS)
def test_the_rows_of_every_year_sum_to_the_province(year: int) -> None:
    communes = dien_bien.of_communes(year)
    assert len(communes) == (45 if year == 2025 else 129)
    assert Counts(*map(sum, zip(*communes, strict=True))) == dien_bien.PROVINCE[year]
    assert all(counts.both <= counts.households for counts in communes)


def test_every_workbook_says_that_its_figures_are_invented() -> None:
    for name in files(COMMITTED, ".xlsx"):
        assert ILLUSTRATIVE in {value for _, _, value in cells(COMMITTED / name)}, name


@pytest.mark.parametrize(("name", "least"), [("published_figures.csv", 10), ("ninh-thuan-rates.csv", 4)])
def test_every_published_figure_names_its_source(name: str, least: int) -> None:
    with (COMMITTED / "published" / name).open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) >= least
    assert all("http" in row["source"] for row in rows)


def test_the_published_samples_agree_with_the_table_that_ships() -> None:
    rows = []
    for name in ("published_figures.csv", "ninh-thuan-rates.csv"):
        with (COMMITTED / "published" / name).open(encoding="utf-8", newline="") as stream:
            rows += [row for row in csv.DictReader(stream) if row["level"] != "district"]
    assert len(rows) > 12
    for row in rows:
        known = published_of(row["unit_code"], int(row["year"]), row["poverty_line"])
        figures = {name: row.get(name) for name in (*COUNT_FIELDS, *RATE_FIELDS)}
        if "+" in str(figures["poor_rate_percent"]):
            continue  # made of a rate and a fall that are printed: it is not printed itself
        held = [{**{name: str(count) for name, count in each.counts.items()}, **each.rates} for each in known]
        assert any(all(each.get(name) == value for name, value in figures.items() if value) for each in held), row
