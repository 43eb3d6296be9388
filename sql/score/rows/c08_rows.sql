-- One row: a deployment (实战练兵) from a bureau's cover, under C8.1 and under C8.2. The marks of a bureau without a row of the
-- required organiser do not count: the lowest C8.2 of its level replaces them.
WITH required AS (
    SELECT DISTINCT v.bureau_code
    FROM core.campaign_service AS s
    JOIN core.refresh AS r ON s.deployed_on BETWEEN r.year_start AND r.as_of_day
    JOIN core.cover AS v ON v.agency_code = s.region_code
    WHERE s.organiser IN (SELECT value FROM rulebook.term WHERE clause_id = 'C8.2' AND name = 'required_organiser')
)

SELECT
    v.bureau_code AS entity_id,
    k.clause_id,
    c.row_id,
    'campaign_service' AS source,
    c.is_in_time AND (k.clause_id = 'C8.1' OR (c.mark IS NOT NULL AND q.bureau_code IS NOT NULL)) AS is_counted,
    CASE
        WHEN NOT c.is_in_time THEN '派员日期不在本年至截止日之间'
        WHEN k.clause_id = 'C8.1' AND c.integrity_breach AND c.region_code = v.bureau_code
            THEN c.organiser || '组织；存在廉洁问题，本单位取消评审资格'
        WHEN k.clause_id = 'C8.1' THEN c.organiser || '组织'
        WHEN c.mark IS NULL THEN '尚未评分'
        WHEN q.bureau_code IS NULL THEN '未参加生态环境部组织的活动，按同级最低得分计，评分不计入'
        ELSE '评分计入平均'
    END AS note_zh,
    h.officer_id,
    c.is_in_time,
    c.mark,
    c.organiser IN (SELECT value FROM rulebook.term WHERE clause_id = 'C8.2' AND name = 'required_organiser') AS is_required
FROM (
    SELECT s.*, s.deployed_on BETWEEN r.year_start AND r.as_of_day AS is_in_time
    FROM core.campaign_service AS s
    CROSS JOIN core.refresh AS r
) AS c
JOIN core.cover AS v ON v.agency_code = c.region_code
LEFT JOIN required AS q ON q.bureau_code = v.bureau_code
JOIN core.certificate_holder AS h ON h.cert_no = c.officer_cert_no
JOIN rulebook.clause AS k ON k.clause_id IN ('C8.1', 'C8.2')
