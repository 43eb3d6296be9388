-- Every officer and bureau has exactly one line for each clause of its annex, and every line has points and a known status.
WITH index_row AS (
    SELECT 'officer' AS subject, o.officer_id AS entity_id, c.clause_id
    FROM core.officer AS o
    CROSS JOIN rulebook.clause AS c
    WHERE c.subject = 'officer'
    UNION ALL
    SELECT 'bureau', b.region_code, c.clause_id
    FROM core.bureau AS b
    CROSS JOIN rulebook.clause AS c
    WHERE c.subject = 'bureau'
),

line AS (
    SELECT 'officer' AS subject, officer_id AS entity_id, clause_id, count(*) AS lines, min(points) AS points, min(status) AS status
    FROM marts.officer_indicator_score
    GROUP BY officer_id, clause_id
    UNION ALL
    SELECT 'bureau', region_code, clause_id, count(*), min(points), min(status)
    FROM marts.region_indicator_score
    GROUP BY region_code, clause_id
)

SELECT
    coalesce(i.subject, l.subject) AS subject,
    coalesce(i.entity_id, l.entity_id) AS entity_id,
    coalesce(i.clause_id, l.clause_id) AS clause_id,
    l.lines,
    l.points,
    l.status
FROM index_row AS i
FULL JOIN line AS l ON l.subject = i.subject AND l.entity_id = i.entity_id AND l.clause_id = i.clause_id
WHERE
    i.entity_id IS NULL
    OR l.lines IS DISTINCT FROM 1
    OR l.points IS NULL
    OR coalesce(l.status, '') NOT IN ('scored', 'no_data', 'not_rated', 'imputed')
