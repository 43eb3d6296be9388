-- i1 … i5 are the sums of the group's clauses; total_points is the sum of the stored clause points.
WITH by_group AS (
    SELECT
        officer_id,
        coalesce(sum(points) FILTER (WHERE group_id = 'I1'), 0)::DECIMAL(9, 4) AS i1,
        coalesce(sum(points) FILTER (WHERE group_id = 'I2'), 0)::DECIMAL(9, 4) AS i2,
        coalesce(sum(points) FILTER (WHERE group_id = 'I3'), 0)::DECIMAL(9, 4) AS i3,
        coalesce(sum(points) FILTER (WHERE group_id = 'I4'), 0)::DECIMAL(9, 4) AS i4,
        coalesce(sum(points) FILTER (WHERE group_id = 'I5'), 0)::DECIMAL(9, 4) AS i5
    FROM core.officer
    LEFT JOIN score.officer_line USING (officer_id)
    GROUP BY officer_id
)

SELECT
    o.officer_id,
    o.officer_name,
    o.region_code,
    o.prefecture_code,
    g.i1,
    g.i2,
    g.i3,
    g.i4,
    g.i5,
    s.total_points,
    s.is_nominated,
    o.has_valid_cert,
    s.is_vetoed,
    s.overall_rank,
    s.rank_no,
    s.award_status,
    s.goes_to_ministry
FROM core.officer AS o
JOIN score.standing AS s ON s.subject = 'officer' AND s.entity_id = o.officer_id
JOIN by_group AS g USING (officer_id)
