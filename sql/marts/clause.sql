SELECT
    clause_id, group_id, group_max_points, annex, title_zh, max_points, quote_zh, reading, source, subject, formula_zh,
    group_title_zh, sort_no
FROM rulebook.clause
