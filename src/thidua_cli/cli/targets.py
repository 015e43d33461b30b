"""`thidua targets`: attainment of a plan's targets, and the path still needed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from thidua_cli import pipeline
from thidua_cli.cli.answer_options import AnswerOptions
from thidua_cli.cli.declared import option
from thidua_cli.cli.grouping import grouped, single
from thidua_cli.cli.level_option import OneLevel
from thidua_cli.cli.office_file import settings
from thidua_cli.cli.office_file.place import in_use
from thidua_cli.cli.options import Classes, Readings, Rules, as_of_option, paths
from thidua_cli.cli.output import counted
from thidua_cli.cli.run import Run
from thidua_cli.cli.run_files import FileMark
from thidua_cli.cli.speech import said
from thidua_cli.findings import Finding
from thidua_cli.inputs import load_inputs
from thidua_cli.language import Text
from thidua_cli.late_dataclass import replace
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.results import TargetsResult

HELP = said(
    """Ví dụ:

    \b
    thidua targets ha-noi/*.xlsx --rules ha-noi-251 --as-of 2024
    thidua targets *.xlsx --rules nghe-an-834 --level province -o chi-tieu.xlsx
    thidua targets *.xlsx --rules nghe-an-834 --plan ke-hoach-nam.csv

    Đối chiếu số liệu với chỉ tiêu của một kế hoạch: kết quả, phần trăm đạt được, số hộ còn cách. Chỉ tiêu chưa đến
    hạn: còn phải giảm bao nhiêu hộ mỗi năm, so với tốc độ đến nay (đúng tiến độ / chậm).""",
    """Examples:

    \b
    thidua targets ha-noi/*.xlsx --rules ha-noi-251 --as-of 2024
    thidua targets *.xlsx --rules nghe-an-834 --level province -o targets.xlsx
    thidua targets *.xlsx --rules nghe-an-834 --plan yearly-plan.csv

    Hold figures against the targets of a plan: verdict, attainment in percent, margin in households. For a target that
    is not due yet: how many households a year must still leave, against the pace so far (on track / behind).""",
)


LastYear = Annotated[
    int | None,
    as_of_option(
        "Năm rà soát cuối cùng được xét; mặc định là năm mới nhất trong số liệu.",
        "The last year-end judged; by default the newest one of the figures.",
    ),
    settings.AS_OF,
]
Plans = Annotated[
    list[str] | None,
    option(
        "--plan",
        metavar="FILE",
        help=said(
            "CSV kế hoạch năm: unit_code,year,measure,planned,unit,source (planned: mức giảm).",
            "CSV of yearly plans: unit_code,year,measure,planned,unit,source (planned: the fall).",
        ),
    ),
    FileMark.READS,
    settings.PLAN,
]


@grouped
def targets(
    *,
    rules: Rules,
    as_of: LastYear = None,
    level: OneLevel = None,
    plan: Plans = None,
    classes: Classes = None,
    reading_names: Readings = None,
    asked: AnswerOptions,
) -> int:
    """Print what was reached of every target, for every unit of the files."""
    place = asked.destination()
    boundaries, accepted = asked.boundaries.load(), asked.accepted.load()
    within = asked.files.within
    inputs = load_inputs(rules, paths(classes), None, reading_names or (), paths(plan), boundaries, accepted, within)
    inputs = replace(inputs, config=in_use().used)
    asked.run.mention_class_files(inputs.class_warnings)
    inputs.refuse_without_targets(as_of)

    def show(result: TargetsResult) -> None:
        from thidua_cli.present.targets.view import targets_view

        asked.run.show(targets_view(result), place, counted(len(result.rows), "dòng", "row"))
        _mention_plans_left_out(asked.run, result)

    def reached(reading: FilesRead, findings: Sequence[Finding]) -> TargetsResult:
        return pipeline.targets(reading, inputs, as_of, level, findings)

    return asked.answer(accepted, reached, show)


def _mention_plans_left_out(run: Run, result: TargetsResult) -> None:
    from thidua_cli.judge.words.subjects import now_in

    text = Text(
        "{file}, dòng {line}: số liệu không có đơn vị {code}, dòng này chưa dùng",
        "{file}, line {line}: the figures hold no unit {code}, the line is not used",
    )
    for plan in result.plans_left_out:
        warning = text.fill(file=plan.file, line=str(plan.line), code=plan.unit_code)
        heirs = result.heirs_left_out.get(plan.unit_code, ())
        run.diagnostics.warning(Text.joined(". ", [warning, now_in(heirs)]) if heirs else warning)


app = single("targets", targets, HELP)
