SELECT month, region_code, region_name, level, cert_holders, active_holders, activity_rate, points
FROM score.bureau_activity
