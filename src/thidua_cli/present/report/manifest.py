"""What a run of reports is made of and what it wrote: the document "thidua.reports/1"."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from thidua_cli import __version__
from thidua_cli.language import Language, Text
from thidua_cli.model import Series
from thidua_cli.office import Office
from thidua_cli.present.verdicts.limits_record import limits_record
from thidua_cli.present.verdicts.trace_record import file_records
from thidua_cli.results import ReportsResult, SourceFile
from thidua_cli.rulebook.schema import Rulebook

SCHEMA: Final = "thidua.reports/1"
_MOST_TOLD: Final = 5


def run_head(
    result: ReportsResult,
    rulebook: Rulebook,
    rules_sha256: str,
    office: Office,
    format: str,  # noqa: A002  # the option's own name
    language: Language,
    template: SourceFile | None = None,
    *,
    shows_values: bool = False,
) -> dict[str, Any]:
    """Return everything that decides what the reports of a run say, to the byte."""
    return {
        "schema": SCHEMA,
        "program": __version__,
        "format": format,
        "as_of": result.as_of,
        "rules": {"id": rulebook.id, "version": rulebook.version, "sha256": rules_sha256},
        "limits": limits_record(result.limits, language),
        "shows_values": shows_values,
        "office": {
            **office._asdict(),
            "date": None if office.date is None else office.date.isoformat(),
            "recipients": list(office.recipients),
        },
        "template": None if template is None else {"file": template.file, "sha256": template.sha256},
        "inputs": file_records(result.sources),
    }


def written_record(unit: Series, file: str, sha256: str, verdict: str | None) -> dict[str, Any]:
    """Return what is said of one report."""
    return {
        "unit_code": unit.unit_code,
        "unit_name": unit.unit_name,
        "file": file,
        "sha256": sha256,
        "verdict": verdict,
    }


def manifest_text(head: Mapping[str, Any], reports: Sequence[Mapping[str, Any]]) -> str:
    """Return the document."""
    return json.dumps({**head, "reports": list(reports)}, ensure_ascii=False, indent=2) + "\n"


def differences(earlier: Mapping[str, Any], now: Mapping[str, Any]) -> list[Text]:
    """Say what of a run is otherwise than in the one that it would go on with; [] where nothing is."""
    told = [*_of_inputs(earlier.get("inputs"), now["inputs"]), *_of_template(earlier.get("template"), now["template"])]
    for name in ("schema", "program", "format", "as_of", "rules", "limits", "shows_values", "office"):
        told += _of_value(name, earlier.get(name), now[name])
    rest = len(told) - _MOST_TOLD
    return [*told[:_MOST_TOLD], *([_MORE.fill(count=rest)] if rest > 0 else [])]


_WHO_SET: Final = "limits.config"
"""Whether an option was typed or stands in the office's file changes no report: what it is set to is compared."""
_MORE: Final = Text("và {count} điểm khác", "and {count} more")
_CHANGED: Final = Text("tệp {file} đã thay đổi", "the file {file} has changed")
_ADDED: Final = Text("thêm tệp {file}", "the file {file} is new")
_NOT_KNOWN: Final = Text(
    "đầu vào chuẩn không giữ lại, nên không biết có như trước không", "nothing is kept of standard input to compare"
)
_GONE: Final = Text("không còn tệp {file}", "the file {file} is not named any more")
_OTHER: Final = Text("{name}: trước là {before}, nay là {after}", "{name}: was {before}, is {after}")
_NONE: Final = Text("không nêu", "not given")
_GIVEN: Final = Text("có nêu", "given")
_NAMES: Final[Mapping[str, Text]] = {
    "schema": Text("dạng của manifest", "form of the manifest"),
    "program": Text("phiên bản thidua", "version of thidua"),
    "format": Text("--format", "--format"),
    "as_of": Text("--as-of", "--as-of"),
    "rules.id": Text("--rules", "--rules"),
    "rules.version": Text("bản của bộ tiêu chí", "version of the rule file"),
    "rules.sha256": Text("nội dung bộ tiêu chí", "content of the rule file"),
    "shows_values": Text("--show-values", "--show-values"),
    "limits.level": Text("--each", "--each"),
    "limits.unit": Text("--scope", "--scope"),
    "limits.language": Text("--lang", "--lang"),
    "limits.readings": Text("--reading", "--reading"),
    "limits.attestations": Text("--attest", "--attest"),
    "limits.waivers": Text("--waive", "--waive"),
    "limits.waived_on": Text("ngày xét các phát hiện được chấp nhận", "day on which waivers are asked for"),
}


def _of_inputs(earlier: object, now: Sequence[Mapping[str, Any]]) -> Iterator[Text]:
    """Yield which files were changed, are new, or are missing."""
    rows = [row for row in earlier if isinstance(row, dict)] if isinstance(earlier, list) else []
    before = {(str(row.get("role")), str(row.get("file"))): row.get("sha256") for row in rows}
    after = {(row["role"], row["file"]): row["sha256"] for row in now}
    for place, digest in after.items():
        if place not in before:
            yield _ADDED.fill(file=place[1])
        elif not digest:
            yield _NOT_KNOWN
        elif before[place] != digest:
            yield _CHANGED.fill(file=place[1])
    for place in before.keys() - after.keys():
        yield _GONE.fill(file=place[1])


def _of_template(earlier: object, now: Mapping[str, Any] | None) -> Iterator[Text]:
    return _of_inputs(*([] if each is None else [{"role": "template", **each}] for each in (_mapping(earlier), now)))


def _mapping(value: object) -> Mapping[str, Any] | None:
    return value if isinstance(value, dict) else None


def _of_value(name: str, earlier: object, now: object) -> Iterator[Text]:
    if name == _WHO_SET:
        return
    if isinstance(now, dict):
        before = earlier if isinstance(earlier, dict) else {}
        for key, value in now.items():
            yield from _of_value(f"{name}.{key}", before.get(key), value)
    elif earlier != now:
        yield _OTHER.fill(name=_name(name), before=_written(earlier), after=_written(now))


def _name(name: str) -> Text:
    """Return what a field is called: as an option, or as a key of the office."""
    part, _, key = name.partition(".")
    own = f"[office] {key}" if part == "office" else f"--{key.replace('_', '-')}"
    return _NAMES.get(name, Text(own, own))


def _written(value: object) -> Text:
    if value in (None, "", []):
        return _NONE
    if isinstance(value, bool):
        return _GIVEN if value else _NONE
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return Text(text, text)
