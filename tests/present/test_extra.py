"""What only papers need may be missing: the command then says which line to type."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from thidua_cli.errors import UsageError
from thidua_cli.language import Language
from thidua_cli.present.toolkit.extra import require


def test_a_library_that_is_there_is_imported() -> None:
    assert require("json") is json


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("module", ["no_such_library", "no_such_library.part"])
def test_a_missing_library_is_told_with_the_line_to_type(module: str, language: Language) -> None:
    with pytest.raises(UsageError) as refused:
        require(module)
    sentence = refused.value.text.pick(language)
    assert "no_such_library," in sentence
    assert sentence.endswith("pip install 'thidua-cli[papers]'")


def test_a_library_that_lacks_a_part_of_its_own_is_not_called_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "half_a_library.py").write_text("import no_such_library")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModuleNotFoundError, match="no_such_library"):
        require("half_a_library")
    assert "half_a_library" not in sys.modules
