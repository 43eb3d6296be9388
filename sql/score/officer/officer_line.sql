-- One row: an officer under a clause with its points: all score files together, exactly the index.
SELECT i.officer_id, i.clause_id, i.group_id, i.max_points, i.sort_no, s.points, s.status, s.basis
FROM score.officer_index AS i
LEFT JOIN (
    FROM score.i1_case_files
    UNION ALL
    FROM score.i2_campaigns
    UNION ALL
    FROM score.i3_mobile_terminal
    UNION ALL
    FROM score.i4_typical_cases
    UNION ALL
    FROM score.i5_public_satisfaction
) AS s ON s.officer_id = i.officer_id AND s.clause_id = i.clause_id
