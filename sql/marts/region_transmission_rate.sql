SELECT
    month, region_code, region_name, level,
    bounded(expected_count) AS expected_count, bounded(immediate_count) AS immediate_count,
    bounded(completed_count) AS completed_count,
    immediate_rate, completed_rate, ytd_immediate_rate, ytd_completed_rate
FROM score.bureau_transmission
