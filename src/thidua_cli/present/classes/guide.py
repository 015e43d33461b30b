"""The first sheet of a workbook of classes: how it is filled in and read back, and what is missing."""

from __future__ import annotations

from typing import Final

from thidua_cli.judge.classes.class_sheets import ClassSheets, GroupSheet, choices
from thidua_cli.language import Language, Text
from thidua_cli.rulebook.classes import AREAS

_NAMES: Final[dict[tuple[str, ...], Text]] = {
    ("poor_district",): Text("Huyện nghèo", "Poor districts"),
    AREAS: Text("Xã khu vực I, II, III", "Areas I, II, III"),
    ("coastal_commune",): Text("Xã bãi ngang ven biển, hải đảo", "Coastal communes"),
    ("poor_commune",): Text("Xã nghèo", "Poor communes"),
    ("mountain",): Text("Đơn vị miền núi", "Mountain units"),
}


def sheet_title(group: tuple[str, ...]) -> Text:
    """Return the name of the sheet of a group of classes."""
    return _NAMES[group]


def guide_lines(plan: ClassSheets, language: Language) -> list[str]:
    """Return the paragraphs of the guide."""
    lines = [*_STEPS, *map(_about, plan.sheets), _BACK.fill(unit=plan.unit.code)]
    return [text.pick(language) for text in lines]


def _about(sheet: GroupSheet) -> Text:
    words = Text.joined(", ", [text for _, text in choices(sheet.group)])
    of = sheet.of.document if sheet.of is not None else _NONE
    known = len(sheet.lines) - sheet.missing
    return _SHEET.fill(name=sheet_title(sheet.group), of=of, known=known, missing=sheet.missing, words=words)


_STEPS: Final = (
    Text(
        "1. Mỗi trang là một danh mục, mỗi dòng một đơn vị. Dòng đã có phân loại là lấy từ danh mục kèm theo chương "
        "trình, cột “Danh mục có sẵn” ghi danh mục nào; sửa được nếu quyết định ghi khác.",
        "1. One sheet is one list, one row one unit. Rows with a class are from the lists that come with the program; "
        "“Bundled list” says which. They may be changed where the decision says otherwise.",
    ),
    Text(
        "2. Ô vàng là chưa biết. Đối chiếu quyết định rồi chọn trong danh sách: một loại, hoặc “không …” nếu chắc chắn "
        "đơn vị ở ngoài danh mục. Chưa rõ thì để trống.",
        "2. Yellow cells are not known. Look at the decision and choose: a class, or “not …” where the unit is "
        "certainly outside. Leave the cell empty while it is not clear.",
    ),
    Text(
        "3. “Từ ngày” là ngày phân loại có hiệu lực, “Đến ngày” là ngày cuối cùng; “Căn cứ” là số, ngày quyết định. "
        "Đơn vị đổi loại thì ghi “Đến ngày” ở dòng cũ, thêm một dòng ở các dòng trống cuối trang với mã đơn vị và “Từ "
        "ngày”.",
        "3. “From” and “To” are the first and the last day of the class, “Source” the decision. Where a class changed, "
        "write the last day, and the new class in one of the empty rows at the end, with the unit's code.",
    ),
    Text(
        "4. Đơn vị mới sắp xếp không tự có loại của các đơn vị cũ: cột cuối ghi đơn vị được lập từ đâu để tham khảo.",
        "4. A unit that was reorganised has not the class of its parts by itself; the last column says what it was "
        "made of.",
    ),
)
_NONE: Final = Text("chưa có danh mục kèm theo", "no bundled list")
_SHEET: Final = Text(
    "Trang “{name}” ({of}): đã biết {known} dòng, còn thiếu {missing}. Chọn một trong: {words}.",
    "Sheet “{name}” ({of}): {known} rows are known, {missing} are missing. Choose one of: {words}.",
)
_BACK: Final = Text(
    "Điền xong, lưu tệp, kiểm tra bằng: thidua classes check TÊN-TỆP-NÀY.xlsx; dùng khi xét: thidua eligible TỆP… "
    "--rules … --as-of … --classes TÊN-TỆP-NÀY.xlsx (đơn vị {unit}).",
    "Once filled in, save and check it: thidua classes check THIS-FILE.xlsx; then judge with it: thidua eligible FILE… "
    "--rules … --as-of … --classes THIS-FILE.xlsx (unit {unit}).",
)
