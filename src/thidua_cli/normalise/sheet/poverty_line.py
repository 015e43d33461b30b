"""Which poverty line a table stands on: what it says itself, then what the user states, then the national line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from thidua_cli.findings import Finding, Kind, Severity, Standing
from thidua_cli.language import Text
from thidua_cli.late_pattern import late_pattern
from thidua_cli.model import Origin
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.normalise.sheet.headings import fold
from thidua_cli.rulebook.lines import line_options, lines_of, poverty_lines

OLD_LINE: Final = "2016-2020"
"""The poverty line of 2016–2020, and of the old form 3 whatever its year."""
_OLD_LINE: Final = late_pattern(
    r"\b(?:17 2016|14 2018) tt\b|\b59 2015 qd\b|^dien bien (?:ho ngheo|ho can ngheo|ho ngheo ho can ngheo) trong nam\b"
)
"""Documents of the line of 2016–2020, and the heading that only its form 3 has."""
_SPAN: Final = late_pattern(r"\b(?:giai doan|chuan ngheo|thoi ky)[a-z ]* (\d{4}) (?:den )?(?:nam )?(\d{4})\b")
_OWN_LINES: Final = r"(?:ha noi|ho chi minh|hcm|da nang|binh duong|ba ria|vung tau|brvt|dong nai|quang ninh|hai phong)"
"""Provinces that have, or had, a line of their own."""
_CHUAN: Final = r"(?<!tieu )(?<!phe )(?<!binh )\bchuan (?:ho )?(?:ngheo )?"
_OF_A_PLACE: Final = late_pattern(
    rf"{_CHUAN}(?:(?:rieng|dac thu|cao hon|nang cao|ap dung) )*(?:cua |cho |tai |rieng )*(?:dia phuong"
    rf"|(?:tinh|thanh pho|tp|tphcm)\b|{_OWN_LINES}\b)"
    r"|\bchuan (?:ho )?ngheo da chieu (?:rieng )?cua (?:thanh pho|tp|tinh)\b"
    rf"|{_CHUAN}da chieu (?:thanh pho |tinh |tp )?{_OWN_LINES}\b"
)
"""A line of the province's own; which of its lines, and whether it is known here at all, a title does not say.

