-- One row: a delivered inspection record with what its certificate numbers are worth in the roster in force for its month.
-- cert_count: numbers given; known_count: borne by an officer in force; valid_count: known and valid on the day of the inspection
-- (started_at, else uploaded_at); of several holders one is enough (SOURCES 3.3).
WITH record AS (
    SELECT
        d.row_id,
        date_trunc('month', t.uploaded_at)::DATE AS month,
        coalesce(t.started_at, t.uploaded_at)::DATE AS inspected_on,
        t.inspector_cert_nos
    FROM raw.inspection_records AS t
    JOIN core.delivered_row AS d USING (content_id, sheet_no, row_number)
    WHERE d.source = 'inspection_records'
),

named AS (
    SELECT row_id, month, inspected_on, unnest(inspector_cert_nos) AS cert_no FROM record
),

judged AS (
    SELECT
        n.row_id,
        n.cert_no,
        bool_or(o.officer_id IS NOT NULL) AS is_known,
        bool_or(
            o.officer_id IS NOT NULL
            AND n.inspected_on >= coalesce(o.cert_valid_from, n.inspected_on)
            AND n.inspected_on <= coalesce(o.cert_valid_to, n.inspected_on)
        ) AS is_valid
    FROM named AS n
    LEFT JOIN core.officer_in_force AS o ON o.month = n.month AND o.cert_no = n.cert_no
    GROUP BY n.row_id, n.cert_no
),

counted AS (
    SELECT row_id, count(*) AS cert_count, count_if(is_known) AS known_count, count_if(is_valid) AS valid_count
    FROM judged
    GROUP BY row_id
)

SELECT
    r.row_id,
    r.month,
    coalesce(c.cert_count, 0) AS cert_count,
    coalesce(c.known_count, 0) AS known_count,
    coalesce(c.valid_count, 0) AS valid_count
FROM record AS r
LEFT JOIN counted AS c USING (row_id)
