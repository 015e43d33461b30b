"""How many columns of a terminal a text takes, and its lines at a width, for letters of any script.

Nearly every text here is composed Vietnamese, where a code point is a column. A name that macOS wrote is decomposed
(a letter and its marks are several code points in one column), and a Chinese one takes two columns a letter.
"""

from __future__ import annotations

from thidua_cli.present.toolkit.foreign_text import UNUSUAL, visible


def cell_width(text: str) -> int:
    r"""Return the columns a text takes as it is shown.

    >>> cell_width("Xã Trà Đôn"), cell_width("Xa\u0303"), cell_width("西寧")
    (10, 2, 4)
    """
    # Nearly every text is a code point a column, and is asked no second time.
    return _columns(visible(text)) if UNUSUAL.search(text) else len(text)


def _columns(text: str) -> int:
    """Return the columns of a text that is visible."""
    # A text without such a letter is not worth the import of rich.
    if not UNUSUAL.search(text):
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def wrapped_text(
    text: str, width: int, indent: str = "", hanging: str = "", *, breaks_words: bool = False
) -> list[str]:
    """Break a text into lines of at most `width` columns; words are broken only where that is asked for."""
    if not UNUSUAL.search(text) or not UNUSUAL.search(text := visible(text)):
        lines = _wrapped_at_blanks(text, width, indent, hanging)
        return lines or _wrapped(text, width, indent, hanging, breaks_words) or [""]
    # textwrap counts code points, so lines of such letters would end early or run over the edge.
    lines = [indent]
    is_empty = True
    for word in text.split():
        joined = lines[-1] + ("" if is_empty else " ") + word
        if is_empty or _columns(joined) <= width:
            lines[-1] = joined
        else:
            lines.append(hanging + word)
        is_empty = False
        if breaks_words and _columns(lines[-1]) > width:
            *whole, rest = _chopped(lines[-1], width, hanging)
            lines[-1:] = [*whole, rest]
    return lines


def _wrapped(text: str, width: int, indent: str, hanging: str, breaks_words: bool) -> list[str]:
    import textwrap  # late: most texts break at their blanks

    return textwrap.wrap(
        text,
        width,
        initial_indent=indent,
        subsequent_indent=hanging,
        break_long_words=breaks_words,
        break_on_hyphens=False,
    )


def _wrapped_at_blanks(text: str, width: int, indent: str, hanging: str) -> list[str]:
    """Break a text of words with one blank between them, as `textwrap` does; none for any other.

    It takes half as long as the page of all communes otherwise: `textwrap` makes a list of every blank and word.
    """
    if not text or "  " in text or text[0] == " " or text[-1] == " ":
        return []
    lines, start, before = list[str](), 0, indent
    while len(text) - start > (room := width - len(before)):
        end = text.rfind(" ", start, start + max(room, 0) + 1)
        following = text.find(" ", end + 1)
        if end <= start or (following if following > 0 else len(text)) - end - 1 > room:
            return []  # a word that is longer than the line may be broken in it
        lines.append(before + text[start:end])
        start, before = end + 1, hanging
    return [*lines, before + text[start:]]


def _chopped(text: str, width: int, hanging: str) -> list[str]:
    """Break a word that is longer than a line after every full line; marks stay with their letter."""
    lines = [""]
    for letter in text:
        if _columns(lines[-1] + letter) > width and lines[-1].strip():
            lines.append(hanging)
        lines[-1] += letter
    return lines
