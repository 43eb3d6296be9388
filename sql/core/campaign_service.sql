-- One row: an accepted row of campaign_service: neither replaced nor quarantined.
SELECT
    place(d.file_seq, t.sheet_no, t.row_number) AS row_id,
    t.* EXCLUDE (content_id, sheet_no, row_number, business_key, is_key_readable, content_hash, row_region)
FROM raw.campaign_service AS t
JOIN core.delivery AS d USING (content_id)
ANTI JOIN core.row_fate AS f ON f.row_id = place(d.file_seq, t.sheet_no, t.row_number)
