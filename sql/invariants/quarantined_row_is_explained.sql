-- A row in quarantine lists a fatal rule; an accepted one none.
SELECT coalesce(q.row_id, f.row_id) AS row_id, q.row_id IS NOT NULL AS is_quarantined
FROM (SELECT row_id FROM core.row_fate WHERE NOT is_superseded) AS q
FULL JOIN (
    SELECT DISTINCT row_id
    FROM core.issue
    WHERE severity = 'fatal' AND row_id NOT IN (SELECT row_id FROM core.superseded)
) AS f ON f.row_id = q.row_id
WHERE q.row_id IS NULL OR f.row_id IS NULL
