"""Cells whose content nobody sees as it is stored: it lies under a merge, or is crossed out: F013 and F014."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from thidua_cli.findings import Finding, Kind, Severity, Standing
from thidua_cli.language import NO_TEXT, Text
from thidua_cli.quoting import Telling
from thidua_cli.read.grid import Fault, FaultyCell, Grid

F014: Final = Kind(
    code="F014",
    name="figure-under-merge",
    severity=Severity.ERROR,
    standing=Standing.VOID,
    title=Text("Số bị ô gộp che", "Figure under a merge"),
    message=Text(
        "“{value}” ở ô {cell} bị vùng ô gộp {merge} che, không ai nhìn thấy; không được tính",
        "“{value}” in cell {cell} lies under the merged range {merge}, where nobody sees it; it is not counted",
    ),
    what=Text(
        "Ô nằm trong một vùng ô gộp, không phải ô trên cùng bên trái, mà vẫn chứa số (hoặc tên đơn vị khác với tên nhìn"
        " thấy). Excel chỉ hiện ô trên cùng bên trái.",
        "A cell of a merged range that is not its top-left one holds a figure all the same (or another unit's name "
        "than the one that is seen). Excel shows the top-left cell alone.",
    ),
    why=Text(
        "Người ký không nhìn thấy số ấy; nó còn lại do chép định dạng, do LibreOffice giữ nội dung ô bị che, hoặc do"
        " phần mềm ghi ra.",
        "Who signs does not see the figure; a format painter, LibreOffice (which offers to keep what is covered) or "
        "software left it there.",
    ),
    example=Text(
        "H3:I3 gộp hiện 429 (tổng số hộ); dưới I3 còn số 7, là ô “Số hộ nghèo” của xã.",
        "H3:I3 is merged and shows 429 (households); under I3 stands 7, in the place of the commune's poor households.",
    ),
    mend=Text(
        "Bỏ gộp ô (Home › Merge & Center), xóa số thừa hoặc giữ số đúng ở từng ô, rồi lưu.",
        "Unmerge the cells (Home › Merge & Center), delete the figure or keep the right one in each cell, and save.",
    ),
)

F013: Final = Kind(
    code="F013",
    name="format-changes-meaning",
    severity=Severity.ERROR,
    standing=Standing.VOID,
    title=Text("Định dạng đổi nghĩa của ô", "Format that changes what a cell says"),
    message=Text("{what}; xem định dạng của ô", "{what}; see the format of the cell"),
    what=Text(
        "Số hoặc chữ bị gạch ngang (cả ô hoặc một phần), có dấu chú thích viết nhỏ lên trên, xuống dưới (63¹), hay định"
        " dạng số thêm chữ vào số (84 hiện là “84 nghìn”): định dạng đổi nghĩa của ô mà công thức và phần mềm không"
        " thấy.",
        "Figures or words are crossed out, in whole or in part, bear a footnote mark raised above or lowered below the "
        "line, or a number format adds words to a number (84 shows as “84 nghìn”, thousand): no formula and no program "
        "sees it.",
    ),
    why=Text(
        "“63” có số chú thích 1 viết lên trên được lưu là “631”; số đã gạch bỏ vẫn được lưu như số đang dùng.",
        "“63” with a raised mark 1 is stored as “631”; a figure that was crossed out is stored like one in use.",
    ),
    example=Text(
        "Ô E12 hiện 63 và 65, số 63 bị gạch: đọc là 65. Cả ô bị gạch: ô không được dùng.",
        "E12 shows 63 and 65, the 63 crossed out: it is read as 65. All of it crossed out: the cell is not used.",
    ),
    mend=Text(
        "Gõ lại số đã duyệt vào ô, bỏ định dạng gạch ngang; chú thích để ở cột khác hoặc dưới bảng.",
        "Type the approved figure into the cell without the line through it; keep notes in another column or below.",
    ),
)
KINDS: Final = (F013, F014)

KIND_OF: Final = {
    Fault.UNDER_MERGE: F014,
    Fault.STRUCK: F013,
    Fault.RAISED: F013,
    Fault.WORDED: F013,
    Fault.NOT_SHOWN: F013,
}
"""Why a cell is not seen as it is stored → what is said of it."""
_NAMED: Final = 5
"""Rows that one finding names."""


def not_used(fault: FaultyCell, cell: str) -> Telling:
    """Say that a cell is not used for how it is written."""
    return Telling(_NOT_USED.get(fault.fault, _STRUCK), {"cell": cell, "shown": fault.shown})


_NOT_USED: Final = {
    Fault.RAISED: Text(
        "“{shown}” ở ô {cell} viết nhỏ như số chú thích nên không được dùng",
        "“{shown}” in cell {cell} is raised or lowered like a footnote's mark and not used",
    ),
    Fault.NOT_SHOWN: Text(
        "Ô {cell} chứa “{shown}” nhưng định dạng số làm nó không hiện ra, nên không được dùng",
        "Cell {cell} holds “{shown}”, which its number format does not show; it is not used",
    ),
    Fault.WORDED: Text(
        "Định dạng số làm ô {cell} hiện “{shown}”, không rõ là bao nhiêu hộ nên không được dùng",
        "The number format makes cell {cell} show “{shown}”: how many households is not known; not used",
    ),
}
_STRUCK: Final = Text(
    "“{shown}” ở ô {cell} bị gạch bỏ nên không được dùng", "“{shown}” in cell {cell} is crossed out and not used"
)


def marked_cells(grid: Grid) -> Iterator[Finding]:
    """Yield what was left out of cells that are read otherwise, and rows that are crossed out: once per sheet each."""
    marked = grid.facts.marked
    # a figure tells more of them than a heading
    in_order = sorted(marked, key=lambda place: (not marked[place].text.isdigit(), place))
    struck = [place for place in in_order if marked[place].struck]
    raised = [place for place in in_order if not marked[place].struck]
    if struck:
        yield _left_out(grid, struck, Text("bị gạch bỏ", "crossed out"), Severity.WARNING)
    if raised:
        yield _left_out(grid, raised, Text("viết nhỏ như số chú thích", "like a footnote's mark"), Severity.NOTE)
    if rows := grid.facts.struck_rows:
        named = ", ".join(str(row + 1) for row in rows[:_NAMED]) + (f" (+{len(rows) - _NAMED})" * (len(rows) > _NAMED))
        what = Text(f"Cả dòng {named} bị gạch bỏ nên không được đọc", f"All of row {named} is crossed out and not read")
        yield Finding(F013, grid.origin(rows[0]), details={"what": what}, severity_here=Severity.WARNING)


def _left_out(grid: Grid, places: Sequence[tuple[int, int]], how: Text, severity: Severity) -> Finding:
    text, origin = grid.facts.marked[places[0]], grid.origin(*places[0])
    more = _SO_ARE_MORE.fill(count=len(places) - 1) if len(places) > 1 else NO_TEXT
    words = {"whole": text.whole, "text": text.text, "cell": origin.cell, "how": how, "more": more}
    return Finding(F013, origin, value=text.text, details={"what": Telling(_LEFT_OUT, words)}, severity_here=severity)


_LEFT_OUT: Final = Text(
    "“{whole}” ở ô {cell} {how} nên được bỏ ra, ô đọc là “{text}”{more}",
    "“{whole}” in cell {cell} is {how} and left out: the cell is read as “{text}”{more}",
)
_SO_ARE_MORE: Final = Text("; {count} ô khác cũng vậy", "; so it is in {count} more cells")
