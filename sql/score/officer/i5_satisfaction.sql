-- I5.1 公众满意度 (附件2 序号5): maximum − deduction if any 当事人信息 − deduction × places of 文字错误, not below 0; 雷同抄袭: 0.
WITH found AS (
    SELECT
        entity_id AS officer_id,
        bool_or(finding = '当事人信息') AS has_party,
        coalesce(sum(places) FILTER (WHERE finding = '文字错误'), 0)::DECIMAL(28, 0) AS typos,
        bool_or(finding = '雷同抄袭') AS is_copied
    FROM score.i5_rows
    WHERE is_counted
    GROUP BY entity_id
),

figures AS (
    SELECT
        i.*,
        f.officer_id IS NULL AS is_unreviewed,
        coalesce(f.has_party, FALSE) AS has_party,
        coalesce(f.typos, 0) AS typos,
        coalesce(f.is_copied, FALSE) AS is_copied
    FROM score.officer_index AS i
    LEFT JOIN found AS f USING (officer_id)
    WHERE i.clause_id = 'I5.1'
)

SELECT
    officer_id,
    clause_id,
    CASE
        WHEN is_copied THEN 0
        ELSE round4(greatest(
            0,
            max_points
            - CASE WHEN has_party THEN param('I5.1', 'officer', 'party_deduction') ELSE 0 END
            - param('I5.1', 'officer', 'typo_deduction') * typos
        ), 1)
    END::DECIMAL(9, 4) AS points,
    CASE WHEN is_unreviewed THEN 'no_data' ELSE 'scored' END AS status,
    json_object(
        'has_party_information', has_party,
        'typo_places', typos::HUGEINT,
        'is_copied', is_copied,
        'party_deduction', param('I5.1', 'officer', 'party_deduction'),
        'typo_deduction', param('I5.1', 'officer', 'typo_deduction'),
        'missing', CASE WHEN is_unreviewed THEN '本年至截止日没有须扣分的事迹材料审核发现，按没有问题计' END
    ) AS basis
FROM figures
