"""The ways through the code: how they are counted, and that they get no longer."""

from __future__ import annotations

from pathlib import Path

import pytest

import ways

TOP = Path(__file__).parent.parent
LIMITS = {"cells": (196, 4), "threshold": (46, 0), "readings": (92, 16), "year": (22, 6), "finding": (35, 0)}
"""Name of a way → rooms of stages entered, and climbs, at most: lower them with the code.

"readings" was 30 before a verdict asked the checks what they doubt of its figures, "cells" 93 before a table asked
which poverty lines there are, where its names lie, and whether anybody filled it in at all, and 98 before titles and
headings were asked what their figures are of and in what they are counted, and 110 before rows outside of every table
were looked at and marks of data frames taken off, and 172 before the notes below a table were read, and 180 before
every table was asked whether it lists persons, "threshold"
23 before it was held against all that a missing figure may be, "finding" 27 before every text passed the gate for what
files hold, and 33 before echoes stood folded below their cause and what is gone was
told with its place, "year" 11 before it was asked, ahead of the files, whether any clause holds then; "readings"
climbed 8 times before an answer recorded all that limited it, and 9 before it was seen that measuring asks which rows
are replaced, and 10 before the checks asked the columns of a long table which rows they have to look at."""
LOGIC = 48_500
"""Lines of logic that the package has at most; raised from 20,600 for doubt: possible worlds, gaps, papers, and whose
table it is; from 25,500 for reading: what title, heading, font and format make of a figure, and what is left
out; from 30,500 for trust: a result that is made anew, and all that stands between a file and the program;
from 33,700 for lists with periods, class files as officers hold them, what was published, and causes of findings;
from 38,500 for papers: the file of the office, four formats, formulas over counts, and the page of all units;
from 46,000 for speed at a country's size: columns beside rows, each held equal to the plain way by a law."""


def program(folder: Path, **rooms: str) -> ways.Program:
    package = folder / "src" / "thidua_cli"
    package.mkdir(parents=True)
    for name, text in rooms.items():
        (package / f"{name}.py").write_text(text, "utf-8")
    return ways.read_program(folder)


def entered(folder: Path, **rooms: str) -> list[str]:
    """Return the functions that `begin(thing)` of room `one` leads to."""
    way = ways.way(program(folder, **rooms), ["begin:thing"])
    return [function.name for function in way.entered][1:]


TWO = "def first(thing, to=0):\n    return thing\ndef second(thing):\n    return thing\n"


def test_calls_are_entered_in_the_order_in_which_they_run(tmp_path: Path) -> None:
    one = "from thidua_cli.two import first, second\ndef begin(thing):\n    return second(first(thing))\n"
    assert entered(tmp_path, one=one, two=TWO) == ["two.first", "two.second"]


def test_what_is_made_from_the_parameter_is_followed(tmp_path: Path) -> None:
    one = "from thidua_cli import two\ndef begin(thing):\n    for each in two.first(thing):\n        two.second(each)\n"
    assert entered(tmp_path, one=one, two=TWO) == ["two.first", "two.second"]


def test_a_later_argument_only_steers(tmp_path: Path) -> None:
    one = "from thidua_cli import two\ndef begin(thing):\n    made = two.first(1, thing)\n    two.second(made)\n"
    assert entered(tmp_path, one=one, two=TWO) == ["two.first"]


def test_a_condition_asks_and_passes_nothing_on(tmp_path: Path) -> None:
    one = "from thidua_cli import two\ndef begin(thing):\n    if two.first(thing):\n        two.second(thing)\n"
    assert entered(tmp_path, one=one, two=TWO) == ["two.second"]


def test_a_new_object_is_where_a_way_ends(tmp_path: Path) -> None:
    one = (
        "from thidua_cli import two\nclass Box:\n    thing: int\n"
        "def begin(thing):\n    box = Box(thing)\n    two.second(box)\n"
    )
    assert entered(tmp_path, one=one, two=TWO) == []


def test_a_method_of_one_class_alone_is_followed(tmp_path: Path) -> None:
    two = "class A:\n    def go(self, thing): ...\n    def stay(self): ...\nclass B:\n    def stay(self): ...\n"
    one = "def begin(thing):\n    other().go(thing)\n    thing.stay()\n"
    assert entered(tmp_path, one=one, two=two) == ["two.A.go"]


def test_a_function_is_walked_once_and_entered_as_often_as_it_is_called(tmp_path: Path) -> None:
    one = "def begin(thing):\n    begin(thing)\n    begin(thing)\n"
    assert entered(tmp_path, one=one) == ["one.begin", "one.begin"]


def test_rooms_returns_and_climbs_are_counted_along_the_way() -> None:
    measured = ways.length(["cli", "read.grid", "check", "read.grid"], {"read": 0, "check": 1, "cli": 2})
    assert (measured.entered, measured.distinct, measured.returns, measured.climbs) == (4, 3, 1, 1)


def test_lines_of_logic_are_statements_without_comments_and_docstrings(tmp_path: Path) -> None:
    text = '"""Head."""\n\n# why\ndef take(\n    first,\n):\n    """Take."""\n    return (\n        first\n    )\n'
    program(tmp_path, one=text)
    size = ways.size(tmp_path)
    assert (size.logic, size.lines, size.functions, size.bodies) == (2, 6, (6,), (3,))


@pytest.mark.parametrize("name", LIMITS)
def test_a_way_gets_no_longer(name: str) -> None:
    way = ways.way(ways.read_program(TOP), ways.WAYS[name])
    floors = ways.floors(TOP)
    measured = ways.length(way.rooms(ways.asked(floors)), floors)
    rooms, climbs = LIMITS[name]
    assert measured.entered <= rooms, f"see `python scripts/ways.py --route {name}`"
    assert measured.climbs <= climbs


def test_every_named_way_begins_somewhere() -> None:
    program = ways.read_program(TOP)
    assert all(ways.way(program, places).entered for places in ways.WAYS.values())


def test_the_package_gets_no_larger_and_its_functions_no_longer() -> None:
    size = ways.size(TOP)
    assert size.logic <= LOGIC
    assert size.bodies[-1] <= 60
