"""Strict Open XML as the transitional kind: the same parts under the names that Excel writes and comments know.

Comments of Excel need a drawing in VML, which Strict does not allow: a copy that has them is transitional. Source of
the pairs of names: ISO/IEC 29500-1 (Strict) and 29500-4 (Transitional).
"""

from __future__ import annotations

import re
from typing import Final

from thidua_cli.late_pattern import late_pattern
from thidua_cli.present.annotate.xml_edit import NotExtendableError, as_utf8

_STRICT: Final = b"http://purl.oclc.org/ooxml/"
_NAME: Final = late_pattern(rb"http://purl\.oclc\.org/ooxml/(\w+)/([\w/]+)")
_CONFORMANCE: Final = late_pattern(rb"""(<(?:\w+:)?workbook\b[^>]*?)\s+conformance\s*=\s*["']strict["']""")
_FAMILIES: Final = {
    b"spreadsheetml": b"http://schemas.openxmlformats.org/spreadsheetml/2006/",
    b"drawingml": b"http://schemas.openxmlformats.org/drawingml/2006/",
    b"officeDocument": b"http://schemas.openxmlformats.org/officeDocument/2006/",
}
_HYPHENATED: Final = {
    b"extendedProperties": b"extended-properties",
    b"customProperties": b"custom-properties",
    b"relationships/extendedProperties": b"relationships/extended-properties",
    b"relationships/customProperties": b"relationships/custom-properties",
}


def is_strict(workbook: bytes) -> bool:
    """Say whether the main part of a workbook is of the strict kind."""
    return _STRICT in as_utf8(workbook)


def as_transitional(part: bytes) -> bytes:
    """Return a part with the names of the transitional kind.

    Raises:
        NotExtendableError: The part uses a name that has no counterpart.
    """
    part = as_utf8(part)
    if _STRICT not in part:
        return part
    part = _NAME.sub(_transitional, part)
    if _STRICT in part:
        raise NotExtendableError("a name of Strict Open XML without a counterpart")
    return _CONFORMANCE.sub(rb"\1", part)


def _transitional(name: re.Match[bytes]) -> bytes:
    family = _FAMILIES.get(name[1])
    return name[0] if family is None else family + _HYPHENATED.get(name[2], name[2])
