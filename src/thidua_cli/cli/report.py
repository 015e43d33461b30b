"""`thidua report`: one document per unit."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal, get_args

from thidua_cli import pipeline
from thidua_cli.cli.answer_options import BoundaryOptions, JudgedBy, answer
from thidua_cli.cli.declared import option
from thidua_cli.cli.grouping import grouped, single
from thidua_cli.cli.level_option import Each
from thidua_cli.cli.offers import offer_rule_files
from thidua_cli.cli.office_file import settings
from thidua_cli.cli.options import Fail, FailOn, Force, Format, NewestAsOf
from thidua_cli.cli.output import STANDARD_OUTPUT, Destination, Offer
from thidua_cli.cli.overview import OverviewOption, overview_of, overview_place, refuse_beside_overview, show_overview
from thidua_cli.cli.report_template import TemplateOption, opened_template, refuse_template, template_format
from thidua_cli.cli.run import FileOptions, OutputOptions, PaperRun
from thidua_cli.cli.run_files import FileMark
from thidua_cli.cli.speech import said
from thidua_cli.cli.waiving import WaiveOptions
from thidua_cli.errors import UsageError
from thidua_cli.findings import Finding
from thidua_cli.language import Text
from thidua_cli.late_dataclass import dataclass
from thidua_cli.model import Level
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.results import ReportsResult

if TYPE_CHECKING:
    from thidua_cli.present.docx.template import Template

HELP = said(
    """Ví dụ:

    \b
    thidua report *.xlsx --unit 20470 -o ta-lu.docx          một xã: Xã Tà Lu
    thidua report *.xlsx --unit "Xã Tà Lu" -o ta-lu.md       theo tên
    thidua report *.xlsx --each xã -o bao-cao/               mỗi xã một tệp
    thidua report *.xlsx --each xã -o bao-cao/ --resume      ghi tiếp lần chạy đã dừng giữa chừng
    thidua report *.xlsx --overview -o tong-hop.html         mọi đơn vị trên một trang

    Báo cáo một, hai trang của từng đơn vị để ký: số hộ, tỷ lệ, mức giảm, biểu đồ, từng tiêu chí kèm phép tính, kết quả,
    khoảng cách, cách hiểu, căn cứ, phát hiện và ô nguồn của số liệu. Thư mục của --each có manifest.json.""",
    """Examples:

    \b
    thidua report *.xlsx --unit 20470 -o ta-lu.docx          one commune: Xã Tà Lu
    thidua report *.xlsx --unit "Xã Tà Lu" -o ta-lu.md       by name
    thidua report *.xlsx --each commune -o reports/          one file per commune
    thidua report *.xlsx --each commune -o reports/ --resume goes on with a run that broke off
    thidua report *.xlsx --overview -o overview.html         all units on one page

    One unit's report of a page or two, to be signed: counts, rates, falls, a chart, each criterion with its formula,
    verdict, margin, reading and citation, its findings and source cells. The folder of --each has a manifest.json.""",
)


ReportPlace = Annotated[
    str,
    option(
        "--output",
        "-o",
        metavar="PATH",
        help=said("Tệp, hoặc thư mục khi dùng --each.", "File, or folder with --each."),
    ),
    FileMark.WRITES,
]
OneUnit = Annotated[
    str | None,
    option("--unit", metavar="CODE|NAME", help=said("Đơn vị cần báo cáo: mã hoặc tên.", "The unit to report on.")),
]
RuleFile = Annotated[
    str,
    option("--rules", metavar="ID", autocompletion=offer_rule_files, help=said("Bộ tiêu chí.", "Rule file.")),
    FileMark.READS,
    settings.RULES,
]
Scope = Annotated[
    str | None,
    option("--scope", metavar="CODE", help=said("Mã huyện, tỉnh của biểu khi biểu không ghi.", "Tables' scope.")),
]
_Document = Literal[Format.DOCX, Format.PDF, Format.XLSX, Format.HTML, Format.MARKDOWN]
ReportFormat = Annotated[
    _Document | None,
    option(
        "--format",
        "-f",
        help=said(
            "Dạng báo cáo; mặc định theo đuôi tên tệp (.docx .pdf .xlsx .html .md), không có thì docx.",
            "Format; by default that of the ending of -o (.docx .pdf .xlsx .html .md), else docx.",
        ),
    ),
]


Resume = Annotated[
    bool,
    option(
        "--resume",
        help=said("Ghi tiếp lần chạy --each đã dừng giữa chừng.", "Go on with a run of --each that broke off."),
    ),
]
_RESUME_ALONE: Final = Text(
    "--resume chỉ dùng với --each: một báo cáo thì ghi lại từ đầu",
    "--resume goes with --each alone: one report is written anew",
)


@dataclass(frozen=True, slots=True)
class ScopedFileOptions(FileOptions):
    """The tables, whose unit is asked for by --scope: in a report --unit is the unit reported on."""

    unit: Scope = None

    @property
    def unit_option(self) -> str:
        """As in `FileOptions`."""
        return "--scope"


@grouped
def report(
    *,
    output: ReportPlace,
    of_unit: OneUnit = None,
    each: Each = None,
    overview: OverviewOption = False,
    rules: RuleFile = "qd-666-ttg",
    as_of: NewestAsOf = None,
    judged: JudgedBy,
    files: ScopedFileOptions,
    boundaries: BoundaryOptions,
    accepted: WaiveOptions,
    format_: ReportFormat = None,
    template: TemplateOption = None,
    resume: Resume = False,
    force: Force = False,
    fail_on: Fail = FailOn.ERROR,
    run: PaperRun,
) -> int:
    """Write the report of one unit, or of every unit of a tier, or one page of all units."""
    if overview:
        refuse_beside_overview(of_unit, each)
        refuse_template(template)
        page = overview_place(output, force, format_)
    else:
        _refuse_both_or_none(of_unit, each)
        place = _place(OutputOptions(output, force), each is not None, template_format(template, format_))
    if resume and each is None:
        raise UsageError(_RESUME_ALONE)
    own = opened_template(template)
    waivers = accepted.load()
    inputs = judged.load(run, rules, boundaries, waivers, files.within)
    inputs.refuse_without_criteria(as_of)
    if overview:
        work = partial(overview_of, inputs, as_of)
        return answer(files, run, fail_on, waivers, work, partial(show_overview, place=page, run=run))

    def show(result: ReportsResult) -> None:
        if each is None:
            _write(result, place, run, own)
        else:
            from thidua_cli.cli.report_run import ReportRun

            ReportRun(result, inputs, place, resume, run, own, files.show_values).write()
        run.mention_attested(result.attested_elsewhere)

    def reports(reading: FilesRead, findings: Sequence[Finding]) -> ReportsResult:
        return pipeline.report(reading, findings, inputs, as_of, of_unit, each)

    return answer(files, run, fail_on, waivers, reports, show)


def _write(result: ReportsResult, place: Destination, run: PaperRun, own: Template | None) -> None:
    """Write the report of one unit."""
    from thidua_cli.present.report.view import report_view

    holds = Text("báo cáo của {unit}", "the report of {unit}").fill(unit=result.units[0].unit_name)
    if own is None:
        run.show(report_view(result.reports[0], run.office), place, holds)
    else:
        from thidua_cli.present.report.fields import filled

        run.write(filled(own, result.reports[0], run.office, run.language), place, holds)


def _refuse_both_or_none(of_unit: str | None, each: Level | None) -> None:
    if (of_unit is None) == (each is None):
        raise UsageError(
            Text(
                "chọn một trong ba: --unit MÃ|TÊN, --each CẤP hoặc --overview",
                "choose one: --unit CODE|NAME, --each TIER or --overview",
            )
        )


def _place(to: OutputOptions, into_folder: bool, asked: Format | None) -> Destination:
    """Return where the report goes, or the folder of the reports, refused at once where it must not be written to."""
    offer = Offer.of(get_args(_Document))
    if not into_folder:
        return to.destination(asked, offer)
    if to.output == STANDARD_OUTPUT or Path(str(to.output)).is_file():
        raise UsageError(
            Text(
                f"--each cần một thư mục, “{to.output}” thì không phải", f"--each needs a folder, “{to.output}” is none"
            )
        )
    return Destination(to.output, to.force, asked or offer.default)


app = single("report", report, HELP)
