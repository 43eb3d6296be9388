-- No business key is accepted twice. Keys are compared among the rows whose keys' hashes repeat.
WITH accepted AS (
    SELECT r.source, r.business_key
    FROM core.delivered_row AS r
    ANTI JOIN core.row_fate AS f ON f.row_id = r.row_id
)

SELECT source, business_key, count(*) AS accepted_rows
FROM accepted
WHERE hash(source, business_key) IN (SELECT hash(source, business_key) FROM accepted GROUP BY ALL HAVING count(*) > 1)
GROUP BY source, business_key
HAVING count(*) > 1
