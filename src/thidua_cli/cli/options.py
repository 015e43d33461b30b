"""Every option that more than one command takes, described once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Final, Literal, get_args

from thidua_cli.cli.declared import argument, option
from thidua_cli.cli.offers import offer_poverty_lines, offer_readings, offer_rule_files
from thidua_cli.cli.office_file import settings
from thidua_cli.cli.run_files import FileMark
from thidua_cli.cli.speech import LANGUAGE_VARIABLE, said
from thidua_cli.cli.years import FIRST_YEAR, LAST_YEAR, day_of_issue
from thidua_cli.errors import UsageError
from thidua_cli.language import Language, Text


class Format(StrEnum):
    """Formats of results."""

    TABLE = "table"
    MARKDOWN = "markdown"
    CSV = "csv"
    JSON = "json"
    XLSX = "xlsx"
    DOCX = "docx"
    HTML = "html"
    PDF = "pdf"


class FailOn(StrEnum):
    """From which severity on findings make the exit status 1."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    NEVER = "never"


Files = Annotated[
    # Texts and no paths: "-" is standard input, "*.xlsx" a pattern that no shell on Windows expands.
    list[str],
    argument(
        metavar="FILE…",
        help=said(
            "Tệp .xlsx, .xls, .ods, .csv …, thư mục, mẫu tên (*.xlsx), hoặc - để đọc từ đầu vào chuẩn.",
            "Files (.xlsx, .xls, .ods, .csv …), folders, patterns (*.xlsx), or - for standard input.",
        ),
    ),
    FileMark.READS_TABLES,
]
Year = Annotated[
    int | None,
    option(
        "--year",
        min=FIRST_YEAR,
        max=LAST_YEAR,
        metavar="YEAR",
        help=said("Năm rà soát, khi biểu không ghi hoặc ghi sai.", "Year of the review, where tables do not state it."),
    ),
]
ScopeUnit = Annotated[
    str | None,
    option(
        "--unit",
        metavar="CODE",
        help=said("Mã huyện hoặc tỉnh của biểu, khi biểu không ghi.", "Code of the unit the tables are of."),
    ),
]
Within = Annotated[
    str | None,
    option(
        "--within",
        metavar="CODE",
        help=said(
            "Mã tỉnh hoặc huyện có các xã, thôn trong biểu: tên trùng được hiểu là của nơi đó.",
            "Code of the province or district in which the tables' communes and villages lie.",
        ),
    ),
    settings.WITHIN,
]
OwnForm = Annotated[
    str | None,
    option(
        "--mapping",
        metavar="FILE",
        help=said("Tệp .toml mô tả biểu riêng: cột nào là gì.", "A .toml that describes a form of your own."),
    ),
    FileMark.READS,
    settings.MAPPING,
]
ShowValues = Annotated[
    bool,
    option(
        "--show-values",
        help=said("Nêu nguyên văn chữ trong ô (có thể là tên người).", "Quote texts of cells (they may name persons)."),
    ),
]
StatedLine = Annotated[
    str | None,
    option(
        "--poverty-line",
        metavar="ID",
        autocompletion=offer_poverty_lines,
        help=said(
            "Chuẩn nghèo của biểu không ghi chuẩn (xem “thidua rules lines”).",
            "Poverty line of tables that do not say theirs (see “thidua rules lines”).",
        ),
    ),
    settings.POVERTY_LINE,
]
FORMAT: Final = option(
    "--format",
    "-f",
    help=said(
        "Dạng kết quả; mặc định theo đuôi tên tệp sau -o, không có thì table.",
        "Format of the result; by default that of the ending of -o, else table.",
    ),
)
OutputFormat = Annotated[Format | None, FORMAT]
# Two Literals of the same values are one to typing, whatever their order: each set of formats is written once.
_Page = Literal[Format.TABLE, Format.MARKDOWN, Format.JSON]
_List = Literal[Format.TABLE, Format.MARKDOWN, Format.CSV, Format.JSON]
PageFormat = Annotated[_Page | None, FORMAT]
ListFormat = Annotated[_List | None, FORMAT]
PAGE_FORMATS: Final[tuple[Format, ...]] = get_args(_Page)
"""What an answer comes in that is no list."""
LIST_FORMATS: Final[tuple[Format, ...]] = get_args(_List)
"""What a list comes in that makes no workbook."""
Output = Annotated[
    str | None,
    option(
        "--output",
        "-o",
        metavar="FILE",
        help=said(
            "Ghi vào tệp, theo dạng của đuôi tên tệp; - là đầu ra chuẩn.",
            "Write to a file, in the format of its ending; - is standard output.",
        ),
    ),
    FileMark.WRITES,
]
Force = Annotated[bool, option("--force", help=said("Cho phép ghi đè tệp đã có.", "Replace an existing file."))]
Fail = Annotated[
    FailOn,
    option(
        "--fail-on",
        help=said("Mức phát hiện khiến mã kết thúc là 1.", "Severity from which findings make the exit status 1."),
    ),
    settings.FAIL_ON,
]
Lang = Annotated[
    Language,
    option("--lang", help=said("Ngôn ngữ.", "Language."), envvar=LANGUAGE_VARIABLE),
    settings.LANG,
]
Quiet = Annotated[
    bool, option("--quiet", "-q", help=said("Không in gì ra ngoài kết quả.", "Print nothing but the result."))
]
Verbose = Annotated[bool, option("--verbose", "-v", help=said("In thêm những gì đã đọc.", "Also say what was read."))]
NoColor = Annotated[bool, option("--no-color", help=said("Không tô màu.", "No colours.")), settings.NO_COLOR]
Rules = Annotated[
    str,
    option(
        "--rules",
        metavar="ID",
        autocompletion=offer_rule_files,
        help=said("Bộ tiêu chí (xem “thidua rules list”) hoặc tệp .toml.", "Rule file: an id or a .toml path."),
    ),
    FileMark.READS,
    settings.RULES,
]


