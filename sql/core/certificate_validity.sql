-- One row: a certificate number borne in the rosters in force for a month: valid on that month's last day for any who hold it.
SELECT
    month,
    cert_no,
    list_bool_or([last_day(month) BETWEEN v.first_day AND v.last_day FOR v IN validity]) AS is_valid
FROM core.certificate_in_force
