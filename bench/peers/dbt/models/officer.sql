-- One row: an officer in the roster of a month.
SELECT
    "统计月份" AS month,
    "人员编号" AS officer_id,
    "所属单位区划代码" AS agency_code,
    "执法证号" AS cert_no,
    "是否在编" = '是' AS in_establishment,
    "是否在岗" = '是' AS on_post,
    try_cast("证件有效期起" AS DATE) AS cert_valid_from,
    try_cast("证件有效期止" AS DATE) AS cert_valid_to
FROM {{ ref('given_roster') }}
