-- One row: a rule that a delivered row breaks by itself.
FROM {{ ref('raw__record_issue') }} UNION ALL FROM {{ ref('raw__roster_issue') }}
