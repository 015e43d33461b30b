"""What limited a result, in words: a proof says what it is a proof of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from thidua_cli.language import Text
from thidua_cli.lexicon import LEVEL_WORDS
from thidua_cli.model import Level
from thidua_cli.units.tables import bundled
from thidua_cli.verify.said import SaidConfig, SaidLimits


def limit_words(limits: SaidLimits, rule_files: Sequence[str] = ()) -> list[Text]:
    """Return one piece of a sentence for everything that was asked beside the rules that ship and the year-end.

    A rule file of the user's may bear the id and the citation of a set that ships, and ask less: it is always told.

    >>> [text.en for text in limit_words(SaidLimits("r", "commune", None, None, None, "49", None, (), "as-of", None,
    ...     (), None, (), (), (), None, None, "vi"))]
    ['commune only', 'within Tỉnh Quảng Nam (49)']
    """
    values: Sequence[tuple[Text, str | None]] = (
        (_RULES, ", ".join(rule_files)),
        (_TRACE, _named(limits.trace)),
        (_WITHIN, _named(limits.within)),
        (_UNIT, _named(limits.unit)),
        (_YEAR, None if limits.year is None else str(limits.year)),
        (_LINE, limits.poverty_line),
        (_READINGS, ", ".join(limits.readings)),
        (_BOUNDARIES, None if limits.boundaries == _USUAL else limits.boundaries),
        (_MAPPING, limits.mapping),
        (_CLASSES, ", ".join(limits.classes)),
        (_ATTESTATIONS, limits.attestations),
        (_SHARES, ", ".join(limits.shares)),
        (_UNITS, ", ".join(limits.units)),
        (_PLANS, ", ".join(limits.plans)),
        (_WAIVERS, limits.waivers),
    )
    level = [_LEVEL.fill(level=_level(limits.level))] if limits.level is not None else []
    told = [text.fill(value=value, day=limits.waived_on or "–") for text, value in values if value]
    return [*level, *told, *_config(limits.config)]


def _named(code: str | None) -> str | None:
    """Return a unit with its name, as far as the lists know the code."""
    known = bundled().periods(code) if code is not None else ()
    return f"{known[-1].name} ({code})" if known else code


def _config(config: SaidConfig | None) -> list[Text]:
    """Say which of all this nobody typed."""
    return [] if config is None else [_CONFIG.fill(file=config.file, options=", ".join(config.options))]


def _level(level: str) -> Text:
    return LEVEL_WORDS[Level(level)].short if level in set(Level) else Text(level, level)


_USUAL: Final = "as-of"
_LEVEL: Final = Text("chỉ cấp {level}", "{level} only")
_RULES: Final = Text(
    "bộ tiêu chí trong tệp {value}, không phải bộ có sẵn", "rules of the file {value}, no set that ships"
)
_TRACE: Final = Text("chỉ đơn vị {value}", "unit {value} only")
_WITHIN: Final = Text("trong {value}", "within {value}")
_UNIT: Final = Text("biểu của đơn vị {value}", "tables of the unit {value}")
_YEAR: Final = Text("biểu của năm {value}", "tables of the year {value}")
_LINE: Final = Text("chuẩn nghèo {value} cho biểu không ghi chuẩn", "poverty line {value} where tables name none")
_READINGS: Final = Text("cách hiểu {value}", "reading {value}")
_BOUNDARIES: Final = Text("địa giới {value}", "boundaries {value}")
_MAPPING: Final = Text("mô tả biểu {value}", "form described by {value}")
_CLASSES: Final = Text("phân loại {value}", "classes {value}")
_ATTESTATIONS: Final = Text("phiếu xác nhận {value}", "attestations {value}")
_SHARES: Final = Text("phần hộ chia {value}", "shares {value}")
_UNITS: Final = Text("danh mục thôn {value}", "villages {value}")
_PLANS: Final = Text("kế hoạch {value}", "plans {value}")
_CONFIG: Final = Text("{file} đặt sẵn {options}", "{file} set {options}")
_WAIVERS: Final = Text(
    "phát hiện đã chấp nhận {value}, còn hạn ngày {day}", "accepted findings {value}, in force on {day}"
)
