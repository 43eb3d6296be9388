SELECT
    month, region_code, region_name, level, is_record_month, headcount, records, per_capita, problem_records,
    completeness_problem_records, format_problem_records, timeliness_problem_records, problem_share,
    base_points, deduction, points
FROM score.bureau_month
