-- One row: a credit code that does not keep GB 32100-2015; each that was delivered is judged once.
SELECT DISTINCT site_uscc
FROM {{ ref('raw__inspection_records') }}
WHERE NOT ({{ is_credit_code('site_uscc') }})
