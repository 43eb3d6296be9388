{# How a cell of these files is read: UTF-8, a header in the first row, ISO dates and times, 是/否, lists with 、. #}

{# The cell as it was written, null where it is blank. #}
{% macro given(column, none_is_text=false) -%}
CASE WHEN trim("{{ column }}") NOT IN ('', '-', '--', '/', '—', {% if not none_is_text %}'无', {% endif %}'NULL', 'null', 'N/A', '#N/A') THEN trim("{{ column }}") END
{%- endmacro %}

{% macro yes_no(text) -%} CASE {{ text }} WHEN '是' THEN TRUE WHEN '否' THEN FALSE END {%- endmacro %}

{% macro one_of(text, values) -%} CASE WHEN {{ text }} IN ('{{ values | join("', '") }}') THEN {{ text }} END {%- endmacro %}

{# A number of the quality rules. #}
{% macro quality(name) -%} (SELECT value FROM {{ ref('rulebook__quality') }} WHERE name = '{{ name }}') {%- endmacro %}

{# GB 32100-2015: 18 characters of the alphabet, the last of them a check character. #}
{% macro is_credit_code(code) -%}
regexp_full_match({{ code }}, '[0-9A-HJ-NP-RTUW-Y]{18}') AND (
    {%- for place in range(18) %}
    {% if not loop.first %}+ {% endif %}{{ 1 if place == 17 else 3 ** place % 31 }} * (instr('0123456789ABCDEFGHJKLMNPQRTUWXY', substr({{ code }}, {{ place + 1 }}, 1)) - 1)
    {%- endfor %}
) % 31 = 0
{%- endmacro %}

{# Rules for the cells of columns that hold something which cannot be read. #}
{% macro unreadable(columns) %}
{%- set rules = [] -%}
{%- for column in columns %}{% do rules.append(('X01', column, column ~ "__text IS NOT NULL AND " ~ column ~ " IS NULL")) %}{% endfor -%}
{{ return(rules) }}
{% endmacro %}

{# The issues of a source by rules (rule_id, column at fault, condition): one pass finds the few rows with any. #}
{% macro issues(source, read, rules) -%}
WITH judged AS MATERIALIZED (
    SELECT
        *{% for rule_id, column, condition in rules %},
        coalesce({{ condition }}, FALSE) AS broken_{{ loop.index }}{% endfor %}
    FROM {{ read }}
    WHERE{% for rule_id, column, condition in rules %}
        {% if not loop.first %}OR {% endif %}({{ condition }}){% endfor %}
)
{% for rule_id, column, condition in rules %}
{% if not loop.first %}UNION ALL{% endif %}
SELECT '{{ source }}' AS source, content_id, sheet_no, row_number, '{{ rule_id }}' AS rule_id, '{{ column }}' AS column_name, left({{ column }}__text, 80) AS value
FROM judged
WHERE broken_{{ loop.index }}
{%- endfor %}
{%- endmacro %}

{# One row: a delivered row with its place, each cell as given (`__text`); columns: header → name. #}
{% macro given_rows(text, columns, none_is_text) -%}
SELECT
    f.content_id,
    1::SMALLINT AS sheet_no,
    (t.rowid - f.first_row + 2)::INTEGER AS row_number
    {%- for header, name in columns.items() %},
    {{ given(header, none_is_text=name in none_is_text) }} AS {{ name }}__text
    {%- endfor %}
FROM {{ text }} AS t
JOIN {{ ref('raw__file_rows') }} AS f USING (filename)
{%- endmacro %}
