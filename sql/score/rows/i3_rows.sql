-- One row: a document (调查取证文书) that an officer made, for I3.2. The records of I3.1 stand month by month in score.officer_month.
SELECT DISTINCT
    h.officer_id AS entity_id,
    'I3.2' AS clause_id,
    d.row_id,
    'evidence_documents' AS source,
    d.is_in_time AND d.is_mobile AS is_counted,
    CASE
        WHEN NOT d.is_in_time THEN '制作时间不在本年至截止日之间'
        WHEN d.is_mobile THEN '使用移动执法系统制作'
        ELSE '不是用移动执法系统制作'
    END AS note_zh
FROM (
    SELECT
        e.row_id,
        e.made_at::DATE BETWEEN r.year_start AND r.as_of_day AS is_in_time,
        e.made_with IN (SELECT value FROM rulebook.term WHERE clause_id = 'I3.2' AND name = 'made_with') AS is_mobile,
        unnest(e.maker_cert_nos) AS cert_no
    FROM core.evidence_documents AS e
    CROSS JOIN core.refresh AS r
) AS d
JOIN core.certificate_holder AS h USING (cert_no)
