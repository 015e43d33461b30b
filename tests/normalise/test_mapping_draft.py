"""A mapping to begin with: what is written reads the sheet as before, or says what is still missing."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from forms.corpus import BY_OFFICE, COMBINATIONS, Combination, Workshop
from thidua_cli import pipeline
from thidua_cli.errors import InputError, UsageError
from thidua_cli.language import Language
from thidua_cli.normalise.mapping import load_mapping
from thidua_cli.normalise.options import ReadingOptions
from thidua_cli.observations import Observation

from .cases import DISTRICT, Cell, counts, table, write_sheets

OWN: list[Sequence[Cell]] = [
    ["BẢNG CỦA PHÒNG"],
    [],
    ["Mã", "Nơi cư trú", "Hộ toàn địa bàn", "Diện A", "Diện B", "Linh tinh"],
    [1, "Tà Lu", 429, 63, 33, "x"],
    [2, "Sông Kôn", 800, 200, 80, None],
]
CSV = "Tổng hợp;;;\nNơi cư trú;Hộ toàn địa bàn;Diện A;Diện B\nTà Lu;429;63;33\nSông Kôn;800;200;80\n"
FILLED = {"households": "Hộ toàn địa bàn", "poor_households": "Diện A", "near_poor_households": "Diện B"}


def drafted(path: Path, sheet: str | None = None) -> str:
    return pipeline.new_mapping(str(path), sheet, "form.toml", Language.VI).text


def observations(path: Path, mapping: str | None = None) -> list[Observation]:
    options = ReadingOptions()
    if mapping is not None:
        form = path.parent / "form.toml"
        form.write_text(mapping, "utf-8")
        options = ReadingOptions(mapping=load_mapping(form))
    return list(pipeline.read([str(path)], options).observations)


def filled(text: str, **more: str) -> str:
    """Do what the comments ask for: give names to columns, and take off what keeps a line from speaking."""
    for key, heading in FILLED.items():
        line = next(line for line in text.splitlines() if heading in line)
        text = text.replace(line, line.replace("# ?", key, 1))
    line = next(line for line in text.splitlines() if line.startswith("# unit ="))
    text = text.replace(line, line.removeprefix("# "))
    for key, value in more.items():
        line = next(line for line in text.splitlines() if line.startswith(f"# {key} ="))
        text = text.replace(line, f"{key} = {value}")
    return text


def drafted_or_refused(path: Path) -> str | None:
    """Return the mapping; None where the refusal says that none is needed, or asks which sheet."""
    try:
        return drafted(path)
    except UsageError as refused:
        if "không cần --mapping" in refused.text.vi or "--sheet" in refused.text.vi:
            return None
        raise


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    return Workshop(tmp_path_factory.mktemp("corpus"))


TRIED: Counter[str] = Counter()


@pytest.mark.parametrize(
    "combination", [one for one in COMBINATIONS if one.format not in BY_OFFICE], ids=lambda one: one.name
)
def test_a_file_that_is_read_is_read_the_same_by_its_written_mapping(
    combination: Combination, workshop: Workshop
) -> None:
    path = workshop.files(combination)[0]
    text = drafted_or_refused(path)
    TRIED["refused" if text is None else "written"] += 1
    if text is None:
        return
    before = observations(path)
    assert before
    assert observations(path, text) == before


def test_many_files_of_the_corpus_get_a_mapping() -> None:
    assert TRIED["written"] > 10, TRIED


@pytest.mark.parametrize("year", [2021, 2022, 2023, 2024])
def test_the_samples_are_read_the_same(year: int, tmp_path: Path) -> None:
    sample = Path(__file__).parents[2] / f"sample_data/dong-giang/Mau-08_Dong-Giang_{year}.xlsx"
    path = tmp_path / sample.name
    path.write_bytes(sample.read_bytes())
    assert observations(path, drafted(path)) == observations(path)


def test_a_form_that_is_not_known_is_refused_until_it_is_filled_in_and_then_read(tmp_path: Path) -> None:
    path = write_sheets(tmp_path / "bieu.xlsx", {"Tong hop": OWN})
    made = pipeline.new_mapping(str(path), None, "form.toml", Language.VI)
    assert len(made.missing) == 2
    assert "header_row = 3" in made.text
    assert "first_row = 4" in made.text
    assert tomllib.loads(made.text)["columns"] == {}
    with pytest.raises(InputError) as refused:
        observations(path, made.text)
    assert "form.toml" in refused.value.text.vi
    text = filled(made.text, year="2024", scope='"505"')
    (tmp_path / "form.toml").write_text(text, "utf-8")
    reading = pipeline.read([str(path)], ReadingOptions(mapping=load_mapping(tmp_path / "form.toml")))
    assert counts(reading) == {("Xã Tà Lu", 2024): (429, 63, 33), ("Xã Sông Kôn", 2024): (800, 200, 80)}


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_text_files_are_described_whatever_separates_their_cells(separator: str, tmp_path: Path) -> None:
    path = tmp_path / "xuat.csv"
    path.write_text(CSV.replace(";", separator), "utf-8")
    text = filled(drafted(path), year="2024", scope='"505"')
    assert [row.counts["poor_households"] for row in observations(path, text)] == [63, 200]


def test_no_word_of_the_rows_is_written_and_numbers_are_quoted_short(tmp_path: Path) -> None:
    rows: list[Sequence[Cell]] = [
        OWN[2],
        [1, "Tà Lu", 429, 63, 33, "Nguyễn Văn Mười"],
        [2, "Sông Kôn", 800, 200, 123456789012, "x"],
    ]
    text = drafted(write_sheets(tmp_path / "bieu.xlsx", {"A": rows}))
    assert "Nguyễn" not in text
    assert "Tà Lu" not in text
    assert "C2: 429" in text
    assert "123456789012" not in text


def test_headings_over_several_rows_stand_as_paths(tmp_path: Path) -> None:
    rows: list[Sequence[Cell]] = [
        ["Nơi cư trú", "Toàn bộ", "Diện đặc biệt", None],
        [None, None, "Loại A", "Loại B"],
        ["Tà Lu", 429, 63, 33],
        ["Sông Kôn", 800, 200, 80],
    ]
    text = drafted(write_sheets(tmp_path / "bieu.xlsx", {"A": rows}))
    assert "header_row = 1" in text
    assert "first_row = 3" in text
    assert '# ? = "D"                    # Diện đặc biệt › Loại B' in text


def test_of_several_sheets_one_is_asked_for(tmp_path: Path) -> None:
    known = table(["1", "A Rooi", 300, 90, 20], title=[DISTRICT, "Năm rà soát: 2024"])
    path = write_sheets(tmp_path / "bieu.xlsx", {"Riêng 1": OWN, "Mẫu 08": known})
    with pytest.raises(UsageError, match="--sheet"):
        drafted(path)
    with pytest.raises(UsageError, match="không có trang tính"):
        drafted(path, "khác")
    text = drafted(path, "riêng 1")
    assert tomllib.loads(text)["sheet"] == "Riêng 1"
    (tmp_path / "form.toml").write_text(filled(text), "utf-8")
    assert load_mapping(tmp_path / "form.toml").is_for("Riêng 1")
    assert 'households = "C"' in drafted(path, "Mẫu 08")


def test_what_two_columns_claim_is_left_to_a_person(tmp_path: Path) -> None:
    rows = table(["1", "A Rooi", 300, 90, 20], title=[DISTRICT, "Năm rà soát: 2024"])
    header = next(row for row in rows if "Số hộ nghèo" in row or "Hộ nghèo" in row) if rows else []
    twice = [[*row, "Hộ nghèo" if row is header else (91 if row and row[0] == "1" else None)] for row in rows]
    text = drafted(write_sheets(tmp_path / "bieu.xlsx", {"A": twice}))
    assert "poor_households =" not in text.replace("near_poor_households =", "")
    assert text.count("hai cột cùng là poor_households") == 2


@pytest.mark.parametrize(
    "rows",
    [
        [
            ["STT", "Họ và tên chủ hộ", "Số khẩu", "Năm sinh"],
            [1, "Nguyễn Văn Mười", 4, 1970],
            [2, "A Lăng Tơ", 3, 1981],
        ],
        [["A", "B", "C", "D"], *([n, f"Nguyễn Văn {'ABCDEFGH'[n]}", 1, 2] for n in range(1, 8))],
        [["A", "B", "C", "D"], *([n, "Tà Lu", 1, f"0{n}9123456789"] for n in range(1, 8))],
    ],
    ids=["headings", "names", "numbers"],
)
def test_lists_of_households_are_refused(rows: list[Sequence[Cell]], tmp_path: Path) -> None:
    with pytest.raises(InputError, match="F017") as refused:
        drafted(write_sheets(tmp_path / "bieu.xlsx", {"A": rows}))
    assert "Nguyễn" not in refused.value.text.vi


def test_what_holds_no_figures_or_is_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="không thấy dòng số liệu"):
        drafted(write_sheets(tmp_path / "bieu.xlsx", {"A": [["chỉ có chữ"], ["và chữ"]]}))
    with pytest.raises(InputError):
        drafted(tmp_path / "thieu.xlsx")
    broken = tmp_path / "hong.xlsx"
    broken.write_bytes(b"PK\x03\x04")
    with pytest.raises(InputError):
        drafted(broken)
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text(CSV, "utf-8")
    with pytest.raises(UsageError, match="một tệp"):
        drafted(tmp_path / "*.csv")


def test_headings_that_would_steer_a_screen_or_a_file_are_made_plain(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Nơi", "Hộ\u202e\nsố = 1", "Diện \u001b[31m", 'B"'],
        ["Tà Lu", 429, 63, 33],
        ["Sông Kôn", 800, 200, 80],
    ]
    path = tmp_path / "x.csv"
    path.write_text(
        "\n".join(";".join(f'"{str(c).replace(chr(34), chr(34) * 2)}"' for c in row) for row in rows), "utf-8"
    )
    text = drafted(path)
    assert "\u202e" not in text
    assert "\u001b" not in text
    assert tomllib.loads(text)["columns"] == {}


def test_a_folder_is_no_file_to_describe(tmp_path: Path) -> None:
    write_sheets(tmp_path / "bieu.xlsx", {"Biểu": OWN})
    with pytest.raises(UsageError) as refused:
        pipeline.new_mapping(str(tmp_path), None, "form.toml", Language.VI)
    assert "nêu đúng một tệp" in refused.value.text.vi
