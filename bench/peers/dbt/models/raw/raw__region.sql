-- One row: a region code that a delivery may carry, and the one that it means.
SELECT code AS written, code FROM {{ ref('rulebook__division') }}
UNION ALL
SELECT old_code, new_code FROM {{ ref('rulebook__alias') }}
