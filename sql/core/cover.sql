-- One row: an agency that a bureau covers: a county its own, a prefecture its own and all its counties'.
SELECT b.region_code AS bureau_code, d.code AS agency_code
FROM core.bureau AS b
JOIN rulebook.division AS d
    ON d.code = b.region_code OR (b.level = 'prefecture' AND d.parent_code = b.region_code)
