"""Where the language may stand: before the command, after its group, after itself."""

from __future__ import annotations

import os

import pytest

from thidua_cli.cli.speech import LANGUAGE_VARIABLE

from .program import thidua


@pytest.mark.parametrize(
    "words",
    [
        ("--lang", "en", "units", "find", "505"),
        ("units", "--lang", "en", "find", "505"),
        ("units", "find", "505", "--lang", "en"),
        ("--lang", "vi", "units", "--lang", "en", "find", "505"),
        ("units", "--lang", "vi", "find", "505", "--lang", "en"),
    ],
    ids=" ".join,
)
def test_the_language_may_stand_in_any_place_and_the_innermost_counts(words: tuple[str, ...]) -> None:
    outcome = thidua(*words)
    assert outcome.status == 0
    assert outcome.text.splitlines()[0].split() == ["Code", "Unit", "Level", "Within", "From", "To", "Match", "Today"]
    assert LANGUAGE_VARIABLE not in os.environ


@pytest.mark.parametrize("words", [("rules", "--lang", "en", "list"), ("attest", "--lang", "en", "template", "-h")])
def test_every_group_takes_the_language(words: tuple[str, ...]) -> None:
    assert thidua(*words).status == 0
