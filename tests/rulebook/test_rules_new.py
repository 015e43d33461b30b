"""`thidua rules new`: what it writes can be used as it is, and says where to go on."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.cli.program import thidua
from thidua_cli.cli.rules import app
from thidua_cli.errors import InputError, UsageError
from thidua_cli.rulebook.compare import clause_differences
from thidua_cli.rulebook.load import bundled_ids, example_ids, load_rulebook

HERE = Path(__file__).parent
ALL = (*bundled_ids(), *example_ids())


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("known", ALL)
def test_a_copy_passes_the_check_and_says_the_same_under_its_own_id(tmp_path: Path, known: str, language: str) -> None:
    copy = tmp_path / "ke-hoach-tinh.toml"

    made = thidua("rules", "new", "--from", known, "-o", copy, "--lang", language)
    checked = thidua("rules", "check", copy, "--lang", language)

    assert (made.status, made.err.count("\n"), checked.status) == (0, 1, 0)
    book = load_rulebook(str(copy))
    assert book.id == "ke-hoach-tinh"
    assert clause_differences(load_rulebook(known), book) == ()


def test_a_copy_explains_each_key_once() -> None:
    shown = thidua("rules", "new", "--from", "nghe-an-834").text

    assert shown.count("# threshold: ") == 1
    assert shown.index("# threshold: ") < shown.index('threshold = "1"')
    assert shown.startswith("# Bản sao của nghe-an-834")
    assert tomllib.loads(shown)["id"] == "nghe-an-834-ban-sao"


@pytest.mark.parametrize("name", ["Kế hoạch.toml", "qd-666-ttg.toml", "12_KH.toml"])
def test_a_file_whose_name_is_no_free_id_gets_another_id(tmp_path: Path, name: str) -> None:
    thidua("rules", "new", "--from", "qd-666-ttg", "-o", tmp_path / name)

    assert load_rulebook(str(tmp_path / name)).id == "qd-666-ttg-ban-sao"


def test_a_file_that_extends_another_holds_its_clauses_for_the_place(tmp_path: Path) -> None:
    own = tmp_path / "quang-tri.toml"

    made = thidua("rules", "new", "--from", "qd-666-ttg", "--within", "45", "-o", own)

    assert (made.status, made.err) == (0, f"Đã ghi {own} (TOML): bộ quy tắc soạn từ qd-666-ttg.\n")
    book = load_rulebook(str(own))
    assert (book.id, book.extends, book.within, book.overrides) == ("quang-tri", "qd-666-ttg", ("45",), ())
    assert [clause.id for clause in book.clauses] == [clause.id for clause in load_rulebook("qd-666-ttg").clauses]


@pytest.mark.parametrize("known", ["qd-666-ttg", "nghe-an-834"])
def test_an_override_is_ready_once_its_marks_are_removed(tmp_path: Path, known: str) -> None:
    place = {"qd-666-ttg": "45", "nghe-an-834": "40"}[known]
    own = tmp_path / "own.toml"
    thidua("rules", "new", "--from", known, "--within", place, "-o", own)
    head, *overrides = own.read_text(encoding="utf-8").split("# [[override]]")
    filled = [part.replace("\n# ", "\n").replace('threshold = "', 'threshold = "1') for part in overrides]
    lower = [part.replace('"150"', '"60"') for part in filled]  # 150 % of a count is out of reach
    raised = [part.replace('upper = "', 'upper = "3') for part in lower]
    own.write_text("[[override]]".join([head, *raised]), encoding="utf-8")

    book = load_rulebook(str(own))

    clauses = [*book.clauses, *book.targets]
    assert len(book.overrides) == len(clauses) > 0


def test_a_file_that_extends_a_users_own_finds_it_from_where_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base, folder = tmp_path / "base.toml", tmp_path / "own"
    base.write_text((HERE / "sound.toml").read_text(encoding="utf-8"), encoding="utf-8")
    folder.mkdir()
    monkeypatch.chdir(tmp_path)

    thidua("rules", "new", "--from", "base.toml", "--within", "45", "-o", folder / "first.toml")
    thidua("rules", "new", "--from", "own/first.toml", "-o", "second.toml")

    assert load_rulebook("own/first.toml").extends == "../base.toml"
    assert [clause.id for clause in load_rulebook("second.toml").clauses] == ["district-rate", "district-count"]


def test_an_existing_file_is_not_replaced(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text("mine", encoding="utf-8")

    made = thidua("rules", "new", "--from", "qd-666-ttg", "-o", own)

    assert made.status == 2
    assert own.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["--from", "qd-667-ttg"], UsageError),
        (["--from", "qd-666-ttg", "--within", "4500"], UsageError),
        (["--from", "nghe-an-834", "--within", "01"], InputError),
        (["--from", str(HERE / "broken" / "no-threshold.toml")], InputError),
    ],
)
def test_what_cannot_be_drafted_is_refused(arguments: list[str], error: type[Exception]) -> None:
    assert isinstance(CliRunner().invoke(app, ["new", *arguments]).exception, error)
