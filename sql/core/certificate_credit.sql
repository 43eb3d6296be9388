-- One row: a certificate number in the rosters in force for a month that records name, and the numbers of those that are effective: a
-- record is credited to all who bear one of its numbers in the roster in force for its month. The problems are those of the records
-- uploaded from the terminal that I3.1 names.
-- Most records are accepted and without problems: all are counted first, and joins go over the few that are not.
WITH named AS (
    SELECT
        certificate_id,
        count(*) AS records,
        count_if(is_on_site) AS on_site_records,
        count_if(is_mobile) AS mobile_records
    FROM core.named_certificate
    WHERE certificate_id IS NOT NULL
    GROUP BY certificate_id
),

not_accepted AS (
    SELECT
        n.certificate_id,
        count(*) AS records,
        count_if(n.is_on_site) AS on_site_records,
        count_if(n.is_mobile) AS mobile_records
    FROM core.named_certificate AS n
    JOIN core.row_fate AS f ON f.row_id = n.row_id
    GROUP BY n.certificate_id
),

problem AS (
    SELECT
        n.certificate_id,
        count(*) AS problem_records,
        count_if(i.has_completeness_problem) AS completeness_problem_records,
        count_if(i.has_format_problem) AS format_problem_records,
        count_if(i.has_timeliness_problem) AS timeliness_problem_records
    FROM core.named_certificate AS n
    JOIN core.inspection_record AS i ON i.row_id = n.row_id
    WHERE n.is_mobile AND i.has_problem
    GROUP BY n.certificate_id
)

SELECT
    n.certificate_id,
    n.records - coalesce(a.records, 0) AS records,
    n.on_site_records - coalesce(a.on_site_records, 0) AS on_site_records,
    n.mobile_records - coalesce(a.mobile_records, 0) AS mobile_records,
    coalesce(p.problem_records, 0) AS problem_records,
    coalesce(p.completeness_problem_records, 0) AS completeness_problem_records,
    coalesce(p.format_problem_records, 0) AS format_problem_records,
    coalesce(p.timeliness_problem_records, 0) AS timeliness_problem_records
FROM named AS n
LEFT JOIN not_accepted AS a USING (certificate_id)
LEFT JOIN problem AS p USING (certificate_id)
