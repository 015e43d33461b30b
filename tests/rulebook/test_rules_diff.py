"""`thidua rules diff`: every difference is named, nothing else is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.present.rendered import rendered
from thidua_cli.language import Language
from thidua_cli.present.rules.differences import difference_view
from thidua_cli.rulebook.compare import Side, book_differences, clause_differences
from thidua_cli.rulebook.load import bundled_ids, load_rulebook, parse_rulebook
from thidua_cli.rulebook.schema import Rulebook

HERE = Path(__file__).parent
SOUND = (HERE / "sound.toml").read_text(encoding="utf-8")
TARGETS = (HERE / "sound-targets.toml").read_text(encoding="utf-8")


def _book(text: str, *changes: tuple[str, str]) -> Rulebook:
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    return parse_rulebook(text, HERE / "changed.toml")


def _record(first: Rulebook, second: Rulebook, language: Language = Language.VI) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(rendered(difference_view(first, second), "json", language))
    return document


@pytest.mark.parametrize("known", bundled_ids())
def test_a_file_says_the_same_as_itself(known: str) -> None:
    book = load_rulebook(known)

    assert (book_differences(book, book), clause_differences(book, book)) == ((), ())
    assert "như nhau" in rendered(difference_view(book, book), "table", Language.VI)


@pytest.mark.parametrize(
    ("text", "before", "after", "clause", "field"),
    [
        (SOUND, 'threshold = "1.5"', 'threshold = "1.6"', "district-rate", "threshold"),
        (SOUND, 'comparison = ">"', 'comparison = ">="', "district-count", "comparison"),
        (SOUND, "years = 3", "years = 2", "district-rate", "years"),
        (SOUND, 'measure = "poor"', 'measure = "near_poor"', "district-count", "measure"),
        (SOUND, 'none_of = ["poor_district"]', 'none_of = ["mountain"]', "district-count", "subject"),
        (SOUND, '["poor_district"] }', '["poor_district"], within = ["49"] }', "district-rate", "subject"),
        (SOUND, 'title.vi = "Huyện: số hộ"', 'title.vi = "Huyện: hộ"', "district-count", "title"),
        (SOUND, "mục 3", "mục 4", "district-count", "citation"),
        (SOUND, "verified = 2022-02-01", "verified = 2022-02-02", "district-rate", "verified"),
        (SOUND, "hiểu là mức giảm tương đối", "hiểu khác", "district-count", "reading"),
        (SOUND, "Báo cáo đúng hạn", "Báo cáo", "district-reports", "text"),
        (TARGETS, 'upper = "1.5"', 'upper = "2"', "yearly", "upper"),
        (TARGETS, "year_ends = [2022, 2023]", "year_ends = [2022]", "yearly", "year_ends"),
        (TARGETS, '["ha-noi-2022-2025", "2022-2025"]', '"ha-noi-2022-2025"', "yearly", "other_lines"),
        (TARGETS, 'why.vi = "có nơi ghi bình quân"', 'why.vi = "có nơi ghi"', "yearly", "alternatives"),
        (TARGETS, 'class = "poor_district"', 'class = "coastal_commune"', "left-the-list", "class_token"),
        (TARGETS, 'kind = "target"', 'kind = "criterion"', "reports", "kind"),
    ],
)  # fmt: skip
def test_one_change_is_one_difference(text: str, before: str, after: str, clause: str, field: str) -> None:
    first, second = _book(text), _book(text, (before, after))

    found = [each for each in clause_differences(first, second) if field in each.fields]
    assert [each.id for each in found] == [clause]
    assert not book_differences(first, second)
    for language in Language:
        fields = next(each for each in _record(first, second, language)["clauses"] if each["id"] == clause)["fields"]
        values = next(each for each in fields if each["field"] == field)
        assert values["first"] != values["second"]


def test_a_clause_of_one_file_only_is_named_with_its_title() -> None:
    first, second = _book(SOUND), _book(SOUND, ('id = "district-count"', 'id = "count-of-district"'))

    sides = {each.id: each.side for each in clause_differences(first, second)}

    assert sides == {"district-count": Side.ONLY_FIRST, "count-of-district": Side.ONLY_SECOND}
    page = rendered(difference_view(first, second), "table", Language.VI)
    assert page.count("Chỉ có trong") == 2


def test_the_places_of_a_whole_file_are_named_once_not_at_every_clause() -> None:
    first, second = load_rulebook(str(HERE / "sound.toml")), load_rulebook(str(HERE / "sound-extension.toml"))

    changed = [each.id for each in clause_differences(first, second) if each.side is Side.BOTH]

    assert "within" in book_differences(first, second)
    assert changed == ["district-rate"]


def test_a_criterion_that_became_a_target_is_another_kind_of_clause() -> None:
    target = _book(
        TARGETS, ('[[attest]]\nid = "reports"', '[[attest]]\nid = "reported"'), ('id = "yearly"', 'id = "reports"')
    )
    (difference,) = [each for each in clause_differences(_book(TARGETS), target) if each.id == "reports"]

    assert difference.fields == ("kind",)
