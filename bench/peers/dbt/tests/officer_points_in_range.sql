SELECT * FROM {{ ref('officer_month') }} WHERE points < 0 OR points > base
