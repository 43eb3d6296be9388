-- Every file received stands in delivery_file, and no other.
SELECT coalesce(d.file, f.file) AS file
FROM core.delivery AS d
FULL JOIN (SELECT DISTINCT file FROM marts.delivery_file) AS f ON f.file = d.file
WHERE d.file IS NULL OR f.file IS NULL
