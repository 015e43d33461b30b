"""Take apart what the program wrote, for `plain_papers.py` to write again: `taken_apart.py KIND WRITTEN CONTENT`."""

from __future__ import annotations

import json
import marshal
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, Final


def main(kind: str, written: Path, content: Path) -> None:
    """Write the content of every paper of a kind."""
    files = [written] if written.is_file() else sorted(written.glob(f"*.{kind}"))
    content.write_bytes(
        marshal.dumps({"xlsx": _workbooks, "pack": _workbooks, "docx": _documents, "pdf": _pages}[kind](files))
    )


def _workbooks(files: list[Path]) -> dict[str, Any]:
    """Return name → sheets: title, widths, merged cells, cells with their formats, charts."""
    return {file.name: list(_sheets(file)) for file in files}


def _sheets(file: Path) -> Iterator[tuple[Any, ...]]:
    import openpyxl
    from openpyxl.utils import column_index_from_string

    for sheet in openpyxl.load_workbook(file):
        widths = [(column_index_from_string(name) - 1, size.width) for name, size in sheet.column_dimensions.items()]
        merged = [(m.min_row - 1, m.min_col - 1, m.max_row - 1, m.max_col - 1) for m in sheet.merged_cells.ranges]
        cells = [
            (cell.row - 1, cell.column - 1, cell.value, _properties(cell))
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        ]
        yield sheet.title, widths, merged, cells, _charts(file, sheet)


def _charts(file: Path, sheet: Any) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return kind and references of each chart, out of the parts: openpyxl reads charts, but not their references."""
    del sheet
    with zipfile.ZipFile(file) as package:
        parts = [package.read(name).decode() for name in package.namelist() if name.startswith("xl/charts/chart")]
    return [
        (
            "line" if "<c:lineChart>" in part else "bar",
            [
                (f"={values}", f"={categories}")
                for categories, values in re.findall(r"<c:cat>.*?<c:f>(.*?)</c:f>.*?<c:val>.*?<c:f>(.*?)</c:f>", part)
            ],
        )
        for part in parts
    ]


def _properties(cell: Any) -> tuple[tuple[str, object], ...]:
    """Return the format of a cell in the words of XlsxWriter."""
    font, side, align = cell.font, cell.border.left.style, cell.alignment
    properties: dict[str, object] = {
        "font_name": font.name,
        "font_size": font.size,
        "bold": bool(font.bold),
        "italic": bool(font.italic),
        "border": 1 if side else 0,
        "text_wrap": bool(align.wrap_text),
        "align": align.horizontal or "general",
        "num_format": cell.number_format,
    }
    if cell.fill.fill_type == "solid" and isinstance(cell.fill.fgColor.rgb, str):
        properties["bg_color"] = f"#{cell.fill.fgColor.rgb[-6:]}"
    return tuple(properties.items())


def _pages(files: list[Path]) -> dict[str, Any]:
    """Return template, letters, and what the template is filled with for every file.

    A PDF does not give back what it was set from, so the values are made again, from the same figures.
    """
    from inputs import REPORTED
    from thidua_cli import pipeline
    from thidua_cli.inputs import load_inputs
    from thidua_cli.language import Language
    from thidua_cli.present.formats import pdf, pdf_values
    from thidua_cli.present.report.view import report_view

    reading = pipeline.read([str(REPORTED)])
    made = pipeline.report(reading, pipeline.check(reading), load_inputs("qd-666-ttg"), 2024, level="commune")
    filled = (pdf_values.paper_values(report_view(each).document(Language.VI), Language.VI) for each in made.reports)
    entries = [
        (file.name, {"paper": json.dumps(values, ensure_ascii=False, separators=(",", ":"))})
        for file, values in zip(files, filled, strict=True)
    ]
    return {"template": pdf.TEMPLATE.read_bytes(), "fonts": [str(pdf.FONTS)], "files": entries}


_TEXT: Final = re.compile(r"(<w:t(?: [^>]*)?>)([^<]*)(</w:t>)")
_MAIN: Final = "word/document.xml"


def _documents(files: list[Path]) -> dict[str, Any]:
    """Return the template with a field per text, and the texts and parts of every file.

    The template is the commonest outline of all files; where a file has another, its texts fill the fields in order.
    """
    texts = {file: [match[2] for match in _TEXT.finditer(_part(file, _MAIN).decode())] for file in files}
    [(length, _)] = Counter(map(len, texts.values())).most_common(1)
    model = next(file for file in files if len(texts[file]) == length)
    entries = [
        (file.name, [*texts[file], *[""] * length][:length], [(name, _part(file, name)) for name in _charts_of(file)])
        for file in files
    ]
    return {"template": _template(model), "files": entries}


def _template(model: Path) -> bytes:
    number = -1

    def field(match: re.Match[str]) -> str:
        nonlocal number
        number += 1
        return f"{match[1]}{{{{ t[{number}] }}}}{match[3]}"

    stream = BytesIO()
    with zipfile.ZipFile(model) as package, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as template:
        for name in package.namelist():
            data = package.read(name)
            template.writestr(name, _TEXT.sub(field, data.decode()) if name == _MAIN else data)
    return stream.getvalue()


def _part(file: Path, name: str) -> bytes:
    with zipfile.ZipFile(file) as package:
        return package.read(name)


def _charts_of(file: Path) -> list[str]:
    with zipfile.ZipFile(file) as package:
        return [name for name in package.namelist() if name.startswith(("word/charts/chart", "word/media/"))]


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
