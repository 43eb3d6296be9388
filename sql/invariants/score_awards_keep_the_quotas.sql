-- Nobody is 入选 beyond the award's quota or sent to the ministry beyond its quota, and equal totals have equal outcomes.
WITH standing AS (
    SELECT 'officer' AS level, officer_id AS entity_id, total_points, rank_no, award_status, goes_to_ministry
    FROM marts.officer_final_score
    UNION ALL
    SELECT level, region_code, total_points, rank_no, award_status, goes_to_ministry FROM marts.region_final_score
)

SELECT s.level, count_if(s.award_status = '入选') AS awarded, count_if(s.goes_to_ministry) AS sent
FROM standing AS s
LEFT JOIN rulebook.award AS a ON a.level = s.level AND a.is_ranked
GROUP BY s.level, a.quota, a.ministry_quota
HAVING count_if(s.award_status = '入选') > coalesce(a.quota, 0) OR count_if(s.goes_to_ministry) > coalesce(a.ministry_quota, 0)
UNION ALL
SELECT level, count(DISTINCT award_status), count(DISTINCT coalesce(goes_to_ministry::VARCHAR, 'open'))
FROM standing
WHERE rank_no IS NOT NULL
GROUP BY level, total_points
HAVING count(DISTINCT (award_status, coalesce(goes_to_ministry::VARCHAR, 'open'), rank_no)) > 1
