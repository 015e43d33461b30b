"""Judging and verifying are two implementations: on printed rates they agree, however those are rounded and mixed."""

from __future__ import annotations

import json
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tests.judge.cases import DECISION, PROVINCE, members
from tests.verify.cases import differences_of
from thidua_cli import pipeline
from thidua_cli.judge.setting import Setting
from thidua_cli.judge.verdicts import judge
from thidua_cli.language import Language
from thidua_cli.model import Level, Status
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.observations import Observation, Observations
from thidua_cli.present.verdicts.records import eligible_document
from thidua_cli.results import EligibleResult
from thidua_cli.verify.document import read_document
from thidua_cli.verify.said import Document

rate = st.builds(str, st.decimals(0, 12, places=2) | st.decimals(0, 12, places=1) | st.integers(0, 12).map(Decimal))
printed = st.fixed_dictionaries(
    {},
    optional={"poor_rate_percent": rate, "near_poor_rate_percent": rate, "multidimensional_rate_percent": rate},
)
counts = st.sampled_from([{}, {"households": 1000, "poor_households": 60, "near_poor_households": 50}])
statuses = st.sampled_from(Status)
rows = st.tuples(st.integers(2021, 2024), printed, counts, statuses)


@given(st.lists(rows, min_size=1, max_size=7))
def test_both_give_the_same_answers(given_rows: list[tuple[int, dict[str, str], dict[str, int], Status]]) -> None:
    held = Observations.of(
        Observation("58", year, "Tỉnh Ninh Thuận", Level.PROVINCE, "", "2022-2025", status, known, rates)
        for year, rates, known, status in given_rows
    )
    series = pipeline.measure(FilesRead(held))
    verdicts = judge(series, DECISION, Setting(2024, members(), lambda code, listed: PROVINCE))
    result = EligibleResult(DECISION, 2024, verdicts, held, series)
    text = json.dumps(eligible_document(result, Language.EN))
    document = read_document(json.loads(text, parse_float=Decimal), "result.json")
    assert isinstance(document, Document)
    assert differences_of(document) == []
    for row, one in zip(document.rows, series, strict=True):
        for figure in row.figures:
            figures = one.years[figure.year]
            known = [figure.count is not None and figure.households is not None, figure.printed is not None]
            assert known.count(True) <= 1
            assert figure.usable is not figures.conflicting
