"""What a kind of finding declares of figures is also done: a doubt declared and never raised is certainty unearned."""

from __future__ import annotations

import pytest

from thidua_cli.check.catalogue import KINDS
from thidua_cli.doubt.questions import CODES_WITH_WORLDS
from thidua_cli.findings import Kind, Standing

WITHOUT_VALUE = {"F004", "F005", "F013", "F014", "V001", "V002", "V005", "V008"}
"""The cell holds nothing that can be used: its count is missing, and what is missing is judged as a gap."""
NOT_READ = {"F012", "F017", "H003", "H004", "H006", "H009", "H013", "H014", "H015", "U001", "U002", "U003"}
"""The column, the table or the row is not read: it gives no figure that could be in doubt."""

codes = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)


@codes
def test_what_a_kind_leaves_possible_is_what_it_declares(kind: Kind) -> None:
    if kind.standing is Standing.NOTHING:
        assert kind.code not in CODES_WITH_WORLDS
    elif kind.standing is Standing.DISPUTED:
        assert kind.code in CODES_WITH_WORLDS
    else:
        assert kind.code in CODES_WITH_WORLDS | WITHOUT_VALUE | NOT_READ


def test_no_code_is_named_that_is_no_kind() -> None:
    assert {kind.code for kind in KINDS} >= CODES_WITH_WORLDS | WITHOUT_VALUE | NOT_READ
