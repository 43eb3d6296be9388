-- One row: a bureau, an item of a clause and an agency whose return counts for it (its own; its prefecture's; those of all county
-- bureaus in its cover, or its own where it has none), with the return, if there is one, and why it counts or not.
WITH asked AS (
    SELECT
        b.region_code,
        m.clause_id,
        m.item,
        m.kind,
        m.points,
        m.done_before,
        CASE m.whose WHEN 'prefecture' THEN b.prefecture_code WHEN 'counties' THEN coalesce(c.region_code, b.region_code)
            ELSE b.region_code END AS asked_code
    FROM core.bureau AS b
    CROSS JOIN rulebook.measure_item AS m
    LEFT JOIN core.bureau AS c
        ON m.whose = 'counties' AND b.level = 'prefecture' AND c.level = 'county' AND c.prefecture_code = b.region_code
)

SELECT
    a.region_code AS entity_id,
    a.clause_id,
    q.row_id,
    'reported_measures' AS source,
    a.item,
    a.kind,
    a.points,
    a.asked_code,
    q.value_number,
    q.row_id IS NOT NULL
    AND q.reported_on BETWEEN r.year_start AND r.as_of_day
    AND (a.kind = 'number' OR coalesce(q.value_is_yes, FALSE))
    AND (a.done_before IS NULL OR coalesce(q.done_on < a.done_before, FALSE)) AS is_counted,
    CASE
        WHEN q.row_id IS NULL THEN '没有填报'
        WHEN q.reported_on NOT BETWEEN r.year_start AND r.as_of_day THEN '填报日期不在本年至截止日之间'
        WHEN a.kind <> 'number' AND NOT coalesce(q.value_is_yes, FALSE) THEN '填报为否'
        WHEN a.done_before IS NOT NULL AND q.done_on IS NULL THEN '没有完成日期'
        WHEN a.done_before IS NOT NULL AND q.done_on >= a.done_before THEN '完成日期不在期限之前'
        ELSE '填报完成'
    END AS note_zh
FROM asked AS a
CROSS JOIN core.refresh AS r
LEFT JOIN core.reported_measures AS q ON q.region_code = a.asked_code AND q.item = a.item
