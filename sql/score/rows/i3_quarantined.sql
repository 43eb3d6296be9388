-- One row: a quarantined record of a record month, uploaded from the mobile terminal, and an officer whose certificate it names in
-- the rosters in force for its month: it counts nowhere until it is corrected (SOURCES 3, fatal), and is shown under I3.1.
SELECT DISTINCT
    unnest(c.officer_ids) AS entity_id,
    'I3.1' AS clause_id,
    f.row_id,
    'inspection_records' AS source,
    FALSE AS is_counted,
    '强制性错误：不计分，更正后方可计分' AS note_zh
FROM core.row_fate AS f
JOIN core.named_certificate AS n ON n.row_id = f.row_id
JOIN core.certificate_in_force AS c USING (certificate_id)
JOIN rulebook.month AS m ON m.month = c.month AND m.is_record_month
WHERE NOT f.is_superseded AND n.is_mobile
