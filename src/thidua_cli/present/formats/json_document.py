"""JSON documents."""

from __future__ import annotations

from collections.abc import Callable

from thidua_cli.errors import UsageError
from thidua_cli.language import Language, Text
from thidua_cli.present.toolkit.view import View

_NOT_OFFERED = Text("kết quả này không có dạng json", "this result is not offered as json")


def draw(view: View, language: Language, width: int, color: bool) -> str:
    """Return the document for programs."""
    del width, color
    if view.record is None:
        raise UsageError(_NOT_OFFERED)
    return json_text(view.record(language))


def json_text(document: object) -> str:
    """Return a JSON document, UTF-8 as it is, two spaces deep, ending in a line break."""
    from json.encoder import encode_basestring

    return _json(document, "\n", encode_basestring) + "\n"


def _json(value: object, line: str, quoted: Callable[[str], str]) -> str:
    """Return a value as `json.dumps(value, ensure_ascii=False, indent=2)` does, in a third of the time.

    `line` is the line break with the indentation of the value.
    """
    if isinstance(value, str):
        return quoted(value)
    inside = line + "  "
    if isinstance(value, dict) and value:
        members = [f"{quoted(key)}: {_json(inner, inside, quoted)}" for key, inner in value.items()]
        return f"{{{inside}{f',{inside}'.join(members)}{line}}}"
    if isinstance(value, (list, tuple)) and value:
        return f"[{inside}{f',{inside}'.join([_json(inner, inside, quoted) for inner in value])}{line}]"
    if type(value) is int:
        return str(value)
    import json

    return json.dumps(value, ensure_ascii=False, allow_nan=False)
