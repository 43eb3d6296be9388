-- One row: the roster in force for a month and a unit (SOURCES 3.3): the latest roster month up to it, else the earliest later.
SELECT
    m.month,
    u.unit_code,
    coalesce(max(u.month) FILTER (WHERE u.month <= m.month), min(u.month)) AS roster_month,
    coalesce(max(u.month) FILTER (WHERE u.month <= m.month) < m.month, FALSE) AS is_carried
FROM core.month_needed AS m
CROSS JOIN (SELECT DISTINCT unit_code, month FROM core.officer_roster) AS u
GROUP BY m.month, u.unit_code
