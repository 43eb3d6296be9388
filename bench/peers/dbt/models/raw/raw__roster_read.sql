-- One row: an officer of a delivered roster, each cell as given (`__text`, null where blank) and as read.
{{ config(materialized='view') }}
{% set columns = {
    '统计月份': 'month',
    '人员编号': 'officer_id',
    '姓名': 'officer_name',
    '所属单位区划代码': 'agency_code',
    '所属单位': 'agency_name',
    '是否在编': 'in_establishment',
    '是否在岗': 'on_post',
    '执法证号': 'cert_no',
    '证件有效期起': 'cert_valid_from',
    '证件有效期止': 'cert_valid_to'
} %}
WITH given AS (
    {{ given_rows(ref('raw__roster_text'), columns, none_is_text=['in_establishment', 'on_post']) }}
)

SELECT
    g.*,
    try_cast(month__text || '-01' AS DATE) AS month,
    officer_id__text AS officer_id,
    officer_name__text AS officer_name,
    r.code AS agency_code,
    agency_name__text AS agency_name,
    {{ yes_no('in_establishment__text') }} AS in_establishment,
    {{ yes_no('on_post__text') }} AS on_post,
    cert_no__text AS cert_no,
    try_cast(cert_valid_from__text AS DATE) AS cert_valid_from,
    try_cast(cert_valid_to__text AS DATE) AS cert_valid_to
FROM given AS g
LEFT JOIN {{ ref('raw__region') }} AS r ON r.written = g.agency_code__text
