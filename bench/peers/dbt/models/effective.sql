-- One row: an effective record, and whether it has a problem.
SELECT r.*, p.row_id IS NOT NULL AS has_problem
FROM {{ ref('record') }} AS r
LEFT JOIN (SELECT DISTINCT row_id FROM {{ ref('issue') }} WHERE rule_id NOT LIKE 'IR-E%') AS p USING (row_id)
ANTI JOIN (SELECT row_id FROM {{ ref('issue') }} WHERE rule_id LIKE 'IR-E%') AS f USING (row_id)
