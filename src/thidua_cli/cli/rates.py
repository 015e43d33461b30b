"""`thidua rates`: counts, rates, yearly and three-year falls."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Final

from thidua_cli import pipeline
from thidua_cli.cli import exit_status
from thidua_cli.cli.answer_options import AnswerOptions
from thidua_cli.cli.declared import argument, option
from thidua_cli.cli.grouping import grouped, single
from thidua_cli.cli.level_option import OneLevel
from thidua_cli.cli.office_file import settings
from thidua_cli.cli.office_file.place import in_use
from thidua_cli.cli.options import as_of_option
from thidua_cli.cli.output import Destination, counted
from thidua_cli.cli.run import FileOptions
from thidua_cli.cli.run_files import FileMark
from thidua_cli.cli.speech import said
from thidua_cli.errors import UsageError
from thidua_cli.findings import Finding
from thidua_cli.language import Text
from thidua_cli.late_dataclass import dataclass, replace
from thidua_cli.model import Level, Measure
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.results import RatesResult

HELP = said(
    """Ví dụ:

    \b
    thidua rates dong-giang/*.xlsx                          bốn năm của một huyện
    thidua rates *.xlsx --measure poor --level commune      chỉ hộ nghèo, chỉ cấp xã
    thidua rates *.xlsx -o ty-le.xlsx
    thidua rates --published --unit 11                      số tỉnh đã công bố, không cần tệp

    Tính số hộ, tỷ lệ, mức giảm từng năm và ba năm (điểm %), mức giảm số hộ so với đầu kỳ (cuối năm 2021).
    Mặc định là nghèo đa chiều: hộ nghèo + hộ cận nghèo trên tổng số hộ.""",
    """Examples:

    \b
    thidua rates dong-giang/*.xlsx                          four years of a district
    thidua rates *.xlsx --measure poor --level commune      poor only, communes only
    thidua rates *.xlsx -o rates.xlsx
    thidua rates --published --unit 11                      what was published of a province, no file needed

    Counts, rates, yearly and three-year falls (percentage points), and the fall of the count since the baseline
    (end of 2021). By default multidimensional: poor + near-poor over all households.""",
)


Counted = Annotated[Measure, option("--measure", help=said("Chỉ số được tính.", "What is counted."))]
LastYear = Annotated[int | None, as_of_option("Năm cuối được tính.", "The last year shown."), settings.AS_OF]


Published = Annotated[
    bool,
    option(
        "--published",
        help=said(
            "Số cả nước, tỉnh đã công bố, kèm nguồn: cạnh số liệu của tệp, hoặc riêng (lọc: --unit, --year, --as-of).",
            "What was published of the country and provinces, with sources: beside the files, or alone (--unit, --year "
            "and --as-of choose).",
        ),
    ),
]
FilesIfAny = Annotated[
    list[str] | None,
    argument(
        metavar="[FILE…]",
        help=said(
            "Tệp .xlsx, .xls, .ods, .csv …, thư mục, mẫu tên (*.xlsx), hoặc - để đọc từ đầu vào chuẩn; với "
            "--published thì không bắt buộc.",
            "Files (.xlsx, .xls, .ods, .csv …), folders, patterns (*.xlsx), or - for standard input; not needed with "
            "--published.",
        ),
    ),
    FileMark.READS_TABLES,
]


@dataclass(frozen=True, slots=True)
class FileOptionsIfAny(FileOptions):
    """The tables, of which there may be none."""

    files: FilesIfAny = None  # type: ignore[assignment]  # asked for below where they are needed


@dataclass(frozen=True, slots=True, kw_only=True)
class RatesOptions(AnswerOptions):
    """As of every answer, but that files may be left out."""

    files: FileOptionsIfAny


@grouped
def rates(
    *,
    published: Published = False,
    measure: Counted = Measure.MULTIDIMENSIONAL,
    level: OneLevel = None,
    as_of: LastYear = None,
    asked: RatesOptions,
) -> int:
    """Print the rates of every unit of the files, or what was published."""
    place = asked.destination()
    if not asked.files.files:
        if not published:
            raise UsageError(_NO_FILE)
        return _show_published(measure, level, as_of, asked, place)
    boundaries = asked.boundaries.load()

    def show(result: RatesResult) -> None:
        from thidua_cli.present.rates.view import rates_view

        asked.run.show(rates_view(result), place, counted(len(result.table.rows), "đơn vị", "unit"))

    def of_files(reading: FilesRead, findings: Sequence[Finding]) -> RatesResult:
        result = pipeline.rates(reading, boundaries, measure, as_of, level, findings)
        result = replace(result, config=in_use().used)
        return pipeline.with_published(result) if published else result

    return asked.answer(asked.accepted.load(), of_files, show)


_NO_FILE: Final = Text(
    "thiếu FILE…: nêu các tệp số liệu, hoặc thêm --published để xem số đã công bố; xem hướng dẫn: thidua rates -h",
    "missing FILE…: name the files of figures, or add --published for what was published; see: thidua rates -h",
)


def _show_published(
    measure: Measure, level: Level | None, as_of: int | None, asked: RatesOptions, place: Destination
) -> int:
    from thidua_cli.measure.published import PublishedQuestion
    from thidua_cli.present.rates.published import published_view

    codes = {code for code in (asked.files.unit, asked.files.within) if code is not None}
    wanted = PublishedQuestion(measure, frozenset(codes) or None, level, asked.files.year, as_of)
    result = pipeline.published(wanted)
    asked.run.show(published_view(result), place, counted(len(result.rows), "dòng", "row"))
    return exit_status.DONE


app = single("rates", rates, HELP)
