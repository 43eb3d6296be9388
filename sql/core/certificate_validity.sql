-- One row: a certificate number borne in the rosters in force for a month: valid on that month's last day for any who hold it.
SELECT
    month,
    cert_no,
    bool_or(
        coalesce(cert_valid_from <= last_day(month), TRUE) AND coalesce(cert_valid_to >= last_day(month), TRUE)
    ) AS is_valid
FROM core.officer_in_force
WHERE cert_no IS NOT NULL
GROUP BY month, cert_no
