-- One row: a certificate number borne in the rosters in force for a month: valid on that month's last day for any who hold it.
SELECT month, cert_no, is_valid_on(last_day(month), first_day, last_day, validity) AS is_valid
FROM core.certificate_in_force
