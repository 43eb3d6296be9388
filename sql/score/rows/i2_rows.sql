-- One row: a deployment (实战练兵) of an officer, with its mark and breaches.
SELECT
    h.officer_id AS entity_id,
    'I2.1' AS clause_id,
    c.row_id,
    'campaign_service' AS source,
    c.deployed_on BETWEEN r.year_start AND r.as_of_day AS is_counted,
    CASE
        WHEN c.deployed_on NOT BETWEEN r.year_start AND r.as_of_day THEN '派员日期不在本年至截止日之间'
        WHEN c.integrity_breach THEN '存在廉洁问题，取消评审资格'
        WHEN c.mark IS NULL THEN '尚未评分'
        ELSE '评分参与取最好成绩'
    END AS note_zh,
    c.mark,
    coalesce(c.breaches, 0) AS breaches,
    coalesce(c.integrity_breach, FALSE) AS integrity_breach
FROM core.campaign_service AS c
JOIN core.certificate_holder AS h ON h.cert_no = c.officer_cert_no
CROSS JOIN core.refresh AS r
