-- One row: a deployment (实战练兵) from a bureau's cover, under C8.1 and under C8.2. has_required: one of the bureau's deployments in
-- time is of the required organiser; without one its marks do not count, for the lowest C8.2 of its level replaces them.
WITH service AS (
    SELECT
        v.bureau_code,
        s.row_id,
        s.region_code,
        s.organiser,
        s.integrity_breach,
        s.mark,
        h.officer_id,
        s.deployed_on BETWEEN r.year_start AND r.as_of_day AS is_in_time,
        s.organiser IN (SELECT value FROM rulebook.term WHERE clause_id = 'C8.2' AND name = 'required_organiser') AS is_required
    FROM core.campaign_service AS s
    CROSS JOIN core.refresh AS r
    JOIN core.cover AS v ON v.agency_code = s.region_code
    JOIN core.certificate_holder AS h ON h.cert_no = s.officer_cert_no
),

deployment AS (
    SELECT *, bool_or(is_in_time AND is_required) OVER (PARTITION BY bureau_code) AS has_required FROM service
)

SELECT
    d.bureau_code AS entity_id,
    k.clause_id,
    d.row_id,
    'campaign_service' AS source,
    d.is_in_time AND (k.clause_id = 'C8.1' OR (d.mark IS NOT NULL AND d.has_required)) AS is_counted,
    CASE
        WHEN NOT d.is_in_time THEN '派员日期不在本年至截止日之间'
        WHEN k.clause_id = 'C8.1' AND d.integrity_breach AND d.region_code = d.bureau_code
            THEN d.organiser || '组织；存在廉洁问题，本单位取消评审资格'
        WHEN k.clause_id = 'C8.1' THEN d.organiser || '组织'
        WHEN d.mark IS NULL THEN '尚未评分'
        WHEN NOT d.has_required THEN '未参加生态环境部组织的活动，按同级最低得分计，评分不计入'
        ELSE '评分计入平均'
    END AS note_zh,
    d.officer_id,
    d.is_in_time,
    d.mark,
    d.has_required
FROM deployment AS d
JOIN rulebook.clause AS k ON k.clause_id IN ('C8.1', 'C8.2')
