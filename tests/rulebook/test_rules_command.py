"""`thidua rules`: what people and programs see of a rule file."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.present.rendered import rendered
from thidua_cli.cli.rules import app
from thidua_cli.errors import InputError, UsageError
from thidua_cli.language import Language
from thidua_cli.present.rules.view import rulebook_view, rulebooks_view
from thidua_cli.present.rules.words import formula_text, required_text, subject_text
from thidua_cli.rulebook.class_lists import class_lists
from thidua_cli.rulebook.classes import Coverage
from thidua_cli.rulebook.load import bundled_ids, load_rulebook
from thidua_cli.rulebook.schema import AnyClause

SOUND = Path(__file__).parent / "sound.toml"
POOR_DISTRICTS = class_lists()["poor-districts-2021-2025"]
COVERAGE = (Coverage("poor_district", 58, 17, 9, 37, POOR_DISTRICTS, 74), Coverage("mountain", 1, 2, 3, 4))


def test_a_page_for_people_holds_every_clause_with_formula_threshold_reading_and_citation() -> None:
    book = load_rulebook("qd-666-ttg")

    for layout in ("table", "markdown"):
        page = " ".join(rendered(rulebook_view(book, COVERAGE), layout, Language.VI).split())
        clauses: list[AnyClause] = [*book.clauses, *book.targets, *book.class_exits]
        for clause in clauses:
            assert clause.id in page
            assert required_text(clause, Language.VI) in page
            assert clause.reading.vi in page
            assert str(clause.citation) in page
        for other in {each.id: each for clause in book.clauses for each in clause.alternatives}.values():
            assert other.reading.vi in page
            assert other.why.vi in page
        for item in book.attest:
            assert item.text.vi in page
            assert f"[{item.citation.clause}]" in page


@pytest.mark.parametrize(
    ("position", "vi", "en"),
    [(0, "≥ 2 điểm %", "≥ 2 points"), (1, "> 50%", "> 50%"), (5, "≥ 1,5 điểm %", "≥ 1.5 points")],
)
def test_thresholds_are_written_with_the_marks_of_the_language(position: int, vi: str, en: str) -> None:
    clause = load_rulebook("qd-666-ttg").clauses[position]

    assert (required_text(clause, Language.VI), required_text(clause, Language.EN)) == (vi, en)


def test_the_subject_names_the_classes_a_unit_must_and_must_not_have() -> None:
    clauses = load_rulebook("qd-666-ttg").clauses

    assert subject_text(clauses[2], Language.VI) == "huyện (huyện nghèo)"
    assert subject_text(clauses[3], Language.VI) == "huyện (không phải huyện nghèo)"
    assert subject_text(clauses[8], Language.EN) == "village"


def test_the_page_tells_of_the_class_lists_its_rules_need_and_of_no_others() -> None:
    page = rendered(rulebook_view(load_rulebook(str(SOUND)), COVERAGE), "markdown", Language.EN)

    assert "poor district" in page.partition("How complete")[2]
    assert "Quyết định 353/QĐ-TTg, 2022–2025" in page
    assert "58 of 74" in page
    assert "mountain" not in page


def test_programs_get_tokens_and_decimals_as_the_file_writes_them() -> None:
    record = json.loads(rendered(rulebook_view(load_rulebook("qd-666-ttg"), COVERAGE), "json", Language.EN))

    assert record["schema"] == "thidua.rules/1"
    coastal = record["rules"][5]
    assert {key: coastal[key] for key in ("id", "level", "any_of", "comparison", "threshold", "unit", "years")} == {
        "id": "coastal-commune-rate",
        "level": "commune",
        "any_of": ["coastal_commune"],
        "comparison": ">=",
        "threshold": "1.5",
        "unit": "points",
        "years": 3,
    }
    assert coastal["citation"]["date"] == "2022-06-02"
    assert record["classes"] == [
        {
            "class": "poor_district",
            "units": 58,
            "provinces_complete": 17,
            "provinces_partial": 9,
            "provinces_none": 37,
            "list": "poor-districts-2021-2025",
            "document": "Quyết định 353/QĐ-TTg",
            "from": "2022-03-15",
            "to": "2025-12-31",
            "total": 74,
        }
    ]


def test_the_list_agrees_in_every_format() -> None:
    books = [load_rulebook(str(SOUND))]
    (record,) = json.loads(rendered(rulebooks_view(books, []), "json", Language.VI))["rules"]

    assert (record["id"], record["rule_count"], record["attest_count"]) == ("my-plan", 2, 1)
    for layout in ("table", "markdown"):
        row = rendered(rulebooks_view(books, []), layout, Language.VI).splitlines()[-1]
        for cell in ("my-plan", "Kế hoạch", "1/KH-UBND (31/01/2022)", "2", "1"):
            assert cell in row


def test_the_commands_print_what_the_views_write() -> None:
    runner = CliRunner()

    listed = runner.invoke(app, ["list", "--format", "json"])
    shown = runner.invoke(app, ["show", str(SOUND), "--format", "json"])
    checked = runner.invoke(app, ["check", str(SOUND)])

    assert [result.exit_code for result in (listed, shown, checked)] == [0, 0, 0]
    assert [each["id"] for each in json.loads(listed.stdout)["rules"]] == list(bundled_ids())
    assert json.loads(shown.stdout)["id"] == "my-plan"
    assert str(SOUND) in checked.stdout


def test_the_users_classes_count_in_what_is_shown(tmp_path: Path) -> None:
    mine = tmp_path / "mine.csv"
    mine.write_text("unit_code,class\n999,poor_district\n", encoding="utf-8")
    runner = CliRunner()

    def listed(*options: str) -> dict[str | None, int]:
        shown = runner.invoke(app, ["show", str(SOUND), "--format", "json", *options])
        return {entry["list"]: entry["units"] for entry in json.loads(shown.stdout)["classes"]}

    assert listed("--classes", str(mine)) == {**listed(), None: 1}
    assert [*listed()] == ["poor-districts-2021-2025"]


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["show", "qd-667-ttg"], UsageError),
        (["check", str(SOUND.parent / "broken" / "no-threshold.toml")], InputError),
        (["show", "qd-666-ttg", "--classes", "absent.csv"], InputError),
    ],
)
def test_mistakes_are_raised_for_the_command_line_to_report(arguments: list[str], error: type[Exception]) -> None:
    assert isinstance(CliRunner().invoke(app, arguments).exception, error)


@pytest.mark.parametrize(
    "arguments",
    [
        ("list",),
        ("show", "qd-666-ttg"),
        ("check", "qd-666-ttg"),
        ("diff", "ha-noi-51", "ha-noi-251"),
        ("new", "--from", "qd-666-ttg", "--within", "45"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_the_commands_load_no_heavy_library(arguments: tuple[str, ...]) -> None:
    script = (
        "import sys; from thidua_cli.cli.rules import app; app(standalone_mode=False); "
        "print(sorted({'pandas', 'numpy', 'openpyxl', 'rich', 'xlsxwriter'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )

    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_check_says_what_is_worth_a_look(tmp_path: Path, language: str) -> None:
    own = tmp_path / "own.toml"
    runner = CliRunner()
    runner.invoke(app, ["new", "--from", "qd-666-ttg", "--within", "45", "-o", str(own)])

    def checked(*names: str) -> list[str]:
        results = [runner.invoke(app, ["check", name, "--lang", language]) for name in names]
        assert [result.exit_code for result in results] == [0] * len(names)
        return [" ".join(result.stdout.split()) for result in results]

    whole, drafted, bare = checked("qd-666-ttg", str(own), str(SOUND))
    look = {"vi": "Nên xem", "en": "Worth a look"}[language]
    assert look not in whole
    assert drafted.count(look) == 2  # "…" in the citation, and no address
    assert "[citation]" in drafted
    assert bare.count(look) == 3  # readings without a reason, no last day, no address
    assert "points, relative" in bare
    assert "district-rate, district-count" in bare


@pytest.mark.parametrize("width", [80, 100, 120])
@pytest.mark.parametrize("language", list(Language))
def test_a_page_keeps_to_its_width_but_for_addresses(width: int, language: Language) -> None:
    for known in bundled_ids():
        page = rendered(rulebook_view(load_rulebook(known), COVERAGE), "table", language, width=width)
        assert [line for line in page.splitlines() if len(line) > width and "://" not in line] == []


def test_a_target_that_counts_units_is_told_in_words() -> None:
    (share,) = load_rulebook(str(SOUND.parent / "sound-targets.toml")).class_exits

    assert required_text(share, Language.VI) == "≥ 30%"
    assert "đã ra khỏi danh mục" in formula_text(share, Language.VI)
    assert "huyện nghèo" in formula_text(share, Language.VI)


def test_ranges_types_and_what_is_left_are_told_in_words() -> None:
    yearly, none_left = load_rulebook(str(SOUND.parent / "sound-targets.toml")).targets

    assert (required_text(yearly, Language.VI), required_text(yearly, Language.EN)) == (
        "1–1,5 điểm %",
        "1–1.5 points",
    )
    assert subject_text(yearly, Language.VI) == "quận (gộp thành một)"
    assert required_text(none_left, Language.VI) == "= 0 hộ"
    assert formula_text(none_left, Language.VI) == "số hộ nghèo có người có công ở cuối năm xét"
