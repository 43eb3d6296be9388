-- c1 … c11 are the sums of the group's clauses; total_points is the sum of the stored clause points. max_points: the sum of the
-- groups' maxima, 105 in 2022 and not 100 (the notice gives no total).
WITH by_group AS (
    SELECT
        region_code,
        coalesce(sum(points) FILTER (WHERE group_id = 'C1'), 0)::DECIMAL(9, 4) AS c1,
        coalesce(sum(points) FILTER (WHERE group_id = 'C2'), 0)::DECIMAL(9, 4) AS c2,
        coalesce(sum(points) FILTER (WHERE group_id = 'C3'), 0)::DECIMAL(9, 4) AS c3,
        coalesce(sum(points) FILTER (WHERE group_id = 'C4'), 0)::DECIMAL(9, 4) AS c4,
        coalesce(sum(points) FILTER (WHERE group_id = 'C5'), 0)::DECIMAL(9, 4) AS c5,
        coalesce(sum(points) FILTER (WHERE group_id = 'C6'), 0)::DECIMAL(9, 4) AS c6,
        coalesce(sum(points) FILTER (WHERE group_id = 'C7'), 0)::DECIMAL(9, 4) AS c7,
        coalesce(sum(points) FILTER (WHERE group_id = 'C8'), 0)::DECIMAL(9, 4) AS c8,
        coalesce(sum(points) FILTER (WHERE group_id = 'C9'), 0)::DECIMAL(9, 4) AS c9,
        coalesce(sum(points) FILTER (WHERE group_id = 'C10'), 0)::DECIMAL(9, 4) AS c10,
        coalesce(sum(points) FILTER (WHERE group_id = 'C11'), 0)::DECIMAL(9, 4) AS c11
    FROM core.bureau
    LEFT JOIN score.bureau_line USING (region_code)
    GROUP BY region_code
),

maximum AS (
    SELECT coalesce(sum(group_max_points), 0)::DECIMAL(9, 4) AS max_points
    FROM (SELECT DISTINCT group_id, group_max_points FROM rulebook.clause WHERE subject = 'bureau')
)

SELECT
    b.region_code,
    b.region_name,
    b.level,
    b.prefecture_code,
    g.* EXCLUDE (region_code),
    s.total_points,
    m.max_points,
    s.is_nominated,
    s.is_vetoed,
    s.overall_rank,
    s.rank_no,
    s.award_status,
    s.goes_to_ministry
FROM core.bureau AS b
CROSS JOIN maximum AS m
JOIN score.standing AS s ON s.subject = 'bureau' AND s.entity_id = b.region_code
JOIN by_group AS g USING (region_code)
