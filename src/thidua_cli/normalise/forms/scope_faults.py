"""What is said of the unit a table is of: that it is not known, or contradicts what the user says.

H006 where nothing tells it; H007–H009 where `--unit`, `--within` or a form of one's own contradicts the table: these
speak of the table, of all its year-ends alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from thidua_cli.findings import Finding, Kind, Severity, Standing
from thidua_cli.language import NO_TEXT, Text
from thidua_cli.model import Level, Origin, Unit, year_end
from thidua_cli.normalise.forms.table import Form
from thidua_cli.normalise.record.layout_record import FoundIn
from thidua_cli.normalise.sheet.title import FILE_NAME, FOLDER_NAME, SHEET_NAME, scope_of
from thidua_cli.normalise.unit_faults import placed_text
from thidua_cli.units.fitting import PlaceFit
from thidua_cli.units.reach import REACH, beyond_the_lists
from thidua_cli.units.tables import boundary_day

_NAME_OF: Final = {FoundIn.SHEET_NAME: SHEET_NAME, FoundIn.FILE_NAME: FILE_NAME, FoundIn.FOLDER_NAME: FOLDER_NAME}

H006: Final = Kind(
    code="H006",
    name="scope-unknown",
    severity=Severity.ERROR,
    standing=Standing.VOID,
    quotes=("value",),
    title=Text("Không rõ biểu của địa phương nào", "Scope unknown"),
    message=Text(
        "Biểu không ghi là của huyện hay tỉnh nào{words}.{suggestion}",
        "The table does not say which district or province it is of{words}.{suggestion}",
    ),
    what=Text(
        "Biểu chỉ có tên đơn vị, không có mã, phần tiêu đề không ghi tên huyện hoặc tỉnh, và các tên trong biểu không "
        "chỉ khớp với một tỉnh hoặc huyện duy nhất. " + REACH.vi,
        "The table has names of units without codes, its title block names no district or province, and the names do "
        "not fit one province or district only. " + REACH.en,
    ),
    why=Text(
        "Nhiều xã ở các huyện, tỉnh khác nhau trùng tên; không rõ địa phương thì có thể nhận nhầm xã.",
        "Many communes of different districts and provinces share a name; a wrong one could be taken.",
    ),
    example=Text(
        "Phần đầu biểu ghi “UBND HUYỆN ……” nhưng chưa điền tên huyện.",
        "The head of the table says “UBND HUYỆN ……” with the name not filled in.",
    ),
    mend=Text(
        "Ghi “UBND HUYỆN …” và tên tỉnh ở phần tiêu đề, hoặc thêm --unit với mã đơn vị của biểu (ví dụ --unit 505); "
        "các xã chỉ nằm trong một tỉnh, huyện thì thêm --within với mã của nơi đó (ví dụ --within 11).",
        "Write “UBND HUYỆN …” and the province in the title block, or add --unit with the code of the table's unit "
        "(such as --unit 505); where the communes only lie in a place, add --within with its code (such as --within "
        "11).",
    ),
)
H007: Final = Kind(
    code="H007",
    name="unit-contradicts-title",
    severity=Severity.ERROR,
    standing=Standing.VOID,
    quotes=("value",),
    names=("expected", "given", "option"),
    title=Text("Đơn vị nêu khi chạy lệnh trái với tiêu đề", "The unit given contradicts the title"),
    message=Text(
        "Tiêu đề ghi {named}, còn {option} là {given}: {outcome}",
        "The title names {named}, while {option} is {given}: {outcome}",
    ),
    what=Text(
        "--unit, --within (trong báo cáo: --scope) hoặc khóa scope của biểu riêng nêu một nơi, tiêu đề của biểu ghi "
        "nơi khác. Tiêu đề được giữ, đơn vị nêu khi chạy lệnh không được áp dụng.",
        "--unit, --within (of report: --scope) or the key scope of a form of one's own names one place and the title "
        "of the table another. The title stands; what was given is not applied.",
    ),
    why=Text(
        "Một trong hai sai: số liệu của nơi này có thể bị tính cho nơi khác.",
        "One of the two is wrong: figures of one place could be taken for those of another.",
    ),
    example=Text(
        "thidua check thu-muc/ --unit 505 (Huyện Đông Giang), trong thư mục có một biểu ghi “UBND HUYỆN TÂY GIANG”.",
        "thidua check folder/ --unit 505 (Huyện Đông Giang), and a table in the folder says “UBND HUYỆN TÂY GIANG”.",
    ),
    mend=Text(
        "Bỏ --unit nếu tiêu đề đúng, hoặc sửa tiêu đề của biểu. Nếu ý là các xã trong biểu nằm trong tỉnh, huyện ấy "
        "thì dùng --within thay cho --unit.",
        "Leave --unit out if the title is right, or mend the title. If what is meant is that the communes of the "
        "table lie in that place, say --within and not --unit.",
    ),
)
H008: Final = Kind(
    code="H008",
    name="unit-contradicts-name",
    severity=Severity.WARNING,
    standing=Standing.NOTHING,
    quotes=("value",),
    names=("expected", "given", "option"),
    title=Text("Đơn vị nêu khi chạy lệnh trái với tên tệp", "The unit given contradicts the file's name"),
    message=Text(
        "{where} ghi {named}, còn {option} là {given}: đọc theo {option}",
        "{where} names {named}, while {option} is {given}: read by {option}",
    ),
    what=Text(
        "Tiêu đề không ghi biểu của nơi nào; tên trang tính, tên tệp hoặc tên thư mục ghi một nơi, --unit hoặc "
        "--within nêu nơi khác. Biểu được đọc theo đơn vị nêu khi chạy lệnh.",
        "The title names no place; the name of the sheet, the file or the folder names one, and --unit or --within "
        "another. The table is read by what was given.",
    ),
    why=Text(
        "Rất có thể tệp của đơn vị khác lẫn vào, hoặc mã gõ nhầm.",
        "A file of another unit may have slipped in, or the code may be mistyped.",
    ),
    example=Text(
        "Tệp “Huyện Tây Giang 2023.xlsx” không có tiêu đề, đọc với --unit 505 (Huyện Đông Giang).",
        "The file “Huyện Tây Giang 2023.xlsx” has no title and is read with --unit 505 (Huyện Đông Giang).",
    ),
    mend=Text(
        "Kiểm tra tệp là của đơn vị nào; đổi tên tệp, ghi tiêu đề, hoặc sửa mã.",
        "See whose file it is; rename it, write a title, or mend the code.",
    ),
)
H009: Final = Kind(
    code="H009",
    name="no-row-of-given-unit",
    severity=Severity.ERROR,
    standing=Standing.VOID,
    quotes=("value",),
    names=("expected", "given", "option"),
    title=Text("Không dòng nào thuộc đơn vị đã nêu", "No row is of the unit given"),
    message=Text(
        "Không dòng nào trong biểu thuộc {given} ({option}), nên biểu không được đọc; {count} tên trong biểu khớp với "
        "{lines}",
        "No row of the table is of {given} ({option}), so it is not read; {count} of its names fit {lines}",
    ),
    what=Text(
        "--unit, --within hoặc khóa scope của biểu riêng nêu một nơi, nhưng không tên nào trong biểu thuộc nơi đó, "
        "và ít nhất ba tên khớp với nơi khác.",
        "--unit, --within or the key scope of a form of one's own names a place; no name in the table is of it, and at "
        "least three fit another.",
    ),
    why=Text(
        "Đọc theo mã đã nêu thì mọi dòng đều không có đơn vị; mã gõ nhầm, hoặc tệp của nơi khác.",
        "By the code given, no row would have a unit: the code is mistyped, or the file is another place's.",
    ),
    example=Text(
        "Biểu ghi Tà Lu, Sông Kôn, A Rooi (Huyện Đông Giang, mã 505) được đọc với --unit 504 (Huyện Tây Giang).",
        "A table of Tà Lu, Sông Kôn and A Rooi (Huyện Đông Giang, 505) is read with --unit 504 (Huyện Tây Giang).",
    ),
    mend=Text(
        "Sửa mã theo gợi ý, hoặc bỏ tùy chọn này nếu biểu của nơi khác.",
        "Give the code that is offered, or leave the option out if the table is of another place.",
    ),
)
_BY_TITLE: Final = Text("đọc theo tiêu đề", "read by the title")
_NOT_READ: Final = Text("biểu không được đọc", "the table is not read")


def unknown(form: Form, suggestion: Text, words: str = "", like: Sequence[Unit] = ()) -> Finding:
    """Return H006: `words` seem to name the place and units `like` them are offered; how far the lists reach."""
    beyond, quoted = beyond_the_lists(year_end(form.year)), NO_TEXT
    if words:
        quoted = _SAYS_UNKNOWN.fill(words=words, year=str(form.year))
        names = Text.joined("; ", [Text(*[f"{unit.name} (--unit {unit.code})"] * 2) for unit in like[:_NAMES_LIKE]])
        offer = Text(f" Có phải: {names.vi}?", f" Is it {names.en}?") if like else NO_TEXT
        suggestion = Text(offer.vi + suggestion.vi, offer.en + suggestion.en)
    details = {"words": quoted, "suggestion": Text(suggestion.vi + beyond.vi, suggestion.en + beyond.en)}
    return Finding(H006, form.sheet.grid.origin(), year=form.year, value=words or None, details=details)


_NAMES_LIKE: Final = 3
_SAYS_UNKNOWN: Final = Text(
    ": “{words}” không phải tên tỉnh, huyện nào vào cuối năm {year}",
    ": “{words}” is the name of no province or district at the end of {year}",
)


def against_title(form: Form, named: tuple[Unit, ...], given: Unit, option: str, *, is_read: bool) -> Finding:
    """Return H007: the title names other units than what is given by an option ("--unit 505")."""
    outcome = _BY_TITLE if is_read else _NOT_READ
    if given.level is not Level.COUNTRY and not option.startswith("--within") and _lies_below(form, named, given):
        line = Text(f"; dùng --within {given.code}", f"; use --within {given.code}")
        outcome = Text(outcome.vi + line.vi, outcome.en + line.en)
    details = {"named": _names(form, named), "option": option, "given": given.name, "outcome": outcome}
    of_table = named[0] if is_read else None
    return Finding(
        H007,
        _title_cell(form, named),
        of_table.code if of_table else None,
        of_table.name if of_table else None,
        value=", ".join(dict.fromkeys(unit.name for unit in named)),
        expected=given.name,
        details=details,
    )


def against_name(form: Form, where: FoundIn, named: tuple[Unit, ...], given: Unit, option: str) -> Finding:
    """Return H008: the name of the sheet, the file or the folder names other units than what is given."""
    words = _NAME_OF[where]
    place = Text(words.vi[:1].upper() + words.vi[1:], words.en[:1].upper() + words.en[1:])
    details = {"where": place, "named": _names(form, named), "option": option, "given": given.name}
    value = ", ".join(dict.fromkeys(unit.name for unit in named))
    origin = form.sheet.grid.origin()
    return Finding(H008, origin, given.code, given.name, value=value, expected=given.name, details=details)


def no_row_of(origin: Origin, given: Unit, option: str, fits: list[PlaceFit]) -> Finding:
    """Return H009: all names are of other places, of which those that most of them fit are offered."""
    lines = offered([fit.unit for fit in fits], option.rpartition(" ")[0])
    details = {"given": given.name, "option": option, "count": fits[0].names, "lines": lines}
    value = fits[0].unit.name if len(fits) == 1 else None
    return Finding(H009, origin, value=value, expected=given.name, details=details)


def offered(units: list[Unit], option: str) -> Text:
    """Return places with what to type for each: "Huyện Đông Giang: --unit 505"."""
    names = [f"{unit.name}: {option} {unit.code}" for unit in units]
    return Text.and_more(names, 4, "; ") if names else NO_TEXT


def _names(form: Form, units: tuple[Unit, ...]) -> Text:
    """Return the unit with the places it lies in; of several of one name only how many there are."""
    if len(units) == 1:
        return placed_text(units, boundary_day(form.year), form.sheet.finder.tables)
    names, count = ", ".join(dict.fromkeys(unit.name for unit in units)), len(units)
    return Text(f"{names} ({count} đơn vị)", f"{names} ({count} units)")


def _lies_below(form: Form, named: tuple[Unit, ...], given: Unit) -> bool:
    tables, on = form.sheet.finder.tables, boundary_day(form.year)
    return any(given.code in {above.code for above in tables.ancestors(unit, on)} for unit in named)


def _title_cell(form: Form, named: tuple[Unit, ...]) -> Origin:
    """Return the first cell above the header that names one of the units; the sheet where none does alone."""
    cells, grid, tables = form.sheet.cells, form.sheet.grid, form.sheet.finder.tables
    on, codes = boundary_day(form.year), {unit.code for unit in named}
    for row in range(form.layout.header_top):
        for column in range(cells.first_column, cells.width):
            text = cells.text(row, column)
            if text and codes & {unit.code for unit in scope_of((text,), on, tables)}:
                return grid.origin(row, column)
    return grid.origin()
