"""The contract of `inspection_records` 检查记录 (SOURCES 3)."""

from __future__ import annotations

from checks.contracts.base import Column, Kind

TITLE_ZH = "检查记录"
KEY = ("record_id",)
REGION_COLUMN = "agency_code"

COLUMNS = (
    Column(
        "record_id",
        Kind.CODE,
        ("检查记录编号", "记录编号", "执法记录编号"),
        is_required=True,
        unreadable_rule="IR-E1",
    ),
    Column(
        "inspection_type",
        Kind.ENUM,
        ("检查类型", "任务类型"),
        is_required=True,
        values=(
            "双随机抽查",
            "专项检查",
            "信访核查",
            "日常检查",
            "执法监测",
            "排污许可检查",
            "交叉检查",
            "其他",
        ),
        unreadable_rule="IR-F6",
    ),
    Column(
        "inspection_mode",
        Kind.ENUM,
        ("检查方式",),
        is_required=True,
        values=("现场检查", "非现场检查"),
        unreadable_rule="IR-F6",
    ),
    Column(
        "agency_code",
        Kind.REGION,
        ("填报单位区划代码", "执法机构代码", "单位代码"),
        is_required=True,
        unreadable_rule="IR-E4",
    ),
    Column("agency_name", Kind.TEXT, ("填报单位", "执法机构")),
    Column("site_name", Kind.TEXT, ("检查对象名称", "企业名称", "污染源名称"), is_required=True),
    Column("site_uscc", Kind.CODE, ("统一社会信用代码", "社会信用代码", "信用代码"), is_required=True),
    Column("site_region_code", Kind.REGION, ("检查对象区划代码", "所在区划代码"), unreadable_rule="IR-F7"),
    Column("longitude", Kind.NUMBER, ("经度",), is_required=True),
    Column("latitude", Kind.NUMBER, ("纬度",), is_required=True),
    Column("started_at", Kind.TIME, ("检查开始时间", "开始时间"), is_required=True),
    Column("ended_at", Kind.TIME, ("检查结束时间", "结束时间"), is_required=True),
    Column(
        "uploaded_at",
        Kind.TIME,
        ("上传时间", "数据上传时间", "上报时间"),
        is_required=True,
        unreadable_rule="IR-E2",
    ),
    Column("inspector_names", Kind.NAME_LIST, ("检查人员", "执法人员"), is_required=True),
    Column("inspector_cert_nos", Kind.CODE_LIST, ("执法证号", "检查人员执法证号"), is_required=True),
    Column("problem_found", Kind.YES_NO, ("是否发现问题", "是否存在问题"), is_required=True),
    Column("problem_text", Kind.TEXT, ("问题描述", "存在问题"), free_text=True),
    Column("disposal", Kind.TEXT, ("处理意见", "处理情况"), free_text=True),
    Column("has_transcript", Kind.YES_NO, ("是否制作笔录", "是否制作现场笔录")),
    Column("photo_count", Kind.WHOLE, ("照片数量", "照片数")),
    Column(
        "upload_terminal",
        Kind.ENUM,
        ("上传终端", "上传方式"),
        is_required=True,
        values=("移动端", "电脑端"),
        unreadable_rule="IR-F6",
    ),
    Column(
        "record_status",
        Kind.ENUM,
        ("记录状态", "状态"),
        is_required=True,
        values=("有效", "作废", "草稿"),
        unreadable_rule="IR-E3",
    ),
)
