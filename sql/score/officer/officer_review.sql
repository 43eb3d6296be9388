-- One row: a case-file review of an officer (个人) in the season up to M.
SELECT
    r.row_id,
    r.review_kind,
    h.officer_id,
    r.case_no,
    r.mark,
    coalesce(r.substantive_error, FALSE) AS substantive_error,
    r.reviewed_on
FROM core.case_file_reviews AS r
JOIN core.certificate_holder AS h ON h.cert_no = r.officer_cert_no
JOIN core.refresh AS f ON r.reviewed_on BETWEEN f.year_start AND f.as_of_day
WHERE r.entrant_kind = '个人'
