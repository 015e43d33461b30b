"""JSON documents: what programs read is what was written."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.present import cases
from thidua_cli.model import Level
from thidua_cli.present.formats.json_document import json_text
from thidua_cli.present.verdicts.figures import FigureColumns, figure_keys, figures_of


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=20))
def test_a_document_is_read_back_as_it_was(document: object) -> None:
    assert json.loads(json_text(document)) == document


@pytest.mark.parametrize("number", [math.nan, math.inf])
def test_a_number_that_json_does_not_know_is_refused(number: float) -> None:
    with pytest.raises(ValueError, match="JSON"):
        json_text({"value": number})


def test_tokens_are_written_as_their_text() -> None:
    assert json_text({"level": Level.COMMUNE, "empty": [{}, []]}) == (
        '{\n  "level": "commune",\n  "empty": [\n    {},\n    []\n  ]\n}\n'
    )


def test_the_figures_of_units_stand_in_columns_as_they_stand_by_key() -> None:
    verdicts = cases.verdicts()
    columns = FigureColumns(verdicts)

    assert columns.keys == figure_keys(verdicts) != []
    rows = [columns.row(verdict) for verdict in verdicts]
    assert rows == [[figures_of(verdict).get(key) for key in columns.keys] for verdict in verdicts]
