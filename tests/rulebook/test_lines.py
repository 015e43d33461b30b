"""The table of poverty lines: every line that rules and tables speak of is in it, once, with days in order."""

from __future__ import annotations

import csv
import json
from io import StringIO

import pytest
from jsonschema import Draft202012Validator

from tests.cli.program import TOP, thidua
from thidua_cli.normalise.sheet.poverty_line import national_line
from thidua_cli.rulebook.lines import lines_of, poverty_lines
from thidua_cli.rulebook.load import bundled_ids, example_ids, load_rulebook

SCHEMA = TOP / "src/thidua_cli/data/schemas/thidua.lines.1.schema.json"


@pytest.mark.parametrize("rules", [*bundled_ids(), *example_ids()])
def test_every_line_that_a_rule_file_asks_for_can_be_stated(rules: str) -> None:
    book = load_rulebook(rules)
    asked = {line for clause in (*book.clauses, *book.targets) for line in (clause.poverty_line, *clause.other_lines)}
    assert asked <= poverty_lines().keys()


def test_the_national_line_of_a_year_holds_for_it() -> None:
    for year in range(2005, 2026):
        assert poverty_lines()[national_line(year)].covers(year)


def test_the_end_of_2021_and_of_2026_stand_on_two_national_lines() -> None:
    national = {year: [line.id for line in lines_of(year) if not line.within] for year in (2021, 2023, 2026)}
    assert national == {2021: ["2016-2020", "2022-2025"], 2023: ["2022-2025"], 2026: ["2022-2025", "2027-2030"]}


def test_days_and_incomes_are_in_order() -> None:
    for line in poverty_lines().values():
        assert line.end is None or line.start is None or line.start < line.end
        assert line.signed is None or line.start is None or line.signed <= line.start
        assert (line.income_rural or 0) <= (line.income_urban or 0)
        # what is known is known from somewhere
        assert line.address or not line.document


def test_table_csv_and_json_list_the_same_lines() -> None:
    document = json.loads(thidua("rules", "lines", "--format", "json").text)
    lines = list(csv.DictReader(StringIO(thidua("rules", "lines", "--format", "csv").text)))
    shown, page = (thidua("rules", "lines", *more).text for more in ((), ("--format", "markdown")))
    Draft202012Validator(json.loads(SCHEMA.read_text("utf-8"))).validate(document)
    assert [line["id"] for line in document["lines"]] == [line["id"] for line in lines] == list(poverty_lines())
    for line in document["lines"]:
        assert line["id"] in shown
        assert line["id"] in page
    assert [line["income_rural"] or "" for line in lines] == [
        "" if line["income_rural"] is None else str(line["income_rural"]) for line in document["lines"]
    ]
