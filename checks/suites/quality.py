"""Suites of the marts on deliveries, quality problems, rosters, clauses and rules."""

from __future__ import annotations

from checks.suites.base import Never, Suite, between, exactly_zero, never, trend

LARGEST_QUARANTINED_SHARE = 0.2
LARGEST_PROBLEM_FACTOR = 2.0
LONGEST_VALUE = 80
LONGEST_CARRY = 2
FEW_ROWS = 20

SNAPSHOT = never(
    "snapshot",
    ("as_of_month",),
    (),
    Never("season_differs", "year(as_of_month) IS DISTINCT FROM season_year", "截止月份不属于本赛季年度"),
    Never("month_is_no_first_day", "day(as_of_month) <> 1", "截止月份不是当月第一天"),
    Never("final_unknown", "is_final IS NULL", "没有说明是预计结果还是正式结果"),
)

SNAPSHOT_ROW = trend(
    "snapshot",
    ("scope",),
    "SELECT '全部' AS scope, count(*) - 1 AS rows_off FROM marts.snapshot",
    exactly_zero("rows_off", "快照信息应当只有一行"),
    part="one_row",
)

CLAUSES = never(
    "clause",
    ("clause_id",),
    ("group_id",),
    Never("maximum_unknown", "max_points IS NULL OR max_points <= 0", "条款没有满分，或满分不大于 0"),
    Never(
        "text_missing",
        "coalesce(title_zh, '') = '' OR coalesce(quote_zh, '') = '' OR coalesce(source, '') = ''",
        "条款缺少标题、原文或出处",
    ),
    Never(
        "group_above_its_clauses",
        "group_max_points IS NULL OR group_max_points > clause_points",
        "组满分为空，或大于组内各条满分之和",
    ),
    rows="SELECT *, sum(max_points) OVER (PARTITION BY group_id) AS clause_points FROM marts.clause",
)

MAXIMUM_OF_BUREAUS = trend(
    "clause",
    ("scope",),
    """
    WITH scored AS (SELECT DISTINCT clause_id FROM marts.region_indicator_score),
    groups AS (SELECT DISTINCT group_id, group_max_points FROM marts.clause SEMI
        JOIN scored USING (clause_id))
    SELECT '集体' AS scope, count_if(max_points <> (SELECT sum(group_max_points) FROM groups))
        AS maximum_differs
    FROM marts.region_final_score
    """,
    exactly_zero("maximum_differs", "集体总分的满分不等于各组满分之和"),
    part="maximum",
)

RULES = never(
    "rule",
    ("rule_id",),
    (),
    Never(
        "dimension_unknown",
        "dimension IS NULL OR dimension NOT IN ('完整性', '规范性', '时效性')",
        "规则的维度不在三个维度之中",
    ),
    Never(
        "severity_unknown",
        "severity IS NULL OR severity NOT IN ('fatal', 'problem', 'notice')",
        "规则的严重程度不在规定的取值之中",
    ),
    Never("message_missing", "coalesce(message_zh, '') = ''", "规则没有说明文字"),
)

QUALITY = never(
    "data_quality_monthly",
    ("source", "delivery_month", "prefecture_code", "rule_id"),
    ("source",),
    Never(
        "broken_exceed_checked", "broken_rows NOT BETWEEN 0 AND checked_rows", "违反行数大于检查行数，或为负"
    ),
    Never("nothing_checked", "checked_rows IS NULL OR checked_rows < 1", "没有检查过任何行却列出了规则"),
    Never(
        "rule_unknown",
        "known_severity IS DISTINCT FROM severity OR known_dimension IS DISTINCT FROM dimension",
        "规则不在规则表（rule）中，或维度、严重程度不一致",
    ),
    Never(
        "checked_rows_differ", "checked_rows <> most_checked", "同一来源、月份、地区的各条规则检查行数不一致"
    ),
    rows="""
        SELECT q.source, q.delivery_month, coalesce(q.prefecture_code, '') AS prefecture_code,
            q.rule_id, q.dimension,
            q.severity, q.checked_rows, q.broken_rows, r.severity AS known_severity, r.dimension
                AS known_dimension,
            max(q.checked_rows) OVER (PARTITION BY q.source, q.delivery_month, q.prefecture_code)
                AS most_checked
        FROM marts.data_quality_monthly AS q LEFT JOIN marts.rule AS r USING (rule_id)
    """,
)

QUALITY_TREND = trend(
    "data_quality_monthly",
    ("source", "month", "dimension"),
    f"""
    WITH rates AS (
        SELECT source, delivery_month, dimension, sum(broken_rows) AS broken, max(checked_rows) AS checked
        FROM (
            SELECT source, delivery_month, dimension, rule_id, sum(broken_rows) AS broken_rows,
                sum(checked_rows) AS checked_rows
            FROM marts.data_quality_monthly WHERE severity <> 'notice'
            GROUP BY source, delivery_month, dimension, rule_id
        )
        GROUP BY source, delivery_month, dimension
    )
    SELECT source, strftime(delivery_month, '%Y-%m') AS month, dimension,
        CASE WHEN checked >= {FEW_ROWS} AND lag(checked) OVER last >= {FEW_ROWS}
            THEN (broken / checked) / nullif(lag(broken / checked) OVER last, 0) END AS problem_factor
    FROM rates
    WINDOW last AS (PARTITION BY source, dimension ORDER BY delivery_month)
    ORDER BY source, month, dimension
    """,  # noqa: S608 (our own constant)
    between(
        "problem_factor",
        None,
        LARGEST_PROBLEM_FACTOR,
        "该来源的问题比例比上月成倍上升，请查问题清单中的共性原因",
    ),
)

