-- One row: the last of the rows of one key in one file that differ in content (D01).
WITH of_one_key AS (
    SELECT source, replaced_by_row_id AS latest_row_id, row_id, content_hash FROM core.superseded
    UNION
    SELECT source, replaced_by_row_id, replaced_by_row_id, replaced_by_content_hash FROM core.superseded
)

SELECT source, max(row_id) AS row_id
FROM of_one_key
GROUP BY source, latest_row_id, file_of(row_id)
HAVING count(DISTINCT content_hash) > 1
