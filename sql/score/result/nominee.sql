-- One row: a nomination that counts: nominated in the year up to the as-of day. entity_id: the officer, or the county.
SELECT
    n.row_id,
    n.nomination_kind,
    n.nominated_by,
    a.level,
    a.is_ranked,
    CASE WHEN a.level = 'officer' THEN h.officer_id ELSE n.region_code END AS entity_id
FROM core.nominations AS n
JOIN core.refresh AS r ON n.nominated_on BETWEEN r.year_start AND r.as_of_day
JOIN rulebook.award AS a ON a.nomination_kind = n.nomination_kind
LEFT JOIN core.certificate_holder AS h ON h.cert_no = n.officer_cert_no