def as_of_option(vi: str, en: str) -> Any:
    """Return --as-of of a command: a year-end that there are figures of."""
    return option("--as-of", min=FIRST_YEAR, max=LAST_YEAR, metavar="YEAR", help=said(vi, en))


AsOf = Annotated[int, as_of_option("Năm rà soát cuối cùng được xét.", "The last year-end judged."), settings.AS_OF]
NewestAsOf = Annotated[
    int | None, as_of_option("Năm xét; mặc định là năm mới nhất.", "Default: the newest."), settings.AS_OF
]
Classes = Annotated[
    list[str] | None,
    option(
        "--classes",
        metavar="FILE",
        help=said(
            "Tệp Excel, CSV phân loại đơn vị (huyện nghèo, xã khu vực …), bổ sung cho danh mục có sẵn.",
            "Workbook or CSV of units' classes, completing the bundled lists.",
        ),
    ),
    FileMark.READS,
    settings.CLASSES,
]
BoundariesOption = Annotated[
    str,
    option(
        "--boundaries",
        metavar="as-of|as-reported|DATE",
        help=said(
            "Địa giới của kết quả: cuối năm cuối cùng (as-of), như báo cáo (as-reported), hoặc một ngày (2025-06-30).",
            "Boundaries of the result: the last year-end (as-of), as reported, or a day (2025-06-30).",
        ),
    ),
    settings.BOUNDARIES,
]
SharesOption = Annotated[
    list[str] | None,
    option(
        "--shares",
        metavar="FILE",
        help=said(
            "CSV số hộ hoặc tỷ lệ chia của đơn vị bị chia tách "
            "(from, to, year, households, poor, near_poor hoặc share, source).",
            "CSV of how a divided unit's households were shared out (from, to, year, households, poor, near_poor or "
            "share, source).",
        ),
    ),
    FileMark.READS,
    settings.SHARES,
]
OwnUnits = Annotated[
    list[str] | None,
    option(
        "--units",
        metavar="FILE",
        help=said(
            "CSV thôn của mình (code, name, commune_code …) hoặc việc đổi tên, sáp nhập thôn.",
            "CSV of your villages (code, name, commune_code …) or of their renamings and mergers.",
        ),
    ),
    FileMark.READS,
    settings.UNITS,
]
Attest = Annotated[
    str | None,
    option(
        "--attest",
        metavar="FILE",
        help=said(
            "Phiếu xác nhận đã điền (xem “thidua attest”).", "A filled-in attestation sheet (see “thidua attest”)."
        ),
    ),
    FileMark.READS,
    settings.ATTEST,
]


Readings = Annotated[
    list[str] | None,
    option(
        "--reading",
        metavar="NAME",
        autocompletion=offer_readings,
        help=said(
            "Xét theo cách hiểu khác của bộ tiêu chí (xem “thidua rules show”).",
            "Judge by another reading of the rule file (see “thidua rules show”).",
        ),
    ),
    settings.READING,
]


WorkbookOutput = Annotated[
    str,
    option("--output", "-o", metavar="FILE", help=said("Tệp .xlsx cần ghi.", "The .xlsx to write.")),
    FileMark.WRITES,
]


def issue_day(text: str) -> date:
    """Return the day of issue that a user writes as 30/06/2025 or 2025-06-30.

    Raises:
        UsageError: It is no day, or none on which a paper of this program can be issued.
    """
    day = day_of_issue(text)
    if day is None:
        raise UsageError(
            Text(
                "--date {text}: không phải ngày từ năm {first} đến {last}; ghi như 30/06/2025 hoặc 2025-06-30",
                "--date {text}: is no day of the years {first} to {last}; write 30/06/2025 or 2025-06-30",
            ).fill(text=text, first=str(FIRST_YEAR), last=str(LAST_YEAR))
        )
    return day


IssueDate = Annotated[
    date | None,
    option(
        "--date",
        metavar="DAY",
        parser=issue_day,
        help=said("Ngày ban hành văn bản: 30/06/2025.", "Day of issue of the paper: 30/06/2025 or 2025-06-30."),
    ),
    settings.DATE,
]


def path(file: str | None) -> Path | None:
    """Return the file of an option that may be left out."""
    return None if file is None else Path(file)


def paths(files: Sequence[str] | None) -> list[Path]:
    """Return the files of an option that may be given several times."""
    return [Path(file) for file in files or ()]
