-- One row: a bureau in a month 1 … M for which its cover has data (C5.1 自动监测), with the sums of the year to date.
WITH monthly AS (
    SELECT
        t.month,
        c.bureau_code,
        sum(t.expected_count)::HUGEINT AS expected_count,
        sum(t.immediate_count)::HUGEINT AS immediate_count,
        sum(t.completed_count)::HUGEINT AS completed_count
    FROM core.transmission_rates AS t
    JOIN core.cover AS c ON c.agency_code = t.region_code
    JOIN rulebook.month AS m ON m.month = t.month
    JOIN core.refresh AS r ON t.month <= r.as_of_month
    GROUP BY t.month, c.bureau_code
),

summed AS (
    SELECT
        m.month,
        b.region_code,
        b.region_name,
        b.level,
        m.expected_count,
        m.immediate_count,
        m.completed_count,
        sum(m.expected_count) OVER to_date AS ytd_expected_count,
        sum(m.immediate_count) OVER to_date AS ytd_immediate_count,
        sum(m.completed_count) OVER to_date AS ytd_completed_count
    FROM monthly AS m
    JOIN core.bureau AS b ON b.region_code = m.bureau_code
    WINDOW to_date AS (PARTITION BY b.region_code ORDER BY m.month)
)

SELECT
    *,
    CASE WHEN expected_count > 0 THEN immediate_count / expected_count END AS immediate_rate,
    CASE WHEN expected_count > 0 THEN completed_count / expected_count END AS completed_rate,
    CASE WHEN ytd_expected_count > 0 THEN ytd_immediate_count / ytd_expected_count END AS ytd_immediate_rate,
    CASE WHEN ytd_expected_count > 0 THEN ytd_completed_count / ytd_expected_count END AS ytd_completed_rate
FROM summed
