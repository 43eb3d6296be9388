-- One row: a row whose key a later row bears too; the latest of a key replaces all earlier ones.
-- is_correction: the two differ in some stored column, as read. Keys are compared among the rows whose keys' hashes repeat.
WITH repeated AS (
    SELECT hash(source, business_key) AS key_hash
    FROM core.delivered_row
    WHERE is_key_readable
    GROUP BY key_hash
    HAVING count(*) > 1
),

rival AS (
    SELECT row_id, source, business_key, content_hash
    FROM core.delivered_row
    WHERE is_key_readable AND hash(source, business_key) IN (SELECT key_hash FROM repeated)
),

latest AS (
    SELECT source, business_key, max(row_id) AS row_id, arg_max(content_hash, row_id) AS content_hash
    FROM rival
    GROUP BY source, business_key
)

SELECT
    r.row_id,
    r.source,
    r.content_hash,
    l.row_id AS replaced_by_row_id,
    l.content_hash AS replaced_by_content_hash,
    r.content_hash <> l.content_hash AS is_correction
FROM rival AS r
JOIN latest AS l ON l.source = r.source AND l.business_key = r.business_key AND r.row_id < l.row_id
