-- One row: a certificate number borne in the rosters in force for a month, with all who hold it there (several where rosters of
-- different months stand in force together) and the ranges of days for which it is valid (SOURCES 3.3).
SELECT
    row_number() OVER (ORDER BY month, cert_no) AS certificate_id,
    month,
    cert_no,
    list(officer_id ORDER BY officer_id) AS officer_ids,
    list(
        struct_pack(
            first_day := coalesce(cert_valid_from, '-infinity'::DATE), last_day := coalesce(cert_valid_to, 'infinity'::DATE)
        )
        ORDER BY officer_id
    ) AS validity
FROM core.officer_in_force
WHERE cert_no IS NOT NULL
GROUP BY month, cert_no
