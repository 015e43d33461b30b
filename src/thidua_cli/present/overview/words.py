"""The words of the page that are not the field's: headings, buttons, what a screen reader says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from thidua_cli.language import Text
from thidua_cli.lexicon import column_heading

PAGE_WORDS: Final[Mapping[str, Text]] = {
    # heading and switches
    "heading": Text("Tổng hợp kết quả xét thi đua giảm nghèo", "Overview of eligibility for emulation awards"),
    "number": Text("Số: {number}", "No. {number}"),
    "other_language": Text("English", "Tiếng Việt"),
    "theme": Text("Nền: {theme}", "Theme: {theme}"),
    "theme_auto": Text("theo máy", "as the system"),
    "theme_light": Text("sáng", "light"),
    "theme_dark": Text("tối", "dark"),
    "print": Text("In", "Print"),
    "skip": Text("Đến bảng đơn vị", "Skip to the units"),
    # summary
    "summary": Text("Tóm tắt", "Summary"),
    "level": column_heading("level"),
    "units": Text("Số đơn vị", "Units"),
    "year_end": Text("Cuối năm", "Year-end"),
    "households": column_heading("households"),
    "poor": column_heading("poor_households"),
    "near_poor": column_heading("near_poor_households"),
    "rate": Text("Tỷ lệ nghèo đa chiều (%)", "Multidimensional poverty rate (%)"),
    "summed": Text("Cộng từ {some} đơn vị có đủ số liệu", "Summed over the {some} units with all figures"),
    "doubted_units": Text("{some} đơn vị có số bị nghi ngờ", "{some} of them with figures in doubt"),
    "doubt_note": Text("(?) là số liệu bị nghi ngờ.", "(?) is a figure in doubt."),
    "summed_note": Text(
        "Số hộ của mỗi cấp chỉ cộng từ các đơn vị có đủ số hộ, hộ nghèo, hộ cận nghèo ở cả hai cuối năm; "
        "không cộng các cấp với nhau.",
        "Households of a level are summed over the units of which all counts are known at both year-ends; levels are "
        "never added up.",
    ),
    # list of units
    "list": Text("Các đơn vị", "Units"),
    "search": Text("Tìm theo mã hoặc tên", "Search by code or name"),
    "search_hint": Text("không cần gõ dấu", "accents may be left out"),
    "any": Text("Tất cả", "All"),
    "province": Text("Tỉnh", "Province"),
    "class": Text("Phân loại", "Class"),
    "no_class": Text("không thuộc loại nào", "in no class"),
    "verdict": Text("Kết quả", "Verdict"),
    "doubt": Text("Nghi ngờ", "Doubt"),
    "doubt_clean": Text("không", "none"),
    "doubt_despite": Text("có lỗi, kết quả không đổi", "errors, the answer stands"),
    "doubt_accepted": Text("số được chấp nhận", "accepted figures"),
    "doubt_open": Text("chưa xác định vì có lỗi", "open because of errors"),
    "reset": Text("Bỏ lọc", "Clear filters"),
    "shown": Text("{some} trong {all} đơn vị", "{some} of {all} units"),
    "nothing": Text("Không có đơn vị nào khớp với bộ lọc.", "No unit fits the filters."),
    "view": Text("Cách xem", "View"),
    "view_table": Text("Bảng", "Table"),
    "view_tiles": Text("Ô theo tỉnh", "Tiles by province"),
    "view_map": Text("Bản đồ", "Map"),
    "code": Text("Mã", "Code"),
    "name": Text("Đơn vị", "Unit"),
    "rate_first": Text("Tỷ lệ {year} (%)", "Rate {year} (%)"),
    "rate_last": Text("Tỷ lệ {year} (%)", "Rate {year} (%)"),
    "fall_points": Text("Giảm (điểm %)", "Fall (points)"),
    "fall_percent": Text("Giảm số hộ (%)", "Fall of count (%)"),
    "margin": Text("Số hộ còn cách", "Margin"),
    "sort_by": Text("Sắp theo {column}", "Sort by {column}"),
    "sorted_up": Text("Đã sắp theo {column}, tăng dần", "Sorted by {column}, ascending"),
    "sorted_down": Text("Đã sắp theo {column}, giảm dần", "Sorted by {column}, descending"),
    "keys": Text(
        "Phím mũi tên lên, xuống để đi giữa các đơn vị; Enter để mở; Esc để đóng.",
        "Up and down arrow keys move between units; Enter opens one; Escape closes it.",
    ),
    "spare": Text("còn dư {least}{count} hộ", "{least}{count} households to spare"),
    "lacking": Text("cần giảm thêm {least}{count} hộ", "{least}{count} households fewer needed"),
    "least": Text("ít nhất ", "at least "),
    # tiles
    "colour": Text("Tô theo", "Coloured by"),
    "by_verdict": Text("kết quả", "verdict"),
    "by_fall": Text("mức giảm tỷ lệ", "fall of the rate"),
    "fall_band": Text("giảm {band} điểm %", "fell {band} points"),
    "fall_rise": Text("tăng", "rose"),
    "fall_unknown": Text("không có số", "not known"),
    "doubted": Text("kèm dấu !: số liệu có lỗi hoặc được chấp nhận", "with !: in spite of errors, or as accepted"),
    "legend": Text("Chú giải", "Legend"),
    "tiles_of": Text("Mỗi ô là một đơn vị cấp {level}.", "Each tile is one unit of the level “{level}”."),
    "elsewhere": Text("Không rõ tỉnh", "Province not known"),
    # map
    "map_of": Text("Bản đồ {count} xã, mỗi dấu là một xã", "Map of {count} communes, one mark each"),
    "not_on_map": Text(
        "{count} đơn vị chưa rõ vị trí, chỉ có trong bảng và các ô.",
        "{count} units without a known position: see table or tiles.",
    ),
    "map_hint": Text(
        "Vị trí là một điểm trong xã, không phải ranh giới. Bấm vào dấu để mở; bàn phím dùng bảng hoặc các ô.",
        "A position is a point in the commune, no border. Click a mark to open it; by keyboard use table or tiles.",
    ),
    # panel
    "close": Text("Đóng", "Close"),
    "previous": Text("Đơn vị trước", "Previous unit"),
    "next": Text("Đơn vị sau", "Next unit"),
    "unknown_classes": Text("Chưa biết có thuộc", "Not known whether in"),
    "figures": Text("Số liệu", "Figures"),
    "chart_rates": Text("{rate} theo năm (%)", "{rate} by year (%)"),
    "counted": Text("Thực tế", "Counted"),
    "asked": Text("Mức yêu cầu", "Asked for"),
    "fall_of_rate": Text("Giảm tỷ lệ (điểm %)", "Fall of rate (points)"),
    "fall_of_count": Text("Giảm số hộ (%)", "Fall of count (%)"),
    "both": Text("Nghèo và cận nghèo", "Poor and near-poor"),
    "rate_short": Text("Tỷ lệ (%)", "Rate (%)"),
    "criteria": Text("Điều kiện định lượng", "Quantitative clauses"),
    "may_not_apply": Text("chưa biết có áp dụng", "may not apply"),
    "formula": Text("Phép tính", "Worked out"),
    "reason": Text("Lý do", "Reason"),
    "reading": Text("Cách hiểu", "Reading"),
    "source": Text("Căn cứ", "Source"),
    "doubts": Text("Số liệu bị nghi ngờ", "Figures in doubt"),
    "findings": Text("Phát hiện khi kiểm tra", "Findings"),
    "no_findings": Text("Không phát hiện sai sót.", "No findings."),
    "more_findings": Text(
        "… còn {count} phát hiện nữa; xem đủ bằng “thidua check”.", "… {count} more findings; “thidua check” lists all."
    ),
    "concern_unit": Text("đơn vị này", "this unit"),
    "concern_sum": Text("tổng có đơn vị này", "a sum it stands in"),
    "concern_below": Text("đơn vị bên dưới", "a unit below"),
    "attest": Text("Tiêu chí cần xác nhận", "Criteria to attest"),
    "subject": Text("Đối tượng", "Subject"),
    "criterion": Text("Tiêu chí", "Criterion"),
    "state": Text("Tình trạng", "State"),
    "attested_by": Text("Người xác nhận", "Attested by"),
    "cells": Text("Nguồn số liệu", "Source cells"),
    "year": column_heading("year"),
    "figure": Text("Chỉ tiêu", "Figure"),
    "value": Text("Số hộ", "Households"),
    "cell": Text("Ô nguồn", "Source cells"),
    "sum_of": Text("cộng {count} dòng", "sum of {count} rows"),
    "severity": Text("Mức", "Severity"),
    "place": Text("Vị trí", "Place"),
    "message": Text("Nội dung", "Message"),
    # foot
    "files": Text("Tệp đã dùng", "Files used"),
    "made_with": Text("Lập bằng {program}.", "Made with {program}."),
    "unreadable": Text(
        "Trình duyệt này không đọc được chi tiết từng đơn vị; cần Chrome, Edge 103, Firefox 113 hoặc Safari 16.4 "
        "trở lên.",
        "This browser cannot unpack the details of units; it takes Chrome or Edge 103, Firefox 113 or Safari 16.4.",
    ),
}
