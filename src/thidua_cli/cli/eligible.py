"""`thidua eligible`: verdicts by a rule file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from thidua_cli import pipeline
from thidua_cli.cli.answer_options import AnswerOptions, JudgedBy
from thidua_cli.cli.declared import option
from thidua_cli.cli.grouping import grouped, single
from thidua_cli.cli.level_option import OneLevel
from thidua_cli.cli.options import AsOf, Format, Rules
from thidua_cli.cli.output import Destination, counted
from thidua_cli.cli.run import Run
from thidua_cli.cli.speech import said
from thidua_cli.errors import UsageError
from thidua_cli.findings import Finding
from thidua_cli.language import Text
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.present.toolkit.terminal import PAGE_WIDTH

if TYPE_CHECKING:
    from thidua_cli.results import EligibleResult

HELP = said(
    """Ví dụ:

    \b
    thidua eligible dong-giang/*.xlsx --rules qd-666-ttg --as-of 2024
    thidua eligible *.xlsx --rules qd-666-ttg --as-of 2024 --level commune --classes phan-loai.csv
    thidua eligible *.xlsx --rules qd-666-ttg --as-of 2024 -o ket-qua.xlsx

    Xét từng đơn vị theo tiêu chí định lượng: Đạt, Không đạt, Chưa xác định (kèm lý do), Không có tiêu chí.
    --as-of 2024 xét các mốc cuối năm 2021–2024. “Không đạt” là kết quả, không phải lỗi.""",
    """Examples:

    \b
    thidua eligible dong-giang/*.xlsx --rules qd-666-ttg --as-of 2024
    thidua eligible *.xlsx --rules qd-666-ttg --as-of 2024 --level commune --classes classes.csv
    thidua eligible *.xlsx --rules qd-666-ttg --as-of 2024 -o result.xlsx

    Judge every unit by the clauses with numbers: met, not met, undetermined (with the reason), no criterion.
    --as-of 2024 looks at the year-ends 2021–2024. "Not met" is a result, not an error.""",
)


Trace = Annotated[
    str | None,
    option(
        "--trace",
        metavar="CODE",
        help=said(
            "Chỉ một đơn vị: từ điều khoản qua phép tính đến từng ô số liệu.",
            "One unit only: from the clause over the formula to every cell.",
        ),
    ),
]


@grouped
def eligible(
    *,
    rules: Rules,
    as_of: AsOf,
    level: OneLevel = None,
    trace: Trace = None,
    judged: JudgedBy,
    asked: AnswerOptions,
) -> int:
    """Print the verdict of every unit of the files."""
    place = asked.destination()
    _refuse_traced_workbook(trace, place)
    accepted = asked.accepted.load()
    inputs = judged.load(asked.run, rules, asked.boundaries, accepted, asked.files.within)
    inputs.refuse_without_criteria(as_of)

    def verdicts(reading: FilesRead, findings: Sequence[Finding]) -> EligibleResult:
        result = pipeline.eligible(reading, inputs, as_of, level, findings)
        return result if trace is None else result.of_unit(trace)

    def show(result: EligibleResult) -> None:
        _write(result, trace is not None, place, asked.run)
        asked.run.mention_attested(result.attested_elsewhere)

    return asked.answer(accepted, verdicts, show)


def _refuse_traced_workbook(trace: str | None, place: Destination) -> None:
    if trace is not None and place.format_ == Format.XLSX:
        raise UsageError(
            Text(
                "--trace không ghi ra xlsx; dùng “thidua report … --unit MÃ” để có sổ tính của một đơn vị",
                "--trace is not written as xlsx; “thidua report … --unit CODE” gives a unit's workbook",
            )
        )


def _write(result: EligibleResult, traced: bool, place: Destination, run: Run) -> None:
    if traced:
        from thidua_cli.present.verdicts.trace import trace_view

        holds = Text("diễn giải của {unit}", "the trace of {unit}").fill(unit=result.verdicts[0].unit_name)
        run.show(trace_view(result), place, holds, PAGE_WIDTH, color=False)
    else:
        from thidua_cli.present.verdicts.view import eligible_view

        run.show(eligible_view(result), place, counted(len(result.verdicts), "đơn vị", "unit"))


app = single("eligible", eligible, HELP)
