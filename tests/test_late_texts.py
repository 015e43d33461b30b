"""A text that is written when somebody reads it is, to everybody who looks, the text that it becomes."""

from __future__ import annotations

import copy
import pickle

from thidua_cli.language import Language, LateSentence, LateText, Text, frame

WRITTEN = Text("thiếu 1.234 hộ", "1,234 households lack")


def text_of(count: int) -> Text:
    return Text("thiếu {count} hộ", "{count} households lack").fill(count=count)


def test_it_equals_what_it_becomes_in_both_directions_and_as_a_key() -> None:
    late, plain, other = LateText(text_of, 1234), text_of(1234), LateText(text_of, 4321)

    assert late == plain
    assert plain == late
    assert late == LateText(text_of, 1234)
    assert late != other
    assert plain != other
    assert {late != plain, plain != late} == {False}
    assert (late, 1) == (WRITTEN, 1)
    assert hash(late) == hash(plain)
    assert [*dict.fromkeys([late, WRITTEN])] == [WRITTEN]


def test_it_is_read_unpacked_and_shown_as_a_text() -> None:
    late = LateText(text_of, 1234)
    vi, en = late

    assert (vi, en) == (late.vi, late.en) == (late[0], late[1]) == tuple(WRITTEN)
    assert late.pick(Language.EN) == WRITTEN.en
    assert repr(late) == repr(WRITTEN)
    assert len(late) == 2
    assert WRITTEN.vi in late
    assert Text(*late) == WRITTEN
    assert late.sentence() == WRITTEN.sentence()
    assert isinstance(late, Text)


def test_it_goes_to_other_processes_as_it_is_written() -> None:
    sent = pickle.loads(pickle.dumps(LateText(text_of, 1234)))

    assert type(sent) is Text
    assert sent == copy.deepcopy(LateText(text_of, 1234)) == WRITTEN


def test_it_is_written_once_for_both_languages_of_a_joined_text() -> None:
    written: list[int] = []

    def counted(number: int) -> Text:
        written.append(number)
        return text_of(number)

    both = Text.each_once(" ", [LateText(counted, 1), LateText(counted, 2), LateText(counted, 1)])

    assert both.vi == "thiếu 1 hộ thiếu 2 hộ"
    assert written == [1, 2, 1]


def test_alone_it_stays_late_until_it_is_read() -> None:
    written: list[int] = []

    def counted(number: int) -> Text:
        written.append(number)
        return text_of(number)

    alone = Text.each_once(" ", [LateText(counted, 1)])

    assert written == []
    assert alone.en == "1 households lack"
    assert written == [1]


def test_a_late_sentence_is_written_in_the_language_that_is_asked_for_and_not_in_the_other() -> None:
    asked: list[Language] = []

    def sentence(count: int, language: Language) -> str:
        asked.append(language)
        return text_of(count).pick(language)

    late = LateSentence(sentence, 1234)

    assert (late.pick(Language.EN), asked) == (WRITTEN.en, [Language.EN])
    assert (late.vi, asked[1:]) == (WRITTEN.vi, [Language.VI])
    assert late == WRITTEN == LateText(lambda: late)
    assert LateText(lambda: late).pick(Language.EN) == WRITTEN.en
    assert pickle.loads(pickle.dumps(late)) == WRITTEN


def test_the_pieces_of_a_frame_are_the_filled_text_around_its_amounts() -> None:
    text = Text("từ {low} đến {high}{unit} ({year})", "{low} to {high}{unit} in {year}")

    for language in Language:
        before, between, after = frame(text.pick(language), language, ["low", "high"], unit="%", year=1234)

        assert f"{before}3{between}4{after}" == text.fill(low="3", high="4", unit="%", year=1234).pick(language)
