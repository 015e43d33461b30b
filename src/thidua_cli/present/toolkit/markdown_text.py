"""Text inside Markdown: what would be read as markup is escaped, and nothing else, so that pages stay readable.

After CommonMark 0.31.2 (spec.commonmark.org) and the extensions of GitHub: tables, struck-out text, formulas.
"""

from __future__ import annotations

import re
from typing import Final

from thidua_cli.late_pattern import late_pattern
from thidua_cli.present.toolkit.foreign_text import visible

_INLINE: Final = late_pattern(
    r"""
    [\\`\[~$]                       # escapes, code, links, pictures and notes, struck-out text, formulas
    | <(?!\s)                       # tags and addresses in angle brackets
    | &(?=\#?\w+;)                  # entities
    | (?<!\s)\* | \*(?!\s)          # stress: not between blanks
    | (?<![^\W_])_ | _(?![^\W_])    # stress: not inside a word
    """,
    re.VERBOSE,
)
_SIGN: Final = late_pattern(r"[\\`\[~$<&*_]")
"""What any of these begins with; most texts have none."""
_BLOCK: Final = late_pattern(r"\#{1,6}(?=\s|$) | > | [-+](?=\s|$|[-\s]+$)", re.VERBOSE)
"""What begins a heading, a quotation, a list or a rule, at the start of a line."""
_NUMBERED: Final = late_pattern(r"\A(\d{1,9})(?=[.)](?:\s|$))")
_CLOSING: Final = late_pattern(r"(?:^|(?<=\s))(?=#+$)")
"""Where the signs begin that end a heading and are not shown."""
_TICKS: Final = late_pattern("`+")


def inline(text: str) -> str:
    r"""Return a text as it stands inside a line.

    >>> inline("[xem](x) *a* 2 * 3 ten_tep_x &lt; <b>")
    '\\[xem](x) \\*a\\* 2 * 3 ten_tep_x \\&lt; \\<b>'
    """
    shown = visible(text)
    return _INLINE.sub(r"\\\g<0>", shown) if _SIGN.search(shown) else shown


def line(text: str) -> str:
    r"""Return a text as it stands at the start of a line.

    >>> line("# Đạt"), line("1. Đạt"), line("-5 hộ"), line("---")
    ('\\# Đạt', '1\\. Đạt', '-5 hộ', '\\---')
    """
    escaped = inline(text.lstrip())  # four blanks would begin a block of code
    return f"\\{escaped}" if _BLOCK.match(escaped) else _NUMBERED.sub(r"\1\\", escaped, count=1)


def heading(text: str) -> str:
    r"""Return a text as it stands behind the signs of a heading.

    >>> heading("Đạt ##")
    'Đạt \\##'
    """
    return _CLOSING.sub(r"\\", inline(text.strip()))


def cell(text: str) -> str:
    r"""Return a text as it stands in a cell of a table: a bar or a line break would end it.

    >>> cell("Xã | Đạt")
    'Xã \\| Đạt'
    """
    return " ".join(inline(text).replace("|", "\\|").split())


def link(text: str, target: str) -> str:
    """Return a link to a section of the same page."""
    shown, anchor = cell(text).replace("]", r"\]"), re.sub(r"[^\w-]", "", target)
    return f"[{shown}](#{anchor})"


def bold(text: str) -> str:
    """Return a text in bold; marks with nothing between them would be a rule."""
    shown = inline(text.strip())
    return f"**{shown}**" if shown else ""


def code(text: str) -> str:
    """Return a text as code, between more ticks than it holds: inside of code nothing can be escaped.

    >>> code("so-hien"), code("a`b")
    ('`so-hien`', '`` a`b ``')
    """
    shown = visible(text).strip()
    longest = max(map(len, _TICKS.findall(shown)), default=0)
    if not longest:
        return f"`{shown}`" if shown else ""
    fence = "`" * (longest + 1)
    return f"{fence} {shown} {fence}"
