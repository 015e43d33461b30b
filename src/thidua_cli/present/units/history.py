"""What `thidua units history` shows: a small tree for people, the same steps as JSON and CSV for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import Final

from thidua_cli.language import Language, Text
from thidua_cli.model import Unit
from thidua_cli.present.toolkit import terminal
from thidua_cli.present.toolkit.document import Document, FieldValue, Line, Records, Section, View, text_line
from thidua_cli.present.toolkit.evidence import evidence_text, shared_evidence, without
from thidua_cli.present.units.view import HOUSEHOLDS_TEXT, KIND_TEXT, day_text, day_words, listing, unit_record
from thidua_cli.units.changes import Change
from thidua_cli.units.history import AreaPeriod, History, Step
from thidua_cli.units.tables import REFORM_DAY, TABLES_START, UnitTables

SCHEMA: Final = "thidua.history/1"

_BEFORE: Final = Text("Trước đó", "Before")
_OWN: Final = Text("Thay đổi không đụng đến hộ", "Changes that moved no household")
_AFTER: Final = Text("Về sau", "After")
_MADE_OF: Final = Text("lập từ {count} đơn vị", "made of {count} units")
_WENT_TO: Final = Text("về {count} đơn vị", "went to {count} units")
_ELSEWHERE: Final = Text("; phần khác về {units}", "; the rest went to {units}")
_STILL: Final = Text("đến nay không đổi địa bàn", "the same area to this day")
_SINCE_START: Final = Text("không đổi địa bàn từ đầu danh mục ({day})", "the same area since the tables begin ({day})")
_DISTRICTS_END: Final = Text(
    "{day} bỏ cấp huyện; địa bàn nay thuộc {count} xã, phường, đặc khu",
    "{day} no districts any more; the area belongs to {count} communes",
)
_NO_PREDECESSOR: Final = Text("chưa rõ lập từ đơn vị nào", "not known what it was made of")
_NO_SUCCESSOR: Final = Text("chưa rõ về đơn vị nào", "successor not known")
_COLUMNS: Final = (
    *("direction", "depth", "date", "kind", "from_code", "from_name", "to_code", "to_name", "households", "evidence"),
)
_HEADS: Final = (
    Text("Ngày", "Day"),
    Text("Thay đổi", "Change"),
    Text("Từ đơn vị", "From"),
    Text("Về đơn vị", "To"),
    Text("Số hộ", "Households"),
    Text("Căn cứ", "Evidence"),
)


def history_view(history: History, tables: UnitTables) -> View:
    """Return the tree of one unit; as a page and as rows, one row per step."""

    def page(language: Language) -> Document:
        rows = [_words(change, language) for _, _, change in _flat(history)]
        return Document([Section(table=listing(_HEADS, rows, language))])

    return View(
        page=page,
        screen=partial(_tree, history, tables),
        record=lambda _: history_document(history, tables),
        rows=lambda _: Records(_COLUMNS, [_record_row(*row) for row in _flat(history)]),
    )


def history_document(history: History, tables: UnitTables) -> dict[str, object]:
    """Return the document "thidua.history/1": the unit, its own changes and the steps both ways, nested."""
    return {
        "schema": SCHEMA,
        "unit": _area_record(history.area, tables),
        "own": [_change_record(change) for change in history.own],
        "before": [_step_record(step, tables, "before") for step in history.before],
        "after": [_step_record(step, tables, "after") for step in history.after],
        "heirs": [
            {"code": heir.unit.code, "name": heir.unit.name, "households": heir.households.value}
            for heir in history.heirs
        ],
    }


def _area_record(area: AreaPeriod, tables: UnitTables) -> dict[str, object]:
    record = unit_record(area.last, tables.ancestors(area.last, area.last.valid_to or area.last.valid_from))
    return record | {"valid_from": area.first.valid_from.isoformat()}


def _change_record(change: Change) -> dict[str, object]:
    return {
        "date": change.day.isoformat(),
        "kind": change.kind,
        "from": {"code": change.from_code, "name": change.from_name},
        "to": {"code": change.to_code, "name": change.to_name} if change.to_code else None,
        "households": change.households.value or None,
        "evidence": change.evidence or None,
    }


def _step_record(step: Step, tables: UnitTables, direction: str) -> dict[str, object]:
    return _change_record(step.change) | {
        "unit": None if step.area is None else _area_record(step.area, tables),
        "rest_went_to": [{"code": unit.code, "name": unit.name} for unit in step.others],
        direction: [_step_record(beyond, tables, direction) for beyond in step.beyond],
    }


def _flat(history: History) -> Iterator[tuple[str, int, Change]]:
    """Yield every step with its direction and how many steps away it is, the nearest first along each way."""
    yield from (("own", 0, change) for change in history.own)
    yield from _flat_steps(history.before, "before", 1)
    yield from _flat_steps(history.after, "after", 1)


def _flat_steps(steps: Sequence[Step], direction: str, depth: int) -> Iterator[tuple[str, int, Change]]:
    for step in steps:
        yield direction, depth, step.change
        yield from _flat_steps(step.beyond, direction, depth + 1)


def _record_row(direction: str, depth: int, change: Change) -> list[FieldValue]:
    units = (change.from_code, change.from_name, change.to_code, change.to_name)
    return [
        direction,
        depth,
        change.day.isoformat(),
        change.kind,
        *units,
        change.households.value,
        change.evidence,
    ]


def _words(change: Change, language: Language) -> list[str]:
    to_unit = f"{change.to_name} ({change.to_code})" if change.to_code else _NO_SUCCESSOR.pick(language)
    return [
        day_text(change.day, language),
        _kind(change, language),
        f"{change.from_name} ({change.from_code})",
        to_unit,
        HOUSEHOLDS_TEXT[change.households].pick(language),
        evidence_text(change.evidence, language),
    ]


def _kind(change: Change, language: Language) -> str:
    text = KIND_TEXT.get(change.kind)
    return text.pick(language) if text is not None else change.kind


def _tree(history: History, tables: UnitTables, language: Language, width: int) -> Iterator[Line]:
    area = history.area
    period = f"{day_text(area.first.valid_from, language)} – {day_text(area.last.valid_to, language)}"
    yield from terminal.wrapped(f"{_placed(area.last, tables)}: {period}", width, hanging="  ", style="bold")
    branches = _Branches(tables, language, width)
    yield text_line(_BEFORE.pick(language))
    if history.before:
        yield from branches.groups(history.before, "", forwards=False)
    else:
        yield from branches.leaf(_beginning(area))
    if history.own:
        yield text_line(_OWN.pick(language))
        yield from branches.own(history.own)
    yield text_line(_AFTER.pick(language))
    if history.heirs:
        yield from branches.district_end(history)
    elif history.after:
        yield from branches.groups(history.after, "", forwards=True)
    else:
        yield from branches.leaf(_STILL if area.last.valid_to is None else _NO_SUCCESSOR)


def _beginning(area: AreaPeriod) -> Text:
    """Say why nothing is known of the time before an area."""
    if area.first.valid_from > TABLES_START:
        return _NO_PREDECESSOR
    return _SINCE_START.fill(day=day_words(TABLES_START))


class _Branches:
    """Draws the branches of one tree."""

    def __init__(self, tables: UnitTables, language: Language, width: int) -> None:
        self._tables, self._language, self._width = tables, language, width

    def groups(self, steps: Sequence[Step], stem: str, *, forwards: bool) -> Iterator[Line]:
        """Yield the steps of each day below a line that says what they share; a single step is one line."""
        days = [(day, list(group)) for day, group in groupby(steps, key=lambda step: step.change.day)]
        for place, (day, group) in enumerate(days):
            is_last = place == len(days) - 1
            if len(group) == 1:
                yield from self._step(group[0], stem, is_last, forwards, f"{day_text(day, self._language)} ", "")
                continue
            evidence = shared_evidence([step.change.evidence for step in group])
            head = (_WENT_TO if forwards else _MADE_OF).fill(count=len(group)).pick(self._language)
            yield from self._branch(stem, f"{day_text(day, self._language)} {head}{self._cited(evidence)}", is_last)
            below = stem + _gap(is_last)
            for number, step in enumerate(group):
                yield from self._step(step, below, number == len(group) - 1, forwards, "", evidence)

    def own(self, changes: Sequence[Change]) -> Iterator[Line]:
        """Yield changes that moved no household, one line each."""
        for number, change in enumerate(changes):
            words = _words(change, self._language)
            names = f"{words[2]} → {words[3]}" if change.from_code != change.to_code else _names(change)
            area = f", {words[4]}" if words[4] else ""
            text = f"{words[0]} {words[1]}: {names}{area}{self._cited(change.evidence)}"
            yield from self._branch("", text, number == len(changes) - 1)

    def district_end(self, history: History) -> Iterator[Line]:
        """Yield the communes that a district's area went to."""
        end = history.tier_end
        day = day_text(REFORM_DAY, self._language)
        text = _DISTRICTS_END.fill(day=day, count=len(history.heirs)).pick(self._language)
        yield from self._branch("", text + (self._cited(end.evidence) if end else ""), True)
        for number, heir in enumerate(history.heirs):
            yield from self._branch("   ", _placed(heir.unit, self._tables), number == len(history.heirs) - 1)

    def leaf(self, text: Text) -> Iterator[Line]:
        """Yield one line without branches."""
        yield from self._branch("", text.pick(self._language), True)

    def _step(
        self, step: Step, stem: str, is_last: bool, forwards: bool, head: str, said_evidence: str
    ) -> Iterator[Line]:
        change = step.change
        where = _NO_SUCCESSOR.pick(self._language)
        if step.area is not None:
            where = _placed(step.area.first if forwards else step.area.last, self._tables)
        kind = f"{_kind(change, self._language)}{_link(change, forwards).pick(self._language)} " if head else ""
        text = f"{head}{kind}{where}: {HOUSEHOLDS_TEXT[change.households].pick(self._language)}"
        if step.others:
            units = ", ".join(f"{unit.name} ({unit.code})" for unit in step.others)
            text += _ELSEWHERE.fill(units=units).pick(self._language)
        text += self._cited(without(said_evidence, change.evidence))
        yield from self._branch(stem, text, is_last)
        yield from self.groups(step.beyond, stem + _gap(is_last), forwards=forwards)

    def _cited(self, evidence: str) -> str:
        return f" [{evidence_text(evidence, self._language)}]" if evidence else ""

    def _branch(self, stem: str, text: str, is_last: bool) -> Iterator[Line]:
        mark = "└─ " if is_last else "├─ "
        yield from terminal.wrapped(text, self._width, indent=stem + mark, hanging=stem + _gap(is_last) + "  ")


def _link(change: Change, forwards: bool) -> Text:
    """Return what joins the kind of a change to the unit: "sáp nhập vào Xã …"."""
    return Text(" vào", " into") if forwards and change.kind == "merged" else Text(":", ":")


def _gap(is_last: bool) -> str:
    return "   " if is_last else "│  "


def _names(change: Change) -> str:
    return f"{change.from_name} → {change.to_name}" if change.from_name != change.to_name else change.to_name


def _placed(unit: Unit, tables: UnitTables) -> str:
    """Write a unit with its code and the units above it on the last known day of its period."""
    above = tables.ancestors(unit, unit.valid_to or unit.valid_from)
    return ", ".join((f"{unit.name} ({unit.code})", *(parent.name for parent in above)))
