"""Results as documents: what `thidua eligible --format json` writes, taken from values or from the program itself."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.cli.program import thidua
from tests.judge.cases import DECISION, PROVINCE, members
from thidua_cli.judge.setting import Setting
from thidua_cli.judge.targets import judge_targets
from thidua_cli.judge.verdicts import judge
from thidua_cli.language import Language
from thidua_cli.model import Series
from thidua_cli.observations import Observations
from thidua_cli.present.targets.records import targets_document
from thidua_cli.present.verdicts.records import eligible_document
from thidua_cli.results import EligibleResult, TargetsResult
from thidua_cli.rulebook.classes import ClassBook
from thidua_cli.rulebook.schema import Rulebook
from thidua_cli.verify.compact import expanded
from thidua_cli.verify.difference import Difference
from thidua_cli.verify.document import read_document
from thidua_cli.verify.said import Document, TargetDocument
from thidua_cli.verify.verify import row_differences


def document_of(
    series: Iterable[Series], classes: ClassBook | None = None, as_of: int = 2024, rulebook: Rulebook = DECISION
) -> Document:
    """The document of a result that was never written to a file."""
    units = list(series)
    verdicts = judge(units, rulebook, Setting(as_of, classes or members(), lambda code, listed: PROVINCE))
    result = EligibleResult(rulebook, as_of, verdicts, Observations(), units)
    text = json.dumps(eligible_document(result, Language.EN))
    document = read_document(json.loads(text, parse_float=Decimal), "result.json")
    assert isinstance(document, Document)
    return document


def targets_of(series: Iterable[Series], rulebook: Rulebook, as_of: int) -> TargetDocument:
    """The document of answers about targets that was never written to a file."""
    units = list(series)
    rows = judge_targets(units, rulebook, Setting(as_of, members(), lambda code, listed: PROVINCE))
    result = TargetsResult(rulebook, as_of, rows, units, observations=Observations())
    text = json.dumps(targets_document(result, Language.EN))
    document = read_document(json.loads(text, parse_float=Decimal), "result.json")
    assert isinstance(document, TargetDocument)
    return document


def differences_of(document: Document) -> list[Difference]:
    """What differs between the verdicts and their own figures."""
    return [one for row in document.rows for one in row_differences(row, document)]


def province(path: Path, last: str = "60,30") -> Path:
    """A province that meets both of its clauses."""
    counts = ("1000,200,100", "1000,150,80", "1000,100,60", f"1000,{last}")
    lines = [f"49,{2021 + at},{one}" for at, one in enumerate(counts)]
    head = "unit_code,year,households,poor_households,near_poor_households"
    path.write_text("\n".join([head, *lines, ""]), encoding="utf-8")
    return path


def result(folder: Path, *files: Path, options: Iterable[str] = ()) -> Path:
    """The result of `thidua eligible` as a file."""
    path = folder / "result.json"
    judged = ("--rules", "qd-666-ttg", "--as-of", "2024", "--format", "json", "-o", path, "--force")
    assert thidua("eligible", *files, *judged, *options).status == 0
    return path


def full(document: Any, number: Callable[[str], Any] = float) -> Any:
    """The result as version 3 has it, with everything that its rows refer to in the rows themselves."""
    return json.loads(json.dumps(expanded(document), default=float), parse_float=number)


def altered(path: Path, change: Callable[[Any], None]) -> Path:
    """The result after somebody changed it, as version 3 has it: saved ones are read as before."""
    document = full(json.loads(path.read_text("utf-8")))
    change(document)
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return path


def verified(result_file: Path, *files: Path | str) -> tuple[int, list[tuple[str, str, str]]]:
    """Exit status of `thidua verify`, and what, said and found of each difference."""
    outcome = thidua("verify", result_file, *files, "--format", "json")
    found = json.loads(outcome.text)["differences"]
    return outcome.status, [(one["what"], one["said"], one["found"]) for one in found]


def told(result_file: Path, *files: Path | str) -> list[str]:
    """Every difference as one line: what, said and found, whom and what it is about, and the place without folders."""
    differences = json.loads(thidua("verify", result_file, *files, "--format", "json").text)["differences"]
    lines = []
    for one in differences:
        about = " ".join(
            str(one[key]) for key in ("unit_code", "unit_name", "rule", "column", "year") if one[key] is not None
        )
        place = (one["place"] or "").rpartition("/")[2]
        lines.append(" | ".join([f"{one['what']}: {one['said']} → {one['found']}", about, place]).rstrip(" |"))
    return lines
