SELECT
    month, region_code, region_name, level,
    expected_count::BIGINT AS expected_count, immediate_count::BIGINT AS immediate_count,
    completed_count::BIGINT AS completed_count,
    immediate_rate, completed_rate, ytd_immediate_rate, ytd_completed_rate
FROM score.bureau_transmission
ORDER BY month, region_code
