-- One row: the rows of a file, and where in the table of text they begin.
{% for source, text in {'inspection_records': 'raw__record_text', 'officer_roster': 'raw__roster_text'}.items() %}
{% if not loop.first %}UNION ALL{% endif %}
SELECT d.content_id, d.filename, '{{ source }}' AS source, min(t.rowid) AS first_row, count(*) AS rows_below_header
FROM {{ ref(text) }} AS t
JOIN {{ ref('raw__delivery') }} AS d USING (filename)
GROUP BY ALL
{% endfor %}
