-- One row: a certificate number in the rosters in force for a month that effective records name, and their numbers: a record is
-- credited to all who bear one of its numbers in the roster in force for its month.
-- The problems are those of the records uploaded from the terminal that I3.1 names.
SELECT
    n.certificate_id,
    count(*) AS records,
    count_if(i.is_on_site) AS on_site_records,
    count_if(i.is_mobile) AS mobile_records,
    count_if(i.is_mobile AND i.has_problem) AS problem_records,
    count_if(i.is_mobile AND i.has_completeness_problem) AS completeness_problem_records,
    count_if(i.is_mobile AND i.has_format_problem) AS format_problem_records,
    count_if(i.is_mobile AND i.has_timeliness_problem) AS timeliness_problem_records
FROM core.named_certificate AS n
JOIN core.inspection_record AS i USING (row_id)
WHERE n.certificate_id IS NOT NULL
GROUP BY n.certificate_id
