-- One row: a certificate number that a delivered inspection record names: what it is in the rosters in force for the record's
-- month (certificate_id, null where unknown) and whether it is valid on the day of the inspection (started_at, else uploaded_at).
-- is_valid is null where uploaded_at cannot be read: then there is no roster to ask. Of the record: is_mobile, uploaded from the
-- terminal that I3.1 names; is_on_site, of the mode that C7.2 names.
WITH named AS (
    SELECT
        place(d.file_seq, t.sheet_no, t.row_number) AS row_id,
        date_trunc('month', t.uploaded_at)::DATE AS month,
        coalesce(t.started_at, t.uploaded_at)::DATE AS inspected_on,
        coalesce(t.upload_terminal IN (
            SELECT value FROM rulebook.term WHERE clause_id = 'I3.1' AND name = 'upload_terminal'
        ), FALSE) AS is_mobile,
        coalesce(t.inspection_mode IN (
            SELECT value FROM rulebook.term WHERE clause_id = 'C7.2' AND name = 'inspection_mode'
        ), FALSE) AS is_on_site,
        unnest(t.inspector_cert_nos) AS cert_no
    FROM raw.inspection_records AS t
    JOIN core.delivery AS d USING (content_id)
)

SELECT
    n.row_id,
    c.certificate_id,
    CASE
        WHEN n.month IS NOT NULL
            THEN coalesce(is_valid_on(n.inspected_on, c.first_day, c.last_day, c.validity), FALSE)
    END AS is_valid,
    n.is_mobile,
    n.is_on_site
FROM named AS n
LEFT JOIN core.certificate_in_force AS c ON c.month = n.month AND c.cert_no = n.cert_no
