-- One row: a bureau under a clause that rests on the bureaus' returns (reported_measures): the best of its items; an item is
-- served when every agency asked has a return that counts. A number is taken as it stands, at most the item's points.
WITH item AS (
    SELECT
        entity_id AS region_code,
        clause_id,
        item,
        points AS item_points,
        count(*) AS asked,
        count_if(is_counted) AS done,
        count(row_id) AS returns,
        max(value_number) FILTER (WHERE is_counted) AS reported_number,
        CASE
            WHEN count_if(is_counted) < count(*) THEN 0
            WHEN kind = 'number' THEN round4(least(points, max(value_number)), 1)
            ELSE points
        END AS served_points
    FROM score.measure_rows
    GROUP BY entity_id, clause_id, item, kind, points
)

SELECT
    i.region_code,
    i.clause_id,
    round4(max(m.served_points), 1) AS points,
    CASE WHEN sum(m.returns) > 0 THEN 'scored' ELSE 'no_data' END AS status,
    json_object(
        'items', list({
            'item': m.item,
            'agencies_asked': m.asked,
            'agencies_done': m.done,
            'reported_number': m.reported_number,
            'points': m.served_points
        } ORDER BY m.item),
        'missing', CASE WHEN sum(m.returns) = 0 THEN '没有收到填报' WHEN sum(m.returns) < sum(m.asked) THEN '有的单位或事项没有填报' END
    ) AS basis
FROM score.bureau_index AS i
JOIN item AS m USING (region_code, clause_id)
GROUP BY i.region_code, i.clause_id
