-- One row: a bureau, up to each activity month (C7.2 全员执法). Holders: officers of the cover in the roster in force for the
-- month with a certificate valid on its last day; active: those credited with an on-site record in the activity months up to it.
WITH months AS (
    SELECT m.month
    FROM rulebook.month AS m
    JOIN core.refresh AS r ON m.month <= r.as_of_month
    WHERE m.is_activity_month
),

first_record AS (
    SELECT officer_id, min(month) AS month
    FROM (
        SELECT unnest(c.officer_ids) AS officer_id, c.month
        FROM core.certificate_credit AS k
        JOIN core.certificate_in_force AS c USING (certificate_id)
        WHERE k.on_site_records > 0 AND c.month IN (SELECT month FROM months)
    )
    GROUP BY officer_id
),

holder AS (
    SELECT o.month, o.agency_code, o.officer_id, coalesce(f.month <= o.month, FALSE) AS is_active
    FROM core.officer_in_force AS o
    JOIN core.certificate_validity AS v ON v.month = o.month AND v.cert_no = o.cert_no AND v.is_valid
    LEFT JOIN first_record AS f USING (officer_id)
),

counted AS (
    SELECT
        m.month,
        b.region_code,
        b.region_name,
        b.level,
        count(h.officer_id) AS cert_holders,
        count_if(coalesce(h.is_active, FALSE))::BIGINT AS active_holders
    FROM core.bureau AS b
    CROSS JOIN months AS m
    JOIN core.cover AS c ON c.bureau_code = b.region_code
    LEFT JOIN holder AS h ON h.agency_code = c.agency_code AND h.month = m.month
    GROUP BY ALL
)

SELECT
    c.*,
    CASE WHEN c.cert_holders > 0 THEN c.active_holders / c.cert_holders END AS activity_rate,
    coalesce(max(b.points), 0)::DECIMAL(9, 4) AS points
FROM counted AS c
LEFT JOIN rulebook.band AS b
    ON c.cert_holders > 0 AND b.clause_id = 'C7.2' AND b.level = c.level AND b.name = 'activity_percent'
    AND (
        100 * c.active_holders > b.lower * c.cert_holders
        OR (b.is_lower_inclusive AND 100 * c.active_holders = b.lower * c.cert_holders)
    )
GROUP BY ALL
