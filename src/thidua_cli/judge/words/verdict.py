"""Why the whole verdict came out as it did: the clauses that carried it, or the class that is not known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import PurePath
from typing import Final

from thidua_cli.judge.classes.scenarios import Question, Scenario, deciding_questions
from thidua_cli.judge.verdict import ClauseAnswer, ListGap, PartClasses, State
from thidua_cli.language import NO_TEXT, Text
from thidua_cli.lexicon import ANSWER_WORDS, CLASS_WORDS, LEVEL_WORDS
from thidua_cli.model import Level
from thidua_cli.rulebook.schema import Clause, Period
from thidua_cli.units.province import province_label


def certain(state: State, answers: Sequence[ClauseAnswer], unknown: Sequence[str]) -> Text:
    """Return the reasons of the clauses in the verdict's own state, and say where an unknown class changes nothing."""
    carrying = [answer for answer in answers if answer.state is state]
    if state is State.UNDETERMINED:
        reasons = [Text.each_once("; ", [text for answer in carrying for text in answer.missing]).sentence()]
    else:
        reasons = [answer.reason for answer in carrying if answer.reason is not None]
        reasons += [answer.despite_missing for answer in carrying if answer.despite_missing is not None]
        reasons += [answer.despite_division for answer in carrying if answer.despite_division is not None]
    return Text.each_once(" ", [*reasons, *_class_changes_nothing(unknown)])


def over_all_values(state: State, answers: Sequence[ClauseAnswer], unknown: Sequence[str]) -> Text:
    """Say that every possible value of what is missing leads to one answer, though no clause is settled by itself."""
    missing = Text.each_once("; ", [text for answer in answers for text in answer.missing])
    text = Text(
        "Dù {missing}, mọi giá trị có thể có đều dẫn đến một kết quả: {state}.",
        "Although {missing}, every possible value leads to one answer: {state}.",
    )
    reasons = [text.fill(missing=missing, state=ANSWER_WORDS[state])]
    return Text.each_once(" ", [*reasons, *_class_changes_nothing(unknown)])


def _class_changes_nothing(unknown: Sequence[str]) -> list[Text]:
    if not unknown:
        return []
    text = Text(
        "Chưa biết đơn vị có phải là {classes} hay không, nhưng kết quả như nhau.",
        "It is not known whether the unit is {classes}, but the answer is the same.",
    )
    return [text.fill(classes=label(unknown))]


def no_criterion(document: str, level: Level, clauses: Sequence[Clause], questions: Sequence[Question]) -> Text:
    """Say that the document sets no number for the unit."""
    if not clauses:
        text = Text("{document} không đặt tiêu chí về số hộ cho {level}.", "{document} sets no number for {level}.")
        return text.fill(document=document, level=LEVEL_WORDS[level].long)
    text = Text(
        "{document} ở {level} chỉ đặt tiêu chí về số hộ cho {classes}; đơn vị này không thuộc diện đó.",
        "{document} sets a number for some {level} only: {classes}; this unit is none of them.",
    )
    return text.fill(
        document=document, level=LEVEL_WORDS[level].long, classes=Text.each_once("; ", map(label, questions))
    )


def not_named(document: str, level: Level, count: int) -> Text:
    """Say that the document names the units it sets a number for, and that this one is not among them."""
    text = Text(
        "{document} chỉ đặt tiêu chí về số hộ cho {count} đơn vị {level} nêu tên; đơn vị này không có trong đó.",
        "{document} sets a number for {count} named {level} only; this unit is not among them.",
    )
    return text.fill(document=document, level=LEVEL_WORDS[level].long, count=count)


def out_of_period(document: str, period: Period, as_of: int) -> Text:
    """Say that the document does not hold at the year-end judged."""
    start = f"{period.start:%d/%m/%Y}"
    end = "" if period.end is None else f"{period.end:%d/%m/%Y}"
    days = Text(f"từ {start} đến {end}", f"from {start} to {end}") if end else Text(f"từ {start}", f"from {start} on")
    text = Text(
        "{document} áp dụng {days}; cuối năm {year} nằm ngoài thời gian đó.",
        "{document} applies {days}; the end of {year} lies outside.",
    )
    return text.fill(document=document, days=days, year=str(as_of))


def depends_on_class(
    possible: Sequence[Scenario],
    states: Mapping[str, State],
    answers: Sequence[ClauseAnswer],
    unknown: Sequence[str],
    why: Text,
    since: date | None = None,
) -> Text:
    """Say which class is not known and why, what the verdict would be in each case, and what settles it."""
    # Of a question only what is not known is asked: where areas I and II are ruled out, area III remains.
    asked = {
        question: label([token for token in question if token in unknown])
        for question in deciding_questions(possible, states)
    }
    cases = Text.each_once("; ", _cases(asked, possible, states, ())).capitalised()
    text = Text(
        "Chưa biết đơn vị có phải là {classes} hay không: {why}. {cases}. Dùng --classes TỆP để bổ sung{dated}.",
        "It is not known whether the unit is {classes}: {why}. {cases}. Add it with --classes FILE{dated}.",
    )
    main = text.fill(classes=Text.joined(_OR, list(asked.values())), why=why, cases=cases, dated=_dated(since))
    missing = [text for answer in answers if answer.state is State.UNDETERMINED for text in answer.missing]
    return Text.each_once(" ", [main, Text.each_once("; ", missing).sentence()] if missing else [main])


