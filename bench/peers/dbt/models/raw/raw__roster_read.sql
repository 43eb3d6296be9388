-- One row: an officer of a delivered roster, each cell as given (`__text`, null where blank) and as read.
{{ config(materialized='view') }}
WITH given AS (
    SELECT
        f.content_id,
        1::SMALLINT AS sheet_no,
        (t.rowid - f.first_row + 2)::INTEGER AS row_number,
        {{ given('统计月份') }} AS month__text,
        {{ given('人员编号') }} AS officer_id__text,
        {{ given('姓名') }} AS officer_name__text,
        {{ given('所属单位区划代码') }} AS agency_code__text,
        {{ given('所属单位') }} AS agency_name__text,
        {{ given('是否在编', none_is_text=true) }} AS in_establishment__text,
        {{ given('是否在岗', none_is_text=true) }} AS on_post__text,
        {{ given('执法证号') }} AS cert_no__text,
        {{ given('证件有效期起') }} AS cert_valid_from__text,
        {{ given('证件有效期止') }} AS cert_valid_to__text
    FROM {{ ref('raw__roster_text') }} AS t
    JOIN {{ ref('raw__file_rows') }} AS f USING (filename)
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
