"""Every kind of finding finds its mistake, at its place, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from forms.corpus import BY_OFFICE, COMBINATIONS, Packing
from forms.corpus_planted import Planted
from forms.corpus_planted_movement import write_clean
from forms.corpus_planted_records import planted
from forms.corpus_score import Score, findings_of, found_in, place_of, scores, table
from thidua_cli.check.catalogue import KINDS
from thidua_cli.language import Language

MISTAKES = planted()


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda one: f"{one.code}-{one.mistake.replace(' ', '-')}")
def test_one_mistake_gives_one_finding_at_its_place(mistake: Planted, tmp_path: Path) -> None:
    place = mistake.write(tmp_path)
    found = [(finding.kind.code, place_of(finding)) for finding in findings_of(mistake, tmp_path)]
    assert found == [(mistake.code, place)]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda one: f"{one.code}-{one.mistake.replace(' ', '-')}")
def test_the_english_sentence_writes_numbers_the_english_way(mistake: Planted, tmp_path: Path) -> None:
    mistake.write(tmp_path)
    findings = findings_of(mistake, tmp_path)
    assert findings
    for finding in findings:
        message = re.sub("“.*?”|printed [0-9.,]+", "", finding.message(Language.EN))  # what cells say stays as it is
        assert re.search(r"\d,\d{1,2}(?!\d)|\d\.\d{3}(?!\d)", message) is None, message


def test_three_forms_of_one_year_that_agree_have_no_finding(tmp_path: Path) -> None:
    write_clean(tmp_path)
    assert found_in(tmp_path) == []


def test_every_kind_of_finding_has_a_planted_mistake() -> None:
    assert {one.code for one in MISTAKES} == {kind.code for kind in KINDS}


def test_precision_and_recall_count_what_was_found_and_what_was_not() -> None:
    score = Score("V001", planted=4, found=3, false=1)
    assert (score.precision, score.recall) == (0.75, 0.75)
    assert table([score]).endswith("| V001 | 4 | 3 | 1 | 0.75 | 0.75 |")


def test_precision_and_recall_of_every_kind_are_one() -> None:
    # The other clean combinations are read one by one in test_same_figures, which lets none of them have a finding.
    clean = [one for one in COMBINATIONS if one.packing is Packing.ALL_IN_ONE and one.format not in BY_OFFICE]
    found = scores(MISTAKES, clean)
    print(table(found))
    assert [(one.code, one.precision, one.recall) for one in found] == [(one.code, 1.0, 1.0) for one in found]
    assert sum(one.planted for one in found) == len(MISTAKES)
