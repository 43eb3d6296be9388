"""The contract of `inspection_records` 检查记录 (SOURCES 3)."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from checks.contracts.base import Column, Contract, Kind, Reference, Rule
from checks.contracts.conditions import (
    is_bad_credit_code,
    is_blank,
    is_given,
    is_later_by_more,
    is_missing,
    is_outside,
)
from checks.contracts.model import COMPLETENESS, FATAL, FORMAT, PROBLEM, TIMELINESS

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

SOURCE = "inspection_records"

RULES = (
    Rule(
        "IR-E1",
        SOURCE,
        FORMAT,
        FATAL,
        "record_id",
        "检查记录编号为空或不合编号规则",
        "编号为 JC＋6位区划代码＋8位日期＋5位序号，请按平台原编号填报",
    ),
    Rule(
        "IR-E2",
        SOURCE,
        TIMELINESS,
        FATAL,
        "uploaded_at",
        "上传时间为空或无法识别",
        "请按“2022-04-03 08:05:09”的样式补填上传时间",
    ),
    Rule(
        "IR-E3",
        SOURCE,
        FORMAT,
        FATAL,
        "record_status",
        "记录状态不是“有效”",
        "作废、草稿不算有效检查记录；确属有效的，请更正记录状态后重新报送",
    ),
    Rule(
        "IR-E4",
        SOURCE,
        FORMAT,
        FATAL,
        "agency_code",
        "填报单位区划代码为空或不在区划代码表中",
        "请填写填报单位的6位区划代码",
    ),
    Rule(
        "IR-E5",
        SOURCE,
        FORMAT,
        FATAL,
        "inspector_cert_nos",
        "没有填写执法证号，或所填证号均不在当月在用名册中",
        "请核对执法证号；人员确已在岗的，请先补报名册",
        in_sql=True,
    ),
    Rule("IR-C1", SOURCE, COMPLETENESS, PROBLEM, "site_name", "检查对象名称为空", "请补填检查对象名称"),
    Rule(
        "IR-C2",
        SOURCE,
        COMPLETENESS,
        PROBLEM,
        "site_uscc",
        "统一社会信用代码为空",
        "请补填检查对象的统一社会信用代码",
    ),
    Rule(
        "IR-C3",
        SOURCE,
        COMPLETENESS,
        PROBLEM,
        "started_at",
        "检查开始时间或结束时间为空",
        "请补填检查的起止时间",
    ),
    Rule("IR-C4", SOURCE, COMPLETENESS, PROBLEM, "longitude", "经度或纬度为空", "请补填检查地点的经纬度"),
    Rule(
        "IR-C5",
        SOURCE,
        COMPLETENESS,
        PROBLEM,
        "inspector_cert_nos",
        "执法证号少于{ir_min_certificates}个",
        "检查须由两名以上执法人员进行，请补填全部检查人员的执法证号",
    ),
    Rule(
        "IR-C6",
        SOURCE,
        COMPLETENESS,
        PROBLEM,
        "problem_found",
        "发现问题但没有问题描述",
        "请补填问题描述，或更正“是否发现问题”",
    ),
    Rule(
        "IR-C7",
        SOURCE,
        COMPLETENESS,
        PROBLEM,
        "problem_found",
        "发现问题但没有处理意见",
        "请补填处理意见，或更正“是否发现问题”",
    ),
    Rule(
        "IR-C8",
        SOURCE,
        COMPLETENESS,
        PROBLEM,
        "inspection_mode",
        "现场检查没有照片",
        "请补传现场照片并填写照片数量",
    ),
    Rule(
        "IR-C9",
        SOURCE,
        COMPLETENESS,
        PROBLEM,
        "inspection_mode",
        "检查方式、检查类型、是否发现问题、上传终端四项中有空项",
        "请补填空项",
    ),
    Rule(
        "IR-F1",
        SOURCE,
        FORMAT,
        PROBLEM,
        "site_uscc",
        "统一社会信用代码不合国家标准 GB 32100-2015（位数、字符或校验码有误）",
        "请对照营业执照更正18位代码",
    ),
    Rule(
        "IR-F2",
        SOURCE,
        FORMAT,
        PROBLEM,
        "longitude",
        "经纬度超出范围（经度 {longitude_min}～{longitude_max}，纬度 {latitude_min}～{latitude_max}）",
        "请核对经纬度，注意两者是否填反",
    ),
    Rule(
        "IR-F3",
        SOURCE,
        FORMAT,
        PROBLEM,
        "ended_at",
        "检查结束早于开始，或历时超过{ir_f3_hours}小时",
        "请核对检查起止时间",
    ),
    Rule(
        "IR-F4",
        SOURCE,
        FORMAT,
        PROBLEM,
        "inspector_names",
        "检查人员人数与执法证号个数不一致",
        "请按同一顺序逐人填写姓名和证号",
    ),
    Rule(
        "IR-F5",
        SOURCE,
        FORMAT,
        PROBLEM,
        "inspector_cert_nos",
        "有执法证号不在当月在用名册中，或检查当日证件不在有效期内",
        "请核对证号；换证、调动的，请更正名册",
        in_sql=True,
    ),
    Rule(
        "IR-F6",
        SOURCE,
        FORMAT,
        PROBLEM,
        "inspection_type",
        "检查类型、检查方式或上传终端不是规定的选项",
        "请改为规定的选项",
    ),
    Rule(
        "IR-F7",
        SOURCE,
        FORMAT,
        PROBLEM,
        "site_region_code",
        "检查对象区划代码不在区划代码表中",
        "请填写检查对象所在地的6位区划代码",
    ),
    Rule(
        "IR-T1",
        SOURCE,
        TIMELINESS,
        PROBLEM,
        "uploaded_at",
        "检查结束后超过{ir_t1_hours}小时才上传",
        "请在检查结束后及时上传；时间填错的，请更正",
    ),
    Rule(
        "IR-T2",
        SOURCE,
        TIMELINESS,
        PROBLEM,
        "uploaded_at",
        "上传时间早于检查开始时间",
        "请核对上传时间和检查开始时间",
    ),
)


RECORD_ID = "^JC[0-9]{6}[0-9]{8}[0-9]{5}$"


def broken(reference: Reference) -> Mapping[str, pl.Expr]:
    """Where each rule is broken that the row alone can tell (SOURCES 3.1)."""
    number = reference.quality
    started, ended, uploaded = pl.col("started_at"), pl.col("ended_at"), pl.col("uploaded_at")
    found, on_site = pl.col("problem_found"), pl.col("inspection_mode") == "现场检查"
    names, certificates = pl.col("inspector_names").list.len(), pl.col("inspector_cert_nos").list.len()
    strange = [
        is_given(name) & is_missing(name)
        for name in ("inspection_type", "inspection_mode", "upload_terminal")
    ]
    return {
        "IR-E1": ~pl.col("record_id").str.contains(RECORD_ID).fill_null(value=False),
        "IR-E2": is_missing("uploaded_at"),
        "IR-E3": pl.col("record_status").ne_missing("有效"),
        "IR-E4": is_missing("agency_code"),
        "IR-C1": is_blank("site_name"),
        "IR-C2": is_blank("site_uscc"),
        "IR-C3": is_blank("started_at") | is_blank("ended_at"),
        "IR-C4": is_blank("longitude") | is_blank("latitude"),
        "IR-C5": certificates.fill_null(0) < int(number["ir_min_certificates"]),
        "IR-C6": found & is_blank("problem_text"),
        "IR-C7": found & is_blank("disposal"),
        "IR-C8": on_site & (is_blank("photo_count") | (pl.col("photo_count") <= 0)),
        "IR-C9": pl.any_horizontal(
            is_blank(name)
            for name in ("inspection_mode", "inspection_type", "problem_found", "upload_terminal")
        ),
        "IR-F1": is_bad_credit_code("site_uscc"),
        "IR-F2": is_outside("longitude", number["longitude_min"], number["longitude_max"]).fill_null(
            value=False
        )
        | is_outside("latitude", number["latitude_min"], number["latitude_max"]),
        "IR-F3": (ended < started) | is_later_by_more(ended, started, number["ir_f3_hours"]),
        "IR-F4": names != certificates,
        "IR-F6": pl.any_horizontal(strange),
        "IR-F7": is_given("site_region_code") & is_missing("site_region_code"),
        "IR-T1": is_later_by_more(uploaded, pl.coalesce(ended, started), number["ir_t1_hours"]),
        "IR-T2": uploaded < started,
    }


CONTRACT = Contract(
    source=SOURCE,
    title_zh=TITLE_ZH,
    columns=COLUMNS,
    key=KEY,
    region_column=REGION_COLUMN,
    rules=RULES,
    broken=broken,
)
