-- checked_rows counts the rows not superseded, accepted and quarantined; broken_rows those of them that broke the rule.
WITH checked AS (
    SELECT
        row_id,
        source,
        delivery_month,
        CASE WHEN left(region_code, 4) || '00' IN (SELECT code FROM rulebook.division WHERE level IN ('region', 'prefecture'))
            THEN left(region_code, 4) || '00' END AS prefecture_code
    FROM core.row_ledger
    WHERE NOT is_superseded
),

counted AS (
    SELECT source, delivery_month, prefecture_code, count(*) AS checked_rows
    FROM checked
    GROUP BY ALL
),

broken AS (
    SELECT c.source, c.delivery_month, c.prefecture_code, i.rule_id, count(DISTINCT i.row_id) AS broken_rows
    FROM checked AS c
    JOIN core.issue AS i USING (row_id)
    GROUP BY ALL
)

SELECT
    c.source,
    c.delivery_month,
    c.prefecture_code,
    u.rule_id,
    u.dimension,
    u.severity,
    c.checked_rows,
    coalesce(b.broken_rows, 0) AS broken_rows
FROM counted AS c
JOIN rulebook.rule AS u ON u.source IS NULL OR u.source = c.source
LEFT JOIN broken AS b
    ON b.source = c.source AND b.delivery_month = c.delivery_month
    AND b.prefecture_code IS NOT DISTINCT FROM c.prefecture_code AND b.rule_id = u.rule_id
ORDER BY c.source, c.delivery_month, c.prefecture_code, u.rule_id
