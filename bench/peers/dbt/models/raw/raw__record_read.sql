-- One row: a delivered inspection record, each cell as given (`__text`, null where blank) and as read.
{{ config(materialized='view') }}
WITH given AS (
    SELECT
        f.content_id,
        1::SMALLINT AS sheet_no,
        (t.rowid - f.first_row + 2)::INTEGER AS row_number,
        {{ given('检查记录编号') }} AS record_id__text,
        {{ given('检查类型') }} AS inspection_type__text,
        {{ given('检查方式') }} AS inspection_mode__text,
        {{ given('填报单位区划代码') }} AS agency_code__text,
        {{ given('检查对象名称') }} AS site_name__text,
        {{ given('统一社会信用代码') }} AS site_uscc__text,
        {{ given('经度') }} AS longitude__text,
        {{ given('纬度') }} AS latitude__text,
        {{ given('检查开始时间') }} AS started_at__text,
        {{ given('检查结束时间') }} AS ended_at__text,
        {{ given('上传时间') }} AS uploaded_at__text,
        {{ given('检查人员') }} AS inspector_names__text,
        {{ given('执法证号') }} AS inspector_cert_nos__text,
        {{ given('是否发现问题', none_is_text=true) }} AS problem_found__text,
        {{ given('问题描述', none_is_text=true) }} AS problem_text__text,
        {{ given('处理意见', none_is_text=true) }} AS disposal__text,
        {{ given('是否制作笔录', none_is_text=true) }} AS has_transcript__text,
        {{ given('照片数量') }} AS photo_count__text,
        {{ given('上传终端') }} AS upload_terminal__text,
        {{ given('记录状态') }} AS record_status__text
    FROM {{ ref('raw__record_text') }} AS t
    JOIN {{ ref('raw__file_rows') }} AS f USING (filename)
)

SELECT
    g.*,
    record_id__text AS record_id,
    {{ one_of('inspection_type__text', ['双随机抽查', '专项检查', '信访核查', '日常检查', '执法监测', '排污许可检查', '交叉检查', '其他']) }} AS inspection_type,
    {{ one_of('inspection_mode__text', ['现场检查', '非现场检查']) }} AS inspection_mode,
    r.code AS agency_code,
    NULL::VARCHAR AS agency_name,
    site_name__text AS site_name,
    site_uscc__text AS site_uscc,
    NULL::VARCHAR AS site_region_code,
    try_cast(longitude__text AS DOUBLE) AS longitude,
    try_cast(latitude__text AS DOUBLE) AS latitude,
    try_cast(started_at__text AS TIMESTAMP) AS started_at,
    try_cast(ended_at__text AS TIMESTAMP) AS ended_at,
    try_cast(uploaded_at__text AS TIMESTAMP) AS uploaded_at,
    string_split(inspector_names__text, '、') AS inspector_names,
    string_split(inspector_cert_nos__text, '、') AS inspector_cert_nos,
    {{ yes_no('problem_found__text') }} AS problem_found,
    problem_text__text AS problem_text,
    disposal__text AS disposal,
    {{ yes_no('has_transcript__text') }} AS has_transcript,
    try_cast(photo_count__text AS BIGINT) AS photo_count,
    {{ one_of('upload_terminal__text', ['移动端', '电脑端']) }} AS upload_terminal,
    {{ one_of('record_status__text', ['有效', '作废', '草稿']) }} AS record_status
FROM given AS g
LEFT JOIN {{ ref('raw__region') }} AS r ON r.written = g.agency_code__text