def _dated(since: date | None) -> Text:
    """Say from which day on a line must hold to speak of a unit that took the place of an earlier one."""
    if since is None:
        return NO_TEXT
    return Text(", cột from ghi {day} trở đi", ", with {day} or later under from").fill(day=f"{since:%d/%m/%Y}")


def unknown_by_lists(gaps: Sequence[ListGap]) -> Text:
    """Say of each list why it does not tell: it is not known whole, it has ended, or there is none."""
    return Text.each_once("; ", map(_unknown_by_list, gaps))


def _unknown_by_list(gap: ListGap) -> Text:
    if gap.undated_in:
        text = Text(
            "dòng của tệp {file} không ghi từ ngày, mà trước đó mã này là của đơn vị khác",
            "the row of {file} states no first day, and the code was that of another unit before",
        )
        return text.fill(file=PurePath(gap.undated_in).name)
    if gap.of is not None:
        text = Text(
            "danh mục kèm theo ({document}) chưa đủ cho {province}",
            "the bundled list ({document}) is not complete for {province}",
        )
        return text.fill(document=gap.of.document, province=province_label(gap.province_code, gap.of.codes))
    if gap.ended is not None:
        text = Text(
            "danh mục theo {document} hết ngày {end}, chưa có danh mục nào cho ngày {day}",
            "the list of {document} ended on {end}, and there is none for {day}",
        )
        end, day = f"{gap.ended.end:%d/%m/%Y}", f"{gap.day:%d/%m/%Y}"
        return text.fill(document=gap.ended.document, end=end, day=day)
    text = Text("chưa có danh mục {kind} nào", "there is no list for the class “{kind}”")
    return text.fill(kind=CLASS_WORDS[gap.token].short)


def differing_parts(parts: Sequence[PartClasses], asked: Sequence[str]) -> Text:
    """Say that a unit was made of others of different classes: of the classes asked, those that each has."""
    text = Text(
        "gộp từ các đơn vị khác phân loại ({parts}), chưa có quyết định phân loại đơn vị mới",
        "made of units of different classes ({parts}), and no class was given to the new one",
    )
    return text.fill(parts=Text.each_once("; ", [_part_label(part, asked) for part in parts]))


def _part_label(part: PartClasses, asked: Sequence[str]) -> Text:
    inside = [token for token in part.classes if token in asked]
    outside = all(f"not_{token}" in part.classes for token in asked)
    none = Text("không thuộc", "none") if outside else Text("chưa rõ", "not known")
    named = Text("{unit}: {classes}", "{unit}: {classes}")
    return named.fill(unit=part.unit_name, classes=label(inside) if inside else none)


def label(tokens: Sequence[str]) -> Text:
    """Name classes as alternatives.

    >>> label(("area_1", "area_2", "area_3")).vi
    'xã khu vực I, II hoặc III'
    """
    texts = [CLASS_WORDS[token].long for token in tokens]
    return Text(_alternatives([text.vi for text in texts], "hoặc"), _alternatives([text.en for text in texts], "or"))


def _cases(
    asked: Mapping[Question, Text],
    possible: Sequence[Scenario],
    states: Mapping[str, State],
    conditions: tuple[tuple[Question, bool], ...],
) -> list[Text]:
    """Write one case per answer that decides, asking no further than the verdict needs."""
    differing = {scenario.state(states) for scenario in possible}
    if len(differing) == 1:
        return [_case(asked, conditions, differing.pop())]
    question = next(question for question in asked if question not in dict(conditions))
    cases = []
    for yes in (True, False):
        left = [scenario for scenario in possible if scenario.answers[question] is yes]
        if left:
            cases += _cases(asked, left, states, (*conditions, (question, yes)))
    return cases


def _case(asked: Mapping[Question, Text], conditions: Sequence[tuple[Question, bool]], state: State) -> Text:
    if len(asked) == 1:
        ((_, yes),) = conditions
        text = Text("nếu phải: {state}", "if it is: {state}") if yes else _IF_NOT
        return text.fill(state=ANSWER_WORDS[state])
    written = Text(
        ", ".join(f"{'là' if yes else 'không là'} {asked[question].vi}" for question, yes in conditions),
        ", ".join(f"{'' if yes else 'not '}{asked[question].en}" for question, yes in conditions),
    )
    return Text("nếu {written}: {state}", "if {written}: {state}").fill(written=written, state=ANSWER_WORDS[state])


_OR: Final = Text(" hoặc ", " or ")
_IF_NOT: Final = Text("nếu không phải: {state}", "if it is not: {state}")


def _alternatives(names: Sequence[str], word: str) -> str:
    """Join names with commas and a last `word`; words they all begin with are written once."""
    heads = {name.rpartition(" ")[0] for name in names}
    if len(heads) == 1:
        names = [names[0], *(name.rpartition(" ")[2] for name in names[1:])]
    *first, last = names
    return f"{', '.join(first)} {word} {last}" if first else last
