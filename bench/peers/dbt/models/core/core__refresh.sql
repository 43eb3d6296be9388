-- One row: what the refresh is of, and the month as of which it is.
WITH asked AS (
    SELECT '{{ var("as_of") }}-01'::DATE AS as_of_month
)

SELECT
    a.as_of_month,
    last_day(a.as_of_month) AS as_of_day,
    make_date(s.season_year, 1, 1) AS year_start,
    s.season_year,
    (
        SELECT max(m.month) FROM {{ ref('rulebook__month') }} AS m, asked WHERE m.is_activity_month AND m.month <= asked.as_of_month
    ) AS activity_until,
    a.as_of_month = s.final_month AS is_final,
    TRUE AS is_demo,
    s.rulebook_id,
    '{{ var("rulebook_sha256") }}' AS rulebook_sha256,
    (
        SELECT sha256(string_agg(file || chr(0) || sha256 || chr(0), '' ORDER BY file)) FROM {{ ref('raw__delivery') }}
    ) AS raw_sha256,
    'dbt' AS code_version,
    '{{ run_started_at.strftime("%Y-%m-%d %H:%M:%S") }}'::TIMESTAMP AS published_at
FROM {{ ref('rulebook__season') }} AS s
CROSS JOIN asked AS a
