"""PDF: pages as an office prints them, set by typst, the same bytes on every machine.

The template is part of the program and knows no text; every text is a value that it is handed, so none can be code. It
could not reach anything if it were: the folder it may read holds the template alone, and no package is found.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from thidua_cli.language import Language
from thidua_cli.present.toolkit.extra import require

if TYPE_CHECKING:
    from thidua_cli.present.toolkit.document import Document, View

_SHIPPED: Final = Path(__file__).resolve().parents[2] / "data"
TEMPLATE: Final = _SHIPPED / "paper" / "paper.typ"
FONTS: Final = _SHIPPED / "fonts"
_NO_PACKAGES: Final = _SHIPPED / "paper" / "no-packages"
"""Is not there: what the template does not ask for is not looked for in the user's folders or in the network either."""


def draw(view: View, language: Language, width: int, color: bool) -> bytes:
    """Return the document as a PDF file."""
    del width, color
    return pages(view.document(language), language)


def pages(document: Document, language: Language) -> bytes:
    """Return a document as a PDF file: tagged, as PDF/UA-1 asks for, with bookmarks.

    Raises:
        UsageError: typst is not installed.
    """
    from thidua_cli.present.formats.pdf_values import paper_values

    values = json.dumps(paper_values(document, language), ensure_ascii=False, separators=(",", ":"))
    typeset: bytes = _compiler().compile(sys_inputs={"paper": values}, format="pdf", pdf_standards=["ua-1"])
    return typeset


@cache
def _compiler() -> Any:
    """Return what sets pages, once for all files of a run: half the time of a small file is loading the letters."""
    return require("typst").Compiler(
        str(TEMPLATE),
        root=str(TEMPLATE.parent),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        package_path=str(_NO_PACKAGES),
        package_cache_path=str(_NO_PACKAGES),
    )
