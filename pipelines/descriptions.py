"""Chinese descriptions of the tables before the marts, for the lineage page.

The marts' stand in the dictionary.
"""

from __future__ import annotations

RAW = {
    "content": "报送文件的内容（按 SHA-256 只存一份）",
    "content_part": "每个文件的每张工作表：识别为哪类数据、采纳/拒收/跳过、原因、行数",
    "delivery": "收到的文件及其所属月份、大小、哈希",
    "issue": "读取与校验时发现的每一处问题",
    "inspection_records": "检查记录（平台按月导出），逐行，已按类型解析",
    "evidence_documents": "调查取证文书，逐行，已按类型解析",
    "officer_roster": "执法人员名册（每月快照），逐行，已按类型解析",
    "transmission_rates": "自动监测传输率，逐行，已按类型解析",
    "typical_cases": "典型案例发布，逐行，已按类型解析",
    "referrals": "移送登记，逐行，已按类型解析",
    "penalty_cases": "行政处罚案件登记，逐行，已按类型解析",
    "case_file_reviews": "案卷评查结果，逐行，已按类型解析",
    "campaign_service": "实战练兵派员与评分，逐行，已按类型解析",
    "reported_measures": "制度落实及组织情况（各单位填报），逐行，已按类型解析",
    "material_reviews": "事迹材料审核，逐行，已按类型解析",
    "nominations": "候选推荐，逐行，已按类型解析",
}
RULEBOOK = {
    "clause": "评分条款：分值、原文、理解说明",
    "parameter": "条款参数（分值、上限、系数）",
    "term": "条款中引用的文字取值",
    "day": "条款中的日期（截止日等）",
    "band": "分档：达到下限即得相应分值",
    "month": "年度各月：是否计分月、是否活跃率统计月",
    "season": "评比年度",
    "award": "表彰名额与上报部里的名额",
    "nomination_limit": "推荐数量的上下限",
    "veto": "一票否决事项",
    "measure_item": "各单位填报的事项",
    "division": "行政区划",
    "quality": "数据质量规则的数值参数",
    "rule": "数据质量规则",
    "label": "计算依据中各项名称的中文说明",
    "calendar": "通知中的时间安排",
}
CORE = {
    "refresh": "本次更新：截至月份、规则、数据与程序版本",
    "delivery": "截至本月收到的文件",
    "word": "类型：多处重复的名称与文字，以编号保存",
    "month_needed": "需要名册的月份",
    "delivered_row": "截至本月收到的每一行（各类数据）",
    "superseded": "被后来的行替换（更正或重复）的行",
    "conflict_in_file": "同一文件内主键重复且内容不一致的行",
    "roster_row": "名册中可采纳的行",
    "certificate_claim": "同月同一执法证号由多人持有的情形",
    "officer_roster": "采纳的名册行，执法证号已定归属",
    "certificate_holder": "执法证号的持有人（供案件、案例等登记查找）",
    "certificate_in_force": "每月生效名册中的执法证号及其持有人",
    "roster_in_force": "每月每地州生效的是哪个月的名册",
    "officer_in_force": "每月生效名册中的人员",
    "bureau": "参评集体（地州与县市）",
    "named_certificate": "各登记与记录中写到的执法证号",
    "certificate_validity": "执法证月末是否有效",
    "inspection_check": "对照名册有问题的检查记录",
    "cover": "集体所辖的执法机构",
    "cross_issue": "需对照其他表才能发现的问题",
    "officer": "参评个人",
    "issue": "列出的问题（含严重程度与维度）",
    "row_fate": "未采纳的行：被替换或隔离",
    "row_count": "每个文件、每类数据、每个地区的行数：采纳、隔离、被替换",
    "cited_row": "成果表可能列出的行及其在文件中的位置",
    "inspection_record": "有效检查记录",
    "certificate_credit": "每个执法证号计入的有效记录数",
}
SCORE = {
    "officer_month": "个人每月上报记录得分（I3.1 的按月部分）",
    "bureau_month": "集体每月人均上报记录得分（C7.1 的按月部分）",
    "bureau_activity": "全员执法活跃率（C7.2）",
    "bureau_transmission": "自动监测传输率（C5.1）",
    "officer_index": "个人 × 条款：应有的得分行",
    "bureau_index": "集体 × 条款：应有的得分行",
    "officer_line": "个人各条款得分",
    "bureau_line": "集体各条款得分",
    "case_handler": "案件的主办人员",
    "case_in_cover": "集体辖区内的案件，及是否在年内作出决定",
    "officer_case_file": "个人参评的案卷（I1.2 所依据的一份）",
    "bureau_case_file": "集体参评的案卷（C1.2 所依据的各一份）",
    "measure_rows": "各单位填报事项中计入某集体某条款的行",
    "measure_line": "以填报事项计分的条款得分行",
    "nominee": "计入的候选推荐",
    "candidate": "总分及评选条件",
    "standing": "名次与评选结果",
    "evidence": "决定得分的原始行",
}
INVARIANTS = {
    "delivered_file_is_listed": "收到的文件与文件清单不一致",
    "effective_record_counted_once": "有效检查记录在各地州合计中多计或漏计",
    "effective_record_is_credited": "有效检查记录没有计入任何人员",
    "key_accepted_once": "同一业务主键被采纳两次",
    "monthly_is_complete": "某集体某月的得分行缺失或重复",
    "monthly_points_add_up": "每月得分不等于基础分减扣分，或扣分超出范围",
    "quarantined_row_is_explained": "被隔离的行没有写明强制性错误，或采纳的行带有强制性错误",
    "row_accounting": "文件行数不等于采纳、隔离、重复、表尾、空行之和",
    "score_awards_keep_the_quotas": "入选或上报的数量超过名额",
    "score_lines_are_the_index": "得分行与应有的对象、条款不一致",
    "score_points_within_maximum": "得分为负或超过该条款满分",
    "score_ranked_hold_certificates": "没有有效执法证而参加要求持证的评选",
    "score_totals_add_up": "总分不等于各条款得分之和",
}
ROWS = "_rows"
SUBJECTS = {"i": "个人", "c": "集体"}


def describe(table: str) -> str:
    """What a table before the marts holds, in Chinese.

    Args:
        table: schema and name.

    Raises:
        KeyError: nobody has described it yet.
    """
    schema, _, name = table.partition(".")
    if schema == "core" and name not in CORE:
        return RAW[name].split("，")[0] + "：截至本月采纳的行"
    words = {"raw": RAW, "rulebook": RULEBOOK, "core": CORE, "score": SCORE}[schema]
    if name in words:
        return words[name]
    clause = name.partition("_")[0]
    if schema == "score" and clause[:1] in SUBJECTS and clause[1:2].isdigit():
        number = clause[1:].lstrip("0")
        what = "所依据的原始行" if name.endswith(ROWS) else "的得分行"
        return f"{SUBJECTS[clause[0]]}评分第 {number} 项{what}（条款 {clause[0].upper()}{number}）"
    raise KeyError(f"pipelines/descriptions.py does not describe {table}")
