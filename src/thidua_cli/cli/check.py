"""`thidua check`: findings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Final

from thidua_cli import pipeline
from thidua_cli.cli import exit_status
from thidua_cli.cli.declared import option
from thidua_cli.cli.grouping import grouped, single
from thidua_cli.cli.office_file.place import in_use
from thidua_cli.cli.options import Fail, FailOn, Format, OutputFormat, path
from thidua_cli.cli.output import Destination, counted
from thidua_cli.cli.run import FileOptions, OutputOptions, Run
from thidua_cli.cli.run_files import FileMark, sources_of
from thidua_cli.cli.speech import said
from thidua_cli.cli.waiving import Waive, waived
from thidua_cli.findings import Finding
from thidua_cli.inputs import CheckInputs, load_check_inputs
from thidua_cli.language import Text
from thidua_cli.late_dataclass import dataclass, replace
from thidua_cli.normalise.persons.household_list import F017
from thidua_cli.present.findings.view import SCREEN_LIMIT, findings_view

Since = Annotated[
    str | None,
    option(
        "--since",
        metavar="FILE",
        help=said("So với kết quả JSON của lần trước.", "Compare with an earlier run's JSON."),
    ),
    FileMark.READS,
]
Annotate = Annotated[
    str | None,
    option(
        "--annotate",
        metavar="DIR",
        help=said("Ghi bản sao của tệp, phát hiện ghi ngay tại ô.", "Write copies with findings at their cells."),
    ),
    FileMark.WRITES,
]


@dataclass(frozen=True, slots=True)
class FindingOptions:
    """What findings are held against, and where they are written beside the result."""

    waive: Waive = None
    since: Since = None
    annotate: Annotate = None

    def load(self) -> CheckInputs:
        """Return the earlier run and the waivers, read before any work is done.

        Raises:
            InputError: A file cannot be read, or is not what it should be.
        """
        return load_check_inputs(path(self.since), path(self.waive), date.today())


def write_annotated(folder: str, files: Sequence[str], findings: Sequence[Finding], force: bool, run: Run) -> int:
    """Write a copy of every workbook into `folder`, each finding as a comment at its cell; return how many.

    What a copy cannot keep is said before it is written.

    Raises:
        OutputError: A copy is there already, or the folder cannot be written to.
    """
    from thidua_cli.present.annotate import annotate, annotated_names, can_annotate
    from thidua_cli.present.toolkit.write import check_other_target, whole_files, write_file

    workbooks = [workbook for workbook in input_paths(files) if can_annotate(workbook, findings)]
    lists = {finding.origin.file for finding in findings if finding.kind is F017}
    for workbook in (workbook for workbook in workbooks if str(workbook) in lists):
        run.diagnostics.warning(_HOLDS_LIST.fill(file=workbook))
    names = annotated_names([workbook for workbook in workbooks if str(workbook) not in lists])
    Destination(folder, force, Format.XLSX).hold_folder()
    for name in names.values():
        check_other_target(Path(folder) / name, force=force)
    with whole_files(Path(folder), len(names)) as whole:
        for workbook, name in names.items():
            copy = annotate(workbook, findings, run.language)
            if copy.is_plain:
                run.diagnostics.warning(_VALUES_ALONE.fill(name=name, file=workbook))
            write_file(Path(folder) / name, copy.content, force=force)
            whole.append(name)
    return len(names)


def input_paths(files: Sequence[str]) -> tuple[Path, ...]:
    """Return the files that arguments stand for; what leads nowhere is told when it is read."""
    sources, _ = sources_of(files)
    return tuple(source.path for source in sources if source.path is not None)


_HOLDS_LIST: Final = Text(
    "{file}: không ghi bản sao vì tệp có danh sách từng hộ, từng người; bản sao sẽ chép cả danh sách đó",
    "{file}: no copy is written, for the file holds a list of households or persons, which the copy would pass on",
)
_VALUES_ALONE: Final = Text(
    "{name}: chỉ chép giá trị các ô của {file}, không giữ công thức, ô gộp và định dạng, vì không ghi thêm được vào "
    "dạng tệp này; muốn giữ thì lưu tệp gốc thành .xlsx rồi kiểm tra lại",
    "{name}: holds the values of {file} alone, not its formulas, merged cells and formats, because nothing can be "
    "added to such a file; to keep them, save the file as .xlsx and check it again",
)


HELP = said(
    """Ví dụ:

    \b
    thidua check bieu-2024.xlsx                    một tệp
    thidua check thu-muc/ "bao-cao/*.xlsx"         thư mục, mẫu tên
    thidua check bieu.csv --year 2024 --unit 505   khi biểu không ghi năm, đơn vị
    thidua check *.xlsx -o ket-qua.json
    thidua check *.xlsx --since ket-qua.json       so với lần trước
    thidua check *.xlsx --annotate da-kiem-tra/    bản sao có ghi chú tại ô

    Kiểm tra biểu tổng hợp hộ nghèo, hộ cận nghèo: tiêu đề, số liệu, đơn vị hành chính, cộng dồn, qua các năm.
    Tệp của bạn không bị sửa.""",
    """Examples:

    \b
    thidua check bieu-2024.xlsx                    one file
    thidua check folder/ "reports/*.xlsx"          a folder, a pattern
    thidua check bieu.csv --year 2024 --unit 505   where the table states neither
    thidua check *.xlsx -o result.json
    thidua check *.xlsx --since result.json        against an earlier run
    thidua check *.xlsx --annotate checked/        copies with findings at their cells

    Check tables of poor and near-poor households: headings, values, units, sums, years. Your files are not changed.""",
)


ShowAll = Annotated[bool, option("--all", help=said("In mọi phát hiện.", "Print every finding."))]


@grouped
def check(
    *,
    files: FileOptions,
    show_all: ShowAll = False,
    format_: OutputFormat = None,
    to: OutputOptions,
    review: FindingOptions,
    fail_on: Fail = FailOn.ERROR,
    run: Run,
) -> int:
    """Print the findings of all files; the exit status says whether there are any."""
    place = to.destination(format_)
    held_against = review.load()
    reading = files.read(run)
    findings = waived(run.check(reading), held_against.accepted, run.diagnostics)
    result = replace(pipeline.summary(reading, findings, held_against), config=in_use().used)
    limit = None if show_all or to.output is not None else SCREEN_LIMIT
    view, holds = findings_view(result, limit), counted(len(findings), "phát hiện", "finding")
    if not reading.observations.has_figures:
        if not place.is_file:
            run.show(view, place, holds)
        run.lacks_figures(reading, findings)
        return exit_status.UNREADABLE
    if review.annotate is not None:
        copies = write_annotated(review.annotate, files.files, findings, to.force, run)
        run.wrote_files(review.annotate, counted(copies, "bản sao có ghi chú", "annotated copy"))
    run.show(view, place, holds)
    return exit_status.of(reading, findings, fail_on)


app = single("check", check, HELP)
