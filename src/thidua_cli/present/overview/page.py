"""The page put together: one file that holds all it needs, asks no network, and lets only its own scripts run."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Final

from thidua_cli.language import Language
from thidua_cli.office import Office
from thidua_cli.present.overview.record import overview_record
from thidua_cli.present.overview.words import PAGE_WORDS
from thidua_cli.results import Overview

_FOLDER: Final = Path(__file__).resolve().parents[2] / "data" / "overview"
LIBRARIES: Final = "libraries/libraries.min.js"
SCRIPTS: Final = (
    LIBRARIES,
    *(f"page/{name}.js" for name in ("words", "units", "chart", "table", "tiles", "map", "panel", "toolbar", "start")),
)
"""Run in this order, each as a script of its own."""


def overview_page(overview: Overview, office: Office, language: Language) -> str:
    """Return the page; the same overview gives the same page."""
    return assembled(overview_record(overview, office, language), language)


def assembled(record: dict[str, object], language: Language) -> str:
    """Return the page around data."""
    style, scripts = _shipped("page/page.css"), [_shipped(name) for name in SCRIPTS]
    parts = {
        "language": language.value,
        "policy": content_policy(style, scripts),
        "title": PAGE_WORDS["heading"].pick(language),
        "style": style,
        "data": script_safe(json.dumps(record, ensure_ascii=False, separators=(",", ":"))),
        "scripts": "\n".join(f"<script>{script}</script>" for script in scripts),
    }
    # In one pass: what is put in is not looked through for further marks.
    return re.sub(r"\{\{(\w+)\}\}", lambda mark: parts[mark[1]], _shipped("page/page.html"))


def content_policy(style: str, scripts: list[str]) -> str:
    """Return the content security policy: nothing from outside, and of scripts and styles only those of the page."""
    allowed = " ".join(_hash(script) for script in scripts)
    return f"default-src 'none'; script-src {allowed}; style-src {_hash(style)}; base-uri 'none'; form-action 'none'"


def script_safe(text: str) -> str:
    r"""Return JSON that can stand in a script element: nothing in it can end the element or begin a comment.

    >>> script_safe('["</script>"]')
    '["\\u003c/script\\u003e"]'
    """
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode('ascii')}'"


def _shipped(name: str) -> str:
    return (_FOLDER / name).read_text("utf-8")
