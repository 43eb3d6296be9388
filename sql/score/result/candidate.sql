-- One row: an officer or a bureau with its total and what decides whether it can be awarded.
-- is_nominated: for any award of its level (all, where a level's award needs no nomination); is_ranked_nominee: for the one that is
-- ranked by total; is_vetoed: an integrity breach in the year up to the as-of day (I2.V, C8.V).
WITH breach AS (
    SELECT 'officer' AS subject, entity_id
    FROM score.i2_rows
    WHERE is_counted AND integrity_breach
    UNION
    SELECT 'bureau', c.region_code
    FROM core.campaign_service AS c
    JOIN core.refresh AS r ON c.deployed_on BETWEEN r.year_start AND r.as_of_day
    WHERE c.integrity_breach
),

veto AS (
    SELECT b.subject, b.entity_id FROM breach AS b JOIN rulebook.veto AS v USING (subject)
),

total AS (
    SELECT 'officer' AS subject, officer_id AS entity_id, sum(points)::DECIMAL(9, 4) AS total_points
    FROM score.officer_line
    GROUP BY officer_id
    UNION ALL
    SELECT 'bureau', region_code, sum(points)::DECIMAL(9, 4) FROM score.bureau_line GROUP BY region_code
),

entity AS (
    SELECT 'officer' AS subject, officer_id AS entity_id, 'officer' AS level, has_valid_cert FROM core.officer
    UNION ALL
    SELECT 'bureau', region_code, level, NULL FROM core.bureau
),

demand AS (
    SELECT
        level,
        bool_or(needs_valid_certificate) AS needs_valid_certificate,
        bool_or(nomination_kind IS NULL) AS is_open_to_all,
        bool_or(nomination_kind IS NULL AND is_ranked) AS is_ranking_all
    FROM rulebook.award
    GROUP BY level
),

nominated AS (
    SELECT entity_id, level, bool_or(is_ranked) AS is_ranked_nominee
    FROM score.nominee
    GROUP BY entity_id, level
)

SELECT
    e.subject,
    e.entity_id,
    e.level,
    coalesce(t.total_points, 0)::DECIMAL(9, 4) AS total_points,
    coalesce(d.is_open_to_all, FALSE) OR n.entity_id IS NOT NULL AS is_nominated,
    coalesce(d.is_ranking_all, FALSE) OR coalesce(n.is_ranked_nominee, FALSE) AS is_ranked_nominee,
    coalesce(NOT d.needs_valid_certificate OR e.has_valid_cert, TRUE) AS meets_condition,
    v.entity_id IS NOT NULL AS is_vetoed
FROM entity AS e
LEFT JOIN total AS t USING (subject, entity_id)
LEFT JOIN demand AS d USING (level)
LEFT JOIN nominated AS n USING (entity_id, level)
LEFT JOIN veto AS v USING (subject, entity_id)
