-- One row: a delivered inspection record, each cell as given (`__text`, null where blank) and as read.
{{ config(materialized='view') }}
{% set columns = {
    '检查记录编号': 'record_id',
    '检查类型': 'inspection_type',
    '检查方式': 'inspection_mode',
    '填报单位区划代码': 'agency_code',
    '检查对象名称': 'site_name',
    '统一社会信用代码': 'site_uscc',
    '经度': 'longitude',
    '纬度': 'latitude',
    '检查开始时间': 'started_at',
    '检查结束时间': 'ended_at',
    '上传时间': 'uploaded_at',
    '检查人员': 'inspector_names',
    '执法证号': 'inspector_cert_nos',
    '是否发现问题': 'problem_found',
    '问题描述': 'problem_text',
    '处理意见': 'disposal',
    '是否制作笔录': 'has_transcript',
    '照片数量': 'photo_count',
    '上传终端': 'upload_terminal',
    '记录状态': 'record_status'
} %}
WITH given AS (
    {{ given_rows(ref('raw__record_text'), columns, none_is_text=['problem_found', 'problem_text', 'disposal', 'has_transcript']) }}
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
