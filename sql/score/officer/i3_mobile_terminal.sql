-- I3 移动执法终端使用能力: I3.1 the sum of the months' points; I3.2 an evidence document made with the mobile system.
WITH uploaded AS (
    SELECT
        officer_id,
        sum(mobile_records)::BIGINT AS mobile_records,
        sum(problem_records)::BIGINT AS problem_records,
        sum(base_points) AS base_points,
        sum(deduction) AS deduction,
        sum(points) AS points
    FROM score.officer_month
    WHERE is_record_month
    GROUP BY officer_id
),

made AS (
    SELECT h.officer_id, count(DISTINCT d.row_id) AS documents
    FROM (SELECT row_id, made_with, made_at, unnest(maker_cert_nos) AS cert_no FROM core.evidence_documents) AS d
    JOIN core.certificate_holder AS h USING (cert_no)
    JOIN core.refresh AS f ON d.made_at::DATE BETWEEN f.year_start AND f.as_of_day
    WHERE d.made_with IN (SELECT value FROM rulebook.term WHERE clause_id = 'I3.2' AND name = 'made_with')
    GROUP BY h.officer_id
)

SELECT
    i.officer_id,
    i.clause_id,
    coalesce(u.points, 0)::DECIMAL(9, 4) AS points,
    CASE WHEN coalesce(u.mobile_records, 0) > 0 THEN 'scored' ELSE 'no_data' END AS status,
    json_object(
        'mobile_records', coalesce(u.mobile_records, 0), 'problem_records', coalesce(u.problem_records, 0),
        'base_points', coalesce(u.base_points, 0), 'deduction', coalesce(u.deduction, 0)
    ) AS basis
FROM score.officer_index AS i
LEFT JOIN uploaded AS u USING (officer_id)
WHERE i.clause_id = 'I3.1'
UNION ALL
SELECT
    i.officer_id,
    i.clause_id,
    CASE WHEN m.documents > 0 THEN i.max_points ELSE 0 END,
    CASE WHEN m.documents > 0 THEN 'scored' ELSE 'no_data' END,
    json_object('documents', coalesce(m.documents, 0))
FROM score.officer_index AS i
LEFT JOIN made AS m USING (officer_id)
WHERE i.clause_id = 'I3.2'
