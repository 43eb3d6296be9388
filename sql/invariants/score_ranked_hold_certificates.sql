-- Nobody is ranked without a valid certificate for an award that asks for one (基本条件: 持有效行政执法证件).
SELECT f.officer_id, f.rank_no, f.award_status
FROM marts.officer_final_score AS f
JOIN rulebook.award AS a ON a.level = 'officer' AND a.is_ranked AND a.needs_valid_certificate
WHERE f.rank_no IS NOT NULL AND NOT f.has_valid_cert
