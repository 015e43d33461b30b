"""Long JSON documents in pieces: the text of `json_document`, letter by letter, without ever being held as a whole.

The records of all communes with their verdicts took 600 MB where all were made before the first was written, and half
of the time went into the printer of Python's `json`, which is itself written in Python where it indents.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Final

import orjson

from thidua_cli.present.formats.json_document import harmless, json_text
from thidua_cli.present.toolkit.document import RowsInTurn
from thidua_cli.present.toolkit.foreign_text import steers

_RECORDS_AT_ONCE: Final = 200
_OPTIONS: Final = orjson.OPT_INDENT_2 | orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME
"""What Python's printer refuses, this one shall not write in a way of its own."""
_ORDINARY: Final = bytes([*range(0x20, 0x7F), 0x0A])
_OPENING, _CLOSING = len('{\n  "": ['), len("\n  ]\n}")
"""What stands around the records where they are the only field of a document, without a name."""


def pieces(document: Mapping[str, object]) -> Iterator[str]:
    """Yield the text of a document with at least one field; the records of `RowsInTurn` are made as they are written.

    Raises:
        ValueError: A number outside of these records is not finite; those in them are made of whole numbers.
    """
    before = "{"
    for name, value in document.items():
        if isinstance(value, RowsInTurn) and len(value):
            yield f"{before}\n  {json_text(name).rstrip()}: ["
            yield from _records(value)
            yield "\n  ]"
        else:
            of_one = json_text({name: list(value) if isinstance(value, RowsInTurn) else value})
            yield before + of_one.removeprefix("{").removesuffix("\n}\n")
        before = ","
    yield "\n}\n"


def _records(rows: RowsInTurn) -> Iterator[str]:
    left, before = iter(rows), ""
    while records := list(islice(left, _RECORDS_AT_ONCE)):
        yield before + _of_records(records)
        before = ","


def _of_records(records: list[Mapping[str, object]]) -> str:
    document = {"": records}
    try:
        written = orjson.dumps(document, option=_OPTIONS)
    except orjson.JSONEncodeError:
        # A name that is no Unicode, or a number beyond 64 bits, which the printer of Python writes.
        return json_text(document)[_OPENING : -_CLOSING - 1]
    text = written.decode()[_OPENING:-_CLOSING]
    return text if _steers_nothing(written) else harmless(text)


def _steers_nothing(written: bytes) -> bool:
    # Letter by letter the search takes as long as all the writing; of the letters beyond ASCII few are different ones.
    return not any(map(steers, set(written.translate(None, _ORDINARY).decode())))
