"""Results on disputed figures: an honest one verifies cleanly, whatever was spoilt; a tampered one does not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from doubts.answers import Asked
from doubts.law import Court
from doubts.sets import MAKERS
from doubts.spoilings import KINDS, draw
from thidua_cli import pipeline
from thidua_cli.errors import ThiduaError
from thidua_cli.findings import Finding
from thidua_cli.language import Language
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.present.targets.records import targets_document
from thidua_cli.present.verdicts.records import eligible_document
from thidua_cli.read.source import expand
from thidua_cli.verify.difference import VerifyResult
from thidua_cli.verify.document import read_document
from thidua_cli.verify.said import Document
from thidua_cli.verify.targets import verify_targets
from thidua_cli.verify.verify import verify

_OF_SETS = {
    **dict.fromkeys(("district_printed", "district_plain", "commune_folder", "district_movement", "csv_district"), 6),
    **dict.fromkeys(("csv_province", "csv_city", "csv_small_province", "two_tiers", "province_by_area"), 5),
    **dict.fromkeys(("province_numbered", "divided_wards"), 2),
}
"""Set → spoilings of it, fewer of the large ones."""


def results(court: Court, reading: FilesRead, findings: list[Finding]) -> Iterator[Any]:
    """Every result that the commands would write."""
    for command in court.commands:
        try:
            document = _document(command, court.clean.as_of, reading, findings)
        except ThiduaError:  # the command refuses, and writes nothing
            continue
        yield json.loads(json.dumps(document, ensure_ascii=False))


def _document(command: Asked, as_of: int, reading: FilesRead, findings: list[Finding]) -> dict[str, object]:
    if command.for_targets:
        return targets_document(pipeline.targets(reading, command.inputs, as_of, findings=findings), Language.EN)
    return eligible_document(pipeline.eligible(reading, command.inputs, as_of, findings=findings), Language.EN)


def taken_again(document: Any, folder: Path) -> VerifyResult:
    """What `verify` says of a result, all files of a folder given."""
    parsed = read_document(json.loads(json.dumps(document), parse_float=Decimal), "result.json")
    sources, _ = expand([str(folder)])
    if isinstance(parsed, Document):
        return verify("result.json", parsed, sources)
    return verify_targets("result.json", parsed, sources)


def told(result: VerifyResult) -> list[tuple[str, ...]]:
    return [
        (difference.what.value, difference.unit_code, difference.rule, difference.stated, difference.recomputed)
        for difference in result.differences
    ]


@pytest.mark.parametrize("name", MAKERS)
def test_an_honest_result_of_a_spoilt_file_verifies_cleanly(name: str, tmp_path: Path) -> None:
    court = Court(name, MAKERS[name](), tmp_path)
    first = list(MAKERS).index(name)
    for step in range(_OF_SETS[name]):
        kind = list(KINDS)[(first * 7 + step * 3) % len(KINDS)]
        spoiling = draw(court.places, kind, 100 + step)
        if spoiling is None:
            continue
        spoiling.book.write(court.files)
        reading = pipeline.read([str(court.files)])
        for document in results(court, reading, pipeline.check(reading)):
            verified = taken_again(document, court.folder)
            assert told(verified) == [], spoiling
        court.places.book(spoiling.book.name).write(court.files)
