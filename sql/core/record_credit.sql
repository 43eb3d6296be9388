-- One row: an effective record and an officer credited with it: who bears one of its numbers in the roster in force for its month.
-- What the scores of officers ask of the record stands beside it.
SELECT
    i.row_id,
    i.month,
    unnest(c.officer_ids) AS officer_id,
    i.is_mobile,
    i.is_on_site,
    i.has_problem,
    i.has_completeness_problem,
    i.has_format_problem,
    i.has_timeliness_problem
FROM core.named_certificate AS n
JOIN core.inspection_record AS i USING (row_id)
JOIN core.certificate_in_force AS c USING (certificate_id)
