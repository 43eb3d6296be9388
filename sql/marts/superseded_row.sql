SELECT
    s.source,
    c.business_key,
    c.file,
    c.sheet,
    c.row_number,
    r.file AS replaced_by_file,
    r.sheet AS replaced_by_sheet,
    r.row_number AS replaced_by_row_number,
    s.is_correction
FROM core.superseded AS s
JOIN core.cited_row AS c ON c.row_id = s.row_id
JOIN core.cited_row AS r ON r.row_id = s.replaced_by_row_id
