-- One row: a certificate number that a record names, with its officer if the roster has one.
WITH named AS (
    SELECT row_id, strftime(uploaded_at, '%Y-%m') AS month, coalesce(started_at, uploaded_at) AS at,
        unnest(inspector_cert_nos) AS cert_no
    FROM {{ ref('record') }}
)

SELECT n.row_id, n.month, o.officer_id, n.at::DATE BETWEEN o.cert_valid_from AND o.cert_valid_to AS is_valid
FROM named AS n
LEFT JOIN {{ ref('officer') }} AS o USING (month, cert_no)
