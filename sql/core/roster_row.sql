-- One row: an accepted roster row (winner of its key, no fatal rule; both fatal rules of the roster look at the row alone).
WITH delivered AS (
    SELECT place(d.file_seq, t.sheet_no, t.row_number) AS row_id, t.*
    FROM raw.officer_roster AS t
    JOIN core.delivery AS d USING (content_id)
),

fatal AS (
    SELECT i.content_id, i.sheet_no, i.row_number
    FROM raw.issue AS i
    JOIN rulebook.rule AS u USING (rule_id)
    WHERE i.source = 'officer_roster' AND u.severity = 'fatal'
)

SELECT t.* EXCLUDE (content_id, sheet_no, row_number, business_key, is_key_readable, content_hash, row_region)
FROM delivered AS t
ANTI JOIN core.superseded AS s ON s.row_id = t.row_id
ANTI JOIN fatal AS f ON f.content_id = t.content_id AND f.sheet_no = t.sheet_no AND f.row_number = t.row_number
