-- One row: a finding in a bureau's materials (事迹材料审核).
SELECT
    m.region_code AS entity_id,
    'C10.1' AS clause_id,
    m.row_id,
    'material_reviews' AS source,
    m.reviewed_on BETWEEN r.year_start AND r.as_of_day
    AND m.finding IN (SELECT value FROM rulebook.term WHERE clause_id = 'C10.1' AND name = 'finding') AS is_counted,
    CASE
        WHEN m.reviewed_on NOT BETWEEN r.year_start AND r.as_of_day THEN '审核日期不在本年至截止日之间'
        WHEN m.finding IN (SELECT value FROM rulebook.term WHERE clause_id = 'C10.1' AND name = 'finding') THEN m.finding
        ELSE '集体不因' || m.finding || '扣分'
    END AS note_zh,
    m.places
FROM core.material_reviews AS m
CROSS JOIN core.refresh AS r
WHERE m.entrant_kind = '集体'
