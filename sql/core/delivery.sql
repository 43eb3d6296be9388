-- One row: a file received for a month up to the as-of month.
SELECT d.file_seq, d.file, d.delivery_month, d.content_id, d.sha256
FROM raw.delivery AS d, core.refresh AS r
WHERE d.delivery_month <= r.as_of_month
