"""An attestation file → `Attestations`. Strict: what a person signed is whole, or each mistake is told by its cell."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from thidua_cli.attest.columns import FILLED_IN, SUBJECT_NAME, Field, answer_of
from thidua_cli.attest.rows import SheetRow, sheet_rows
from thidua_cli.attest.statements import Attestations, AttestedSubject, Mistake, place_text, told
from thidua_cli.errors import InputError
from thidua_cli.findings import Finding, Severity
from thidua_cli.judge.verdict import AttestState, Statement
from thidua_cli.language import Language, Text
from thidua_cli.late_dataclass import dataclass, field
from thidua_cli.model import Origin
from thidua_cli.quoting import foreign
from thidua_cli.read.grid import Grid
from thidua_cli.read.source import Source, open_source
from thidua_cli.rulebook.schema import AttestItem, ClauseKind, Rulebook

# A later one is a slip of the keyboard: 2205 for 2025.
_LAST_YEAR: Final = 2100
_Subject = tuple[str, str, str]
"""Subject, sheet with entry number, name: two households may bear one name."""


def load_attestations(source: Source, rulebook: Rulebook) -> Attestations:
    """Return what a filled-in attestation file says: .xlsx, .ods or .csv, as `thidua attest template` writes it.

    Raises:
        InputError: The file cannot be read, or what it says is not whole, not of these rules, or contradicts itself.
    """
    asked = {item.id: item for item in rulebook.attest if item.kind is ClauseKind.CRITERION}
    reader = _SheetReader(source.name, rulebook, asked)
    has_table = False
    for grid in open_source(source):
        if isinstance(grid, Grid):
            has_table = reader.read(grid) or has_table
        elif grid.severity is Severity.ERROR:
            raise InputError(_unreadable(grid))
    if not has_table:
        text = Text(
            "{file}: không có bảng xác nhận nào (cần cột “Mã tiêu chí” và “Kết quả”); lập phiếu bằng "
            "“thidua attest template”",
            "{file}: holds no table of attestations (columns “Criterion id” and “Answer”); make one with "
            "“thidua attest template”",
        )
        raise InputError(text.fill(file=source.name))
    if reader.mistakes:
        raise InputError(told(source.name, reader.mistakes))
    return reader.result()


def _unreadable(finding: Finding) -> Text:
    return Text(*(f"{finding.origin}: {finding.message(language)}" for language in Language))


@dataclass(slots=True)
class _SheetReader:
    """Takes rows one by one and keeps what they say."""

    file: str
    rulebook: Rulebook
    items: Mapping[str, AttestItem]
    mistakes: list[Mistake] = field(default_factory=list)
    units: dict[str, dict[str, Statement]] = field(default_factory=dict)
    places: dict[str, Origin] = field(default_factory=dict)
    years: dict[int, Origin] = field(default_factory=dict)
    subjects: dict[_Subject, dict[str, Statement]] = field(default_factory=dict)
    names: dict[tuple[str, str], str] = field(default_factory=dict)
    wrong_rules: set[str] = field(default_factory=set)

    def read(self, grid: Grid) -> bool:
        """Take one sheet; False where it is no attestation sheet."""
        rows = sheet_rows(grid)
        if rows is None:
            return False
        for row in rows:
            hidden = [name for name in FILLED_IN if (row.number, row.columns.get(name, -1)) in grid.faults]
            # A formula without a value may stand for an answer that a person saw on the screen: never read as open.
            for name in hidden:
                self._refuse(row, name, _NO_VALUE)
            if not hidden:
                self._row(row)
        return True

    def result(self) -> Attestations:
        """Return everything that was taken."""
        levels = {item.id: item.subject for item in self.rulebook.attest if item.subject not in SUBJECT_NAME}
        subjects = tuple(self._subject(key, statements) for key, statements in self.subjects.items())
        return Attestations(self.file, self.units, subjects, self.places, levels, self.years)

    def _subject(self, key: _Subject, statements: Mapping[str, Statement]) -> AttestedSubject:
        subject, _, name = key
        items = [item for item in self.items.values() if item.subject == subject]
        attest = tuple(
            (item, statements[item.id].state if item.id in statements else AttestState.OPEN) for item in items
        )
        return AttestedSubject(subject, name, attest, statements)

    def _row(self, row: SheetRow) -> None:
        answered = [name for name in FILLED_IN if row.is_filled(name)]
        criterion = row.text(Field.CRITERION_ID)
        if not criterion:
            if Field.STATE in answered:
                self._refuse(row, Field.CRITERION_ID, _NO_CRITERION)
            return  # a line of text or a signature below the table
        item = self.items.get(criterion)
        if not self._is_of_these_rules(row):
            return
        if item is None:
            self._refuse(
                row, Field.CRITERION_ID, _UNKNOWN_CRITERION.fill(id=foreign(criterion), rules=self.rulebook.id)
            )
            return
        self._note_year(row)
        # A note alone is a remark to whoever fills the sheet in, not an answer.
        statement = self._statement(row) if answered and answered != [Field.NOTE] else None
        if item.subject in SUBJECT_NAME:
            self._of_subject(row, item, statement)
        else:
            self._of_unit(row, item, statement)

    def _is_of_these_rules(self, row: SheetRow) -> bool:
        written, wanted = row.text(Field.RULES), rules_token(self.rulebook)
        if written in ("", wanted):
            return True
        if written not in self.wrong_rules:  # one sheet is drawn up for one rule file: said once
            self.wrong_rules.add(written)
            self._refuse(row, Field.RULES, _OTHER_RULES.fill(written=foreign(written), wanted=wanted))
        return False

    def _note_year(self, row: SheetRow) -> None:
        written = row.text(Field.AS_OF)
        if written.isdecimal():
            self.years.setdefault(int(written), row.origin(Field.AS_OF))

    def _statement(self, row: SheetRow) -> Statement | None:
        """Return what the row says, or None after naming what is wrong with it."""
        answer, who = row.text(Field.STATE), row.text(Field.WHO)
        state, day = answer_of(answer), row.day()
        before = len(self.mistakes)
        if not answer:
            self._refuse(row, Field.STATE, _NO_ANSWER)
        elif state is None:
            self._refuse(row, Field.STATE, _UNKNOWN_ANSWER.fill(answer=foreign(answer)))
        if answer and not who:
            self._refuse(row, Field.WHO, _NOBODY)
        self._refuse_impossible_day(row, day, needed=bool(answer))
        if state is None or day is None or len(self.mistakes) > before:
            return None
        position, evidence, note = (row.text(name) for name in (Field.POSITION, Field.EVIDENCE, Field.NOTE))
        return Statement(state, who, position, day, evidence, note, row.origin(Field.STATE))

    def _refuse_impossible_day(self, row: SheetRow, day: date | None, *, needed: bool) -> None:
        written, signed = row.text(Field.DATE), self.rulebook.citation.date
        if not written and needed:
            self._refuse(row, Field.DATE, _NO_DAY)
        elif written and day is None:
            self._refuse(row, Field.DATE, _NO_SUCH_DAY.fill(written=foreign(written)))
        # Nobody can have attested by a decision that was not signed yet.
        elif day is not None and not signed <= day <= date(_LAST_YEAR, 12, 31):
            text = _IMPOSSIBLE_DAY.fill(
                day=f"{day:%d/%m/%Y}", document=self.rulebook.citation.document, signed=f"{signed:%d/%m/%Y}"
            )
            self._refuse(row, Field.DATE, text)

    def _of_unit(self, row: SheetRow, item: AttestItem, statement: Statement | None) -> None:
        code = row.text(Field.UNIT_CODE)
        if statement is None:
            return
        if not code:
            self._refuse(row, Field.UNIT_CODE, _NO_UNIT)
            return
        self.places.setdefault(code, row.origin(Field.UNIT_CODE))
        self._keep(row, self.units.setdefault(code, {}), item, statement)

    def _of_subject(self, row: SheetRow, item: AttestItem, statement: Statement | None) -> None:
        entry = row.text(Field.ENTRY)
        name = row.text(Field.NAME)
        # A sheet asks each subject for several criteria; its name is written on the first of these rows.
        if entry:
            name = self.names.setdefault((row.sheet, entry), name) if name else self.names.get((row.sheet, entry), "")
        if not name:
            if statement is not None:
                self._refuse(row, Field.NAME, _NO_NAME)
            return
        statements = self.subjects.setdefault((item.subject, f"{row.sheet}/{entry}" if entry else "", name), {})
        if statement is not None:
            self._keep(row, statements, item, statement)

    def _keep(self, row: SheetRow, statements: dict[str, Statement], item: AttestItem, statement: Statement) -> None:
        earlier = statements.setdefault(item.id, statement)
        if _content(earlier) != _content(statement):
            self._refuse(row, Field.STATE, _CONTRADICTION.fill(other=place_text(earlier.origin)))

    def _refuse(self, row: SheetRow, name: Field, text: Text) -> None:
        self.mistakes.append(Mistake(row.origin(name), text))


def rules_token(rulebook: Rulebook) -> str:
    """Return how an attestation file names its rules: id and version."""
    return f"{rulebook.id}/{rulebook.version}"


def _content(statement: Statement) -> tuple[object, ...]:
    return (statement.state, statement.who, statement.position, statement.on, statement.evidence, statement.note)


_NO_VALUE: Final = Text(
    "ô là công thức chưa được tính hoặc bị lỗi; gõ thẳng giá trị vào ô",
    "the cell is a formula without a value or an error; type the value itself",
)
_NO_CRITERION: Final = Text(
    "có kết quả nhưng không có mã tiêu chí; chép lại mã từ phiếu gốc",
    "there is an answer without a criterion id; copy the id from the original sheet",
)
_UNKNOWN_CRITERION: Final = Text(
    "bộ {rules} không có tiêu chí mã “{id}”; chép lại mã từ phiếu gốc",
    "{rules} has no criterion “{id}”; copy the id from the original sheet",
)
_OTHER_RULES: Final = Text(
    "phiếu lập theo bộ tiêu chí {written}, đang xét theo {wanted}; lập lại phiếu bằng “thidua attest template”",
    "drawn up for the rules {written}, judged by {wanted}; make it anew with “thidua attest template”",
)
_NO_ANSWER: Final = Text(
    "đã ghi người, ngày hoặc văn bản nhưng chưa chọn Đạt hay Không đạt; chọn một, hoặc xóa các ô kia",
    "there is a name, a date or a document but no answer; choose Met or Not met, or clear the other cells",
)
_UNKNOWN_ANSWER: Final = Text(
    "“{answer}” không phải là kết quả; chọn Đạt, Không đạt, hoặc để trống nếu chưa xác nhận",
    "“{answer}” is no answer; choose Met or Not met, or leave the cell empty while it is open",
)
_NOBODY: Final = Text("có kết quả nhưng chưa ghi người xác nhận", "there is an answer, but not by whom")
_NO_DAY: Final = Text("có kết quả nhưng chưa ghi ngày xác nhận", "there is an answer, but not of which day")
_NO_SUCH_DAY: Final = Text(
    "“{written}” không phải là ngày; ghi ngày/tháng/năm, ví dụ 05/01/2025",
    "“{written}” is no date; write day/month/year, such as 05/01/2025",
)
_IMPOSSIBLE_DAY: Final = Text(
    "ngày {day} không thể đúng: {document} ký ngày {signed}; kiểm tra lại năm",
    "{day} cannot be right: {document} was signed on {signed}; look at the year",
)
_NO_UNIT: Final = Text(
    "có kết quả nhưng không có mã đơn vị; chép lại mã từ phiếu gốc",
    "there is an answer without a unit code; copy it from the original sheet",
)
_NO_NAME: Final = Text(
    "có kết quả nhưng chưa ghi tên tập thể, cá nhân", "there is an answer, but the name of the subject is missing"
)
_CONTRADICTION: Final = Text(
    "khác với ô {other} của cùng đơn vị, cùng tiêu chí; giữ lại một dòng",
    "differs from {other} on the same unit and criterion; keep one of the rows",
)
