"""What everything rests on: the files with their hashes and cells, the lists of units, the rules with their clauses."""

from __future__ import annotations

from typing import Final

from thidua_cli import __version__
from thidua_cli.language import Language, Text, capitalised
from thidua_cli.present.findings.unit_lists import spans_text
from thidua_cli.present.paper.council import for_council
from thidua_cli.present.toolkit.cell_ranges import table_ranges
from thidua_cli.present.toolkit.document import Section, Surface, Table, TableColumn, Value
from thidua_cli.present.toolkit.figures import MISSING_MARK
from thidua_cli.present.verdicts.notes import clause_text, list_notes, rules_note, sentence, used_clauses
from thidua_cli.results import CheckResult, EligibleResult, Pack, SourceRole

_ROLE_TEXT: Final = {
    SourceRole.OBSERVATIONS: Text("Số liệu", "Figures"),
    SourceRole.CLASSES: Text("Danh mục phân loại", "Class list"),
    SourceRole.SHARES: Text("Phần hộ chia", "Shares"),
    SourceRole.UNITS: Text("Danh mục thôn", "Villages"),
    SourceRole.RULES: Text("Quy định", "Rule file"),
    SourceRole.ATTESTATIONS: Text("Phiếu xác nhận", "Attestations"),
    SourceRole.PLANS: Text("Kế hoạch năm", "Yearly plan"),
    SourceRole.MAPPING: Text("Mô tả biểu riêng", "Description of a form"),
    SourceRole.WAIVERS: Text("Phát hiện đã chấp nhận", "Accepted findings"),
}
_CONFIG: Final = Text("Giá trị đặt sẵn", "Settings of the office")
_FILE_HEADS: Final = (
    (Text("Loại", "Kind"), 18),
    (Text("Tệp", "File"), 36),
    (Text("Trang tính", "Sheet"), 16),
    (Text("Vùng ô", "Cells"), 14),
    (Text("Danh mục đơn vị", "List of units"), 30),
    (Text("SHA-256", "SHA-256"), 40),
)
_CLAUSE_HEADS: Final = (
    (Text("Điều kiện", "Criterion"), 40),
    (Text("Căn cứ", "Source"), 34),
    (Text("Cách hiểu", "Reading"), 56),
    (Text("Địa chỉ văn bản", "Address"), 34),
)


def sources_sections(pack: Pack, language: Language) -> list[Section]:
    """Return the sheet of the files and, where clauses were applied, that of the rules."""
    return [_files(pack.eligible, pack.check, language), *_rules(pack.eligible, language)]


def _files(eligible: EligibleResult, check: CheckResult, language: Language) -> Section:
    """Return one row per table that was read, and per other file."""
    by_file: dict[str, list[tuple[str, str]]] = {}
    for file, sheet, cells in table_ranges(eligible.observations):
        by_file.setdefault(file, []).append((sheet, cells))
    rows: list[list[Value]] = [
        [
            _ROLE_TEXT[source.role].pick(language),
            source.file,
            sheet,
            cells,
            _unit_lists(check, source.file, sheet, language),
            source.sha256,
        ]
        for source in eligible.sources
        for sheet, cells in by_file.get(source.file) or [("", "")]
    ]
    if (config := eligible.limits.config) is not None:
        rows.append([_CONFIG.pick(language), config.file, "", "", "", config.sha256])
    made = Text("Lập bằng chương trình thidua, bản {version}.", "Made with thidua, version {version}.")
    return Section(
        sheet=Text("Nguồn", "Sources").pick(language),
        title=Text("NGUỒN SỐ LIỆU", "SOURCES OF THE FIGURES").pick(language),
        points=[made.fill(version=__version__).pick(language)],
        table=_table(_FILE_HEADS, rows, language),
        surface=Surface.SHEET,
    )


def _unit_lists(check: CheckResult, file: str, sheet: str, language: Language) -> str:
    """Return the days on which the units of a table stood together."""
    lists = [each for each in check.unit_lists if (each.file, each.sheet) == (file, sheet)]
    return spans_text(lists).pick(language)


def _rules(eligible: EligibleResult, language: Language) -> list[Section]:
    """Return the clauses that some unit was held against, with the words of the law they stand on."""
    rows: list[list[Value]] = [
        [
            _NUMBERED.fill(number=number).pick(language) + capitalised(clause_text(clause, language)),
            str(clause.citation),
            for_council(sentence(clause.reading).capitalised().pick(language), language),
            clause.citation.address or MISSING_MARK,
        ]
        for number, clause in enumerate(used_clauses(eligible), start=1)
    ]
    if not rows:
        return []
    return [
        Section(
            sheet=Text("Quy định", "Rules").pick(language),
            title=Text("QUY ĐỊNH VÀ CÁCH HIỂU", "RULES AND HOW THEY ARE READ").pick(language),
            points=[rules_note(eligible.rulebook, eligible.as_of, language)],
            table=_table(_CLAUSE_HEADS, rows, language),
            notes=[for_council(note, language) for note in list_notes(eligible, language)],
            surface=Surface.SHEET,
        )
    ]


_NUMBERED: Final = Text("Điều kiện {number}. ", "Clause {number}. ")


def _table(heads: tuple[tuple[Text, int], ...], rows: list[list[Value]], language: Language) -> Table:
    return Table([TableColumn(text.pick(language), width=width) for text, width in heads], rows)
