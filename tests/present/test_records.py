"""JSON documents are written as the standard library writes them."""

import json

from hypothesis import given
from hypothesis import strategies as st

from thidua_cli.model import Level
from thidua_cli.present.formats.json_document import json_text

SIMPLE = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
VALUES = st.recursive(SIMPLE, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20)


@given(VALUES)
def test_a_document_is_written_as_by_the_standard_library(document: object) -> None:
    assert json_text(document) == json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def test_tokens_are_written_as_their_text() -> None:
    assert json_text({"level": Level.COMMUNE, "empty": [{}, []]}) == (
        '{\n  "level": "commune",\n  "empty": [\n    {},\n    []\n  ]\n}\n'
    )
