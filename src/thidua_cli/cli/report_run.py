"""A run of reports: a file per unit into one folder, a log as it goes on, the manifest at its end."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from thidua_cli.cli.output import Destination, counted
from thidua_cli.cli.run import PaperRun
from thidua_cli.errors import OutputError, UsageError
from thidua_cli.language import Language, Text, format_count
from thidua_cli.late_dataclass import dataclass, replace

if TYPE_CHECKING:
    from thidua_cli.inputs import Inputs
    from thidua_cli.present.docx.template import Template
    from thidua_cli.results import ReportsResult

_WRITING: Final = Text("Đang ghi báo cáo", "Writing reports")


@dataclass(frozen=True, slots=True)
class ReportRun:
    """What is written, where, and whether it goes on where an earlier run broke off."""

    result: ReportsResult
    inputs: Inputs
    folder: Destination
    is_resumed: bool
    run: PaperRun
    template: Template | None = None
    """The office's own document that the reports are written into."""
    shows_values: bool = False
    """Texts of cells stand in the reports as they are: they may name persons."""

    def write(self) -> None:
        """Write one report per unit, and the manifest.

        Raises:
            UsageError: It is to go on with a run that was made of something else.
            OutputError: A file is in the way, or cannot be written.
            InterruptedBatchError: It was interrupted; whole files and the log are left.
        """
        top = Path(str(self.folder.output))
        self.folder.hold_folder()
        files = self._files(top)
        head = self._head()
        kept = self._kept(top, files, head)
        self._refuse_what_is_there(top, files, kept)
        records = self._written(top, files, head, kept)
        self._write_manifest(top, head, [records[place] for place in range(len(files))])
        self.run.wrote_files(str(top), _told(len(files), len(kept)))

    def _files(self, top: Path) -> list[Path]:
        from thidua_cli.present.report.file_names import file_names
        from thidua_cli.present.toolkit.render import FORMATS

        units = [(unit.unit_code, unit.unit_name) for unit in self.result.units]
        return [top / name for name in file_names(units, FORMATS[self.folder.format_].suffix)]

    def _head(self) -> dict[str, Any]:
        from thidua_cli.present.report.manifest import run_head
        from thidua_cli.results import SourceFile

        rules, template = self.inputs.rulebook, self.template
        return run_head(
            self.result,
            rules,
            self.inputs.rules_sha256(),
            self.run.office,
            self.folder.format_,
            self.run.language,
            None if template is None else SourceFile(template.name, template.sha256),
            shows_values=self.shows_values,
        )

    def _kept(self, top: Path, files: Sequence[Path], head: Mapping[str, Any]) -> dict[int, Mapping[str, Any]]:
        """Return place → record of the reports of an earlier run that stand as it wrote them."""
        from thidua_cli.present.report.manifest import differences
        from thidua_cli.present.toolkit.run_log import earlier_run
        from thidua_cli.read.source import Source, digest

        earlier = earlier_run(top) if self.is_resumed else None
        if earlier is None:
            return {}
        before, records = earlier
        told = differences(before, head)
        if told:
            raise UsageError(_DIFFERS.fill(folder=top, differences=Text.joined("; ", told)))
        by_file = {record.get("file"): record for record in records}
        kept = {}
        for place, (file, unit) in enumerate(zip(files, self.result.units, strict=True)):
            record = by_file.get(file.name)
            if record is None or record.get("unit_code") != unit.unit_code:
                continue
            if digest(Source(str(file), file)) == record.get("sha256"):
                kept[place] = record
        return kept

    def _refuse_what_is_there(self, top: Path, files: Sequence[Path], kept: Mapping[int, object]) -> None:
        """Look at every place before the first file is written."""
        from thidua_cli.present.toolkit.run_log import LOG, MANIFEST
        from thidua_cli.present.toolkit.write import check_other_target

        force = self.folder.force
        if (top / LOG).exists() and not (self.is_resumed or force):
            raise OutputError(_BROKEN_OFF.fill(folder=top))
        for place, file in enumerate(files):
            if place not in kept:
                check_other_target(file, force=force)
        check_other_target(top / MANIFEST, force=force or self.is_resumed)

    def _written(
        self, top: Path, files: Sequence[Path], head: Mapping[str, Any], kept: Mapping[int, Mapping[str, Any]]
    ) -> dict[int, Mapping[str, Any]]:
        """Write the reports that are not kept, each into the log first; return all records by place."""
        from thidua_cli.present.report.drawing import DrawnReports, drawn
        from thidua_cli.present.report.manifest import written_record
        from thidua_cli.present.toolkit.many_files import ManyFiles
        from thidua_cli.present.toolkit.write import whole_files

        records = dict(kept)
        places = [place for place in range(len(files)) if place not in kept]
        width = self.run.width(replace(self.folder, output=str(top / "x")))
        drawing = DrawnReports(
            self.result.reports, self.run.office, self.folder.format_, self.run.language, width, self.template
        )
        verdicts = self.result.verdicts
        with (
            whole_files(top, len(files)) as whole,
            _log(top, head, kept.values()) as log,
            drawn(drawing, places) as contents,
            self.run.diagnostics.progress(_WRITING, len(places), shows_rate=True) as bar,
            ManyFiles(whole) as many,
        ):
            whole += [str(files[place]) for place in kept]
            for place, content in contents:
                unit, file = self.result.units[place], files[place]
                sha256 = hashlib.sha256(content).hexdigest()
                records[place] = written_record(unit, file.name, sha256, verdicts[place].state.value)
                log.add(records[place])
                many.add(str(file), partial(replace(self.folder, output=str(file)).write, content))
                bar.advance()
        return records

    def _write_manifest(self, top: Path, head: Mapping[str, Any], records: Sequence[Mapping[str, Any]]) -> None:
        from thidua_cli.present.report.manifest import manifest_text
        from thidua_cli.present.toolkit.run_log import MANIFEST, RunLog

        force = self.folder.force or self.is_resumed
        replace(self.folder, output=str(top / MANIFEST), force=force).write(manifest_text(head, records))
        RunLog(top).end()


@contextmanager
def _log(top: Path, head: Mapping[str, Any], kept: Any) -> Iterator[Any]:
    from thidua_cli.present.toolkit.run_log import RunLog

    log = RunLog(top)
    try:
        log.begin(head, kept)
        yield log
    finally:
        log.close()


_DIFFERS: Final = Text(
    "--resume: lần chạy trước trong {folder} không như lần này: {differences}. Chạy lại như trước, hoặc bỏ --resume và "
    "chọn thư mục khác",
    "--resume: the earlier run in {folder} was another one: {differences}. Run it as before, or leave out --resume and "
    "choose another folder",
)
_BROKEN_OFF: Final = Text(
    "{folder}: một lần chạy trước dừng giữa chừng; thêm --resume để ghi tiếp, hoặc --force để ghi lại từ đầu",
    "{folder}: an earlier run broke off here; add --resume to go on, or --force to write everything anew",
)


def _told(files: int, kept: int) -> Text:
    written = counted(files, "báo cáo", "report")
    if not kept:
        return written
    text = Text(
        "{written}, trong đó {kept} giữ nguyên từ lần chạy trước", "{written}, {kept} of them kept as they were"
    )
    numbers = Text(format_count(kept), format_count(kept, Language.EN))
    return text.fill(written=written, kept=numbers)
