"""Why a unit cannot be judged on the boundaries asked for, whatever its figures say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from thidua_cli.language import Text
from thidua_cli.model import Level, Series


def without_subject(series: Series, heirs: Sequence[str] = ()) -> Text:
    """Say why a unit that `state_without_subject` answers for is not judged, what to add, and its `heirs`."""
    if series.ended_on is None:
        names = ", ".join(f"{part.unit_name} ({part.unit_code})" for part in series.namesakes)
        text = Text(
            "Chưa biết số liệu nào là của thôn này: {names}. Khai thôn hoặc việc sáp nhập thôn bằng --units TỆP.",
            "It is not known whose figures are this village's: {names}. List villages or mergers with --units FILE.",
        )
        return text.fill(names=names)
    reason = _ENDED.get(series.level, _ENDED_OTHER).fill(day=f"{series.ended_on:%d/%m/%Y}")
    return Text.each_once(" ", [reason, now_in(heirs)]) if heirs else reason


def named_and_ended(series: Series, year: int, heirs: Sequence[str]) -> Text:
    """Say why an aim that names a unit has no answer at a year-end at which the unit does not stand."""
    if series.ended_on is None or year < series.ended_on.year:
        return without_subject(series, heirs)
    reason = _NAMED_AND_ENDED.fill(day=f"{series.ended_on:%d/%m/%Y}", year=str(year))
    return Text.each_once(" ", [reason, now_in(heirs)]) if heirs else reason


def now_in(heirs: Sequence[str]) -> Text:
    """Name the units that hold the households of one that ended."""
    text = Text("Số hộ nay thuộc: {names}.", "Its households are now in: {names}.")
    return text.fill(names=Text.and_more(heirs, _SHOWN_HEIRS))


def ended_place(heirs: Sequence[str], *, is_followed: bool) -> Text:
    """Say what became of a place that a plan speaks of, and whether its communes of today are judged in its stead."""
    if is_followed:
        text = Text(
            "Đơn vị không còn từ ngày 01/07/2025; tính trên các xã nay có trên địa bàn: {names}.",
            "The unit does not stand since 01/07/2025; taken over the communes there today: {names}.",
        )
    else:
        text = Text(
            "Đơn vị không còn từ ngày 01/07/2025; số hộ nay thuộc {names}, có xã gồm cả địa bàn khác nên không tính "
            "lại được: giao kế hoạch cho từng xã.",
            "The unit does not stand since 01/07/2025; its households are now in {names}, some of them with other "
            "places, so it cannot be taken: plan for each commune.",
        )
    return text.fill(names=Text.and_more(heirs, _SHOWN_HEIRS))


_NAMED_AND_ENDED: Final = Text(
    "Chỉ tiêu nêu tên đơn vị này, nhưng đơn vị không còn từ ngày {day}: cuối năm {year} không có số liệu của đơn vị, "
    "và cộng các xã mới không thành đơn vị cũ. Xét đến cuối năm 2024: --boundaries 2025-06-30 --as-of 2024.",
    "The target names this unit, which does not stand since {day}: at the end of {year} there are no figures of it, "
    "and the sum of new communes is not the former unit. To judge up to the end of 2024: --boundaries 2025-06-30 "
    "--as-of 2024.",
)
_SHOWN_HEIRS: Final = 12


_ENDED = {
    Level.DISTRICT: Text(
        "Từ ngày {day} không còn cấp huyện nên tiêu chí cấp huyện không có đối tượng. Xét giai đoạn 2021–2025 theo "
        "số liệu cuối năm 2024: --boundaries 2025-06-30 --as-of 2024.",
        "There are no districts since {day}, so clauses on districts have no subject. To judge 2021–2025 by the "
        "figures of the end of 2024: --boundaries 2025-06-30 --as-of 2024.",
    ),
    Level.VILLAGE: Text(
        "Xã của thôn này được sắp xếp lại ngày {day}, chưa biết thôn nay thuộc xã nào. Khai bằng --units TỆP.",
        "The village's commune was rearranged on {day}; it is not known where the village is now. List it with "
        "--units FILE.",
    ),
}
_ENDED_OTHER = Text(
    "Đơn vị không còn từ ngày {day}, chưa biết số hộ nay thuộc đơn vị nào.",
    "The unit does not stand since {day}; it is not known which units its households are in now.",
)
