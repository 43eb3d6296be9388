-- One row: an officer or a bureau with ranks and award (五（四）评选表彰). Competition ranks (1, 2, 2, 4). Equal totals across a cut are
-- never split: all who share the total are 并列待定 and a person decides.
WITH ranked AS (
    SELECT
        *,
        is_ranked_nominee AND meets_condition AND NOT is_vetoed AS is_candidate,
        rank() OVER (PARTITION BY level ORDER BY total_points DESC) AS overall_rank,
        rank() OVER (PARTITION BY level, is_candidate ORDER BY total_points DESC) AS candidate_rank,
        count(*) OVER (PARTITION BY level, is_candidate, total_points) AS tied
    FROM score.candidate
)

SELECT
    c.subject,
    c.entity_id,
    c.level,
    c.total_points,
    c.is_nominated,
    c.is_vetoed,
    c.overall_rank,
    CASE WHEN c.is_candidate THEN c.candidate_rank END AS rank_no,
    CASE
        WHEN c.is_vetoed THEN '取消资格'
        WHEN NOT c.meets_condition THEN '不符合基本条件'
        WHEN NOT c.is_nominated THEN '未推荐'
        WHEN NOT c.is_ranked_nominee THEN '待评审'
        WHEN c.candidate_rank > a.quota THEN '未入选'
        WHEN c.candidate_rank + c.tied - 1 > a.quota THEN '并列待定'
        ELSE '入选'
    END AS award_status,
    CASE
        WHEN NOT c.is_candidate THEN NULL
        WHEN c.candidate_rank > a.ministry_quota THEN FALSE
        WHEN c.candidate_rank + c.tied - 1 > a.ministry_quota THEN NULL
        ELSE TRUE
    END AS goes_to_ministry
FROM ranked AS c
LEFT JOIN rulebook.award AS a ON a.level = c.level AND a.is_ranked