ISSUES = never(
    "quality_issue",
    ("source", "file", "sheet", "row_number", "rule_id", "column_name"),
    ("source",),
    Never(
        "rule_unknown",
        "known_severity IS DISTINCT FROM severity OR known_dimension IS DISTINCT FROM dimension",
        "规则不在规则表（rule）中，或维度、严重程度不一致",
    ),
    Never("place_missing", "file = '' OR row_number IS NULL OR row_number < 1", "问题没有注明文件或行号"),
    Never("file_unknown", "NOT is_delivered", "问题所在的文件不在收到的文件（delivery_file）中"),
    Never("value_too_long", f"length(value) > {LONGEST_VALUE}", "取值摘录过长"),
    Never("message_missing", "coalesce(message_zh, '') = ''", "问题没有说明文字"),
    rows="""
        SELECT i.source, coalesce(i.file, '') AS file, coalesce(i.sheet, '') AS sheet, i.row_number,
            i.rule_id,
            coalesce(i.column_name, '') AS column_name, coalesce(i.value, '') AS value, i.severity,
                i.dimension, i.message_zh,
            r.severity AS known_severity, r.dimension AS known_dimension, d.file IS NOT NULL AS is_delivered
        FROM marts.quality_issue AS i
        LEFT JOIN marts.rule AS r USING (rule_id)
        LEFT JOIN (SELECT DISTINCT file FROM marts.delivery_file) AS d ON d.file = i.file
    """,
)

SUPERSEDED = never(
    "superseded_row",
    ("source", "file", "sheet", "row_number"),
    ("source",),
    Never(
        "replaced_by_itself",
        "file = replaced_by_file AND sheet = coalesce(replaced_by_sheet, '')"
        " AND row_number = replaced_by_row_number",
        "某行被自己替换",
    ),
    Never("file_unknown", "NOT is_delivered", "被替换的行所在文件不在收到的文件（delivery_file）中"),
    rows="""
        SELECT s.source, s.file, coalesce(s.sheet, '') AS sheet, s.row_number, s.replaced_by_file,
            s.replaced_by_sheet,
            s.replaced_by_row_number, d.file IS NOT NULL AS is_delivered
        FROM marts.superseded_row AS s
        LEFT JOIN (SELECT DISTINCT file FROM marts.delivery_file) AS d ON d.file = s.file
    """,
)

FILES = never(
    "delivery_file",
    ("file", "source", "status", "reason", "ordinal"),
    ("delivery_month",),
    Never(
        "status_unknown",
        "status IS NULL OR status NOT IN ('accepted', 'refused')",
        "文件状态不在规定的取值之中",
    ),
    Never("accepted_without_source", "status = 'accepted' AND source = ''", "已接收的文件没有注明数据来源"),
    Never("refused_without_reason", "status = 'refused' AND reason = ''", "被拒收的文件没有写明原因"),
    Never(
        "count_below_zero",
        "least(rows_below_header, accepted_rows, quarantined_rows, duplicate_rows, footer_rows,"
        " blank_rows) < 0",
        "行数为负",
    ),
    Never(
        "month_is_not_the_folder",
        "file NOT LIKE strftime(delivery_month, '%Y-%m') || '/%'",
        "报送月份与所在文件夹不符",
    ),
    Never("refused_file", "status = 'refused'", "有文件被拒收，请通知报送单位重报", is_blocking=False),
    Never(
        "mostly_quarantined",
        f"quarantined_rows > {LARGEST_QUARANTINED_SHARE} * rows_below_header"
        f" AND rows_below_header >= {FEW_ROWS}",
        "文件中较多的行有强制性错误而不计分，请通知报送单位更正",
        is_blocking=False,
    ),
    rows="""
        SELECT file, coalesce(source, '') AS source, status, coalesce(reason, '') AS reason, delivery_month,
            rows_below_header, accepted_rows, quarantined_rows, duplicate_rows, footer_rows, blank_rows,
            CASE WHEN source IS NULL THEN row_number() OVER (PARTITION BY file,
                source ORDER BY reason) ELSE 1 END
                AS ordinal
        FROM marts.delivery_file
    """,
)

ROSTERS = never(
    "roster_in_force",
    ("month", "prefecture_code"),
    ("month",),
    Never(
        "carried_wrong",
        "is_carried IS DISTINCT FROM (roster_month < month)",
        "是否沿用旧名册的标记与名册月份不符",
    ),
    Never(
        "carried_long",
        f"datediff('month', roster_month, month) > {LONGEST_CARRY}",
        "沿用的名册已超过两个月，请催报名册",
        is_blocking=False,
    ),
    Never(
        "later_roster_used",
        "roster_month > month",
        "该月及以前没有名册，用了以后月份的名册",
        is_blocking=False,
    ),
)

SUITES: tuple[Suite, ...] = (
    SNAPSHOT,
    SNAPSHOT_ROW,
    CLAUSES,
    MAXIMUM_OF_BUREAUS,
    RULES,
    QUALITY,
    QUALITY_TREND,
    ISSUES,
    SUPERSEDED,
    FILES,
    ROSTERS,
)
