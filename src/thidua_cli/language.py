"""Vietnamese by default, English on request: paired texts and the number formats of both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from thidua_cli.named_tuple import NamedTuple

if TYPE_CHECKING:
    from fractions import Fraction


class Language(StrEnum):
    """A language of messages and tables."""

    VI = "vi"
    EN = "en"


def capitalised(text: str) -> str:
    """Return a text as the start of a sentence or as a heading."""
    return text[:1].upper() + text[1:]


class Text(NamedTuple):
    """One text in both languages. Placeholders in braces are the same in both."""

    vi: str
    en: str

    def pick(self, language: Language) -> str:
        """Return the text in `language`."""
        return self.en if language is Language.EN else self.vi

    def fill(self, **values: object) -> Text:
        """Fill the placeholders of both languages; see `render` for how values are written."""
        return Text(render(self.vi, values, Language.VI), render(self.en, values, Language.EN))

    def capitalised(self) -> Text:
        """Return the text as the start of a sentence or as a heading."""
        return Text(capitalised(self.vi), capitalised(self.en))

    def sentence(self) -> Text:
        """Return a clause as a sentence of its own."""
        start = self.capitalised()
        return Text(f"{start.vi}.", f"{start.en}.")

    @classmethod
    def joined(cls, separator: str | Text, texts: Iterable[Text]) -> Text:
        """Join texts, each language for itself.

        >>> Text.joined(Text(" hoặc ", " or "), [Text("huyện", "district"), Text("xã", "commune")]).vi
        'huyện hoặc xã'
        """
        between, parts = cls(separator, separator) if isinstance(separator, str) else separator, [*map(_settled, texts)]
        return cls(between.vi.join(text.vi for text in parts), between.en.join(text.en for text in parts))

    @classmethod
    def each_once(cls, separator: str, texts: Iterable[Text]) -> Text:
        """Join texts in order, one that comes again only once: sentences with a blank, their clauses with "; "."""
        every = [*texts]
        return every[0] if len(every) == 1 else cls.joined(separator, dict.fromkeys(map(_settled, every)))

    @classmethod
    def and_more(
        cls, names: Iterable[str | Text], limit: int = 5, separator: str = ", ", more: Text | None = None
    ) -> Text:
        """List the first `limit` units and how many more there are; `more` says so of something else than units.

        >>> Text.and_more(["Xã A", "Xã B", "Xã C"], 2)
        Text(vi='Xã A, Xã B và 1 đơn vị khác', en='Xã A, Xã B and 1 more')
        """
        texts = [cls(name, name) if isinstance(name, str) else name for name in names]
        shown = cls.joined(separator, texts[:limit])
        rest = (more or _AND_MORE).fill(count=len(texts) - limit) if len(texts) > limit else NO_TEXT
        return cls(shown.vi + rest.vi, shown.en + rest.en)


class LateText(Text):
    """A text that is written when somebody reads it: of thousands of reasons a table shows a few, in one language.

    It equals the text that it becomes, and is not kept: to hold what it is made from is cheaper than to hold it.
    """

    __slots__ = ()

    def __new__(cls, write: Callable[..., Text], *arguments: object) -> LateText:
        """Return the text that `write` makes of the arguments, none of which may change."""
        return tuple.__new__(cls, (write, *arguments))

    @property
    def written(self) -> Text:
        """The text itself."""
        parts: tuple[Any, ...] = tuple(tuple.__iter__(self))
        text: Text = parts[0](*parts[1:])
        return text

    def pick(self, language: Language) -> str:
        """As `Text.pick`."""
        return self.written.pick(language)

    @property
    def vi(self) -> str:
        """As `Text.vi`."""
        return self.written.vi

    @property
    def en(self) -> str:
        """As `Text.en`."""
        return self.written.en

    def __iter__(self) -> Iterator[str]:
        return iter(self.written)

    def __getitem__(self, index: Any) -> Any:
        return self.written[index]

    def __len__(self) -> int:
        return len(Text._fields)

    def __contains__(self, text: object) -> bool:
        return text in self.written

    def __eq__(self, other: object) -> bool:
        return self.written == (other.written if isinstance(other, LateText) else other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self.written)

    def __repr__(self) -> str:
        return repr(self.written)

    def __reduce__(self) -> tuple[type[Text], tuple[str, str]]:
        return Text, (self.vi, self.en)


class LateSentence(LateText):
    """A late text that is written in the language in which it is read, and not in the other one."""

    __slots__ = ()

    def __new__(cls, write: Callable[..., str], *arguments: object) -> LateSentence:
        """Return the text that `write` makes of the arguments and, after them, a language."""
        return tuple.__new__(cls, (write, *arguments))

    def pick(self, language: Language) -> str:
        """As `Text.pick`."""
        parts: tuple[Any, ...] = tuple(tuple.__iter__(self))
        text: str = parts[0](*parts[1:], language)
        return text

    @property
    def written(self) -> Text:
        """As `LateText.written`."""
        return Text(self.vi, self.en)

    @property
    def vi(self) -> str:
        """As `Text.vi`."""
        return self.pick(Language.VI)

    @property
    def en(self) -> str:
        """As `Text.en`."""
        return self.pick(Language.EN)


def _settled(text: Text) -> Text:
    """Return a text that is asked for in both languages, written once."""
    while isinstance(text, LateText):
        text = text.written
    return text


NO_TEXT: Final = Text("", "")
_GAP: Final = "\0"
"""Stands in a text where an amount is to go; no text of this program or of a rule file holds it."""


def frame(template: str, language: Language, gaps: Iterable[str], **values: object) -> tuple[str, ...]:
    """Return the pieces of a template between its gaps, for a sentence that thousands of units have with other numbers.

    >>> frame("{noun} giảm {low} hộ", Language.VI, ["low"], noun="Số hộ")
    ('Số hộ giảm ', ' hộ')
    """
    return tuple(render(template, {**values, **dict.fromkeys(gaps, _GAP)}, language).split(_GAP))


_AND_MORE: Final = Text(" và {count} đơn vị khác", " and {count} more")


def render(template: str, values: dict[str, object], language: Language) -> str:
    """Fill `template`; integers get the thousands separator of the language, texts their language.

    >>> render("thiếu {count} hộ", {"count": 1234}, Language.VI)
    'thiếu 1.234 hộ'
    """
    return template.format_map(
        {key: value if type(value) is str else _written(value, language) for key, value in values.items()}
    )


def _written(value: object, language: Language) -> str:
    if isinstance(value, Text):
        return value.pick(language)
    # True is an integer to Python.
    if isinstance(value, bool) or not isinstance(value, int):
        return str(value)
    return format_count(value, language)


def format_count(count: int, language: Language = Language.VI) -> str:
    """Write a whole number with the thousands separator of the language.

    >>> format_count(20817), format_count(20817, Language.EN)
    ('20.817', '20,817')
    """
    grouped = f"{count:,}"
    return grouped if language is Language.EN else grouped.replace(",", ".")


def format_written(number: str, language: Language = Language.VI) -> str:
    """Write a number that a machine has written, with the marks of the language and no digit changed.

    >>> format_written("-1234.50"), format_written("1234.5", Language.EN), format_written("6e-05")
    ('-1.234,50', '1,234.5', '6e-05')
    """
    whole, mark, decimals = number.partition(".")
    if not whole.removeprefix("-").isdecimal() or (mark and not decimals.isdecimal()):
        return number
    sign = "-" if whole.startswith("-") else ""
    grouped = format_count(abs(int(whole)), language)
    between = "." if language is Language.EN else ","
    return f"{sign}{grouped}{between if mark else ''}{decimals}"


def round_half_up(value: Fraction, places: int = 2) -> Fraction:
    """Round half away from zero, exactly; the only rounding in the product.

    >>> from fractions import Fraction
    >>> round_half_up(Fraction(1, 8)), round_half_up(Fraction(-1, 200))
    (Fraction(13, 100), Fraction(-1, 100))
    """
    from fractions import Fraction  # late: the help of the program needs no arithmetic

    # round() goes to the even neighbour and makes 4,12 of 4,125; printed reports make it 4,13.
    return Fraction(units_in_last_place(value, places), 10**places)


def format_decimal(value: Fraction, language: Language = Language.VI, places: int = 2) -> str:
    """Write an exact number rounded half up to `places` decimals, with the marks of the language.

    >>> from fractions import Fraction
    >>> format_decimal(Fraction(203, 50)), format_decimal(Fraction(203, 50), Language.EN)
    ('4,06', '4.06')
    """
    return format_quotient(*value.as_integer_ratio(), language, places)


def format_quotient(numerator: int, denominator: int, language: Language = Language.VI, places: int = 2) -> str:
    """Write numerator / denominator as `format_decimal`; the denominator is above 0."""
    units = units_of_quotient(numerator, denominator, places)
    whole, part = divmod(abs(units), 10**places)
    sign = "-" if units < 0 else ""
    mark = "." if language is Language.EN else ","
    return f"{sign}{format_count(whole, language)}{mark}{part:0{places}d}"


def units_in_last_place(value: Fraction, places: int) -> int:
    """Return how many 10**-places the value is, rounded half away from zero."""
    return units_of_quotient(value.numerator, value.denominator, places)


def units_of_quotient(numerator: int, denominator: int, places: int = 2) -> int:
    """Return how many 10**-places numerator / denominator is, rounded half away from zero; the denominator is above 0.

    >>> units_of_quotient(1, 8), units_of_quotient(-100, 20000)
    (13, -1)
    """
    units: int = (2 * abs(numerator) * 10**places + denominator) // (2 * denominator)
    return units if numerator >= 0 else -units
