-- One row: the last of the rows of one key in one file that differ in content (D01).
SELECT source, max(row_id) AS row_id
FROM core.delivered_row
WHERE is_key_readable AND row_id IN (
    SELECT row_id FROM core.superseded UNION ALL SELECT replaced_by_row_id FROM core.superseded
)
GROUP BY source, business_key, file_seq
HAVING count(DISTINCT content_hash) > 1
