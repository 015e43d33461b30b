"""What an analyst would write: loops over the libraries, `python benchmarks/plain_papers.py KIND CONTENT OUTPUT`.

They write content that `taken_apart.py` took out of what the program wrote.
"""

from __future__ import annotations

import marshal
import sys
from pathlib import Path
from typing import Any


def main(kind: str, content: Path, output: Path) -> None:
    """Write every paper of a kind."""
    papers = marshal.loads(content.read_bytes())
    output.mkdir(exist_ok=True)
    {"xlsx": workbooks, "pack": workbooks, "docx": documents, "pdf": pages}[kind](papers, output)


def workbooks(papers: dict[str, Any], output: Path) -> None:
    """Write workbooks, cell by cell, with their formats, merged cells and charts."""
    import xlsxwriter

    for name, sheets in papers.items():
        book = xlsxwriter.Workbook(output / name)
        formats: dict[tuple[tuple[str, object], ...], Any] = {}
        for title, widths, merged, cells, charts in sheets:
            sheet = book.add_worksheet(title)
            for column, width in widths:
                sheet.set_column(column, column, width)
            for first_row, first, last_row, last in merged:
                sheet.merge_range(first_row, first, last_row, last, "")
            for row, column, value, properties in cells:
                style = formats.get(properties)
                if style is None:
                    style = formats[properties] = book.add_format(dict(properties))
                sheet.write(row, column, value, style)
            for kind, series in charts:
                chart = book.add_chart({"type": kind})
                for values, categories in series:
                    chart.add_series({"values": values, "categories": categories})
                sheet.insert_chart("A1", chart)
        book.close()


def documents(papers: dict[str, Any], output: Path) -> None:
    """Fill one template for every unit, with the chart of the unit in the place of that of the template."""
    from docxtpl import DocxTemplate

    template_file = output / "template.docx"
    template_file.write_bytes(papers["template"])
    template = DocxTemplate(template_file)
    for name, texts, parts in papers["files"]:
        for part, data in parts:
            chart = output / "part"
            chart.write_bytes(data)
            template.replace_zipname(part, str(chart))
        template.render({"t": texts})
        template.save(output / name)


def pages(papers: dict[str, Any], output: Path) -> None:
    """Typeset every unit with a call of its own."""
    import typst

    template = output / "paper.typ"
    template.write_bytes(papers["template"])
    for name, inputs in papers["files"]:
        typst.compile(template, output=output / name, sys_inputs=inputs, font_paths=papers["fonts"])


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
