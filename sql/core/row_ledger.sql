-- One row: a delivered row and what became of it: replaced, quarantined, or else accepted.
SELECT
    d.*,
    s.row_id IS NOT NULL AS is_superseded,
    s.row_id IS NULL AND f.row_id IS NOT NULL AS is_quarantined
FROM core.delivered_row AS d
LEFT JOIN core.superseded AS s USING (row_id)
LEFT JOIN (SELECT DISTINCT row_id FROM core.issue WHERE severity = 'fatal') AS f USING (row_id)
