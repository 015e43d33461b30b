"""A result in a file, whichever command wrote it, taken again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from thidua_cli.read.source import Source
from thidua_cli.verify.difference import VerifyResult
from thidua_cli.verify.document import load_document
from thidua_cli.verify.said import Document
from thidua_cli.verify.targets import verify_targets
from thidua_cli.verify.verify import verify


def taken_again(result: Path, sources: Sequence[Source]) -> VerifyResult:
    """Return what differs between a result of `eligible` or `targets` and the files it rests on.

    Raises:
        InputError: The result cannot be read or is none.
    """
    document = load_document(result)
    if isinstance(document, Document):
        return verify(str(result), document, sources)
    return verify_targets(str(result), document, sources)
