"""Suites of the monthly marts: officers, bureaus, activity, transmission.

The swings below are no rule of the appraisal: they say from where on a careful reader looks twice. They were
set so that a quiet autumn or one missing prefecture shows, and a month like the last does not.
"""

from __future__ import annotations

from checks.suites.base import Never, Suite, between, never, trend

LARGEST_HEADCOUNT_SWING = 0.2
LARGEST_RECORDS_FACTOR = 2.0
LARGEST_PROBLEM_SHARE = 0.5
LARGEST_RATE_SWING = 0.2
MANY_RECORDS = 20

_RECORD_PROPERTIES = (
    Never("share_out_of_range", "problem_share NOT BETWEEN 0 AND 1", "问题占比不在 0 到 1 之间"),
    Never(
        "points_out_of_range",
        "points IS NULL OR points < 0 OR points > base_points",
        "得分为空、为负，或超过基础分",
    ),
    Never(
        "dimensions_exceed_problems",
        "greatest(completeness_problem_records, format_problem_records, timeliness_problem_records)"
        " > problem_records",
        "某一维度的问题记录数大于问题记录总数",
    ),
    Never(
        "problems_without_dimension",
        "completeness_problem_records + format_problem_records + timeliness_problem_records"
        " < problem_records",
        "有问题记录不属于任何维度",
    ),
)

OFFICERS = never(
    "officer_monthly_record_score",
    ("month", "officer_id"),
    ("month",),
    Never(
        "mobile_exceeds_all",
        "mobile_records > records OR mobile_records < 0",
        "移动端记录数大于记录总数，或为负",
    ),
    Never(
        "problems_exceed_records",
        "problem_records > mobile_records OR problem_records < 0",
        "问题记录数大于移动端记录数，或为负",
    ),
    Never(
        "share_without_records",
        "(mobile_records = 0) <> (problem_share IS NULL)",
        "没有移动端记录却有问题占比，或有记录而占比为空",
    ),
    *_RECORD_PROPERTIES,
)

OFFICERS_TREND = trend(
    "officer_monthly_record_score",
    ("month",),
    """
    WITH refresh AS (SELECT max(as_of_month) AS as_of_month FROM marts.snapshot),
    months AS (
        SELECT CAST(unnest(generate_series(date_trunc('year', as_of_month), as_of_month,
            INTERVAL 1 MONTH)) AS DATE)
            AS month
        FROM refresh
    ),
    counts AS (
        SELECT month, count(*) AS officers, sum(records) AS credits
        FROM marts.officer_monthly_record_score GROUP BY month
    )
    SELECT strftime(m.month, '%Y-%m') AS month, coalesce(c.officers, 0) AS officers,
        c.officers / lag(c.officers) OVER (ORDER BY m.month) AS headcount_ratio,
        c.credits / nullif(lag(c.credits) OVER (ORDER BY m.month), 0) AS credits_ratio
    FROM months AS m LEFT JOIN counts AS c USING (month)
    ORDER BY m.month
    """,
    between("officers", 1, None, "该月没有任何在册执法人员，请核对名册是否报送"),
    between(
        "headcount_ratio",
        1 - LARGEST_HEADCOUNT_SWING,
        1 + LARGEST_HEADCOUNT_SWING,
        "在册人数与上月相差较大，请核对名册是否漏报",
    ),
    between(
        "credits_ratio",
        1 / LARGEST_RECORDS_FACTOR,
        LARGEST_RECORDS_FACTOR,
        "人员参与记录数与上月相差较大，请核对检查记录是否漏报或重报",
    ),
)

BUREAUS = never(
    "region_monthly_record_score",
    ("month", "region_code"),
    ("month", "level"),
    Never(
        "problems_exceed_records",
        "problem_records > records OR problem_records < 0",
        "问题记录数大于有效记录数，或为负",
    ),
    Never(
        "share_without_records",
        "(records = 0) <> (problem_share IS NULL)",
        "没有记录却有问题占比，或有记录而占比为空",
    ),
    Never(
        "per_capita_without_headcount",
        "(headcount = 0) <> (per_capita IS NULL) OR per_capita < 0",
        "没有在编在岗人员却有人均数，或有人员而人均数为空、为负",
    ),
    Never(
        "per_capita_is_not_the_ratio",
        "abs(per_capita * headcount - records) > 0.000001 * records",
        "人均上报数不等于有效记录数除以在编在岗人数",
    ),
    *_RECORD_PROPERTIES,
)

BUREAUS_CROSS_FOOT = never(
    "region_monthly_record_score",
    ("month", "region_code"),
    ("month",),
    Never(
        "counties_exceed_prefecture",
        "county_records > records OR county_headcount > headcount",
        "所辖县（市、区）合计大于地（州、市）数",
    ),
    rows="""
        SELECT p.month, p.region_code, any_value(p.records) AS records, any_value(p.headcount) AS headcount,
            sum(c.records) AS county_records, sum(c.headcount) AS county_headcount
        FROM marts.region_monthly_record_score AS p
        JOIN marts.region_final_score AS f ON f.prefecture_code = p.region_code AND f.level = 'county'
        JOIN marts.region_monthly_record_score AS c ON c.region_code = f.region_code AND c.month = p.month
        WHERE p.level = 'prefecture'
        GROUP BY p.month, p.region_code
    """,
    part="cross_foot",
)

