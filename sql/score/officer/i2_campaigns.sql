-- I2 实战练兵: the best mark of the officer's deployments, less a fixed deduction for each breach, not below 0.
WITH service AS (
    SELECT
        h.officer_id,
        count(*) AS deployments,
        count(c.mark) AS marked,
        max(c.mark) AS best_mark,
        sum(coalesce(c.breaches, 0))::BIGINT AS breaches
    FROM core.campaign_service AS c
    JOIN core.certificate_holder AS h ON h.cert_no = c.officer_cert_no
    JOIN core.refresh AS f ON c.deployed_on BETWEEN f.year_start AND f.as_of_day
    GROUP BY h.officer_id
),

reckoned AS (
    SELECT
        i.*,
        s.deployments,
        s.marked,
        s.best_mark,
        s.breaches,
        i.max_points * s.best_mark - 100 * param('I2.1', 'officer', 'breach_deduction') * s.breaches AS hundredths
    FROM score.officer_index AS i
    LEFT JOIN service AS s USING (officer_id)
    WHERE i.clause_id = 'I2.1'
)

SELECT
    officer_id,
    clause_id,
    CASE WHEN hundredths > 0 THEN round4(hundredths, 100) ELSE 0 END::DECIMAL(9, 4) AS points,
    CASE WHEN deployments IS NULL THEN 'no_data' WHEN marked = 0 THEN 'not_rated' ELSE 'scored' END AS status,
    json_object(
        'deployments', coalesce(deployments, 0), 'marked', coalesce(marked, 0), 'best_mark', best_mark,
        'breaches', coalesce(breaches, 0)
    ) AS basis
FROM reckoned
