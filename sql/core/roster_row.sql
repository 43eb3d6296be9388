-- One row: an accepted roster row (winner of its key, no fatal rule; both fatal rules of the roster look at the row alone).
SELECT d.row_id, t.* EXCLUDE (content_id, sheet_no, row_number, business_key, is_key_readable, content_hash, row_region)
FROM raw.officer_roster AS t
JOIN core.delivered_row AS d USING (content_id, sheet_no, row_number)
WHERE
    d.source = 'officer_roster'
    AND d.row_id NOT IN (SELECT row_id FROM core.superseded)
    AND NOT EXISTS (
        SELECT 1
        FROM raw.issue AS i
        JOIN rulebook.rule AS u ON u.rule_id = i.rule_id
        WHERE i.source = 'officer_roster' AND u.severity = 'fatal'
            AND i.content_id = t.content_id AND i.sheet_no = t.sheet_no AND i.row_number = t.row_number
    )
