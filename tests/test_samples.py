"""The committed sample data are what the script writes, and say that they are invented."""

import csv
from pathlib import Path

import pytest
from openpyxl import load_workbook

import make_samples
from forms.model import ILLUSTRATIVE

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


def test_every_workbook_says_that_its_figures_are_invented() -> None:
    for name in files(COMMITTED, ".xlsx"):
        assert ILLUSTRATIVE in {value for _, _, value in cells(COMMITTED / name)}, name


@pytest.mark.parametrize(("name", "least"), [("published_figures.csv", 10), ("ninh-thuan-rates.csv", 4)])
def test_every_published_figure_names_its_source(name: str, least: int) -> None:
    with (COMMITTED / "published" / name).open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) >= least
    assert all("http" in row["source"] for row in rows)
