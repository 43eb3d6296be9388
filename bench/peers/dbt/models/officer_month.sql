-- One row: an officer in a month, with base, deduction and points.
WITH counted AS (
    SELECT n.month, n.officer_id, count(DISTINCT n.row_id) AS n, count(DISTINCT n.row_id) FILTER (e.has_problem) AS bad
    FROM {{ ref('named') }} AS n
    JOIN {{ ref('effective') }} AS e USING (row_id)
    WHERE e.upload_terminal = '移动端' AND n.officer_id IS NOT NULL
    GROUP BY ALL
)

SELECT *, least(n, 2) AS base, round(least(n, 2) * bad / n, 4) AS deduction, least(n, 2) - round(least(n, 2) * bad / n, 4) AS points
FROM counted
