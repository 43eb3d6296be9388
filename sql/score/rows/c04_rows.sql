-- One row: a penalty case of a bureau's cover whose clue came the way that a clause of C4 names (线索来源).
SELECT
    c.region_code AS entity_id,
    t.clause_id,
    c.row_id,
    'penalty_cases' AS source,
    c.is_in_time AS is_counted,
    CASE
        WHEN NOT c.is_in_time THEN '处罚决定不在本年至截止日之间'
        WHEN k.value IS NOT NULL THEN c.clue_source || '（' || c.reward_kind || '）'
        ELSE c.clue_source
    END AS note_zh,
    k.value IS NOT NULL AS has_bonus
FROM score.case_in_cover AS c
JOIN core.bureau AS b USING (region_code)
JOIN rulebook.term AS t ON t.name = 'clue_source' AND t.level = b.level AND t.value = c.clue_source
LEFT JOIN rulebook.term AS k
    ON k.clause_id = t.clause_id AND k.name = 'bonus_reward_kind' AND k.level = b.level AND k.value = c.reward_kind
