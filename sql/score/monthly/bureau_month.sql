-- One row: a bureau in a month 1 … M (C7.1, monthly part). Per capita = effective records of the cover ÷ officers with
-- in_establishment and on_post in the cover (在编在岗, roster in force for the month); deduction as in I3.1.
WITH bureau AS (
    SELECT b.*, m.month, m.is_record_month
    FROM core.bureau AS b
    CROSS JOIN rulebook.month AS m
    JOIN core.refresh AS r ON m.month <= r.as_of_month
),

staff AS (
    SELECT c.bureau_code, o.month, count(*) AS headcount
    FROM core.officer_in_force AS o
    JOIN core.cover AS c USING (agency_code)
    WHERE o.in_establishment AND o.on_post
    GROUP BY c.bureau_code, o.month
),

agency_record AS (
    SELECT
        agency_code,
        month,
        count(*) AS records,
        count_if(has_problem) AS problem_records,
        count_if(has_completeness_problem) AS completeness_problem_records,
        count_if(has_format_problem) AS format_problem_records,
        count_if(has_timeliness_problem) AS timeliness_problem_records
    FROM core.inspection_record
    GROUP BY agency_code, month
),

record AS (
    SELECT
        c.bureau_code,
        a.month,
        sum(a.records)::BIGINT AS records,
        sum(a.problem_records)::BIGINT AS problem_records,
        sum(a.completeness_problem_records)::BIGINT AS completeness_problem_records,
        sum(a.format_problem_records)::BIGINT AS format_problem_records,
        sum(a.timeliness_problem_records)::BIGINT AS timeliness_problem_records
    FROM agency_record AS a
    JOIN core.cover AS c USING (agency_code)
    GROUP BY c.bureau_code, a.month
),

counted AS (
    SELECT
        b.month,
        b.region_code,
        b.region_name,
        b.level,
        b.is_record_month,
        coalesce(s.headcount, 0) AS headcount,
        coalesce(n.records, 0) AS records,
        coalesce(n.problem_records, 0) AS problem_records,
        coalesce(n.completeness_problem_records, 0) AS completeness_problem_records,
        coalesce(n.format_problem_records, 0) AS format_problem_records,
        coalesce(n.timeliness_problem_records, 0) AS timeliness_problem_records
    FROM bureau AS b
    LEFT JOIN staff AS s ON s.bureau_code = b.region_code AND s.month = b.month
    LEFT JOIN record AS n ON n.bureau_code = b.region_code AND n.month = b.month
),

based AS (
    SELECT c.*, coalesce(max(b.points), 0) AS base
    FROM counted AS c
    LEFT JOIN rulebook.band AS b
        ON c.is_record_month AND c.headcount > 0 AND b.clause_id = 'C7.1' AND b.level = c.level AND b.name = 'base'
        AND (c.records > b.lower * c.headcount OR (b.is_lower_inclusive AND c.records = b.lower * c.headcount))
    GROUP BY ALL
),

deducted AS (
    SELECT
        *,
        CASE
            WHEN records = 0 THEN 0
            ELSE least(base, round4(base * param('C7.1', level, 'factor') * problem_records, records))
        END::DECIMAL(9, 4) AS deduction
    FROM based
)

SELECT
    * EXCLUDE (base, deduction),
    CASE WHEN headcount > 0 THEN records / headcount END AS per_capita,
    CASE WHEN records > 0 THEN problem_records / records END AS problem_share,
    base::DECIMAL(9, 4) AS base_points,
    deduction,
    (base - deduction)::DECIMAL(9, 4) AS points
FROM deducted
