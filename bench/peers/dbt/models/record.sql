-- One row: a delivered inspection record, typed.
SELECT
    "检查记录编号" AS record_id,
    "检查类型" AS inspection_type,
    "检查方式" AS inspection_mode,
    "填报单位区划代码" AS agency_code,
    "检查对象名称" AS site_name,
    "统一社会信用代码" AS site_uscc,
    try_cast("经度" AS DOUBLE) AS longitude,
    try_cast("纬度" AS DOUBLE) AS latitude,
    try_cast("检查开始时间" AS TIMESTAMP) AS started_at,
    try_cast("检查结束时间" AS TIMESTAMP) AS ended_at,
    try_cast("上传时间" AS TIMESTAMP) AS uploaded_at,
    string_split("检查人员", '、') AS inspector_names,
    string_split("执法证号", '、') AS inspector_cert_nos,
    CASE "是否发现问题" WHEN '是' THEN true WHEN '否' THEN false END AS problem_found,
    "问题描述" AS problem_text,
    "处理意见" AS disposal,
    try_cast("照片数量" AS BIGINT) AS photo_count,
    "上传终端" AS upload_terminal,
    "记录状态" AS record_status,
    row_number() OVER () AS row_id
FROM {{ ref('given_record') }}
