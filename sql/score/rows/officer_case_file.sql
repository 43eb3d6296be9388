-- One row: an officer and the case file that I1.2 looks at: his 案卷质量 row with the latest reviewed_on in the year up to the
-- as-of day (tie: the larger case_no). Where the same case stands in a bureau's 案卷质量 row, that row is used (the latest; on a
-- tie the higher mark). fault_zh: why the file gives nothing.
WITH own AS (
    SELECT h.officer_id, c.row_id, c.case_no, c.mark, c.substantive_error, c.reviewed_on
    FROM core.case_file_reviews AS c
    JOIN core.certificate_holder AS h ON h.cert_no = c.officer_cert_no
    JOIN core.refresh AS r ON c.reviewed_on BETWEEN r.year_start AND r.as_of_day
    WHERE c.review_kind = '案卷质量' AND c.entrant_kind = '个人'
    QUALIFY row_number() OVER (
        PARTITION BY h.officer_id ORDER BY c.reviewed_on DESC, c.case_no DESC, c.row_id DESC
    ) = 1
),

bureau_row AS (
    SELECT c.case_no, c.row_id, c.region_code, c.mark, c.substantive_error
    FROM core.case_file_reviews AS c
    JOIN core.refresh AS r ON c.reviewed_on BETWEEN r.year_start AND r.as_of_day
    WHERE c.review_kind = '案卷质量' AND c.entrant_kind = '集体'
    QUALIFY row_number() OVER (
        PARTITION BY c.case_no
        ORDER BY c.reviewed_on DESC, c.mark DESC, coalesce(c.substantive_error, FALSE), c.row_id DESC
    ) = 1
)

SELECT
    o.officer_id,
    o.row_id,
    o.case_no,
    o.reviewed_on,
    o.mark AS own_mark,
    b.row_id AS bureau_row_id,
    b.region_code AS bureau_code,
    CASE WHEN b.row_id IS NULL THEN o.mark ELSE b.mark END AS mark,
    p.row_id AS case_row_id,
    CASE
        WHEN p.row_id IS NULL THEN '案件未在行政处罚案件登记中'
        WHEN coalesce(p.disclosure, '未公开') = '未公开' THEN '处罚情况未公开'
        WHEN coalesce(CASE WHEN b.row_id IS NULL THEN o.substantive_error ELSE b.substantive_error END, FALSE)
            THEN '案卷有实体错误'
        WHEN year(p.decided_on) <> r.season_year THEN '处罚决定不是本年作出'
        WHEN p.closed_on IS NULL OR p.closed_on > r.as_of_day THEN '截止日前未结案'
        WHEN k.officer_id IS NULL THEN '本人不是该案主办人员'
    END AS fault_zh
FROM own AS o
CROSS JOIN core.refresh AS r
LEFT JOIN bureau_row AS b USING (case_no)
LEFT JOIN core.penalty_cases AS p USING (case_no)
LEFT JOIN score.case_handler AS k ON k.case_no = o.case_no AND k.officer_id = o.officer_id
