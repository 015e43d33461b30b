"""Findings since an earlier run: which are new, which are still there, which are gone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from thidua_cli.check.catalogue import KINDS
from thidua_cli.check.identity import identity, identity_of_record
from thidua_cli.errors import InputError
from thidua_cli.findings import Finding
from thidua_cli.language import Text
from thidua_cli.late_dataclass import dataclass
from thidua_cli.quoting import foreign, without_long_numbers
from thidua_cli.side_files import MOST_RESULT_BYTES, side_text

SCHEMA: Final = "thidua.check/1"

Record = Mapping[str, object]
"""One finding of a document "thidua.check/1", under its field names."""
Place = tuple[object, ...]

_PLACE_KEYS: Final = ("file", "sheet", "cell")
_NEARNESS: Final[tuple[Callable[[Place], Place], ...]] = (
    lambda place: place,
    lambda place: place[:2],
    lambda place: place[1:2],
    lambda place: (),
)
"""Alike findings are paired at the same cell first, then in the same sheet, in a sheet of the same name, anywhere."""


@dataclass(frozen=True, slots=True)
class FindingsSince:
    """Findings against those of an earlier run. `new` and `still` together are all findings of this run."""

    new: tuple[Finding, ...]
    still: tuple[Finding, ...]
    gone: tuple[Record, ...]
    """Findings of the earlier run that this one does not have, as its document wrote them."""


def load_previous(path: Path) -> Mapping[str, object]:
    """Return the document that `thidua check --format json` wrote earlier.

    Raises:
        InputError: The file cannot be read, is not JSON, or is no document "thidua.check/1".
    """
    import json

    try:
        # Windows PowerShell 5 writes a byte order mark where `>` sends the result to a file
        document = json.loads(side_text(path, Text("tệp JSON", "a JSON file"), MOST_RESULT_BYTES))
    except (ValueError, RecursionError) as error:
        hint = Text("hãy dùng tệp do “thidua check --format json” ghi", "use a file of “thidua check --format json”")
        raise InputError(
            Text(f"{path}: không phải tệp JSON; {hint.vi}", f"{path}: this is no JSON file; {hint.en}")
        ) from error
    _refuse_another_schema(document, path)
    return dict(document)


def compare(previous: Mapping[str, object], findings: Sequence[Finding]) -> FindingsSince:
    """Pair the findings with those of an earlier document by `identity`, as often as each occurs.

    Raises:
        InputError: `previous` is no document "thidua.check/1".
    """
    _refuse_another_schema(previous)
    earlier: dict[str, list[Record]] = {}
    for record in _records(previous):
        earlier.setdefault(identity_of_record(record), []).append(record)
    now: dict[str, list[int]] = {}
    for index, finding in enumerate(findings):
        now.setdefault(identity(finding), []).append(index)
    still = {
        index
        for same, indexes in now.items()
        for index in _paired(indexes, findings, earlier.get(same, []))  # takes what is paired out of `earlier`
    }
    left = {id(record) for records in earlier.values() for record in records}
    return FindingsSince(
        new=tuple(finding for index, finding in enumerate(findings) if index not in still),
        still=tuple(finding for index, finding in enumerate(findings) if index in still),
        gone=tuple(_as_told(record) for record in _records(previous) if id(record) in left),
    )


def _as_told(record: Record) -> Record:
    """Return a finding of an earlier document that repeats of cells what findings repeat today.

    The document may be of a time when every text of a cell was quoted.
    """
    told = {key: without_long_numbers(value) if isinstance(value, str) else value for key, value in record.items()}
    kind = next((kind for kind in KINDS if kind.code == record.get("code")), None)
    for name in ("value", "expected"):
        value, message = record.get(name), told.get("message")
        is_quoted = kind is not None and name in (*kind.quotes, *kind.names)
        if not isinstance(value, str) or is_quoted or value == record.get("unit_name"):
            continue
        hidden = foreign(value)
        told[name] = hidden.vi if isinstance(hidden, Text) else hidden
        if isinstance(message, str):
            told["message"] = message.replace(value, str(told[name]))
    return told


def _paired(indexes: Sequence[int], findings: Sequence[Finding], records: list[Record]) -> set[int]:
    """Return the findings that have a record, and take those records out of `records`."""
    paired: set[int] = set()
    for near in _NEARNESS:
        waiting: dict[Place, list[Record]] = {}
        for record in records:
            waiting.setdefault(near(tuple(record.get(key) or "" for key in _PLACE_KEYS)), []).append(record)
        taken: set[int] = set()
        for index in indexes:
            place = findings[index].origin
            alike = waiting.get(near((place.file, place.sheet, place.cell)))
            if index not in paired and alike:
                paired.add(index)
                taken.add(id(alike.pop(0)))
        records[:] = [record for record in records if id(record) not in taken]
    return paired


def _records(document: Mapping[str, object]) -> list[Record]:
    records = document["findings"]
    assert isinstance(records, list)  # _refuse_another_schema has looked
    return records


def _refuse_another_schema(document: object, path: Path | None = None) -> None:
    """Refuse what is not a whole document "thidua.check/1"."""
    where = "--since" if path is None else str(path)
    schema = document.get("schema") if isinstance(document, dict) else None
    if schema != SCHEMA:
        named = schema if isinstance(schema, str) else "?"
        raise InputError(
            Text(
                f"{where}: không phải kết quả của “thidua check --format json” (schema là {named}, cần {SCHEMA})",
                f"{where}: this is no result of “thidua check --format json” (its schema is {named}, not {SCHEMA})",
            )
        )
    findings = document.get("findings") if isinstance(document, dict) else None
    whole = isinstance(findings, list) and all(
        isinstance(record, dict) and isinstance(record.get("code"), str) for record in findings
    )
    if not whole:
        raise InputError(
            Text(
                f"{where}: danh sách findings bị hỏng hoặc thiếu",
                f"{where}: its list of findings is damaged or missing",
            )
        )
