-- One row: a row whose key a later row bears too; the latest of a key replaces all earlier ones.
-- is_correction: the two differ in some stored column, as read.
WITH latest AS (
    SELECT source, business_key, max(row_id) AS row_id, arg_max(content_hash, row_id) AS content_hash
    FROM core.delivered_row
    WHERE is_key_readable
    GROUP BY source, business_key
    HAVING count(*) > 1
)

SELECT
    r.row_id,
    r.source,
    r.content_hash,
    l.row_id AS replaced_by_row_id,
    l.content_hash AS replaced_by_content_hash,
    r.content_hash <> l.content_hash AS is_correction
FROM core.delivered_row AS r
JOIN latest AS l ON l.source = r.source AND l.business_key = r.business_key AND r.row_id < l.row_id
WHERE r.is_key_readable
