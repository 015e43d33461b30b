"""`thidua import`: spreadsheets → canonical observations, with where every number came from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal, get_args

from thidua_cli.cli import exit_status
from thidua_cli.cli.declared import option
from thidua_cli.cli.grouping import grouped, single
from thidua_cli.cli.options import Fail, FailOn, Force, Format
from thidua_cli.cli.output import Destination, Offer, counted, destination
from thidua_cli.cli.run import FileOptions, Run
from thidua_cli.cli.run_files import FileMark, sources_of
from thidua_cli.cli.speech import said
from thidua_cli.errors import UsageError
from thidua_cli.language import Text
from thidua_cli.late_dataclass import dataclass, replace
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.normalise.options import ReadingOptions
from thidua_cli.normalise.record.layout_record import LeftOut
from thidua_cli.normalise.record.unit_lists import unit_lists
from thidua_cli.present.observations.canonical import CanonicalFormat, render_canonical
from thidua_cli.present.observations.layout import layout_view
from thidua_cli.units.tables import bundled

if TYPE_CHECKING:
    from thidua_cli.present.observations.provenance import InputFile

HELP = said(
    """Ví dụ:

    \b
    thidua import dong-giang/*.xlsx -o data.csv       gộp mọi biểu thành một bảng chuẩn
    thidua import *.xlsx -o data.xlsx                 dạng sổ tính Excel
    thidua import *.xlsx | thidua rates -             nối với lệnh khác
    thidua import bieu.xlsx --show-layout             xem biểu được nhận ra thế nào

    Đọc các biểu và ghi số liệu ra một bảng chuẩn: mỗi dòng một đơn vị, một năm. Mọi lệnh đọc lại bảng này và cho
    cùng kết quả. Kèm theo là data.csv.provenance.json: mỗi số lấy từ tệp nào (SHA-256), trang tính nào, ô nào.

    Trong tệp .csv, chữ bắt đầu bằng = + - @ có thêm dấu ' phía trước để Excel không coi là công thức; thidua tự bỏ dấu
    đó khi đọc lại.""",
    """Examples:

    \b
    thidua import dong-giang/*.xlsx -o data.csv       all tables as one canonical table
    thidua import *.xlsx -o data.xlsx                 as a workbook
    thidua import *.xlsx | thidua rates -             into another command
    thidua import form.xlsx --show-layout             how a table was recognised

    Read tables and write their figures as one canonical table: one row per unit and year-end. Every command reads it
    back to the same results. Beside it stands data.csv.provenance.json: from which file (SHA-256), sheet and cells
    each number came.

    In a .csv, text that begins with = + - @ gets a ' before it, so that Excel runs no formula; thidua takes it off
    again on reading.""",
)

_Layout = Literal[Format.TABLE, Format.JSON]
_CANONICAL: Final = Offer({name: f".{name}" for name in CanonicalFormat}, CanonicalFormat.CSV)
_KINDS_THAT_LOSE_A_ROW: Final = frozenset({"U002", "U003", "H004"})


@grouped
def import_(
    *,
    output: Annotated[
        str | None,
        option(
            "--output",
            "-o",
            metavar="FILE",
            help=said("Tệp .csv hoặc .xlsx cần ghi; - là đầu ra chuẩn (CSV).", "The .csv or .xlsx to write."),
        ),
        FileMark.WRITES,
    ] = None,
    no_provenance: Annotated[
        bool,
        option("--no-provenance", help=said("Không ghi tệp nguồn gốc kèm theo.", "Write no provenance beside it.")),
    ] = False,
    show_layout: Annotated[
        bool,
        option(
            "--show-layout",
            help=said("Chỉ in những gì nhận ra trong từng biểu.", "Only print what was recognised of each table."),
        ),
    ] = False,
    layout_format: Annotated[
        _Layout | None,
        option("--format", "-f", help=said("Dạng in của --show-layout.", "Format of --show-layout.")),
    ] = None,
    files: FileOptions,
    force: Force = False,
    fail_on: Fail = FailOn.ERROR,
    run: Run,
) -> int:
    """Write what the files hold as canonical observations, or say how they were recognised."""
    if show_layout:
        place = destination(output, force, Offer.of(get_args(_Layout)), layout_format)
        reading = files.read(run)
        _show_layout(run, reading, place)
        if not reading.observations.has_figures:
            return exit_status.UNREADABLE  # what was recognised says why
        return exit_status.of(reading, reading.findings, fail_on)
    _refuse_format(layout_format)
    writer = _Writer.to(output, force, _read_files(files), with_provenance=not no_provenance)
    reading = files.read(run)
    findings = run.check(reading)
    if run.lacks_figures(reading, findings):
        return exit_status.UNREADABLE
    options = ReadingOptions(files.year, files.unit, within=files.within, poverty_line=files.poverty_line)
    writer.write(reading, options)
    _tell(run, reading, writer)
    run.mention(findings)
    return exit_status.of(reading, findings, fail_on)


@dataclass(frozen=True, slots=True)
class _Writer:
    """Where the canonical table goes, in which format, and its sidecar."""

    place: Destination
    format: CanonicalFormat
    sidecar: Destination | None
    inputs: tuple[InputFile, ...]

    @classmethod
    def to(cls, output: str | None, force: bool, files: Sequence[str], *, with_provenance: bool) -> _Writer:
        """Refuse places that must not be written to and look at the inputs, before anything is read.

        Raises:
            UsageError: As `destination`.
            OutputError: As `Destination.hold`, of the output or of its sidecar.
        """
        place = destination(output, force, _CANONICAL, None)
        format_ = CanonicalFormat(place.format_)
        if not (with_provenance and _is_plain_file(place)):
            return cls(place, format_, None, ())
        from thidua_cli.present.observations.provenance import SUFFIX

        sidecar = replace(place, output=f"{output}{SUFFIX}")
        sidecar.hold()
        return cls(place, format_, sidecar, _input_files(files))

    def write(self, reading: FilesRead, options: ReadingOptions) -> None:
        """Write the table, then its sidecar."""
        content = render_canonical(reading.observations, self.format)
        self.place.write(content)
        if self.sidecar is not None:
            from thidua_cli.present.observations.provenance import OutputFile, render_provenance

            written = OutputFile(Path(str(self.place.output)).name, self.format, content)
            self.sidecar.write(render_provenance(reading, options, self.inputs, written, reading.layouts))

    def holds(self, rows: int) -> Text:
        """Return what was written, with the name of the sidecar that stands beside it."""
        counted_rows = counted(rows, "dòng", "row")
        if self.sidecar is None:
            return counted_rows
        text = Text("{rows}, kèm {sidecar}", "{rows}, with {sidecar} beside it")
        return text.fill(rows=counted_rows, sidecar=Path(str(self.sidecar.output)).name)


def _is_plain_file(place: Destination) -> bool:
    """Say whether the output is a file that a sidecar can stand beside, and no stream, pipe or device."""
    path = Path(str(place.output))
    return place.is_file and (path.is_file() or path.is_dir() or not path.exists())


def _read_files(files: FileOptions) -> Sequence[str]:
    """Return what figures come from: the tables, and what says how to read them."""
    return files.files if files.mapping is None else [*files.files, files.mapping]


def _input_files(files: Sequence[str]) -> tuple[InputFile, ...]:
    """Return the files to be read with their SHA-256; what leads nowhere is told when it is read."""
    from thidua_cli.present.observations.provenance import InputFile
    from thidua_cli.read.source import digest

    sources, _ = sources_of(files)
    return tuple(InputFile(source.name, digest(source), _size(source.path)) for source in sources)


def _size(path: Path | None) -> int | None:
    try:
        return path.stat().st_size if path is not None else None
    except OSError:
        return None  # reading reports it


def _refuse_format(layout_format: Format | None) -> None:
    if layout_format is not None:
        raise UsageError(
            Text(
                "--format chỉ đi với --show-layout; dạng của bảng theo đuôi tệp sau -o: .csv hoặc .xlsx",
                "--format goes with --show-layout; the table's format follows the name after -o: .csv or .xlsx",
            )
        )


def _show_layout(run: Run, reading: FilesRead, place: Destination) -> None:
    lists = unit_lists(reading, bundled())
    run.show(layout_view(reading.layouts, lists), place, counted(len(reading.layouts), "bảng", "table"))


def _tell(run: Run, reading: FilesRead, writer: _Writer) -> None:
    """Say how many rows were written, and how many could not be."""
    lost = _rows_lost(reading)
    if lost:
        text = Text(
            "{lost} dòng không rõ đơn vị hoặc năm nên không được ghi; xem bằng “thidua check”",
            "{lost} rows whose unit or year is not known were not written; see “thidua check”",
        )
        run.diagnostics.warning(text.fill(lost=lost))
    run.wrote(writer.place, writer.holds(len(reading.observations)))


def _rows_lost(reading: FilesRead) -> int:
    """Count the sheet rows that gave no observation because their unit or year is not known."""
    lost = set()
    for finding in reading.findings:
        if finding.origin.row and finding.kind.code in _KINDS_THAT_LOSE_A_ROW:
            lost.add((finding.origin.file, finding.origin.sheet, finding.origin.row))
    of_another_day = (
        rows.last - rows.first + 1
        for layout in reading.layouts
        for rows in layout.left_out
        if rows.reason is LeftOut.UNIT_OF_ANOTHER_DAY
    )
    return len(lost) + sum(of_another_day)


app = single("import", import_, HELP)
