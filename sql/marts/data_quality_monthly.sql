-- checked_rows counts the rows not superseded, accepted and quarantined; broken_rows those of them that broke the rule.
WITH prefecture AS (
    SELECT
        region_code,
        CASE WHEN left(region_code, 4) || '00' IN (SELECT code FROM rulebook.division WHERE level IN ('region', 'prefecture'))
            THEN left(region_code, 4) || '00' END AS prefecture_code
    FROM (SELECT DISTINCT region_code FROM core.row_count)
),

counted AS (
    SELECT
        r.source,
        r.delivery_month,
        p.prefecture_code,
        sum(r.accepted_rows + r.quarantined_rows)::BIGINT AS checked_rows
    FROM core.row_count AS r
    JOIN prefecture AS p ON p.region_code IS NOT DISTINCT FROM r.region_code
    GROUP BY ALL
    HAVING checked_rows > 0
),

broken AS (
    SELECT i.source, c.delivery_month, p.prefecture_code, i.rule_id, count(DISTINCT i.row_id) AS broken_rows
    FROM core.issue AS i
    JOIN core.cited_row AS c USING (row_id)
    JOIN prefecture AS p ON p.region_code IS NOT DISTINCT FROM c.region_code
    WHERE NOT i.is_superseded
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
