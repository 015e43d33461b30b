"""A long document is written in pieces, of the same letters as one that is drawn whole."""

import random
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from thidua_cli.language import Language
from thidua_cli.present.formats import json_document
from thidua_cli.present.formats.json_document import json_text
from thidua_cli.present.formats.json_pieces import pieces
from thidua_cli.present.toolkit.document import RowsInTurn, View, whole
from thidua_cli.present.toolkit.write import write_file

ODD: Sequence[object] = (
    "Xã Tà Lu",
    'a\u202eb\x7f\x00\x1f\n\t"\\/é\u2028\U0001f600\U000e0001',
    "t\udcffệp.xlsx",  # a name of a file that is no UTF-8
    2**70,
    -(2**63),
    0.0,
    12.35,
    None,
    True,
    [],
    {},
    [[], {"a": [1, {"b": None}]}],
)


def _same(record: object) -> Mapping[str, object]:
    assert isinstance(record, dict)
    return record


def document(rows: Sequence[Mapping[str, object]], *more: Mapping[str, object]) -> dict[str, object]:
    return {"schema": "x/1", "rows": RowsInTurn(rows, _same), "tail": RowsInTurn(more, _same), "end": [1, {"a": []}]}


@pytest.mark.parametrize("seed", range(8))
def test_pieces_are_letter_by_letter_the_document_that_is_drawn_whole(seed: int) -> None:
    draw = random.Random(seed)
    rows = [
        {f"{key}": draw.choice(ODD) for key in range(draw.randrange(4))} for _ in range(draw.choice((1, 199, 200, 401)))
    ]
    for made in (document(rows), document(rows, {"a": "\u202e"}), document([])):
        assert "".join(pieces(made)) == json_text(whole(made))


def test_a_document_is_written_in_pieces_only_where_it_is_long() -> None:
    short, long = ([{"a": 1}] * count for count in (199, 200))
    assert json_document.in_pieces(View(record=lambda _: document(short)), Language.VI) is None
    assert json_document.in_pieces(View(record=lambda _: document(long)), Language.VI) is not None


def test_records_are_made_as_they_are_written_and_anew_each_time() -> None:
    asked: list[int] = []

    def record(number: int) -> Mapping[str, object]:
        asked.append(number)
        return {"number": number}

    rows = RowsInTurn(range(1000), record)
    written = pieces({"rows": rows})
    assert next(written) == '{\n  "rows": ['
    assert next(written).startswith('\n    {\n      "number": 0')
    assert len(asked) == 200
    assert "".join(written).endswith('"number": 999\n    }\n  ]\n}\n')
    assert len(asked) == 1000
    assert len(list(rows)) == len(rows) == 1000


def test_a_number_that_is_not_finite_is_refused_outside_of_the_records() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        list(pieces({"rows": RowsInTurn([{}], _same), "value": float("nan")}))


def test_a_result_that_breaks_off_leaves_no_file(tmp_path: Path) -> None:
    def record(number: int) -> Mapping[str, object]:
        if number == 500:
            raise RuntimeError(number)
        return {"number": number}

    place = tmp_path / "result.json"
    with pytest.raises(RuntimeError):
        write_file(place, (piece.encode() for piece in pieces({"rows": RowsInTurn(range(1000), record)})))
    assert not list(tmp_path.iterdir())
