-- I5 执法公众满意度: deductions for findings in the officer's material; without any finding the full points.
WITH finding AS (
    SELECT
        h.officer_id,
        coalesce(sum(m.places) FILTER (WHERE m.finding = '当事人信息'), 0)::BIGINT AS party_places,
        coalesce(sum(m.places) FILTER (WHERE m.finding = '文字错误'), 0)::BIGINT AS typo_places,
        bool_or(m.finding = '雷同抄袭') AS is_copied
    FROM core.material_reviews AS m
    JOIN core.certificate_holder AS h ON h.cert_no = m.officer_cert_no
    JOIN core.refresh AS f ON m.reviewed_on BETWEEN f.year_start AND f.as_of_day
    WHERE m.entrant_kind = '个人'
    GROUP BY h.officer_id
)

SELECT
    i.officer_id,
    i.clause_id,
    CASE
        WHEN f.officer_id IS NULL THEN i.max_points
        WHEN f.is_copied THEN 0
        ELSE greatest(
            0,
            i.max_points
            - CASE WHEN f.party_places > 0 THEN param('I5.1', 'officer', 'party_deduction') ELSE 0 END
            - param('I5.1', 'officer', 'typo_deduction') * f.typo_places
        )
    END::DECIMAL(9, 4) AS points,
    CASE WHEN f.officer_id IS NULL THEN 'no_data' ELSE 'scored' END AS status,
    json_object(
        'party_places', coalesce(f.party_places, 0), 'typo_places', coalesce(f.typo_places, 0),
        'is_copied', coalesce(f.is_copied, FALSE)
    ) AS basis
FROM score.officer_index AS i
LEFT JOIN finding AS f USING (officer_id)
WHERE i.clause_id = 'I5.1'
