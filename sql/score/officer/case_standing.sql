-- One row: a penalty case and why its file may count (I1.2, C1.2): disclosed, decided in the season's year, closed up to M.
SELECT
    p.row_id,
    p.case_no,
    p.region_code,
    p.officer_cert_nos,
    coalesce(p.disclosure, '未公开') <> '未公开' AS is_disclosed,
    year(p.decided_on) = f.season_year AS is_decided_in_year,
    coalesce(p.closed_on <= f.as_of_day, FALSE) AS is_closed
FROM core.penalty_cases AS p, core.refresh AS f
