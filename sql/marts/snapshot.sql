SELECT
    as_of_month, season_year, rulebook_id, rulebook_sha256, raw_sha256, code_version, published_at, is_final, is_demo
FROM core.refresh
