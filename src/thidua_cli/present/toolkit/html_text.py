"""Text inside web pages: every text passes here, so that none can be read as markup, in an element or an attribute."""

from __future__ import annotations

from typing import Final

from thidua_cli.present.toolkit.foreign_text import visible, visible_lines

_ENTITIES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})


def escaped(text: str) -> str:
    r"""Return a text as it stands inside an element, or between quotation marks as the value of an attribute.

    >>> escaped("Xã <b>A</b> & 'B'\x1b")
    'Xã &lt;b&gt;A&lt;/b&gt; &amp; &#39;B&#39;␛'
    """
    return visible(text).translate(_ENTITIES)


def escaped_lines(text: str) -> str:
    r"""Return a text with its lines, inside an element.

    >>> escaped_lines("TM. UBND\nCHỦ TỊCH")
    'TM. UBND<br>CHỦ TỊCH'
    """
    return visible_lines(text).translate(_ENTITIES).replace("\n", "<br>")
