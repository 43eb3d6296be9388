-- One row: an officer disqualified (I2.V 取消资格): an integrity breach on a deployment of the season up to M.
SELECT DISTINCT h.officer_id
FROM core.campaign_service AS c
JOIN core.certificate_holder AS h ON h.cert_no = c.officer_cert_no
JOIN core.refresh AS f ON c.deployed_on BETWEEN f.year_start AND f.as_of_day
WHERE c.integrity_breach AND EXISTS (SELECT 1 FROM rulebook.veto WHERE subject = 'officer')
