-- One row: a finding in an officer's materials (事迹材料审核).
SELECT
    h.officer_id AS entity_id,
    'I5.1' AS clause_id,
    m.row_id,
    'material_reviews' AS source,
    m.reviewed_on BETWEEN r.year_start AND r.as_of_day AS is_counted,
    CASE WHEN m.reviewed_on BETWEEN r.year_start AND r.as_of_day THEN m.finding ELSE '审核日期不在本年至截止日之间' END AS note_zh,
    m.finding,
    m.places
FROM core.material_reviews AS m
JOIN core.certificate_holder AS h ON h.cert_no = m.officer_cert_no
CROSS JOIN core.refresh AS r
WHERE m.entrant_kind = '个人'
