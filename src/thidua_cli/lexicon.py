"""The words for the tokens of the domain, each once: what people read of counts, measures, levels, classes, answers.

Tokens are those of the canonical table and of the JSON documents. `long` stands in a sentence, `short` in a list or,
with a capital letter, as a heading; docs/glossary.md is written from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from thidua_cli.language import Text
from thidua_cli.model import RATE_COLUMN, Measure
from thidua_cli.named_tuple import NamedTuple


class Term(NamedTuple):
    """What people call one notion."""

    long: Text
    short: Text
    source: str = ""
    """Where the term is from: a clause, or a column of an official form."""
    legal: str = ""
    """The words of the source, where they are longer than what people say."""

    @classmethod
    def of(cls, vi: str, en: str, source: str = "", *, short: Text | None = None, legal: str = "") -> Term:
        """Return a term whose short form is the long one, unless another is given."""
        long = Text(vi, en)
        return cls(long, short or long, source, legal)


def _number_of(vi: str, en: str, source: str, legal: str = "") -> Term:
    """Return the term of a count: "số hộ nghèo" in a sentence, "hộ nghèo" as a heading."""
    return Term.of(f"số {vi}", en, source, short=Text(vi, en), legal=legal)


def _one_of(vi: str, en: str, source: str, legal: str = "") -> Term:
    """Return the term of a class: "a poor district" in a sentence, "poor district" as its name."""
    article = "an" if en[0] in "aeio" else "a"
    return Term.of(vi, f"{article} {en}", source, short=Text(vi, en), legal=legal)


_FORM_08: Final = "07/2021, Mẫu 08"
_FORM_09: Final = "07/2021, Mẫu 09"
_FORM_10: Final = "07/2021, Mẫu 10"
_FORM_16: Final = "07/2021, Mẫu 16"
_HA_NOI_251: Final = "251/KH-UBND Hà Nội, 27/09/2022"

COUNT_WORDS: Final[Mapping[str, Term]] = {
    "households": Term.of("tổng số hộ", "households", f"{_FORM_08}, cột 1", legal="tổng số hộ dân cư"),
    "poor_households": _number_of("hộ nghèo", "poor households", f"{_FORM_08}, cột 3"),
    "near_poor_households": _number_of("hộ cận nghèo", "near-poor households", f"{_FORM_08}, cột 7"),
    "minority_households": _number_of("hộ dân tộc thiểu số", "ethnic-minority households", _FORM_16),
    "minority_poor_households": _number_of("hộ nghèo dân tộc thiểu số", "poor ethnic-minority households", _FORM_16),
    "minority_near_poor_households": _number_of(
        "hộ cận nghèo dân tộc thiểu số", "near-poor ethnic-minority households", _FORM_16
    ),
    "merit_poor_households": _number_of(
        "hộ nghèo có người có công",
        "poor households with a person of merit",
        _HA_NOI_251,
        legal="hộ nghèo thuộc diện chính sách người có công",
    ),
    "poor_opening": _number_of("hộ nghèo đầu năm", "poor households at the start of the year", f"{_FORM_09}, cột 1"),
    "poor_to_near_poor": Term.of(
        "hộ nghèo trở thành hộ cận nghèo",
        "poor turned near-poor",
        f"{_FORM_09}, cột 2",
        legal="hộ thoát nghèo trở thành hộ cận nghèo",
    ),
    "poor_to_non_poor": Term.of(
        "hộ nghèo vượt chuẩn cận nghèo",
        "poor risen above the near-poor line",
        f"{_FORM_09}, cột 3",
        legal="hộ thoát nghèo vượt chuẩn cận nghèo",
    ),
    "poor_decrease_other": Term.of(
        "hộ nghèo giảm do nguyên nhân khác", "other decrease of the poor", f"{_FORM_09}, cột 4"
    ),
    "poor_from_near_poor": Term.of("hộ cận nghèo trở thành hộ nghèo", "near-poor turned poor", f"{_FORM_09}, cột 5"),
    "poor_relapsed": _number_of("hộ tái nghèo", "households that fell back into poverty", f"{_FORM_09}, cột 6"),
    "poor_new": Term.of("hộ nghèo phát sinh mới", "newly poor households", f"{_FORM_09}, cột 7"),
    "poor_increase_other": Term.of(
        "hộ nghèo tăng do nguyên nhân khác", "other increase of the poor", f"{_FORM_09}, cột 8"
    ),
    "near_poor_opening": _number_of(
        "hộ cận nghèo đầu năm", "near-poor households at the start of the year", f"{_FORM_10}, cột 1"
    ),
    # Mẫu 09 and Mẫu 10 both count who crossed the line between them: in one table the headings must differ.
    "near_poor_to_poor": Term.of(
        "hộ cận nghèo trở thành hộ nghèo",
        "near-poor turned poor",
        f"{_FORM_10}, cột 2",
        short=Text("hộ cận nghèo trở thành hộ nghèo (Mẫu 10)", "near-poor turned poor (form 10)"),
    ),
    "near_poor_to_non_poor": Term.of("hộ thoát cận nghèo", "near-poor risen above the line", f"{_FORM_10}, cột 3"),
    "near_poor_decrease_other": Term.of(
        "hộ cận nghèo giảm do nguyên nhân khác", "other decrease of the near-poor", f"{_FORM_10}, cột 4"
    ),
    "near_poor_from_poor": Term.of(
        "hộ nghèo trở thành hộ cận nghèo",
        "poor turned near-poor",
        f"{_FORM_10}, cột 5",
        short=Text("hộ nghèo trở thành hộ cận nghèo (Mẫu 10)", "poor turned near-poor (form 10)"),
    ),
    "near_poor_relapsed": _number_of(
        "hộ tái cận nghèo", "households that fell back into near-poverty", f"{_FORM_10}, cột 6"
    ),
    "near_poor_new": Term.of("hộ cận nghèo phát sinh mới", "newly near-poor households", f"{_FORM_10}, cột 7"),
    "near_poor_increase_other": Term.of(
        "hộ cận nghèo tăng do nguyên nhân khác", "other increase of the near-poor", f"{_FORM_10}, cột 8"
    ),
}
"""Counts of households, in the order of the canonical columns."""

MEASURE_WORDS: Final[Mapping[str, Term]] = {
    Measure.MULTIDIMENSIONAL: _number_of(
        "hộ nghèo và hộ cận nghèo", "poor and near-poor households", "666, tiêu chí (2)"
    ),
    **{measure: COUNT_WORDS[measure.parts[0]] for measure in Measure if len(measure.parts) == 1},
}
"""What a measure counts."""

RATE_WORDS: Final[Mapping[str, Term]] = {
    Measure.MULTIDIMENSIONAL: Term.of("tỷ lệ nghèo đa chiều", "multidimensional poverty rate", "666, tiêu chí (2)"),
    Measure.POOR: Term.of("tỷ lệ hộ nghèo", "poor rate", f"{_FORM_08}, cột 4"),
    Measure.NEAR_POOR: Term.of("tỷ lệ hộ cận nghèo", "near-poor rate", f"{_FORM_08}, cột 8"),
    Measure.MINORITY_POOR: Term.of("tỷ lệ hộ nghèo dân tộc thiểu số", "ethnic-minority poor rate", "666"),
    Measure.MERIT_POOR: Term.of(
        "tỷ lệ hộ nghèo có người có công", "share of poor households with a person of merit", _HA_NOI_251
    ),
    Measure.RELAPSED: Term.of("tỷ lệ hộ tái nghèo", "share of households that fell back into poverty", _HA_NOI_251),
}
"""What the rate of a measure is called."""

RATE_FORMULAS: Final[Mapping[str, Text]] = {
    Measure.MULTIDIMENSIONAL: Text(
        "tỷ lệ nghèo đa chiều = (hộ nghèo + hộ cận nghèo) / tổng số hộ",
        "multidimensional poverty rate = (poor + near-poor households) / all households",
    ),
    Measure.POOR: Text("tỷ lệ hộ nghèo = hộ nghèo / tổng số hộ", "poor rate = poor households / all households"),
    Measure.NEAR_POOR: Text(
        "tỷ lệ hộ cận nghèo = hộ cận nghèo / tổng số hộ", "near-poor rate = near-poor households / all households"
    ),
    Measure.MINORITY_POOR: Text(
        "tỷ lệ hộ nghèo dân tộc thiểu số = hộ nghèo dân tộc thiểu số / tổng số hộ dân tộc thiểu số",
        "ethnic-minority poor rate = poor ethnic-minority households / all ethnic-minority households",
    ),
    Measure.MERIT_POOR: Text(
        "tỷ lệ hộ nghèo có người có công = hộ nghèo có người có công / tổng số hộ",
        "share of poor households with a person of merit = those households / all households",
    ),
    Measure.RELAPSED: Text(
        "tỷ lệ hộ tái nghèo = hộ tái nghèo / tổng số hộ",
        "share of households that fell back into poverty = those households / all households",
    ),
}
"""How the rate of a measure is taken."""

_DESCRIPTOR_WORDS: Final[Mapping[str, Term]] = {
    "unit_code": Term.of("mã đơn vị", "unit code", "Quyết định 124/2004/QĐ-TTg; 19/2025/QĐ-TTg"),
    "unit_name": Term.of("tên đơn vị", "unit name"),
    "upper_unit:province": Term.of("tên tỉnh", "province of the unit"),
    "upper_unit:district": Term.of("tên huyện", "district of the unit"),
    "upper_unit:commune": Term.of("tên xã", "commune of the unit"),
    "year": Term.of("năm", "year", "07/2021"),
    "level": Term.of("cấp", "level"),
    "parent_code": Term.of("mã đơn vị cấp trên", "parent code"),
    "status": Term.of("trạng thái", "status"),
    "poverty_line": Term.of("chuẩn nghèo", "poverty line"),
    "row_number": Term.of("số thứ tự", "row number"),
    "breakdown": Term.of("phân tổ (hộ, nhân khẩu)", "households or persons"),
    "sum:multidimensional": Term.of("tổng số hộ nghèo và hộ cận nghèo", "poor and near-poor households"),
}


def _printed(rate: Term) -> Term:
    heading = Text("{rate} theo nguồn", "{rate} as printed").fill(rate=rate.short)
    return Term(rate.long, heading, rate.source)


COLUMN_WORDS: Final[Mapping[str, Term]] = {
    **_DESCRIPTOR_WORDS,
    **COUNT_WORDS,
    **{f"rate:{measure}": RATE_WORDS[measure] for measure in RATE_COLUMN},
    **{column: _printed(RATE_WORDS[measure]) for measure, column in RATE_COLUMN.items()},
}
"""What a column of a table holds, by its canonical name or, where it is only recognised, by its meaning."""


def column_text(name: str) -> Text:
    """Return the words for a column in a sentence; a name without words, as a heading is printed, for itself."""
    term = COLUMN_WORDS.get(name)
    return Text(name, name) if term is None else term.long


def column_heading(name: str) -> Text:
    """Return the words for a column as a heading; a heading as printed stands for itself."""
    term = COLUMN_WORDS.get(name)
    return Text(name, name) if term is None else term.short.capitalised()


LEVEL_WORDS: Final[Mapping[str, Term]] = {
    "country": Term.of("cả nước", "the country", short=Text("toàn quốc", "country")),
    "province": Term.of(
        "cấp tỉnh",
        "provinces",
        "666, tiêu chí (2)",
        short=Text("tỉnh", "province"),
        legal="tỉnh, thành phố trực thuộc trung ương",
    ),
    "district": Term.of(
        "cấp huyện",
        "districts",
        "666, tiêu chí (3)",
        short=Text("huyện", "district"),
        legal="huyện, quận, thị xã, thành phố thuộc tỉnh",
    ),
    "commune": Term.of(
        "cấp xã", "communes", "666, tiêu chí (4)", short=Text("xã", "commune"), legal="xã, phường, thị trấn, đặc khu"
    ),
    "village": Term.of(
        "thôn",
        "villages",
        "666, tiêu chí (5)",
        short=Text("thôn", "village"),
        legal="thôn, làng, ấp, bản, buôn, phum, sóc",
    ),
}
"""Levels of units: `long` names all units of the level, `short` the level of one."""

CLASS_WORDS: Final[Mapping[str, Term]] = {
    "poor_district": _one_of("huyện nghèo", "poor district", "353"),
    "coastal_commune": _one_of(
        "xã đặc biệt khó khăn vùng bãi ngang ven biển và hải đảo",
        "especially difficult coastal or island commune",
        "353",
        legal="xã đặc biệt khó khăn vùng bãi ngang, ven biển và hải đảo",
    ),
    "area_1": _one_of(
        "xã khu vực I",
        "commune of area I",
        "861",
        legal="xã khu vực I thuộc vùng đồng bào dân tộc thiểu số và miền núi",
    ),
    "area_2": _one_of(
        "xã khu vực II",
        "commune of area II",
        "861",
        legal="xã khu vực II thuộc vùng đồng bào dân tộc thiểu số và miền núi",
    ),
    "area_3": _one_of(
        "xã khu vực III",
        "commune of area III",
        "861",
        legal="xã khu vực III thuộc vùng đồng bào dân tộc thiểu số và miền núi",
    ),
    "mountain": _one_of("đơn vị miền núi", "mountain unit", "834/KH-UBND Nghệ An, 25/11/2022", legal="vùng miền núi"),
    "poor_commune": _one_of(
        "xã nghèo", "poor commune", "chương trình mục tiêu quốc gia 2026–2035, đề xuất của Chính phủ 03/12/2025"
    ),
}
"""Classes a unit can be in: `long` says what a unit is, `short` names the class. The same Vietnamese words in both:
a council compares them with the decision they are from."""

SUBJECT_WORDS: Final[Mapping[str, Term]] = {
    "organisation": Term.of(
        "bộ, ngành, đoàn thể", "organisation", "666, tiêu chí (1)", short=Text("bộ, ngành, tổ chức", "organisations")
    ),
    "household": Term.of("hộ gia đình", "household", "666, tiêu chí (6)", short=Text("hộ gia đình", "households")),
    "official": Term.of(
        "cán bộ, công chức, viên chức",
        "official",
        "666, tiêu chí (7)",
        short=Text("cán bộ, người làm giảm nghèo", "officials"),
    ),
    "enterprise": Term.of(
        "doanh nghiệp, hợp tác xã, ngân hàng",
        "enterprise",
        "666, tiêu chí (8)",
        short=Text("doanh nghiệp, ngân hàng", "enterprises and banks"),
    ),
}
"""Who is judged besides units; no table counts them. The short form must fit the name of a sheet: 31 characters."""

UNIT_WORDS: Final[Mapping[str, Text]] = {
    "points": Text("điểm %", "points"),
    "percent": Text("%", "%"),
    "households": Text("hộ", "households"),
}
"""Units of measure of a threshold."""

UNIT_AFTER_NUMBER: Final[Mapping[str, Text]] = {
    unit: words if unit == "percent" else Text(f" {words.vi}", f" {words.en}") for unit, words in UNIT_WORDS.items()
}
"""Units of measure as they follow a number: only the sign of percent stands close."""

ANSWER_WORDS: Final[Mapping[str, Text]] = {
    "met": Text("Đạt", "Met"),
    "not_met": Text("Không đạt", "Not met"),
    "undetermined": Text("Chưa xác định", "Undetermined"),
    "no_criterion": Text("Không có tiêu chí", "No criterion"),
}
"""The four answers to whether a criterion is met."""

SEVERITY_WORDS: Final[Mapping[str, Text]] = {
    "error": Text("lỗi", "error"),
    "warning": Text("cảnh báo", "warning"),
    "note": Text("ghi chú", "note"),
}

STATUS_WORDS: Final[Mapping[str, Text]] = {
    "final": Text("chính thức", "final"),
    "preliminary": Text("sơ bộ", "preliminary"),
}

DOUBT_WORDS: Final[Mapping[str, Text]] = {
    "doubts": Text("nghi ngờ", "doubt"),
    "finding": Text("phát hiện", "finding"),
    "figure": Text("ô bị nghi ngờ", "cell in doubt"),
    "printed": Text("số đã ghi", "as printed"),
    "values": Text("số có thể là", "what it may be"),
    "effect": Text("ảnh hưởng đến kết quả", "effect on the answer"),
    "waived": Text("người chấp nhận", "accepted by"),
    "margin_is_bound": Text("số hộ còn cách: ít nhất", "the margin is at least that"),
}
"""What is said of figures that a finding disputes, by the fields of the JSON documents."""

EFFECT_WORDS: Final[Mapping[str, Text]] = {
    "none": Text("kết quả không đổi", "the answer is the same"),
    "undetermined": Text("kết quả chưa xác định vì ô này", "the answer is open because of this cell"),
}
"""What a doubt does to an answer."""
