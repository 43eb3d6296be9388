-- C10.1 公众满意度 (附件3 序号10): maximum − deduction × places found, not below 0.
WITH found AS (
    SELECT entity_id AS region_code, sum(places)::DECIMAL(28, 0) AS places
    FROM score.c10_rows
    WHERE is_counted
    GROUP BY entity_id
)

SELECT
    i.region_code,
    i.clause_id,
    round4(greatest(0, i.max_points - param('C10.1', i.level, 'place_deduction') * coalesce(f.places, 0)), 1) AS points,
    CASE WHEN f.region_code IS NULL THEN 'no_data' ELSE 'scored' END AS status,
    json_object(
        'places', coalesce(f.places, 0)::HUGEINT,
        'place_deduction', param('C10.1', i.level, 'place_deduction'),
        'missing', CASE WHEN f.region_code IS NULL THEN '本年至截止日没有须扣分的事迹材料审核发现，按没有问题计' END
    ) AS basis
FROM score.bureau_index AS i
LEFT JOIN found AS f USING (region_code)
WHERE i.clause_id = 'C10.1'
