"""A result records all that limited it; the same question is put again, and honest results agree with what it gives."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from forms.corpus_planted import Planted
from forms.corpus_planted_records import planted
from tests.cli.program import CLASSES, FAULTY, TOP, thidua
from tests.verify.cases import altered, verified
from thidua_cli.cli.eligible import eligible
from thidua_cli.cli.grouping import parameters_of
from thidua_cli.cli.targets import targets
from thidua_cli.normalise.options import ReadingOptions
from thidua_cli.verify.said import SaidLimits

FILES = sorted(map(str, (TOP / "sample_data/dong-giang").glob("*.xlsx")))
OWN_CLASSES = str(TOP / CLASSES)
JUDGED = ("--rules", "qd-666-ttg", "--as-of", "2024")
DIVIDED = str(TOP / "sample_data/quan-1/quan-1.csv")
SHARES = str(TOP / "sample_data/quan-1/shares.csv")
PLANS = TOP / "tests/cli/plans"
RULES = str(TOP / "tests/rulebook/sound.toml")

RECORDED = {
    **{name: name for name in ("level", "trace", "year", "unit", "within", "poverty_line", "boundaries", "rules")},
    **{name: name for name in ("classes", "shares", "units", "mapping")},
    "plan": "plans",
    "attest": "attestations",
    "waive": "waivers",
    "reading_names": "readings",
    "language": "language",
}
"""Option of a command → where `limits` has it."""
ELSEWHERE = {"as_of": "`as_of`", "files": "`files`"}
ONLY_SHOWING = {
    "show_values": "what messages repeat of cells",
    "format_": "in which form the same is written",
    "output": "where it is written",
    "force": "whether a file may be replaced",
    "fail_on": "the exit status alone",
    "quiet": "standard error alone",
    "verbose": "standard error alone",
    "no_color": "colours alone",
    "no_config": "where the other options come from: what they were is recorded of each",
}

MISTAKES = [
    mistake for index, mistake in enumerate(planted()) if index % 6 == 0 or mistake.mistake == "a ward that is gone"
]
"""A sample of the corpus, and figures of a year in which the unit is gone."""


def written(folder: Path, command: str, *arguments: str | Path) -> Path:
    path = folder / "ket-qua.json"
    outcome = thidua(command, *arguments, "--format", "json", "-o", path, "--force")
    assert outcome.status in (0, 1), outcome.err
    return path


def accepted(folder: Path, file: str | Path = TOP / FAULTY) -> Path:
    """Waivers for everything that is wrong in the faulty sample."""
    tables = []
    for finding in json.loads(thidua("check", file, "--format", "json").text)["findings"]:
        unit = finding["unit_code"] or finding["unit_name"]
        lines = ["[[waiver]]", f'code = "{finding["code"]}"', *([f'unit = "{unit}"'] if unit else [])]
        lines += [f"year = {finding['year']}"] if finding["year"] else []
        tables.append("\n".join([*lines, 'reason = "đã xem"', 'who = "A"', "until = 2098-01-01", ""]))
    path = folder / "chap-nhan.toml"
    path.write_text("\n".join(tables), "utf-8")
    return path


def waived(folder: Path) -> tuple[Path, list[str]]:
    files = [*FILES[:3], str(TOP / FAULTY)]
    return written(folder, "eligible", *files, *JUDGED, "--waive", accepted(folder)), files


@pytest.mark.parametrize("command", [eligible, targets], ids=["eligible", "targets"])
def test_every_option_is_recorded_or_only_about_showing(command: Callable[..., object]) -> None:
    names = {parameter.name for parameter in parameters_of(command)}
    assert len(names) > 20
    assert names - RECORDED.keys() - ELSEWHERE.keys() - ONLY_SHOWING.keys() == set()


def test_what_an_option_is_recorded_as_is_a_field_of_the_limits() -> None:
    fields = set(SaidLimits.__dataclass_fields__)
    assert set(RECORDED.values()) | {"waived_on", "config"} == fields


HONEST: dict[str, tuple[str, Sequence[str], Sequence[str]]] = {
    "plain": ("eligible", FILES, JUDGED),
    "classes": ("eligible", FILES, (*JUDGED, "--classes", OWN_CLASSES)),
    "level": ("eligible", FILES, (*JUDGED, "--level", "commune")),
    "english": ("eligible", FILES, (*JUDGED, "--lang", "en")),
    "reading": ("eligible", FILES, (*JUDGED, "--reading", "average")),
    "within": ("eligible", FILES, (*JUDGED, "--within", "49")),
    "line": ("eligible", FILES, (*JUDGED, "--poverty-line", "2022-2025")),
    "as reported": ("eligible", FILES, (*JUDGED, "--boundaries", "as-reported")),
    "of a day": ("eligible", FILES, (*JUDGED, "--boundaries", "30/06/2025")),
    "after the reform": ("eligible", FILES, (*JUDGED, "--boundaries", "2025-07-01")),
    "year and unit": ("eligible", FILES[:1], (*JUDGED, "--year", "2023", "--unit", "505")),
    "in doubt": ("eligible", [*FILES[:3], str(TOP / FAULTY)], (*JUDGED, "--classes", OWN_CLASSES)),
    "shares": ("eligible", [DIVIDED], ("--rules", "qd-666-ttg", "--as-of", "2025", "--shares", SHARES)),
    "rates alone": ("eligible", [str(TOP / "sample_data/published/ninh-thuan-rates.csv")], JUDGED),
    "own rules": ("eligible", FILES, ("--rules", RULES, "--as-of", "2024")),
    "trace": ("eligible", FILES, (*JUDGED, "--classes", OWN_CLASSES, "--trace", "20470")),
    "trace by name": ("eligible", FILES, (*JUDGED, "--trace", "Xã Tà Lu", "--lang", "en")),
    "trace of shares": (
        *("eligible", [DIVIDED]),
        ("--rules", "qd-666-ttg", "--as-of", "2025", "--shares", SHARES, "--trace", "26740"),
    ),
    "targets": ("targets", [str(PLANS / "ha-noi.csv")], ("--rules", "ha-noi-251", "--lang", "en")),
    "targets read otherwise": (
        *("targets", [str(PLANS / "ha-noi.csv")]),
        ("--rules", "ha-noi-51", "--level", "province", "--as-of", "2024", "--reading", "average-since-2021"),
    ),
    "plans": (
        *("targets", [str(PLANS / "ca-mau.csv")]),
        ("--rules", "nghe-an-834", "--plan", str(PLANS / "ke-hoach.csv")),
    ),
}


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_result_agrees(name: str, tmp_path: Path) -> None:
    command, files, options = HONEST[name]
    path = written(tmp_path, command, *files, *options)
    assert verified(path, *files) == (0, [])
    assert json.loads(thidua("verify", path, *files, "--format", "json").text)["made_anew"] is True


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda each: f"{each.code}-{each.mistake.replace(' ', '-')}")
def test_a_result_on_figures_with_mistakes_agrees(mistake: Planted, tmp_path: Path) -> None:
    folder, path = tmp_path / "bieu", tmp_path / "ket-qua.json"
    folder.mkdir()
    mistake.write(folder)
    options = mistake.options or ReadingOptions()
    stated = (("--year", options.year), ("--unit", options.unit), ("--within", options.within))
    asked = [part for name, value in stated if value for part in (name, str(value))]
    if thidua("eligible", folder, *JUDGED, *asked, "-o", path).status == 3:
        return  # nothing was read, nothing is judged: a few of them say no more
    assert verified(path, folder) == (0, [])


def test_of_the_mistakes_most_leave_figures_to_judge(tmp_path: Path) -> None:
    judged = 0
    for index, mistake in enumerate(MISTAKES):
        folder = tmp_path / str(index)
        folder.mkdir()
        mistake.write(folder)
        judged += thidua("eligible", folder, *JUDGED, "-o", tmp_path / f"{index}.json").status != 3
    assert 2 * judged > len(MISTAKES) > 15


def test_a_result_with_waivers_agrees_and_says_so(tmp_path: Path) -> None:
    path, files = waived(tmp_path)
    limits = json.loads(path.read_text("utf-8"))["limits"]
    assert limits["waivers"] == str(tmp_path / "chap-nhan.toml")
    assert verified(path, *files) == (0, [])
    words = f"phát hiện đã chấp nhận {limits['waivers']}, còn hạn ngày {limits['waived_on']}"
    assert f"Giới hạn của kết quả: {words}." in thidua("verify", path, *files).text


def test_a_result_by_a_form_of_its_own_agrees(tmp_path: Path) -> None:
    table = tmp_path / "bieu.csv"
    table.write_text("Tên,A,B,C\nXã Tà Lu,429,63,33\nXã Sông Kôn,800,200,100\n", "utf-8")
    mapping = tmp_path / "bieu.toml"
    lines = ["header_row = 1", "first_row = 2", 'unit = "A"', "year = 2024", 'scope = "505"', "[columns]"]
    lines += ['households = "B"', 'poor_households = "C"', 'near_poor_households = "D"', ""]
    mapping.write_text("\n".join(lines), "utf-8")
    path = written(tmp_path, "eligible", table, *JUDGED, "--mapping", mapping)
    assert len(json.loads(path.read_text("utf-8"))["rows"]) > 1
    assert verified(path, table) == (0, [])
    mapping.write_text(mapping.read_text("utf-8").replace("2024", "2023"), "utf-8")
    assert [what for what, _, _ in verified(path, table)[1]] == ["file_changed"]


def test_files_beside_the_tables_may_lie_elsewhere(tmp_path: Path) -> None:
    path, files = waived(tmp_path)
    elsewhere = tmp_path / "khác"
    elsewhere.mkdir()
    moved = shutil.move(tmp_path / "chap-nhan.toml", elsewhere / "w.toml")
    assert [what for what, _, _ in verified(path, *files)[1]] == ["file_missing"]
    assert verified(path, *files, moved) == (0, [])


def test_a_rule_file_with_the_one_it_extends_is_recorded_and_may_lie_elsewhere(tmp_path: Path) -> None:
    base, own = tmp_path / "goc.toml", tmp_path / "rieng.toml"
    base.write_text((TOP / "src/thidua_cli/data/rules/qd-666-ttg.toml").read_text("utf-8"), "utf-8")
    citation = '[citation]\ndocument = "1/KH"\ndate = 2024-01-01\nclause = "I"\n'
    own.write_text(
        f'id = "rieng"\nversion = "1"\nextends = "goc.toml"\nwithin = ["49"]\n'
        f'title = {{ vi = "Riêng", en = "Own" }}\n{citation}',
        "utf-8",
    )
    path = written(tmp_path, "eligible", *FILES, "--rules", own, "--as-of", "2024")
    listed = [file["file"] for file in json.loads(path.read_text("utf-8"))["files"] if file["role"] == "rules"]
    assert listed == [str(own), str(base)]
    elsewhere = tmp_path / "khác"
    elsewhere.mkdir()
    moved = [shutil.move(file, elsewhere / file.name) for file in (base, own)]
    assert verified(path, *FILES, *moved) == (0, [])


def test_rules_of_a_file_are_told_also_where_they_bear_the_name_of_a_set_that_ships(tmp_path: Path) -> None:
    own = tmp_path / "qd-666-ttg.toml"
    shipped = (TOP / "src/thidua_cli/data/rules/qd-666-ttg.toml").read_text("utf-8")
    own.write_text(shipped.replace('threshold = "50"', 'threshold = "1"'), "utf-8")
    assert own.read_text("utf-8") != shipped
    path = written(tmp_path, "eligible", *FILES, "--rules", own, "--as-of", "2024")
    outcome = thidua("verify", path, *FILES, own)
    assert outcome.status == 0
    assert f"Giới hạn của kết quả: bộ tiêu chí trong tệp {own}, không phải bộ có sẵn." in outcome.text


def moved_copies(folder: Path, prefix: str = "") -> list[Path]:
    folder.mkdir()
    return [Path(shutil.copy(file, folder / f"{prefix}{Path(file).name}")) for file in FILES]


@pytest.mark.parametrize("prefix", ["", "ban-sao "], ids=["moved", "renamed"])
def test_files_that_were_moved_or_renamed_agree(prefix: str, tmp_path: Path) -> None:
    path = written(tmp_path, "eligible", *FILES, *JUDGED, "--trace", "505")
    assert verified(path, *moved_copies(tmp_path / "khác", prefix)) == (0, [])


def test_a_result_of_a_windows_machine_agrees(tmp_path: Path) -> None:
    path = written(tmp_path, "eligible", *FILES, *JUDGED)
    folder = json.dumps(str(Path(FILES[0]).parent) + "/", ensure_ascii=False)[1:-1]
    text = path.read_text("utf-8")
    assert folder in text
    path.write_text(text.replace(folder, r"D:\\so lieu\\"), "utf-8")
    assert verified(path, *FILES) == (0, [])


def test_a_year_that_only_the_name_of_a_file_tells_cannot_be_changed_with_the_name(tmp_path: Path) -> None:
    table = tmp_path / "ho-ngheo-2023.csv"
    table.write_text(
        "Xã,Tổng số hộ,Hộ nghèo,Hộ cận nghèo\nTà Lu,429,63,33\nSông Kôn,800,200,100\nA Ting,500,90,9\n", "utf-8"
    )
    path = written(tmp_path, "eligible", table, *JUDGED, "--within", "505")
    assert verified(path, table) == (0, [])
    path.write_text(path.read_text("utf-8").replace("ho-ngheo-2023", "ho-ngheo-2024"), "utf-8")
    assert verified(path, table)[0] == 1
    other = written(tmp_path, "eligible", table.rename(tmp_path / "ho-ngheo-2024.csv"), *JUDGED, "--within", "505")
    status, differences = verified(other, shutil.copy(tmp_path / "ho-ngheo-2024.csv", table))
    assert (status, [what for what, _, _ in differences]) == (1, ["limit"])


def test_of_standard_input_there_is_nothing_to_read_again(tmp_path: Path) -> None:
    path = written(tmp_path, "eligible", DIVIDED, "--rules", "qd-666-ttg", "--as-of", "2025")

    def from_standard_input(document: Any) -> None:
        text = json.dumps(document).replace(json.dumps(DIVIDED), '"<stdin>"')
        document.clear()
        document.update(json.loads(text))
        document["files"][0]["sha256"] = ""

    altered(path, from_standard_input)
    outcome = thidua("verify", path, DIVIDED)
    assert outcome.status == 1
    assert "Số liệu lấy từ đầu vào chuẩn (-)" in outcome.text


def test_a_given_file_whose_units_the_result_lacks_is_a_difference(tmp_path: Path) -> None:
    path = written(tmp_path, "eligible", *FILES[1:], *JUDGED)
    status, differences = verified(path, *FILES)
    assert status == 1
    assert ("lacking", "–") in [(what, said) for what, said, _ in differences]


def limited(**limits: object) -> Callable[[Any], None]:
    def change(document: Any) -> None:
        document["limits"].update(limits)

    return change


FORGED: dict[str, Callable[[Any], None]] = {
    "a tier": limited(level="commune"),
    "no tier that there is": limited(level="xã"),
    "one unit": limited(trace="20470"),
    "a place": limited(within="999"),
    "a unit": limited(unit="999"),
    "a line": limited(poverty_line="không có"),
    "a reading": limited(readings=["average"]),
    "no reading that there is": limited(readings=["khác"]),
    "other boundaries": limited(boundaries="as-reported"),
    "no boundaries that there are": limited(boundaries="hôm nay"),
    "waivers": limited(waivers="chap-nhan.toml", waived_on="2026-11-30"),
    "a day without waivers": limited(waived_on="2026-11-30"),
    "classes": limited(classes=["lop.csv"]),
    "attestations": limited(attestations="phieu.xlsx"),
    "plans": limited(plans=["ke-hoach.csv"]),
    "a form": limited(mapping="bieu.toml"),
    "other rules": limited(rules="ha-noi-251"),
    "another language": limited(language="en"),
    "no language that there is": limited(language="fr"),
    "a file beside": lambda document: document["files"].append({"file": "w.toml", "sha256": "", "role": "waivers"}),
}


@pytest.mark.parametrize("name", FORGED)
def test_a_limit_that_nobody_gave_is_a_difference(name: str, tmp_path: Path) -> None:
    path = altered(written(tmp_path, "eligible", *FILES, *JUDGED), FORGED[name])
    assert verified(path, *FILES)[0] == 1


def test_a_waiver_that_nobody_gave_is_a_difference(tmp_path: Path) -> None:
    path, files = waived(tmp_path)

    def without(document: Any) -> None:
        document["limits"].update(waivers=None, waived_on=None)
        document["files"] = [file for file in document["files"] if file["role"] != "waivers"]

    status, differences = verified(altered(path, without), *files)
    assert status == 1
    assert ("field", "null") in {(what, found) for what, _, found in differences}


def test_a_waiver_that_was_over_on_the_day_is_a_difference(tmp_path: Path) -> None:
    path, files = waived(tmp_path)
    assert verified(altered(path, limited(waived_on="2098-01-02")), *files)[0] == 1
    assert verified(altered(path, limited(waived_on="nay")), *files)[0] == 1


@pytest.mark.parametrize("schema", ["thidua.eligible/1", "thidua.eligible/2", "thidua.targets/1", "thidua.trace/2"])
def test_a_result_of_an_earlier_schema_is_to_be_made_again(schema: str, tmp_path: Path) -> None:
    path = tmp_path / "cũ.json"
    path.write_text(json.dumps({"schema": schema}), "utf-8")
    outcome = thidua("verify", path, *FILES)
    assert (outcome.status, outcome.text) == (3, "")
    command = "targets" if "targets" in schema else "eligible"
    assert f"kết quả lập bằng bản cũ của thidua ({schema})" in outcome.err
    assert f"chạy lại “thidua {command} …”" in outcome.err


def test_a_key_that_stands_twice_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "eligible", *FILES, *JUDGED)
    text = path.read_text("utf-8")
    assert '"as_of": 2024,' in text
    path.write_text(text.replace('"as_of": 2024,', '"as_of": 2023, "as_of": 2024,', 1), "utf-8")
    outcome = thidua("verify", path, *FILES)
    assert outcome.status == 3
    assert "“as_of” ghi hai lần" in outcome.err


def no_day(document: Any) -> None:
    document["boundaries"]["day"] = "cuối năm"


def no_comparison(document: Any) -> None:
    document["clauses"][0]["comparison"] = "≥"


@pytest.mark.parametrize(("change", "key"), [(no_day, "day"), (no_comparison, "comparison")], ids=["day", "comparison"])
def test_a_field_that_cannot_be_taken_again_is_refused_with_its_name(
    change: Callable[[Any], None], key: str, tmp_path: Path
) -> None:
    outcome = thidua("verify", altered(written(tmp_path, "eligible", *FILES, *JUDGED), change), *FILES)
    assert (outcome.status, outcome.text) == (3, "")
    assert f"“{key}” không hợp lệ" in outcome.err


def test_the_workbook_for_submission_lists_the_waivers(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    waivers, book = accepted(tmp_path), tmp_path / "ho-so.xlsx"
    assert thidua("export", TOP / FAULTY, *JUDGED, "--waive", waivers, "-o", book).status in (0, 1)
    rows = [[cell.value for cell in row] for row in load_workbook(book)["Nguồn"].iter_rows()]
    assert ["Phát hiện đã chấp nhận", str(waivers)] in [row[:2] for row in rows]
