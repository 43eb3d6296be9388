SELECT
    month, officer_id, officer_name, region_code, is_record_month, records, mobile_records, problem_records,
    completeness_problem_records, format_problem_records, timeliness_problem_records, problem_share,
    base_points, deduction, points
FROM score.officer_month
