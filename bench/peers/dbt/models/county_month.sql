-- One row: an agency in a month, with records per head and points.
WITH staff AS (
    SELECT month, agency_code, count(*) AS headcount FROM {{ ref('officer') }} WHERE in_establishment AND on_post GROUP BY ALL
),

counted AS (
    SELECT strftime(uploaded_at, '%Y-%m') AS month, agency_code, count(*) AS records, count_if(has_problem) AS bad
    FROM {{ ref('effective') }} GROUP BY ALL
)

SELECT c.*, s.headcount, c.records / s.headcount AS per_capita, round(1.5 * c.bad / c.records, 4) AS deduction
FROM counted AS c LEFT JOIN staff AS s USING (month, agency_code)
