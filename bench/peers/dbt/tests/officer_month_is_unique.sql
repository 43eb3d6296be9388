SELECT month, officer_id FROM {{ ref('officer_month') }} GROUP BY ALL HAVING count(*) > 1
