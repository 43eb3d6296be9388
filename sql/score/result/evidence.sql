-- One row: a delivered row that a clause looked at for an officer or a bureau, whether it counts, and why. The inspection records of
-- I3.1 and C7 that count stand month by month in the monthly tables.
WITH looked_at AS (
    SELECT entity_id, clause_id, row_id, source, is_counted, note_zh FROM score.i1_rows
    UNION ALL
    SELECT entity_id, clause_id, row_id, source, is_counted, note_zh FROM score.i2_rows
    UNION ALL
    SELECT entity_id, clause_id, row_id, source, is_counted, note_zh FROM score.i3_quarantined
    UNION ALL
    SELECT entity_id, clause_id, row_id, source, is_counted, note_zh FROM score.i3_rows
    UNION ALL
    SELECT entity_id, clause_id, row_id, source, is_counted, note_zh FROM score.i4_rows
    UNION ALL
    SELECT entity_id, clause_id, row_id, source, is_counted, note_zh FROM score.i5_rows
    UNION ALL
    SELECT entity_id, clause_id, row_id, source, is_counted, note_zh FROM score.c01_rows
    UNION ALL
    SELECT entity_id, clause_id, row_id, source, is_counted, note_zh FROM score.c02_rows
    UNION ALL
    SELECT entity_id, clause_id, row_id, source, is_counted, note_zh FROM score.c03_rows
    UNION ALL
    SELECT entity_id, clause_id, row_id, source, is_counted, note_zh FROM score.c04_rows
    UNION ALL
    SELECT entity_id, clause_id, row_id, source, is_counted, note_zh FROM score.c05_rows
    UNION ALL
    SELECT entity_id, clause_id, row_id, source, is_counted, note_zh FROM score.c08_rows
    UNION ALL
    SELECT entity_id, clause_id, row_id, source, is_counted, note_zh FROM score.c09_rows
    UNION ALL
    SELECT entity_id, clause_id, row_id, source, is_counted, note_zh FROM score.c10_rows
    UNION ALL
    SELECT entity_id, clause_id, row_id, source, is_counted, note_zh FROM score.measure_rows WHERE row_id IS NOT NULL
),

entity AS (
    SELECT 'officer' AS subject, officer_id AS entity_id, clause_id FROM score.officer_index
    UNION ALL
    SELECT 'bureau', region_code, clause_id FROM score.bureau_index
)

SELECT e.subject, t.*
FROM looked_at AS t
JOIN entity AS e USING (entity_id, clause_id)
