"""The shared nouns, where an example beside them does not show it."""

from __future__ import annotations

import pytest

from thidua_cli.model import column_letters


def test_a_column_before_the_first_has_no_letters() -> None:
    with pytest.raises(ValueError, match="-2"):
        column_letters(-2)
    assert column_letters(0) == "A"
