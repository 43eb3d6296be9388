"""The one dictionary of column headings and of the words for codes, and how cells are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reports import words
from reports.queries import arrivals


@dataclass(frozen=True)
class Label:
    """A column as people read it.

    Attributes:
        heading: Chinese heading, with the unit where there is one.
        kind: `text`, `code`, `count`, `points`, `number`, `percent`, `plain`, `signed`,
            `month`, `date`, `yes_no`; for texts `long` and `place` ask for room, `name` is not broken.
        words: Chinese word for each code, where the column holds codes.
    """

    heading: str
    kind: str = "text"
    words: Mapping[str, str] | None = None


SEVERITIES = {code: text.split("：")[0] for code, text in words.SEVERITIES.items()}
LEVELS = {**words.LEVELS, "officer": "个人"}
MEASURES = {"any": "全部问题", "completeness": "完整性", "format": "规范性", "timeliness": "时效性"}
CHANGES = {"added": "新增", "removed": "撤下", "changed": "内容有变"}
QUESTIONS = {"award": "是否入选", "ministry": "是否上报生态环境部", "both": "是否入选、是否上报生态环境部"}
ENDINGS = {
    "published": "已发布新成果",
    "unchanged": "无变化，沿用已发布的成果",
    "held_back": "检查未通过，没有发布，仍使用原有成果",
    "nothing_to_read": "没有可读的报送文件",
    "usage": "用法有误",
    "failed": "失败，仍使用原有成果",
    "busy": "另一次更新正在进行",
}

# The rulebook's own names where its labels have no word for them.
PARAMETERS: Mapping[str, str] = {
    "max_points": "条款满分",
    "group_max_points": "大项满分",
    "activity_month": "活跃率统计月份",
    "record_month": "执法记录计分月份",
    "final_month": "最终成果月份",
    "adopted_as": "采纳形式",
    "excluded_as": "不重复计分的采纳形式",
    "bonus_reward_kind": "加分的举报奖励类型",
    "categories": "大案要案类别数",
    "clue_source": "线索来源",
    "done_before": "完成期限（此日之前）",
    "finding": "扣分的问题类型",
    "inspection_mode": "检查方式",
    "made_with": "制作方式",
    "offence": "案由类型",
    "required_organiser": "组织单位",
    "upload_terminal": "上传终端",
    "activity_percent": "活跃率（%）",
    "immediate_percent": "即时有效传输率（%）",
    "quality header_rows_searched": "查找表头的行数",
    "quality ir_f3_hours": "检查时长上限（小时，IR-F3）",
    "quality ir_min_certificates": "执法证号至少个数（IR-C5）",
    "quality ir_t1_hours": "上传时限（小时，IR-T1）",
    "quality latitude_max": "纬度上限（度）",
    "quality latitude_min": "纬度下限（度）",
    "quality longitude_max": "经度上限（度）",
    "quality longitude_min": "经度下限（度）",
    "quality mark_max": "评分上限",
    "quality mark_min": "评分下限",
    "quality places_min": "处数下限",
    "quality rate_tolerance_points": "传输率允许误差（百分点）",
}
ENDS = {
    " ministry_quota": " 上报生态环境部名额",
    " quota": " 名额",
    " maximum": " 至多推荐",
    " minimum": " 至少推荐",
}


def parameter(name: str) -> str:
    """The words for a name of the rulebook; one that is not known is shown as the rulebook has it."""
    if name.startswith("item "):
        return f"事项 {name.removeprefix('item ')} 分值"
    for end, text in ENDS.items():
        if name.endswith(end):
            return name.removesuffix(end) + text
    return PARAMETERS.get(name, name)


COLUMNS: Mapping[str, Label] = {
    "month": Label("月份", "month"),
    "delivery_month": Label("报送月份", "month"),
    "record_month": Label("记录月份", "month"),
    "roster_month": Label("生效名册月份", "month"),
    "months": Label("月份", "long"),
    "region_code": Label("区划代码", "code"),
    "region_name": Label("单位", "name"),
    "prefecture_code": Label("地州代码", "code"),
    "prefecture_name": Label("地（州、市）", "name"),
    "entity_id": Label("编号", "code"),
    "officer_id": Label("人员编号", "code"),
    "officer_name": Label("姓名"),
    "name": Label("名称"),
    "level": Label("层级", words=LEVELS),
    "source": Label("数据类别", words=words.SOURCES),
    "file": Label("文件", "place"),
    "sheet": Label("工作表"),
    "row_number": Label("行号", "count"),
    "business_key": Label("业务编号", "place"),
    "severity": Label("严重程度", words=SEVERITIES),
    "dimension": Label("维度", "name"),
    "dimensions": Label("维度", "name"),
    "rule_id": Label("规则编号", "code"),
    "rules": Label("违反的规则", "code"),
    "messages": Label("问题与更正办法", "long"),
    "message_zh": Label("问题说明与更正办法", "long"),
    "bureau_points": Label("单位可挽回（分）", "points"),
    "officer_points": Label("个人可挽回（分）", "points"),
    "state": Label("到报情况", words=arrivals.STATES),
    "rows": Label("行数", "count"),
    "reason": Label("原因", "long"),
    "status": Label("处理结果", words={"accepted": "采纳", "refused": "拒收"}),
    "skipped_sheets": Label("未读的工作表"),
    "ignored_columns": Label("未采用的列"),
    "rows_below_header": Label("表头以下行数", "count"),
    "accepted_rows": Label("采纳行数", "count"),
    "quarantined_rows": Label("隔离行数", "count"),
    "duplicate_rows": Label("重复或被替换行数", "count"),
    "footer_rows": Label("表尾行数", "count"),
    "blank_rows": Label("空行数", "count"),
    "event_zh": Label("事项"),
    "due_on": Label("日期", "date"),
    "due": Label("距今"),
    "headcount": Label("在编在岗（人）", "count"),
    "records": Label("有效记录（条）", "count"),
    "per_capita": Label("人均（条）", "number"),
    "next_per_capita": Label("下一档（条）", "plain"),
    "next_percent": Label("下一档（%）", "plain"),
    "records_missing": Label("距下一档还差（条）", "count"),
    "officers_missing": Label("距下一档还差（人）", "count"),
    "cert_holders": Label("持证人员（人）", "count"),
    "active_holders": Label("活跃人员（人）", "count"),
    "activity_rate": Label("活跃率", "percent"),
    "expected_count": Label("应传数据量", "count"),
    "immediate_count": Label("即时有效数据量", "count"),
    "completed_count": Label("补全有效数据量", "count"),
    "immediate_rate": Label("当月即时有效率", "percent"),
    "completed_rate": Label("当月补全有效率", "percent"),
    "ytd_immediate_rate": Label("累计即时有效率", "percent"),
    "ytd_completed_rate": Label("累计补全有效率", "percent"),
    "rate": Label("现值", "percent"),
    "limit": Label("界限（%）", "plain"),
    "distance": Label("与界限相差（百分点）", "signed"),
    "is_record_month": Label("计分月", "yes_no"),
    "base_points": Label("基础分", "points"),
    "deduction": Label("扣分", "points"),
    "points": Label("得分", "points"),
    "problem_records": Label("问题记录（条）", "count"),
    "completeness_problem_records": Label("完整性问题（条）", "count"),
    "format_problem_records": Label("规范性问题（条）", "count"),
    "timeliness_problem_records": Label("时效性问题（条）", "count"),
    "problems": Label("问题记录（条）", "count"),
    "share": Label("占比", "percent"),
    "place": Label("位置（文件、工作表、行号）", "place"),
    "any_share": Label("问题记录占比", "percent"),
    "completeness_share": Label("完整性问题占比", "percent"),
    "format_share": Label("规范性问题占比", "percent"),
    "timeliness_share": Label("时效性问题占比", "percent"),
    "measure": Label("问题类别", words=MEASURES),
    "checked_rows": Label("检查行数", "count"),
    "broken_rows": Label("违反行数", "count"),
    "overall_rank": Label("总排名", "count"),
    "rank_no": Label("评选排名", "count"),
    "total_points": Label("总分", "points"),
    "max_points": Label("满分", "plain"),
    "award_status": Label("评选状态"),
    "goes_to_ministry": Label("上报生态环境部", "yes_no"),
    "is_nominated": Label("已推荐", "yes_no"),
    "is_vetoed": Label("一票否决", "yes_no"),
    "has_valid_cert": Label("证件有效", "yes_no"),
    "nomination_kind": Label("推荐类别"),
    "nominated": Label("推荐数", "count"),
    "minimum": Label("至少", "count"),
    "maximum": Label("至多", "count"),
    "is_in_order": Label("是否合规", "yes_no"),
    "candidates": Label("参加排名", "count"),
    "selected": Label("入选", "count"),
    "tied": Label("并列待定", "count"),
    "last_selected": Label("入选最低分", "points"),
    "first_out": Label("未入选最高分", "points"),
    "tied_total": Label("并列分数", "points"),
    "to_ministry": Label("上报生态环境部", "count"),
    "ministry_open": Label("上报待定", "count"),
    "question": Label("须人工决定", words=QUESTIONS),
    "change": Label("变化", words=CHANGES),
    "total_then": Label("原总分", "points"),
    "total_now": Label("现总分", "points"),
    "difference": Label("增减", "points"),
    "rank_then": Label("原排名", "count"),
    "rank_now": Label("现排名", "count"),
    "award_then": Label("原评选状态"),
    "award_now": Label("现评选状态"),
    "clause_id": Label("条款", "code"),
    "group_id": Label("大项", "code"),
    "group_title_zh": Label("大项名称"),
    "group_max_points": Label("大项满分", "plain"),
    "annex": Label("附件"),
    "title_zh": Label("条款名称"),
    "quote_zh": Label("通知原文", "long"),
    "reading": Label("理解与解释", "long"),
    "formula_zh": Label("计算办法", "long"),
    "origin": Label("原文出处"),
    "label_zh": Label("名称"),
    "value": Label("取值"),
    "unit_zh": Label("单位"),
    "lower_limit": Label("下限", "plain"),
    "is_inclusive": Label("含下限", "yes_no"),
}