"Chuẩn nghèo đa chiều tỉnh Quảng Nam" is the national line, and the province that was reviewed.
"""
_OF_INCOME: Final = late_pattern(
    rf"{_CHUAN}(?:ve |theo )?thu nhap\b|\btieu chi (?:ve )?thu nhap\b|\bngheo (?:ve |theo |don chieu )?thu nhap\b"
    r"|\bngheo don chieu\b"
)
_OF_MORE_THAN_INCOME: Final = late_pattern(r"\bda chieu\b|\bthieu hut\b|\btiep can\b|\bdich vu xa hoi\b")
_OF_ANOTHER: Final = late_pattern(rf"{_CHUAN}(?:nang cao|cao hon|rieng|dac thu|cu(?! the))\b")
"""Which line that is, the words do not say."""
_OF_NEW_LINE: Final = late_pattern(r"\bchuan (?:ho )?(?:ngheo )?(?:da chieu )?moi\b")
"""At the end of 2026 that is hardly the line of all years before; which it is, the words do not say."""
_DECREES: Final = late_pattern(r"\bchuan ngheo\b.*\b(07(?= 2021)|351(?= 2025)) \d{4} nd\b")
_PERIOD_OF_DECREE: Final = {"07": (2022, 2025), "351": (2026, 2030)}
"""Number of a decree → the period in its title."""
_BEFORE_SPANS: Final = ("giai doan", "chuan ngheo", "thoi ky")
_WORDS_FOR_LINES: Final = ("chuan", "thu nhap", "don chieu")
"""Of a line without any of these none of the patterns above is asked."""
LOCAL_LINE: Final = "local"
INCOME_LINE: Final = "income"
OTHER_LINE: Final = "other"
"""Ids of lines that are not the national ones and not known here: such figures are compared among themselves alone."""
_PROLONGED_TO: Final = 2026
"""Nghị định 351/2025/NĐ-CP is entitled "giai đoạn 2026-2030", and lets the line before go on through 2026."""
_AS_ENTITLED: Final = (2026, 2030)
"""The period in the title of that decree: up to the end of 2026 it tells neither of its two lines."""
_LINE_OF_PERIOD: Final = {
    **{(first, last): "2022-2025" for first in (2021, 2022) for last in (2025, 2026)},
    **{(first, 2030): "2027-2030" for first in (2026, 2027)},
}
"""Period as officers write it → id of the line that is meant: other periods are ids themselves."""
_FIRST_REVIEWS: Final = ((2027, "2027-2030"), (2021, "2022-2025"), (2016, OLD_LINE), (2011, "2011-2015"))
"""As `first_review` in data/lines/lines.toml, which would cost each start its parser; a test holds both equal."""

H011: Final = Kind(
    code="H011",
    name="poverty-line-not-as-stated",
    severity=Severity.WARNING,
    standing=Standing.NOTHING,  # the file's own word is taken: its figures are what they are without the option
    quotes=("value",),
    names=("stated", "line"),
    title=Text("Chuẩn nghèo không như đã nêu", "Poverty line not as stated"),
    message=Text(
        "{reason}; không dùng --poverty-line {stated}, lấy chuẩn nghèo {value}",
        "{reason}; --poverty-line {stated} is not used, the poverty line {value} is taken",
    ),
    what=Text(
        "Người dùng nêu chuẩn nghèo bằng --poverty-line, nhưng biểu tự ghi chuẩn khác, hoặc chuẩn đó không áp dụng cho "
        "năm rà soát của biểu.",
        "The user states a poverty line by --poverty-line, and the table says another one itself, or is of a year-end "
        "that the line does not hold for.",
    ),
    why=Text(
        "Số hộ theo hai chuẩn không so sánh được. Điều tệp ghi được giữ; lựa chọn chỉ dùng cho tệp không ghi.",
        "Counts on two lines cannot be compared. What the file says stands; the option is for files that do not say.",
    ),
    example=Text(
        "Lệnh có --poverty-line ha-noi-2022-2025, tiêu đề biểu ghi “theo chuẩn nghèo giai đoạn 2016-2020”.",
        "The command has --poverty-line ha-noi-2022-2025, and the title says “chuẩn nghèo giai đoạn 2016-2020”.",
    ),
    mend=Text(
        "Nếu tệp ghi sai thì sửa tiêu đề hoặc cột poverty_line; nếu tệp ghi đúng thì chạy riêng tệp đó, không có "
        "--poverty-line. Danh sách chuẩn: thidua rules lines.",
        "Where the file is wrong, mend its title or its column poverty_line; where it is right, run it without "
        "--poverty-line. The lines: thidua rules lines.",
    ),
)
H012: Final = Kind(
    code="H012",
    name="poverty-line-ambiguous",
    severity=Severity.WARNING,
    standing=Standing.NOTHING,  # read as a table that says nothing of its line, which is no doubt about its counts
    quotes=("value",),
    title=Text("Không rõ chuẩn nghèo", "Ambiguous poverty line"),
    message=Text(
        "“{value}” chưa cho biết số liệu cuối năm {year} theo chuẩn nghèo nào; {outcome}. Nêu rõ bằng {options}",
        "“{value}” does not tell which poverty line the figures of the end of {year} stand on; {outcome}. State it by "
        "{options}",
    ),
    what=Text(
        "Tiêu đề nói đến chuẩn nghèo nhưng có thể hiểu là nhiều chuẩn: hai giai đoạn khác nhau, hoặc “giai đoạn "
        "2026-2030” khi rà soát cuối năm 2026; hoặc nói đến chuẩn không phải chuẩn quốc gia: chuẩn riêng của tỉnh, "
        "thành phố, chuẩn chỉ theo thu nhập.",
        "The title speaks of the poverty line and may mean several: two different periods, or “giai đoạn 2026-2030” in "
        "a review of the end of 2026; or it speaks of a line that is not the national one: a province's own, or one of "
        "income alone.",
    ),
    why=Text(
        "Mức giảm chỉ tính giữa các năm cùng một chuẩn; hiểu nhầm chuẩn thì so số của hai chuẩn với nhau. Biểu có thể "
        "theo nhiều chuẩn quốc gia được đọc như biểu không ghi chuẩn; biểu theo chuẩn khác thì không dùng để xét theo "
        "chuẩn quốc gia (poverty_line: local, income, other).",
        "Falls are taken on one line only; by the wrong one, counts on two lines would be compared. A table that may "
        "mean several national lines is read as one that does not say its line; one on another line is not judged by "
        "the national one (poverty_line: local, income, other).",
    ),
    example=Text(
        "Biểu cuối năm 2026 ghi “theo chuẩn nghèo giai đoạn 2026-2030”: Nghị định 351/2025/NĐ-CP vẫn để chuẩn "
        "2022-2025 áp dụng hết năm 2026, chuẩn mới áp dụng 2027-2030.",
        "A table of the end of 2026 says “chuẩn nghèo giai đoạn 2026-2030”: Nghị định 351/2025/NĐ-CP leaves the line "
        "of 2022-2025 in force through 2026, and the new one holds for 2027-2030.",
    ),
    mend=Text(
        "Hỏi nơi lập biểu, rồi thêm --poverty-line MÃ vào lệnh (thidua rules lines liệt kê các chuẩn) hoặc sửa "
        "tiêu đề.",
        "Ask whoever made the table, then add --poverty-line ID to the command (thidua rules lines lists the lines) or "
        "mend the title.",
    ),
)


class LineTaken(NamedTuple):
    """The poverty line of a table, and how it came to it."""

    id: str
    """As `Observation.poverty_line`."""
    is_stated: bool = False
    """The user states it; the table says none."""
    is_assumed: bool = False
    """Nobody says it: the national line of the year."""
    finding: Finding | None = None
    """H011 or H012."""


def line_of_table(lines: Iterable[str], year: int, stated: str | None, origin: Origin) -> LineTaken:
    """Return the poverty line of a table: the one it names, else the one the user states, else that of the year.

    `lines` are the words around it: title and headings. Where they may mean several lines the table says none.
    """
    named = line_named(lines, year)
    if named.id is not None:
        if stated in (None, named.id):
            return LineTaken(named.id)
        return LineTaken(named.id, finding=_not_as_stated(origin, year, stated, named.id, _THE_TITLE))
    if stated is not None and is_usable(stated, year):
        return LineTaken(stated, is_stated=True)
    national = national_line(year)
    if stated is not None and not named.other:
        return LineTaken(national, is_assumed=True, finding=not_covering(origin, year, stated))
    ambiguous = _ambiguous(origin, year, named) if named.unclear else None
    return LineTaken(named.other or national, is_assumed=not named.other, finding=ambiguous)


def is_usable(stated: str, year: int) -> bool:
    """Say whether a stated line may be that of a review of the end of `year`."""
    return poverty_lines()[stated].covers(year)


_THE_TITLE: Final = Text("biểu ghi chuẩn nghèo {line}", "the table says the poverty line {line}")
_THE_COLUMN: Final = Text(
    "cột poverty_line ghi {line} ở {rows} dòng", "the column poverty_line says {line} in {rows} rows"
)


_PERIOD: Final = late_pattern(r"(20\d\d) ?[-–] ?(20\d\d)")


def line_of_column(written: str, year: int) -> LineNamed:
    """Return the line that a cell of the column `poverty_line` means by a period that is no id; else its own text.

    >>> line_of_column("2021-2025", 2024).id, line_of_column("2026-2030", 2026).id, line_of_column("da-nang", 2024).id
    ('2022-2025', None, 'da-nang')
    """
    period = _PERIOD.fullmatch(written)
    if period is None:
        return LineNamed(written)
    span = (int(period[1]), int(period[2]))
    if span == _AS_ENTITLED and year <= _PROLONGED_TO:
        return LineNamed(None, written)
    return LineNamed(_line_of_span(*span))


def no_line_in_rows(origin: Origin, year: int, written: str, taken: str, rows: int) -> Finding:
    """Return H012 for rows of a canonical table that name a period that is no line; at the first such cell."""
    text = Text(
        "cột poverty_line, {rows} dòng: đang tính theo {taken}", "column poverty_line, {rows} rows: {taken} is taken"
    )
    named = LineNamed(None, written)
    return _unclear(origin, year, named, text.fill(rows=rows, taken=taken))


def otherwise_in_rows(origin: Origin, year: int, stated: str, line: str, rows: int) -> Finding:
    """Return H011 for the rows of a canonical table that say another line; `origin` is the first of their cells."""
    return _not_as_stated(origin, year, stated, line, _THE_COLUMN.fill(rows=rows, line=line))


def _not_as_stated(origin: Origin, year: int, stated: str | None, line: str, reason: Text) -> Finding:
    details = {"stated": stated, "reason": reason.fill(line=line).capitalised()}
    return Finding(H011, origin, year=year, column="poverty_line", value=line, details=details)


def not_covering(origin: Origin, year: int, stated: str) -> Finding:
    """Return H011 for a table or rows of a year-end that the stated line does not hold for."""
    reason = Text(
        "Chuẩn nghèo {stated} không áp dụng cho cuối năm {year}",
        "The poverty line {stated} does not hold for the end of {year}",
    )
    return _not_as_stated(origin, year, stated, national_line(year), reason.fill(stated=stated, year=str(year)))


def _ambiguous(origin: Origin, year: int, named: LineNamed) -> Finding:
    return _unclear(origin, year, named, _NOT_NATIONAL if named.other else _ASSUMED.fill(taken=national_line(year)))


def _unclear(origin: Origin, year: int, named: LineNamed, outcome: Text) -> Finding:
    details = {"outcome": outcome, "options": line_options(lines_of(year))}
    return Finding(H012, origin, year=year, column="poverty_line", value=named.unclear, details=details)


_ASSUMED: Final = Text("đang tính theo {taken}", "{taken} is taken")
_NOT_NATIONAL: Final = Text(
    "số liệu không được tính theo chuẩn quốc gia", "the figures are not taken as those of the national line"
)


class LineNamed(NamedTuple):
    """What the words around a table say of its poverty line."""

    id: str | None
    """The one line they name; None where they name none, or leave it open."""
    unclear: str = ""
    """The words that leave it open, as printed."""
    other: str = ""
    """Id of the line, where it is not a national one and not known here."""


def line_named(lines: Iterable[str], year: int) -> LineNamed:
    """Return the poverty line that the words around a table name.

    The line of 2016–2020 counts for whatever year stands on its form 3 (Thông tư 17/2016/TT-BLĐTBXH): 2021 was
    reviewed by both lines.

    >>> line_named(["theo chuẩn nghèo giai đoạn 2016-2020"], 2021), line_named(["NĂM 2022"], 2022).id
    (LineNamed(id='2016-2020', unclear='', other=''), None)
    >>> line_named(["theo chuẩn nghèo giai đoạn 2026-2030"], 2026)
    LineNamed(id=None, unclear='theo chuẩn nghèo giai đoạn 2026-2030', other='')
    """
    printed = list(lines)
    told = [_line_said(text) for text in printed]
    for text, line in zip(printed, told, strict=True):
        if line.other:
            return LineNamed(None, " ".join(text.split()), line.other)
    if year == _PROLONGED_TO and (text := next((t for t, line in zip(printed, told, strict=True) if line.is_new), "")):
        return LineNamed(None, " ".join(text.split()), OTHER_LINE)
    spans = list(dict.fromkeys(_spans(printed, told)))
    named = list(dict.fromkeys(_line_of_span(*span) for span, _ in spans))
    if len(named) > 1 or (year <= _PROLONGED_TO and any(span == _AS_ENTITLED for span, _ in spans)):
        return LineNamed(None, "; ".join(dict.fromkeys(words for _, words in spans)))
    if named:
        return LineNamed(named[0])
    return LineNamed(OLD_LINE if any(line.is_of_old_line for line in told) else None)


def _spans(printed: Sequence[str], told: Sequence[_LineSaid]) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield the period of every line that speaks of a poverty line, with the words as printed."""
    for index, line in enumerate(told):
        if not line.names_poverty_line:
            continue
        words = " ".join(printed[index].split())
        yield from ((span, words) for span in line.spans)
        # "… THEO CHUẨN NGHÈO TIẾP CẬN ĐA CHIỀU" and "GIAI ĐOẠN 2016-2020" may stand in two lines
        if not line.spans and index + 1 < len(told):
            below = " ".join(printed[index + 1].split())
            yield from ((span, f"{words} {below}") for span in told[index + 1].spans)


