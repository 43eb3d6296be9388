WITH nominee AS (
    SELECT n.nominated_by, l.kind, count(DISTINCT n.entity_id) AS nominated
    FROM score.nominee AS n
    JOIN rulebook.nomination_limit AS l USING (nomination_kind)
    GROUP BY n.nominated_by, l.kind
)

SELECT
    d.code AS prefecture_code,
    l.kind AS nomination_kind,
    coalesce(n.nominated, 0) AS nominated,
    l.minimum,
    l.maximum,
    coalesce(n.nominated, 0) BETWEEN l.minimum AND l.maximum AS is_in_order
FROM rulebook.division AS d
CROSS JOIN (SELECT DISTINCT kind, minimum, maximum FROM rulebook.nomination_limit) AS l
LEFT JOIN nominee AS n ON n.nominated_by = d.code AND n.kind = l.kind
WHERE d.level = 'prefecture'