BUREAUS_LOOK = never(
    "region_monthly_record_score",
    ("month", "region_code"),
    ("month",),
    Never(
        "officers_without_records",
        "is_record_month AND headcount > 0 AND records = 0 AND level = 'county'",
        "有在编在岗人员而全月没有有效检查记录，请核对是否漏报",
        is_blocking=False,
    ),
    Never(
        "records_jump",
        f"records >= {MANY_RECORDS} AND last_records >= {MANY_RECORDS}"
        f" AND records NOT BETWEEN last_records / {LARGEST_RECORDS_FACTOR}"
        f" AND last_records * {LARGEST_RECORDS_FACTOR}",
        "有效记录数与上月相差较大，请核对是否漏报或重报",
        is_blocking=False,
    ),
    Never(
        "problems_prevail",
        f"records >= {MANY_RECORDS} AND problem_share > {LARGEST_PROBLEM_SHARE}",
        "半数以上的有效记录有质量问题，请查问题清单中的共性原因",
        is_blocking=False,
    ),
    rows="""
        SELECT month, region_code, region_name, level, is_record_month, headcount, records, problem_share,
            lag(records) OVER (PARTITION BY region_code ORDER BY month) AS last_records
        FROM marts.region_monthly_record_score
    """,
    part="look",
)

ACTIVITY = never(
    "region_activity_rate",
    ("month", "region_code"),
    ("month", "level"),
    Never(
        "active_exceed_holders",
        "active_holders > cert_holders OR active_holders < 0",
        "活跃人数大于持证人数，或为负",
    ),
    Never("rate_out_of_range", "activity_rate NOT BETWEEN 0 AND 1", "活跃率不在 0 到 1 之间"),
    Never(
        "rate_without_holders",
        "(cert_holders = 0) <> (activity_rate IS NULL)",
        "没有持证人员却有活跃率，或有持证人员而活跃率为空",
    ),
    Never("points_below_zero", "points IS NULL OR points < 0", "得分为空或为负"),
    Never("points_without_holders", "cert_holders = 0 AND points > 0", "没有持证人员却得分"),
)

ACTIVITY_TREND = trend(
    "region_activity_rate",
    ("month", "level"),
    """
    SELECT strftime(month, '%Y-%m') AS month, level,
        sum(active_holders) / nullif(sum(cert_holders), 0)
            - lag(sum(active_holders) / nullif(sum(cert_holders), 0)) OVER (PARTITION BY level ORDER BY month)
            AS rate_change
    FROM marts.region_activity_rate GROUP BY month, level ORDER BY month, level
    """,
    between("rate_change", -LARGEST_RATE_SWING, None, "累计活跃率比上月明显下降，请核对名册与检查记录"),
)

TRANSMISSION = never(
    "region_transmission_rate",
    ("month", "region_code"),
    ("month", "level"),
    Never(
        "counts_out_of_order",
        "NOT coalesce(immediate_count BETWEEN 0 AND completed_count"
        " AND completed_count <= expected_count, false)",
        "即时有效、补全有效、应传数据量的大小次序不对，或有空值",
    ),
    Never(
        "rate_out_of_range",
        "immediate_rate NOT BETWEEN 0 AND 1 OR completed_rate NOT BETWEEN 0 AND 1"
        " OR ytd_immediate_rate NOT BETWEEN 0 AND 1 OR ytd_completed_rate NOT BETWEEN 0 AND 1",
        "传输率不在 0 到 1 之间",
    ),
    Never(
        "immediate_exceeds_completed",
        "immediate_rate > completed_rate OR ytd_immediate_rate > ytd_completed_rate",
        "即时有效传输率大于补全有效传输率",
    ),
)

TRANSMISSION_LOOK = never(
    "region_transmission_rate",
    ("month", "region_code"),
    ("month",),
    Never(
        "rate_jump",
        f"abs(immediate_rate - last_rate) > {LARGEST_RATE_SWING}",
        "即时有效传输率与上月相差较大，请核对报送的数据量",
        is_blocking=False,
    ),
    Never(
        "expected_jump",
        f"expected_count NOT BETWEEN last_expected / {LARGEST_RECORDS_FACTOR}"
        f" AND last_expected * {LARGEST_RECORDS_FACTOR}",
        "应传数据量与上月相差较大，请核对是否漏报",
        is_blocking=False,
    ),
    rows="""
        SELECT month, region_code, region_name, expected_count, immediate_rate,
            lag(immediate_rate) OVER (PARTITION BY region_code ORDER BY month) AS last_rate,
            lag(expected_count) OVER (PARTITION BY region_code ORDER BY month) AS last_expected
        FROM marts.region_transmission_rate
    """,
    part="look",
)

SUITES: tuple[Suite, ...] = (
    OFFICERS,
    OFFICERS_TREND,
    BUREAUS,
    BUREAUS_CROSS_FOOT,
    BUREAUS_LOOK,
    ACTIVITY,
    ACTIVITY_TREND,
    TRANSMISSION,
    TRANSMISSION_LOOK,
)
