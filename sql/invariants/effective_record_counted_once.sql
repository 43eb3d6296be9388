-- The effective records of a month are, over all agencies of bureaus, those of the prefectures; each once (C7.1).
SELECT month, bureau_records, agency_records
FROM (
    SELECT month, sum(records) AS bureau_records FROM score.bureau_month WHERE level = 'prefecture' GROUP BY month
)
FULL JOIN (
    SELECT i.month, count(*) AS agency_records
    FROM core.inspection_record AS i
    JOIN rulebook.month AS m ON m.month = i.month
    JOIN core.refresh AS r ON i.month <= r.as_of_month
    WHERE left(i.agency_code, 4) || '00' IN (SELECT code FROM rulebook.division WHERE level = 'prefecture')
    GROUP BY i.month
) USING (month)
WHERE coalesce(bureau_records, 0) <> coalesce(agency_records, 0)
