-- No business key is accepted twice.
SELECT source, business_key, count(*) AS accepted_rows
FROM core.row_ledger
WHERE NOT is_superseded AND NOT is_quarantined
GROUP BY source, business_key
HAVING count(*) > 1
