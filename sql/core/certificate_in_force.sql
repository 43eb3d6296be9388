-- One row: a certificate number borne in the rosters in force for a month, with all who hold it there (several where rosters of
-- different months stand in force together) and the range of days for which it is valid (SOURCES 3.3).
-- Where several hold it, the ranges stand in a list: lists are gathered only for these few.
WITH borne AS (
    SELECT
        month,
        cert_no,
        officer_id,
        coalesce(cert_valid_from, '-infinity'::DATE) AS first_day,
        coalesce(cert_valid_to, 'infinity'::DATE) AS last_day
    FROM core.officer_in_force
    WHERE cert_no IS NOT NULL
),

shared AS (
    SELECT month, cert_no FROM borne GROUP BY month, cert_no HAVING count(*) > 1
),

held AS (
    SELECT month, cert_no, [officer_id] AS officer_ids, first_day, last_day, NULL AS validity
    FROM borne AS b
    ANTI JOIN shared AS s ON s.month = b.month AND s.cert_no = b.cert_no
    UNION ALL
    SELECT
        b.month,
        b.cert_no,
        list(b.officer_id ORDER BY b.officer_id),
        NULL,
        NULL,
        list({'first_day': b.first_day, 'last_day': b.last_day} ORDER BY b.officer_id)
    FROM borne AS b
    SEMI JOIN shared AS s ON s.month = b.month AND s.cert_no = b.cert_no
    GROUP BY b.month, b.cert_no
)

SELECT row_number() OVER ()::INTEGER AS certificate_id, month, cert_no, officer_ids, first_day, last_day, validity
FROM held
