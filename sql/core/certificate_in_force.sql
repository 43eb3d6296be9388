-- One row: a certificate number borne in the rosters in force for a month, with all who hold it there (several where rosters of
-- different months stand in force together) and the ranges of days for which it is valid (SOURCES 3.3).
-- Lists are gathered only for the few that several hold.
WITH borne AS (
    SELECT
        month,
        cert_no,
        officer_id,
        struct_pack(
            first_day := coalesce(cert_valid_from, '-infinity'::DATE), last_day := coalesce(cert_valid_to, 'infinity'::DATE)
        ) AS validity
    FROM core.officer_in_force
    WHERE cert_no IS NOT NULL
),

shared AS (
    SELECT month, cert_no FROM borne GROUP BY month, cert_no HAVING count(*) > 1
),

held AS (
    SELECT month, cert_no, [officer_id] AS officer_ids, [validity] AS validity
    FROM borne AS b
    ANTI JOIN shared AS s ON s.month = b.month AND s.cert_no = b.cert_no
    UNION ALL
    SELECT b.month, b.cert_no, list(b.officer_id ORDER BY b.officer_id), list(b.validity ORDER BY b.officer_id)
    FROM borne AS b
    SEMI JOIN shared AS s ON s.month = b.month AND s.cert_no = b.cert_no
    GROUP BY b.month, b.cert_no
)

SELECT row_number() OVER (ORDER BY month, cert_no) AS certificate_id, month, cert_no, officer_ids, validity
FROM held
