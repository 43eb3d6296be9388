-- One row: an officer in a month 1 … M, for all who stand in a roster in force for that month (I3.1, monthly part).
-- A month in which an officer stands in the Corps' roster (6590) has no row, and so no points (SOURCES 2: stand in no mart).
-- n = effective records credited that were uploaded from the terminal the clause names; base by bands of n; deduction =
-- base × problem records ÷ n × factor, at most the base (根据质量问题占比扣分; 每月扣减的分值不超过当月得分).
WITH officer AS (
    SELECT o.month, o.officer_id, o.officer_name, o.agency_code AS region_code, m.is_record_month
    FROM core.officer_in_force AS o
    JOIN rulebook.month AS m USING (month)
    JOIN core.refresh AS r ON o.month <= r.as_of_month
    WHERE o.is_appraised
),

borne AS (
    SELECT c.month, unnest(c.officer_ids) AS officer_id, k.*
    FROM core.certificate_credit AS k
    JOIN core.certificate_in_force AS c USING (certificate_id)
),

credited AS (
    SELECT
        month,
        officer_id,
        sum(records)::BIGINT AS records,
        sum(mobile_records)::BIGINT AS mobile_records,
        sum(problem_records)::BIGINT AS problem_records,
        sum(completeness_problem_records)::BIGINT AS completeness_problem_records,
        sum(format_problem_records)::BIGINT AS format_problem_records,
        sum(timeliness_problem_records)::BIGINT AS timeliness_problem_records
    FROM borne
    GROUP BY month, officer_id
),

counted AS (
    SELECT
        o.*,
        coalesce(c.records, 0) AS records,
        coalesce(c.mobile_records, 0) AS mobile_records,
        coalesce(c.problem_records, 0) AS problem_records,
        coalesce(c.completeness_problem_records, 0) AS completeness_problem_records,
        coalesce(c.format_problem_records, 0) AS format_problem_records,
        coalesce(c.timeliness_problem_records, 0) AS timeliness_problem_records
    FROM officer AS o
    LEFT JOIN credited AS c USING (month, officer_id)
),

-- Few pairs of numbers occur: what each earns in a record month is computed once.
reached AS (
    SELECT n.mobile_records, n.problem_records, max(b.points) AS base
    FROM (SELECT mobile_records, problem_records FROM credited UNION SELECT 0, 0) AS n
    JOIN rulebook.band AS b
        ON b.clause_id = 'I3.1' AND b.name = 'base'
        AND (n.mobile_records > b.lower OR (b.is_lower_inclusive AND n.mobile_records = b.lower))
    GROUP BY n.mobile_records, n.problem_records
),

earned AS (
    SELECT
        *,
        CASE
            WHEN mobile_records = 0 THEN 0
            ELSE least(base, round4(base * param('I3.1', 'officer', 'factor') * problem_records, mobile_records))
        END AS deduction
    FROM reached
)

SELECT
    c.*,
    CASE WHEN c.mobile_records > 0 THEN c.problem_records / c.mobile_records END AS problem_share,
    coalesce(e.base, 0)::DECIMAL(9, 4) AS base_points,
    coalesce(e.deduction, 0)::DECIMAL(9, 4) AS deduction,
    (coalesce(e.base, 0) - coalesce(e.deduction, 0))::DECIMAL(9, 4) AS points
FROM counted AS c
LEFT JOIN earned AS e
    ON c.is_record_month AND e.mobile_records = c.mobile_records AND e.problem_records = c.problem_records
