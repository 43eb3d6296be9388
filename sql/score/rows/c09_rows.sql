-- One row: a referral to the police (移送登记) from a bureau's cover, of an offence that a clause of C9 names.
SELECT
    v.bureau_code AS entity_id,
    t.clause_id,
    f.row_id,
    'referrals' AS source,
    coalesce(f.filed_on BETWEEN r.year_start AND r.as_of_day, FALSE) AS is_counted,
    CASE
        WHEN f.filed_on IS NULL THEN '公安机关未立案'
        WHEN f.filed_on NOT BETWEEN r.year_start AND r.as_of_day THEN '立案日期不在本年至截止日之间'
        ELSE '公安机关已立案'
    END AS note_zh
FROM core.referrals AS f
CROSS JOIN core.refresh AS r
JOIN core.cover AS v ON v.agency_code = f.region_code
JOIN core.bureau AS b ON b.region_code = v.bureau_code
JOIN rulebook.term AS t ON t.name = 'offence' AND t.level = b.level AND t.value = f.offence
