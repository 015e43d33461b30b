"""Persons never come out: every disguise through every output, all bytes of which are searched for every name."""

from __future__ import annotations

import io
import json
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.program import Outcome, thidua
from tests.persons.disguises import DISGUISES, GIVEN, INVENTED, MIXED

JUDGED = ("--rules", "qd-666-ttg", "--as-of", "2023")
MARKS = (*GIVEN, *(person.number for person in INVENTED), *(person.number.lstrip("0") for person in INVENTED))


def parts(content: bytes) -> Iterator[str]:
    """Yield the text of an output, of a workbook or document that of each of its parts."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield from parts(archive.read(name))
    else:
        yield content.decode("utf-8", "replace")


def leaks(content: bytes) -> set[str]:
    """Return the names and numbers that stand in an output, however they are written."""
    written = [unicodedata.normalize("NFC", text).casefold() for text in parts(content)]
    forms = {mark: (mark.casefold(), json.dumps(mark)[1:-1].casefold()) for mark in MARKS}
    return {mark for mark, spelt in forms.items() for text in written if any(form in text for form in spelt)}


def outputs(command: tuple[str, ...], file: Path, folder: Path, *more: str) -> tuple[Outcome, dict[str, bytes]]:
    """Run a command over a file; return what it left, with all that it wrote into a folder of its own."""
    folder.mkdir()
    outcome = thidua(*command, file, *(word.format(folder=folder) for word in more))
    written = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return outcome, {"stdout": outcome.out, "stderr": outcome.err.encode(), **written}


COMMANDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "check": (("check",), ("--all", "-v", "--annotate", "{folder}/copies")),
    "check-en": (("check",), ("--lang", "en", "--format", "markdown")),
    "check-json": (("check",), ("-o", "{folder}/check.json")),
    "check-csv": (("check",), ("--format", "csv")),
    "check-xlsx": (("check",), ("-o", "{folder}/check.xlsx")),
    "import": (("import",), ("-o", "{folder}/data.csv", "-v")),
    "mapping": (("mapping", "new"), ("-o", "{folder}/form.toml")),
    "mapping-sheet": (("mapping", "new"), ("--sheet", "Biểu", "--lang", "en")),
    "layout": (("import",), ("--show-layout",)),
    "layout-json": (("import",), ("--show-layout", "--format", "json")),
    "rates": (("rates",), ("-o", "{folder}/rates.xlsx")),
    "rates-table": (("rates",), ("-v",)),
    "eligible": (("eligible",), (*JUDGED, "-o", "{folder}/eligible.json")),
    "eligible-table": (("eligible",), (*JUDGED, "-v")),
    "targets": (("targets",), ("--rules", "nghe-an-834", "-v")),
    "report": (("report",), (*JUDGED, "--each", "village", "-o", "{folder}/reports", "--format", "docx")),
    "export": (("export",), (*JUDGED, "-o", "{folder}/pack.xlsx")),
    "attest": (("attest", "template"), ("--rules", "ha-noi-251", "-o", "{folder}/sheet.xlsx")),
    "verify": (("verify",), ("{folder}/../eligible/eligible.json",)),
}
WHERE_READ = ("check", "check-json", "import", "eligible", "mapping", "mapping-sheet")
"""Of a file that is refused as a whole every command says the same: these are asked of all."""


@pytest.mark.parametrize("name", DISGUISES)
def test_nobody_on_a_list_in_disguise_comes_out(name: str, tmp_path: Path) -> None:
    file = DISGUISES[name](tmp_path)
    asked = COMMANDS if name in MIXED or name == "headings of a form" else WHERE_READ
    statuses = {}
    for label in asked:
        command, more = COMMANDS[label]
        outcome, written = outputs(command, file, tmp_path / label, *more)
        statuses[label] = outcome.status
        assert {place: shown for place, content in written.items() if (shown := leaks(content))} == {}, label
    assert {statuses[label] for label in WHERE_READ[:3]} <= ({0, 1} if name in MIXED else {3})
    assert "F017" in thidua("check", file).text
    assert not list((tmp_path / "check").rglob("*.xlsx"))


def test_there_are_at_least_22_disguises_and_the_search_sees_through_every_container(tmp_path: Path) -> None:
    assert len(DISGUISES) >= 22
    for name in ("headings of a form", "an .ods", "a CSV with semicolons"):
        assert len(leaks(DISGUISES[name](tmp_path).read_bytes()) & set(GIVEN)) == len(GIVEN)
