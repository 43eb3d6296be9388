"""How each office of the demo writes its files."""

from __future__ import annotations

from assets.demo.files import Layout

PLAIN = Layout()
LAYOUTS = {
    "6500": PLAIN,
    "6501": Layout("xlsx", has_title=True, has_footer=True, mark="*"),
    "6502": Layout(has_bom=True, times="%Y-%m-%d %H:%M"),
    "6504": Layout(encoding="gb18030", dates="%Y/%m/%d", times="%Y/%m/%d %H:%M:%S", between=","),
    "6505": Layout(headers=1, is_numbered=True),
    "6523": Layout("xlsx", has_cells=False, has_notes_sheet=True, headers=1),
    "6527": Layout("tsv", separator="\t", yes_no=("有", "无")),
    "6528": Layout(encoding="gb18030", between=";", has_footer=True),
    "6529": Layout(encoding="gb18030", separator=";", headers=2, between="，"),
    "6530": Layout("txt", encoding="utf-16", separator="\t", yes_no=("Y", "N")),
    "6531": Layout(encoding="gb18030", has_title=True, has_footer=True, dot="．", mark="（必填）"),
    "6532": Layout("tsv", separator="\t", has_bom=True, dot="•", dates="%Y年%m月%d日",
                   times="%Y年%m月%d日 %H:%M:%S", months="%Y年%m月"),
    "6540": Layout("txt", encoding="utf-16", separator="\t", dates="%Y.%m.%d", times="%Y.%m.%d %H:%M:%S",
                   headers=1),
    "6542": Layout(dates="%Y%m%d", times="%Y%m%d %H:%M:%S", months="%Y%m", yes_no=("1", "0"), between="|"),
    "6543": Layout("xlsx", is_numbered=True, headers=1, between="\n"),
    "6590": Layout(encoding="gb18030", headers=1),
}  # fmt: skip
REGION_BOOK = Layout("xlsx", has_title=True, mark="*")
REGION_TEXT = Layout(has_bom=True)
REGION_GBK = Layout(encoding="gb18030", dates="%Y/%m/%d", times="%Y/%m/%d %H:%M", has_title=True)