def _line_of_span(first: int, last: int) -> str:
    return _LINE_OF_PERIOD.get((first, last), f"{first}-{last}")


class _LineSaid(NamedTuple):
    """What one line says of poverty lines."""

    spans: tuple[tuple[int, int], ...]
    names_poverty_line: bool
    is_of_old_line: bool
    other: str
    """As `LineNamed.other`."""
    is_new: bool
    """It speaks of "chuẩn nghèo mới" and names no period."""


@lru_cache(maxsize=1024)
def _line_said(line: str) -> _LineSaid:
    text = fold(line)
    spans = _SPAN.findall(text) if any(word in text for word in _BEFORE_SPANS) else ()
    years = tuple((int(first), int(last)) for first, last in spans)
    if not years and "chuan" in text and (decree := _DECREES.search(text)):
        years = (_PERIOD_OF_DECREE[decree[1]],)
    other = _other_line(text) if any(word in text for word in _WORDS_FOR_LINES) else ""
    is_new = not years and "chuan" in text and _OF_NEW_LINE.search(text) is not None
    return _LineSaid(years, "chuan ngheo" in text, _OLD_LINE.search(text) is not None, other, is_new)


def _other_line(text: str) -> str:
    """Return the line of a folded text that is none of the national ones; empty where it names none."""
    if _OF_A_PLACE.search(text):
        return LOCAL_LINE
    if _OF_INCOME.search(text) and not _OF_MORE_THAN_INCOME.search(text):
        return INCOME_LINE
    return OTHER_LINE if _OF_ANOTHER.search(text) else ""


def national_line(year: int) -> str:
    """Return the national poverty line that reviews of `year` stand on.

    The general review of the end of 2021 was taken on the line of 2022–2025 (Nghị định 07/2021/NĐ-CP): it is the
    baseline of Quyết định 666/QĐ-TTg. The line of 2016–2020 counts for year-ends up to 2020.

    Nghị định 351/2025/NĐ-CP lets the latter go on through 2026.

    >>> national_line(2027), national_line(2026), national_line(2021), national_line(2020)
    ('2027-2030', '2022-2025', '2022-2025', '2016-2020')
    """
    return next((line for first, line in _FIRST_REVIEWS if first <= year), "before-2011")
