-- I4 日常监督执法工作: typical cases published with the officer among those named in that very row; a case counts once, at its best.
WITH published AS (
    SELECT h.officer_id, t.case_no, bool_or(t.publisher_level = '生态环境部') AS is_by_ministry
    FROM (
        SELECT case_no, publisher_level, adopted_as, published_on, unnest(officer_cert_nos) AS cert_no
        FROM core.typical_cases
    ) AS t
    JOIN core.certificate_holder AS h USING (cert_no)
    JOIN core.refresh AS f ON t.published_on BETWEEN f.year_start AND f.as_of_day
    WHERE t.adopted_as IN (SELECT value FROM rulebook.term WHERE clause_id = 'I4.1' AND name = 'adopted_as')
    GROUP BY h.officer_id, t.case_no
),

counted AS (
    SELECT officer_id, count_if(is_by_ministry) AS ministry_cases, count_if(NOT is_by_ministry) AS region_cases
    FROM published
    GROUP BY officer_id
)

SELECT
    i.officer_id,
    i.clause_id,
    least(
        i.max_points,
        coalesce(c.ministry_cases, 0) * param('I4.1', 'officer', 'points_ministry')
        + coalesce(c.region_cases, 0) * param('I4.1', 'officer', 'points_region')
    )::DECIMAL(9, 4) AS points,
    CASE WHEN c.officer_id IS NULL THEN 'no_data' ELSE 'scored' END AS status,
    json_object(
        'ministry_cases', coalesce(c.ministry_cases, 0), 'region_cases', coalesce(c.region_cases, 0)
    ) AS basis
FROM score.officer_index AS i
LEFT JOIN counted AS c USING (officer_id)
WHERE i.clause_id = 'I4.1'
