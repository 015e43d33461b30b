"""Units that cannot be judged on the boundaries asked for, whatever their figures say."""

from __future__ import annotations

from thidua_cli.judge.verdict import State
from thidua_cli.language import Text
from thidua_cli.model import Level, Series


def without_subject(series: Series) -> tuple[State, Text] | None:
    """Return the answer and its reason for a unit that the boundaries do not know, or that cannot be told apart.

    None where the unit stands and its figures may be judged.
    """
    if series.ended_on is not None:
        return _ended(series, f"{series.ended_on:%d/%m/%Y}")
    if series.met:
        names = ", ".join(f"{part.unit_name} ({part.unit_code})" for part in series.met)
        text = Text(
            "Chưa biết số liệu nào là của thôn này: {names}. Khai thôn hoặc việc sáp nhập thôn bằng --units TỆP.",
            "It is not known whose figures are this village's: {names}. List villages or mergers with --units FILE.",
        )
        return State.UNDETERMINED, text.fill(names=names)
    return None


def _ended(series: Series, day: str) -> tuple[State, Text]:
    if series.level is Level.DISTRICT:
        text = Text(
            "Từ ngày {day} không còn cấp huyện nên tiêu chí cấp huyện không có đối tượng. Xét giai đoạn 2021–2025 theo "
            "số liệu cuối năm 2024: --boundaries 2025-06-30 --as-of 2024.",
            "There are no districts since {day}, so clauses on districts have no subject. To judge 2021–2025 by the "
            "figures of the end of 2024: --boundaries 2025-06-30 --as-of 2024.",
        )
        return State.NO_CRITERION, text.fill(day=day)
    if series.level is Level.VILLAGE:
        text = Text(
            "Xã của thôn này được sắp xếp lại ngày {day}, chưa biết thôn nay thuộc xã nào. Khai bằng --units TỆP.",
            "The village's commune was rearranged on {day}; it is not known where the village is now. List it with "
            "--units FILE.",
        )
        return State.UNDETERMINED, text.fill(day=day)
    text = Text(
        "Đơn vị không còn từ ngày {day}, chưa biết số hộ nay thuộc đơn vị nào.",
        "The unit does not stand since {day}; it is not known which units its households are in now.",
    )
    return State.UNDETERMINED, text.fill(day=day)
