"""Why a unit cannot be judged on the boundaries asked for, whatever its figures say."""

from __future__ import annotations

from thidua_cli.language import Text
from thidua_cli.model import Level, Series


def without_subject(series: Series) -> Text:
    """Say why a unit that `state_without_subject` answers for is not judged, and what to add."""
    if series.ended_on is None:
        names = ", ".join(f"{part.unit_name} ({part.unit_code})" for part in series.namesakes)
        text = Text(
            "Chưa biết số liệu nào là của thôn này: {names}. Khai thôn hoặc việc sáp nhập thôn bằng --units TỆP.",
            "It is not known whose figures are this village's: {names}. List villages or mergers with --units FILE.",
        )
        return text.fill(names=names)
    return _ENDED.get(series.level, _ENDED_OTHER).fill(day=f"{series.ended_on:%d/%m/%Y}")


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
