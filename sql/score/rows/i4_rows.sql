-- One row: a publication (典型案例发布) that names an officer among its handlers.
SELECT DISTINCT
    h.officer_id AS entity_id,
    'I4.1' AS clause_id,
    t.row_id,
    'typical_cases' AS source,
    t.is_in_time AND t.is_adopted AS is_counted,
    CASE
        WHEN NOT t.is_in_time THEN '发布日期不在本年至截止日之间'
        WHEN NOT t.is_adopted THEN '采纳形式不计入个人'
        ELSE t.publisher_level || '发布'
    END AS note_zh,
    t.case_no,
    t.publisher_level = '生态环境部' AS is_ministry
FROM (
    SELECT
        c.row_id,
        c.case_no,
        c.publisher_level,
        c.published_on BETWEEN r.year_start AND r.as_of_day AS is_in_time,
        c.adopted_as IN (SELECT value FROM rulebook.term WHERE clause_id = 'I4.1' AND name = 'adopted_as') AS is_adopted,
        unnest(c.officer_cert_nos) AS cert_no
    FROM core.typical_cases AS c
    CROSS JOIN core.refresh AS r
) AS t
JOIN core.certificate_holder AS h USING (cert_no)
