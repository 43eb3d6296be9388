-- A row in quarantine lists a fatal rule; an accepted one none.
SELECT l.row_id, l.source, l.is_quarantined
FROM core.row_ledger AS l
LEFT JOIN (SELECT DISTINCT row_id FROM core.issue WHERE severity = 'fatal') AS f USING (row_id)
WHERE NOT l.is_superseded AND l.is_quarantined IS DISTINCT FROM (f.row_id IS NOT NULL)
