"""The two implementations agree beside gaps, counts between two numbers and unknown classes."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from tests.oracle.cases import AS_OF, case
from tests.oracle.compare import class_book, rulebook_of
from tests.verify.cases import differences_of, document_of, targets_of
from thidua_cli.rulebook.schema import ClauseKind
from thidua_cli.verify.targets import target_differences


@pytest.mark.parametrize("number", range(0, 300, 50))
def test_the_second_implementation_agrees_beside_gaps(number: int) -> None:
    for seed in range(number, number + 50):
        drawn = case(Random(f"verify-{seed}"))
        document = document_of([drawn.series()], class_book(drawn), AS_OF, rulebook_of(drawn.clauses))
        assert differences_of(document) == [], seed


@pytest.mark.parametrize("number", range(0, 300, 50))
def test_the_second_implementation_agrees_on_targets_beside_gaps(number: int) -> None:
    for seed in range(number, number + 50):
        drawn = case(Random(f"verify-{seed}"))
        everywhere = [clause for clause in drawn.clauses if not (clause.subject.any_of or clause.subject.none_of)]
        targets = tuple(replace(clause, kind=ClauseKind.TARGET, year_ends=(AS_OF,)) for clause in everywhere)
        document = targets_of([drawn.series()], rulebook_of((), targets), AS_OF)
        clauses = {clause.id: clause for clause in document.clauses}
        for row in document.rows:
            stated = document.figures.get(row.unit_code, ())
            assert list(target_differences(row, clauses[row.rule], stated, AS_OF)) == [], seed
