"""A result says each thing once, and with what stands at its head it says all that version 3 said in every row."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.cli.program import CLASSES, DISTRICT, TOP, thidua
from tests.verify.cases import full, province, result, verified
from tests.verify.honest import BASES
from thidua_cli import pipeline
from thidua_cli.errors import InputError
from thidua_cli.inputs import load_inputs
from thidua_cli.language import Language
from thidua_cli.model import Basis, GivenPart, Level, Measure, Origin, Part, Status, YearFigures
from thidua_cli.observations import Observation, Observations, TableOrigin
from thidua_cli.present.verdicts import records
from thidua_cli.present.verdicts.compact_figures import CompactFigures
from thidua_cli.present.verdicts.records import eligible_document, eligible_row
from thidua_cli.present.verdicts.trace_record import clause_record, figure_records, traced_year
from thidua_cli.read.source import expand
from thidua_cli.results import EligibleResult
from thidua_cli.verify.compact import expanded, row_count
from thidua_cli.verify.document import read_document

SAMPLES = ("dong-giang", "published", "quan-1", "dien-bien", "faulty", "quang-nam")


def version_3(result: EligibleResult, language: Language) -> dict[str, Any]:
    """The document as version 3 had it: every row with everything it rests on."""
    series = {unit.unit_code: unit for unit in result.series}
    document = eligible_document(result, language)
    rows = [eligible_row(verdict, series.get(verdict.unit_code), result, language) for verdict in result.verdicts]
    clauses = [clause_record(clause) for clause in result.rulebook.clauses]
    of_head = {"schema": "thidua.eligible/3", "clauses": clauses, "rows": rows}
    return {name: of_head.get(name, value) for name, value in document.items() if name not in ("class_lists", "tables")}


def written(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1, default=float)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("sample", SAMPLES)
def test_nothing_of_version_3_is_lost(sample: str, language: Language) -> None:
    reading = pipeline.read_sources(expand([str(TOP / "sample_data" / sample)])[0])
    inputs = load_inputs("qd-666-ttg", [])
    result = pipeline.eligible(reading, inputs, 2024, findings=pipeline.check(reading))
    assert result.verdicts
    document = eligible_document(result, language)
    assert document["tables"]
    assert any("sheet_rows" in figure for row in _records(document["rows"]) for figure in row["figures"])
    assert written(expanded(document)) == written(version_3(result, language))


def _records(value: object) -> list[Any]:
    assert isinstance(value, list)
    return value


@pytest.mark.parametrize("name", [name for name in BASES if name != "traced" and "targets" not in name])
def test_nothing_is_lost_of_any_kind_of_result(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    judged: list[tuple[EligibleResult, Language]] = []
    record = records.eligible_record

    def remembered(result: EligibleResult, language: Language) -> dict[str, object]:
        judged.append((result, language))
        return record(result, language)

    monkeypatch.setattr("thidua_cli.present.verdicts.view.eligible_record", remembered)
    document = BASES[name](tmp_path).document
    if document["schema"].startswith("thidua.targets"):
        assert not judged
        return
    assert written(expanded(document)) == written(version_3(*judged[-1]))


NAMES = ("households", "poor_households", "near_poor_households", "minority_households")


class Ground:
    """Tables of all kinds with rows in them, and figures that are taken from some of the rows."""

    def __init__(self, seed: int) -> None:
        self.draw = draw = random.Random(seed)
        self.observations = Observations()
        for number in range(draw.randrange(1, 5)):
            self.observations.add_table(self._table(number))
        for row in range(draw.randrange(1, 40)):
            self._append(row)
        for row in range(len(self.observations)):
            if draw.random() < 0.05:
                self.observations.borrowed[row, draw.choice(NAMES)] = draw.randrange(len(self.observations))

    def _table(self, number: int) -> TableOrigin:
        draw, names = self.draw, list(NAMES)
        draw.shuffle(names)
        columns = {name: place for place, name in enumerate(names[: draw.choice((0, 3, 4, 4, 4, 4))], start=4)}
        rows = {name: place for place, name in enumerate(columns, start=9)} if draw.random() < 0.1 else {}
        file = "a.xlsx" if draw.random() < 0.2 else f"{9 - number}.xlsx"
        return TableOrigin(file, draw.choice(("", "S")), "canonical", columns, rows)

    def _append(self, row: int) -> None:
        draw = self.draw
        counts = {name: draw.randrange(900) for name in NAMES if draw.random() < 0.97}
        numbers = (row + 5,) if draw.random() < 0.9 else (row + 5, row + 105, row + 106)
        code = f"{draw.randrange(30):05}" if draw.random() < 0.2 else f"{row + 100:05}"
        observation = Observation(code, 2024, f"Xã {code}", Level.COMMUNE, "", "2022-2025", Status.FINAL, counts)
        self.observations.append(draw.randrange(len(self.observations.tables)), numbers, observation)

    def figures(self) -> YearFigures:
        draw, last = self.draw, len(self.observations)
        first = draw.randrange(last)
        rows = tuple(range(first, min(last, first + draw.choice((1, 1, 1, 2, 9, 40)))))
        counts = {name: draw.randrange(9000) for name in NAMES if draw.random() < 0.97}
        figures = YearFigures(2024, counts, rows=rows)
        odd: list[dict[str, Any]] = [
            {"basis": Basis.ROLLED_UP, "assumed_complete": True},
            {"status": Status.PRELIMINARY, "poverty_line": ""},
            {"conflicting": True},
            {"merged": (Part("00001", "Xã A"),), "presumed": (Part("00001", "Xã A"),)},
            {"given": (GivenPart(Part("00002", "Xã B"), {"households": 5}, "chia.csv", False),)},
            {"bounds": {"poor_households": (1, 9)}},
        ]
        return replace(figures, **draw.choice(odd)) if draw.random() < 0.3 else figures


@pytest.mark.parametrize("seed", range(30))
def test_figures_by_rows_are_those_cell_by_cell(seed: int) -> None:
    ground = Ground(seed)
    measures = (Measure.MULTIDIMENSIONAL, Measure.POOR)
    compact = CompactFigures(ground.observations, measures)
    every = [(measure, ground.figures()) for measure in measures for _ in range(40)]
    short = [compact.record(measure, 2024, figures) for measure, figures in every]
    plain = figure_records(traced_year(measure, 2024, figures, ground.observations) for measure, figures in every)
    row = {"class_lists": [], "paths": [], "figures": short}
    head = {"schema": "thidua.eligible/4", "clauses": [], "class_lists": [], "tables": compact.tables, "rows": [row]}
    assert written(expanded(head)["rows"][0]["figures"]) == written(plain)


def test_the_random_figures_are_of_both_kinds() -> None:
    kinds = [
        "sheet_rows" in CompactFigures(ground.observations, [Measure.POOR]).record(Measure.POOR, 2024, figures)
        for ground in map(Ground, range(30))
        for figures in (ground.figures() for _ in range(20))
    ]
    assert 0.3 < sum(kinds) / len(kinds) < 0.95


def test_a_sum_of_two_tables_names_the_rows_of_each() -> None:
    observations = Observations()
    for file in ("b.xlsx", "a.xlsx"):
        observations.add_table(TableOrigin(file, "S", "canonical", {"households": 5, "poor_households": 27}))
    for number, table in enumerate((0, 0, 1, 0, 1)):
        observation = Observation(
            f"{number:05}", 2024, "", Level.COMMUNE, "", "", Status.FINAL, dict.fromkeys(NAMES, 1)
        )
        observations.append(table, (9 + number,), observation)
    figures = YearFigures(2024, {"households": 5, "poor_households": 5}, Basis.ROLLED_UP, rows=(0, 1, 2, 3, 4))
    compact = CompactFigures(observations, [Measure.POOR])
    record = compact.record(Measure.POOR, 2024, figures)
    assert compact.tables[0] == {
        "file": "b.xlsx",
        "sheet": "S",
        "columns": {"households": "E", "poor_households": "AA"},
    }
    assert (record["sheet_rows"], record["addends"]) == ("1!11,13 0!9:10,12", 5)
    assert row_count("1!11,13 0!9:10,12") == 5
    assert observations.origins(4, "poor_households") == (Origin("a.xlsx", "S", 13, 27),)


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("ket-qua")
    return json.loads(result(folder, province(folder / "so-lieu.csv")).read_text("utf-8"))


def _of_another_list(document: Any) -> None:
    document["rows"][0]["class_lists"] = [7]


def _of_no_table(document: Any) -> None:
    document["rows"][0]["figures"][0]["sheet_rows"] = "1!2"


def _of_no_column(document: Any) -> None:
    del document["tables"][0]["columns"]["poor_households"]


def _of_no_rows(document: Any) -> None:
    document["rows"][0]["figures"][0]["sheet_rows"] = "0!2 và 3"


def _of_no_digits(document: Any) -> None:
    document["clauses"][0]["threshold"] = 2


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (_of_another_list, "rows[0]: “class_lists” không hợp lệ: [7]"),
        (_of_no_table, "rows[0].figures[0]: “sheet_rows” không hợp lệ: '1!2'"),
        (_of_no_column, "tables[0].columns: thiếu “poor_households”"),
        (_of_no_rows, "rows[0].figures[0]: “sheet_rows” không hợp lệ: '0!2 và 3'"),
        (_of_no_digits, "clauses[0]: “threshold” không hợp lệ: 2"),
    ],
)
def test_what_a_row_refers_to_must_be_there(document: Any, change: Callable[[Any], None], key: str) -> None:
    read = copy.deepcopy(document)
    change(read)
    with pytest.raises(InputError) as refused:
        read_document(read, "ket-qua.json")
    assert f"ket-qua.json.{key}" in refused.value.text.vi


def test_rows_that_no_sheet_has_are_refused_at_once(document: Any, tmp_path: Path) -> None:
    from thidua_cli.verify.result_file import load_result

    read = copy.deepcopy(document)
    read["rows"][0]["figures"][0]["sheet_rows"] = "0!1:9999999"
    path = tmp_path / "ket-qua.json"
    path.write_text(json.dumps(read), "utf-8")
    with pytest.raises(InputError, match="nhiều ô hơn số ô"):
        load_result(path)


def test_a_result_that_was_saved_as_version_3_is_proven_as_before(tmp_path: Path) -> None:
    table = province(tmp_path / "so-lieu.csv")
    written = result(tmp_path, table)
    saved = tmp_path / "cu.json"
    saved.write_text(json.dumps(full(json.loads(written.read_text("utf-8")))), "utf-8")
    assert json.loads(saved.read_text("utf-8"))["schema"] == "thidua.eligible/3"
    assert verified(written, table) == verified(saved, table) == (0, [])
    province(table, last="61,30")
    assert [what for what, *_ in verified(saved, table)[1]] == [what for what, *_ in verified(written, table)[1]]
    assert verified(saved, table)[0] == 1


def test_another_document_stays_as_it_is() -> None:
    other = {"schema": "thidua.trace/3", "row": {}}
    assert expanded(other) is other


def test_a_district_says_its_files_and_class_lists_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(TOP)
    asked = ("eligible", DISTRICT, "--rules", "qd-666-ttg", "--as-of", "2024", "--classes", CLASSES)
    text = thidua(*asked, "--format", "json").text
    document = json.loads(text)
    assert len(document["rows"]) > 10
    assert len(text) < len(json.dumps(full(document), ensure_ascii=False, indent=2)) / 2
    for file in {table["file"] for table in document["tables"]}:
        assert text.count(file) == 2  # among `files` and in its table
    readings = [json.dumps(clause["reading"], ensure_ascii=False) for clause in document["clauses"]]
    assert all(text.count(reading) == readings.count(reading) for reading in readings)
