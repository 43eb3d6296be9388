-- I1 案卷评查: I1.1 took part in the public review; I1.2 the mark of the officer's own file, or the bureau's mark of the same case.
WITH took_part AS (
    SELECT officer_id, count(*) AS reviews
    FROM score.officer_review
    WHERE review_kind = '案卷大家评'
    GROUP BY officer_id
),

chosen AS (
    SELECT *
    FROM score.officer_review
    WHERE review_kind = '案卷质量'
    QUALIFY row_number() OVER (PARTITION BY officer_id ORDER BY reviewed_on DESC, case_no DESC, row_id DESC) = 1
),

bureau_mark AS (
    SELECT r.case_no, r.mark, coalesce(r.substantive_error, FALSE) AS substantive_error
    FROM core.case_file_reviews AS r
    JOIN core.refresh AS f ON r.reviewed_on BETWEEN f.year_start AND f.as_of_day
    WHERE r.entrant_kind = '集体' AND r.review_kind = '案卷质量'
    QUALIFY row_number() OVER (PARTITION BY r.case_no ORDER BY r.reviewed_on DESC, r.mark DESC, r.row_id DESC) = 1
),

used AS (
    SELECT
        c.officer_id,
        c.case_no,
        CASE WHEN b.case_no IS NULL THEN c.mark ELSE b.mark END AS mark,
        CASE WHEN b.case_no IS NULL THEN c.substantive_error ELSE b.substantive_error END AS substantive_error,
        b.case_no IS NOT NULL AS is_bureau_mark,
        s.case_no IS NOT NULL AS is_registered,
        coalesce(s.is_disclosed, FALSE) AS is_disclosed,
        coalesce(s.is_decided_in_year, FALSE) AS is_decided_in_year,
        coalesce(s.is_closed, FALSE) AS is_closed,
        o.officer_id IS NOT NULL AS is_case_officer
    FROM chosen AS c
    LEFT JOIN bureau_mark AS b USING (case_no)
    LEFT JOIN score.case_standing AS s USING (case_no)
    LEFT JOIN score.case_officer AS o ON o.case_no = c.case_no AND o.officer_id = c.officer_id
)

SELECT
    i.officer_id,
    i.clause_id,
    CASE WHEN t.reviews > 0 THEN i.max_points ELSE 0 END::DECIMAL(9, 4) AS points,
    CASE WHEN t.reviews > 0 THEN 'scored' ELSE 'no_data' END AS status,
    json_object('reviews', coalesce(t.reviews, 0)) AS basis
FROM score.officer_index AS i
LEFT JOIN took_part AS t USING (officer_id)
WHERE i.clause_id = 'I1.1'
UNION ALL
SELECT
    i.officer_id,
    i.clause_id,
    CASE
        WHEN u.is_disclosed AND u.is_decided_in_year AND u.is_closed AND u.is_case_officer AND NOT u.substantive_error
            THEN round4(i.max_points * coalesce(u.mark, 0), 100)
        ELSE 0
    END,
    CASE WHEN u.officer_id IS NULL THEN 'no_data' WHEN u.mark IS NULL THEN 'not_rated' ELSE 'scored' END,
    CASE
        WHEN u.officer_id IS NULL THEN json_object('reviews', 0)
        ELSE json_object(
            'case_no', u.case_no, 'mark', u.mark, 'is_bureau_mark', u.is_bureau_mark, 'is_registered', u.is_registered,
            'is_disclosed', u.is_disclosed, 'substantive_error', u.substantive_error,
            'is_decided_in_year', u.is_decided_in_year, 'is_closed', u.is_closed, 'is_case_officer', u.is_case_officer
        )
    END
FROM score.officer_index AS i
LEFT JOIN used AS u USING (officer_id)
WHERE i.clause_id = 'I1.2'
