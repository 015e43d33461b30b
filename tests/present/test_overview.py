"""The page of all units: what its data says, and that it runs nothing and asks for nothing but its own."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

import thidua_cli
from tests.cli.program import TOP, thidua
from tests.present.overview_page import OverviewPage
from tests.present.planted import plant
from thidua_cli.language import Text
from thidua_cli.model import year_end
from thidua_cli.present.overview.page import LIBRARIES, SCRIPTS, script_safe
from thidua_cli.present.overview.panel import FINDINGS_SHOWN, hundredths
from thidua_cli.present.overview.record import UNITS_IN_A_PACK
from thidua_cli.present.overview.table import COLUMNS
from thidua_cli.present.overview.texts import both
from thidua_cli.present.overview.words import PAGE_WORDS
from thidua_cli.present.toolkit.foreign_text import steers
from thidua_cli.units.tables import bundled

SHIPPED = Path(thidua_cli.__file__).parent / "data" / "overview"
SAMPLES = TOP / "sample_data"
DISTRICT = (str(SAMPLES / "dong-giang"), "--classes", str(SAMPLES / "dong-giang" / "classes.csv"))
JUDGED = ("--rules", "qd-666-ttg", "--as-of", "2024")
LARGEST = 15 * 2**20
"""Bytes of a page of all communes that ever were."""


def written(folder: Path, *arguments: str | Path) -> str:
    """Return the page of some files."""
    file = folder / "tong-hop.html"
    outcome = thidua("report", *arguments, "--overview", "-o", file, "--fail-on", "never", "--force")
    assert outcome.status == 0, outcome.err
    return file.read_bytes().decode()


@pytest.fixture(scope="module")
def district_text(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = SAMPLES / "dong-giang"
    tables = sorted(folder.glob("*.xlsx"))
    return written(tmp_path_factory.mktemp("district"), *tables, *JUDGED, "--classes", folder / "classes.csv")


@pytest.fixture(scope="module")
def district(district_text: str) -> OverviewPage:
    return OverviewPage(district_text)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> OverviewPage:
    folder = tmp_path_factory.mktemp("hostile")
    files = plant(folder)
    options = ("--rules", files.rules, "--as-of", "2024", "--classes", files.classes, "--attest", files.attest)
    return OverviewPage(written(folder, files.data, *options))


# ------------------------------------------------------------ what it says


def test_every_column_has_a_value_per_unit(district: OverviewPage) -> None:
    units = district.record["units"]
    assert tuple(units) == COLUMNS
    assert {len(column) for column in units.values()} == {12}
    assert len(district.panels()) == 12


def test_the_row_of_a_unit_says_what_its_verdict_says(district: OverviewPage) -> None:
    record = district.record
    row = {name: column[record["units"]["code"].index("20497")] for name, column in record["units"].items()}
    assert (row["name"], row["margin"], row["bound"]) == ("Xã Ka Dăng", 5, 0)
    assert (row["rate_first"], row["rate_last"], row["fall_percent"]) == (6652, 3089, 5201)
    assert record["states"][row["state"]] == ["met", ["Đạt", "Met"]]
    assert record["levels"][row["level"]][0] == "commune"
    assert record["classes"][row["classes"]] == [["xã khu vực III", "commune of area III"]]
    assert record["provinces"][row["province"]] == ["49", "Tỉnh Quảng Nam"]


def panel_of(page: OverviewPage, code: str) -> dict[str, Any]:
    panel: dict[str, Any] = page.panels()[page.record["units"]["code"].index(code)]
    return panel


def test_a_panel_works_the_clause_out_and_names_the_cells(district: OverviewPage) -> None:
    panel = panel_of(district, "20497")
    (clause,) = panel["clauses"]
    assert district.record["clauses"][clause["clause"]]["id"] == "area-commune-count"
    assert clause["margin"] == 5
    ((year, formula),) = clause["formulas"]
    assert (year, formula[0]) == (2024, "(298 − 143) / 298 × 100 ≈ 52,0134% > 50%")
    assert panel["years"][-1][:6] == [2024, 463, 113, 30, 143, 3089]
    places = district.record["places"]
    measure, year, counts = panel["sources"][0]
    assert (district.record["measures"][measure][0], year) == ("multidimensional", 2021)
    cells = {name: (value, [(places[place][1], cell) for place, cell in found]) for name, value, _, found, _ in counts}
    assert cells["poor_households"] == (260, [("Mẫu 08", "E21")])
    assert len(panel["sources"]) == 4


def test_what_is_asked_is_drawn_at_the_threshold(district: OverviewPage) -> None:
    panel = panel_of(district, "20497")
    # half of the 298 households of 2021 among the 463 of 2024
    assert panel["clauses"][0]["asked"][-1] == [2024, hundredths(Fraction(100 * 149, 463))]


def test_the_summary_counts_each_level_for_itself(district: OverviewPage) -> None:
    summary = {district.record["levels"][level["level"]][0]: level for level in district.record["summary"]}
    assert list(summary) == ["district", "commune"]
    assert summary["commune"]["states"] == [6, 4, 0, 1, 0]
    assert summary["commune"]["units"] == summary["commune"]["summed"] == 11
    assert summary["district"]["sums"] == summary["commune"]["sums"]
    assert summary["commune"]["sums"] == [[2021, 7754, 3202, 723, 5062], [2024, 8013, 1522, 549, 2585]]


def test_a_level_is_summed_over_units_known_at_both_ends_alone(tmp_path: Path) -> None:
    folder = SAMPLES / "dong-giang"
    lines = (folder / "Mau-08_Dong-Giang_2021.xlsx", folder / "Mau-08_Dong-Giang_2024.xlsx")
    data = tmp_path / "data.csv"
    assert thidua("import", *lines, "-o", data).status == 0
    rows = data.read_text("utf-8-sig").splitlines()
    lacking = [row for row in rows if not row.replace('"', "").startswith("20497,2021")]
    assert len(lacking) == len(rows) - 1
    data.write_text("\n".join(lacking) + "\n", "utf-8")
    (level,) = (
        level for level in OverviewPage(written(tmp_path, data, *JUDGED)).record["summary"] if level["units"] == 11
    )
    assert level["summed"] == 10
    assert level["sums"][1][1] == 8013 - 463


def test_the_doubt_of_a_unit_is_a_filter_and_stands_in_its_panel(tmp_path: Path) -> None:
    tables = sorted((SAMPLES / "dong-giang").glob("*_202[123].xlsx"))
    faulty = SAMPLES / "faulty" / "Mau-08_Dong-Giang_2024_loi.xlsx"
    page = OverviewPage(written(tmp_path, *tables, faulty, *JUDGED))
    tokens = page.record["reliances"]
    doubted = [index for index, reliance in enumerate(page.record["units"]["reliance"]) if tokens[reliance] != "clean"]
    assert doubted
    panels = page.panels()
    assert all(panels[index]["doubts"] for index in doubted)
    marks = page.record["units"]["doubted"]
    assert marks[page.record["units"]["code"].index("20470")] == 2, "of 2024 alone"
    assert [level["doubted"] for level in page.record["summary"]] == [1, 2]
    assert all(len(panel.get("findings", ())) <= FINDINGS_SHOWN for panel in panels)
    assert any(panel["found"] for panel in panels if "found" in panel)


def test_an_office_stands_at_the_head_and_is_left_out_where_it_is_blank(district: OverviewPage) -> None:
    assert district.record["office"] == {}


def test_what_nobody_types_stands_on_the_page_for_a_council(district: OverviewPage, hostile: OverviewPage) -> None:
    texts = [text for page in (district, hostile) for panel in page.panels() for text in all_texts(panel)]
    assert texts
    assert [text for text in texts if re.search(r"(?<!\S)--[a-z]", text)] == []


def all_texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from all_texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from all_texts(each)


def test_positions_are_those_of_communes_alone(district: OverviewPage) -> None:
    units = district.record["units"]
    known = [level for level, north in zip(units["level"], units["latitude"], strict=True) if north is not None]
    assert known
    assert {district.record["levels"][level][0] for level in known} == {"commune"}
    assert all(8_000 < north < 24_000 for north in units["latitude"] if north is not None)
    assert all(102_000 < east < 118_000 for east in units["longitude"] if east is not None)


def test_a_unit_lies_where_its_code_lies_on_the_day_of_the_boundaries(tmp_path: Path) -> None:
    today = OverviewPage(written(tmp_path, *DISTRICT, *JUDGED, "--boundaries", "2025-12-31")).record
    standing = dict(zip(today["units"]["code"], today["units"]["province"], strict=True))
    assert today["provinces"][standing["20476"]] == ["48", "Thành phố Đà Nẵng"]


def test_a_map_of_the_country_or_of_their_province_names_the_archipelagos(
    district: OverviewPage, tmp_path: Path
) -> None:
    assert district.record["archipelagos"] == []
    of_da_nang = OverviewPage(written(tmp_path, *DISTRICT, *JUDGED, "--boundaries", "2025-12-31")).record
    names = ["Quần đảo Hoàng Sa", "Quần đảo Trường Sa"]
    assert [name for (name, _), *_ in of_da_nang["archipelagos"]] == names
    assert all(110_000 < east < 115_000 for *_, east in of_da_nang["archipelagos"])


# ------------------------------------------------------------ both languages


def test_every_word_that_a_script_asks_for_is_there_and_none_is_left_over() -> None:
    scripts = "".join((SHIPPED / name).read_text("utf-8") for name in SCRIPTS if name != LIBRARIES)
    html = (SHIPPED / "page" / "page.html").read_text("utf-8")
    begun = {f"{name}_" for name in re.findall(r"word\(`(\w+)_\$\{", scripts)}
    named = {*re.findall(r'"(\w+)"', scripts), *re.findall(r'data-word="(\w+)"', html)}
    asked = {*re.findall(r'word\("(\w+)"', scripts), *re.findall(r'data-word="(\w+)"', html)}
    assert asked
    assert asked <= {*PAGE_WORDS, "subjects"}
    left = {name for name in PAGE_WORDS if name not in named and not any(name.startswith(each) for each in begun)}
    assert left == set()


def test_the_page_opens_in_the_language_of_the_program(tmp_path: Path, district: OverviewPage) -> None:
    tables = sorted((SAMPLES / "dong-giang").glob("*_2024.xlsx"))
    page = OverviewPage(written(tmp_path, *tables, *JUDGED, "--lang", "en"))
    assert (page.record["language"], district.record["language"]) == ("en", "vi")
    assert (page.tags[0], district.tags[0]) == (
        ("html", {"lang": "en", "data-theme": "auto"}),
        ("html", {"lang": "vi", "data-theme": "auto"}),
    )


def test_a_text_alone_is_the_same_in_both_languages() -> None:
    assert both(Text("Xã A", "Xã A")) == "Xã A"
    assert both(Text("Đạt\x1b", "Met")) == ["Đạt␛", "Met"]


# ------------------------------------------------------------ what runs, and what is asked of a network


def test_only_the_blocks_of_the_page_may_run(district: OverviewPage) -> None:
    scripts, (style,) = district.contents("script"), district.contents("style")
    assert len(scripts) == len(SCRIPTS)
    allowed = re.fullmatch(
        r"default-src 'none'; script-src (.*); style-src (.*); base-uri 'none'; form-action 'none'", district.policy
    )
    assert allowed is not None
    assert allowed[1].split() == [csp_hash(script) for script in scripts]
    assert allowed[2] == csp_hash(style)


def csp_hash(content: str) -> str:
    return f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'"


def test_nothing_is_fetched_and_no_attribute_runs_or_styles(district: OverviewPage) -> None:
    names = [(tag, name, value) for tag, attributes in district.tags for name, value in attributes.items()]
    assert [each for each in names if each[1] in {"src", "srcset", "action", "style"} or each[1].startswith("on")] == []
    assert {value for _, name, value in names if name == "href"} == {"#units"}
    (style,) = district.contents("style")
    assert "url(" not in style
    assert "@import" not in style
    addresses = {each for script in district.contents("script") for each in re.findall(r"https?://[\w./-]+", script)}
    assert addresses == {"http://www.w3.org/2000/svg"}


def test_our_scripts_put_texts_in_as_texts_alone() -> None:
    ours = {name: (SHIPPED / name).read_text("utf-8") for name in SCRIPTS if name != LIBRARIES}
    assert len(ours) > 3
    forbidden = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|fetch\(|XMLHttpRequest"
    assert {name for name, text in ours.items() if re.search(forbidden, text)} == set()
    assert not any("</script" in text or "<!--" in text for text in ours.values())


def test_no_name_can_end_the_data_or_begin_markup(hostile: OverviewPage, district: OverviewPage) -> None:
    assert [tag for tag, _ in hostile.tags] == [tag for tag, _ in district.tags]
    names = hostile.record["units"]["name"]
    assert "Q31 <script>alert(1)</script>" in names
    assert "<!-- Q50" in names
    assert "Q18⟨U+2028⟩dòng⟨U+2029⟩đoạn" in names


def test_what_steers_is_shown_and_steers_nothing(hostile: OverviewPage) -> None:
    texts = [*all_texts({**hostile.record, "packs": []}), *all_texts(hostile.panels())]
    assert any("Q01␛[2K" in text for text in texts)
    assert [text for text in texts if any(steers(letter) for letter in text if letter != "\n")] == []


@pytest.mark.parametrize("text", ["</script>", "<!--", "]]>", "&lt;", "\u2028\u2029"])
def test_data_in_a_script_holds_no_markup(text: str) -> None:
    assert not set("<>&\u2028\u2029") & set(script_safe(text))


# ------------------------------------------------------------ bytes


def test_the_same_files_give_the_same_bytes(tmp_path: Path, district_text: str) -> None:
    folder = SAMPLES / "dong-giang"
    again = written(tmp_path, *sorted(folder.glob("*.xlsx")), *JUDGED, "--classes", folder / "classes.csv")
    assert again == district_text


def test_the_library_that_ships_is_the_one_that_its_page_names() -> None:
    library = (SHIPPED / LIBRARIES).read_bytes()
    source = (SHIPPED / "SOURCE.md").read_text("utf-8")
    assert f"({len(library)} bytes, SHA-256 `{sha256(library).hexdigest()}`)" in source
    licences = (SHIPPED / "libraries" / "LICENSES.txt").read_text("utf-8")
    packages = re.findall(r"^\| ([@\w/-]+) \| [\d.]+ \| (?:MIT|ISC) \|", source, re.MULTILINE)
    assert len(packages) > 3
    assert all(f"{name}\n=" in licences for name in packages)


def test_all_communes_of_today_fit_many_times_into_the_largest_page(tmp_path: Path) -> None:
    file = tmp_path / "communes.csv"
    communes = bundled().communes(year_end(2024))[:3321]
    rows = [
        f"{unit.code},{year},,,,2022-2025,final,{1500 + number % 900},{160 + number % 90 - 20 * (year - 2021)},90"
        for year in (2021, 2022, 2023, 2024)
        for number, unit in enumerate(communes)
        if bundled().get(unit.code, year_end(year)) is not None
    ]
    assert len(rows) > 3 * 3321
    keys, counts = "unit_code,year,unit_name,level,parent_code,poverty_line,status", "households,poor_households"
    head = f"{keys},{counts},near_poor_households"
    file.write_text("\n".join([head, *rows]) + "\n", "utf-8")
    page = written(tmp_path, file, *JUDGED)
    record = OverviewPage(page).record
    assert len(record["units"]["code"]) >= 3321
    assert len(record["packs"]) == -(-len(record["units"]["code"]) // UNITS_IN_A_PACK)
    assert len(page.encode()) * 10_600 / 3321 < LARGEST / 2


# ------------------------------------------------------------ the command


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--unit", "20470"), "--overview là một trang của mọi đơn vị"),
        (("--each", "xã"), "--overview là một trang của mọi đơn vị"),
        (("--format", "xlsx"), "--overview chỉ ghi trang web"),
    ],
)
def test_what_chooses_units_or_formats_is_refused(tmp_path: Path, options: tuple[str, ...], told: str) -> None:
    table = SAMPLES / "dong-giang" / "Mau-08_Dong-Giang_2024.xlsx"
    outcome = thidua("report", table, *options, "--overview", "-o", tmp_path / "a.html")
    assert (outcome.status, told in outcome.err) == (2, True), outcome.err
    assert not (tmp_path / "a.html").exists()


def test_a_page_has_the_ending_of_one(tmp_path: Path) -> None:
    table = SAMPLES / "dong-giang" / "Mau-08_Dong-Giang_2024.xlsx"
    outcome = thidua("report", table, "--overview", "-o", tmp_path / "a.xlsx")
    assert (outcome.status, ".html" in outcome.err) == (2, True)


def test_a_page_goes_to_standard_output(district_text: str) -> None:
    folder = SAMPLES / "dong-giang"
    tables = sorted(folder.glob("*.xlsx"))
    outcome = thidua("report", *tables, *JUDGED, "--classes", folder / "classes.csv", "--overview", "-o", "-")
    assert outcome.status == 0
    assert outcome.text == district_text


def test_other_results_are_not_written_over(tmp_path: Path) -> None:
    table, file = SAMPLES / "dong-giang" / "Mau-08_Dong-Giang_2024.xlsx", tmp_path / "a.html"
    file.write_text("của người khác", "utf-8")
    outcome = thidua("report", table, "--overview", "-o", file)
    assert (outcome.status, file.read_text("utf-8")) == (2, "của người khác")
