"""The commands of the program, each imported only when it is called or its help is read."""

from __future__ import annotations

from typing import Final

from thidua_cli.cli.speech import said
from thidua_cli.named_tuple import NamedTuple


class Entry(NamedTuple):
    """A command of the program that is imported only when it is called or its help is read."""

    name: str
    module: str
    short_help: str


COMMANDS: Final = (
    Entry("check", "thidua_cli.cli.check", said("Kiểm tra biểu, nêu sai sót kèm ô.", "Findings in tables.")),
    Entry("rates", "thidua_cli.cli.rates", said("Số hộ, tỷ lệ, mức giảm các năm.", "Counts, rates and falls.")),
    Entry("targets", "thidua_cli.cli.targets", said("Mức đạt chỉ tiêu kế hoạch.", "Attainment of targets.")),
    Entry("eligible", "thidua_cli.cli.eligible", said("Xét đơn vị theo tiêu chí.", "Verdicts by a rule file.")),
    Entry("attest", "thidua_cli.cli.attest", said("Phiếu xác nhận tiêu chí.", "Sheets for attestation.")),
    Entry("report", "thidua_cli.cli.report", said("Báo cáo từng đơn vị.", "One document per unit.")),
    Entry("export", "thidua_cli.cli.export", said("Sổ tính để trình.", "The workbook for submission.")),
    Entry("verify", "thidua_cli.cli.verify", said("Kiểm lại một kết quả.", "A result taken again.")),
    Entry("import", "thidua_cli.cli.import_", said("Gộp các biểu thành bảng chuẩn.", "Tables as one canonical table.")),
    Entry("mapping", "thidua_cli.cli.mapping", said("Mô tả biểu riêng.", "Forms of one's own.")),
    Entry("template", "thidua_cli.cli.template", said("Lập biểu trống để điền.", "A form to fill in.")),
    Entry("explain", "thidua_cli.cli.explain", said("Giải thích một mã phát hiện.", "What a finding means.")),
    Entry("rules", "thidua_cli.cli.rules", said("Các bộ tiêu chí.", "Rule files.")),
    Entry("classes", "thidua_cli.cli.classes", said("Phân loại đơn vị.", "Classes of units.")),
    Entry("units", "thidua_cli.cli.units", said("Tra cứu đơn vị hành chính.", "Administrative units.")),
    Entry("init", "thidua_cli.cli.init", said("Lập tệp thidua.toml.", "Begin a thidua.toml.")),
    Entry("config", "thidua_cli.cli.config", said("Xem thidua.toml đặt gì.", "What thidua.toml sets.")),
)
