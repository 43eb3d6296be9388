-- One row: a month's transmission counts of an agency of a bureau's cover.
SELECT
    v.bureau_code AS entity_id,
    'C5.1' AS clause_id,
    t.row_id,
    'transmission_rates' AS source,
    t.month BETWEEN r.year_start AND r.as_of_month AS is_counted,
    CASE WHEN t.month BETWEEN r.year_start AND r.as_of_month THEN '计入本年累计' ELSE '月份不在本年至截止月之间' END AS note_zh
FROM core.transmission_rates AS t
JOIN core.cover AS v ON v.agency_code = t.region_code
CROSS JOIN core.refresh AS r
