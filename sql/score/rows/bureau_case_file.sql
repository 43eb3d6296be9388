-- One row: a bureau, a file type that C1.2 asks for, and the bureau's own 案卷质量 row of it with the latest reviewed_on in the
-- year up to the as-of day (tie: the larger case_no). fault_zh: why its mark counts as 0.
WITH own AS (
    SELECT b.region_code, t.value AS file_type, c.row_id, c.case_no, c.mark, c.substantive_error, c.reviewed_on
    FROM core.bureau AS b
    JOIN rulebook.term AS t ON t.clause_id = 'C1.2' AND t.name = 'file_type' AND t.level = b.level
    JOIN core.case_file_reviews AS c ON c.region_code = b.region_code AND c.file_type = t.value
    JOIN core.refresh AS r ON c.reviewed_on BETWEEN r.year_start AND r.as_of_day
    WHERE c.review_kind = '案卷质量' AND c.entrant_kind = '集体'
    QUALIFY row_number() OVER (
        PARTITION BY b.region_code, t.value ORDER BY c.reviewed_on DESC, c.case_no DESC, c.row_id DESC
    ) = 1
),

case_place AS (
    SELECT case_no, region_code AS agency_code FROM core.penalty_cases
    UNION
    SELECT k.case_no, o.region_code
    FROM score.case_handler AS k
    JOIN core.officer AS o USING (officer_id)
),

related AS (
    SELECT DISTINCT v.bureau_code, p.case_no
    FROM case_place AS p
    JOIN core.cover AS v USING (agency_code)
)

SELECT
    o.region_code,
    o.file_type,
    o.row_id,
    o.case_no,
    o.mark,
    o.reviewed_on,
    p.row_id AS case_row_id,
    CASE
        WHEN p.row_id IS NULL THEN '案件未在行政处罚案件登记中'
        WHEN coalesce(p.disclosure, '未公开') = '未公开' THEN '处罚情况未公开'
        WHEN coalesce(o.substantive_error, FALSE) THEN '案卷有实体错误'
        WHEN year(p.decided_on) <> r.season_year THEN '处罚决定不是本年作出'
        WHEN p.closed_on IS NULL OR p.closed_on > r.as_of_day THEN '截止日前未结案'
        WHEN n.case_no IS NULL THEN '案件不属于本辖区，主办人员也不属于本辖区'
    END AS fault_zh
FROM own AS o
CROSS JOIN core.refresh AS r
LEFT JOIN core.penalty_cases AS p USING (case_no)
LEFT JOIN related AS n ON n.case_no = o.case_no AND n.bureau_code = o.region_code
