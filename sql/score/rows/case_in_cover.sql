-- One row: a penalty case of a bureau's cover, and whether it was decided in the year up to the as-of day.
SELECT
    v.bureau_code AS region_code,
    p.row_id,
    p.case_no,
    p.clue_source,
    p.reward_kind,
    p.major_categories,
    p.major_review,
    p.decided_on BETWEEN r.year_start AND r.as_of_day AS is_in_time
FROM core.penalty_cases AS p
JOIN core.cover AS v ON v.agency_code = p.region_code
CROSS JOIN core.refresh AS r
