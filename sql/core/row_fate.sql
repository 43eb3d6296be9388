-- One row: a delivered row that is not accepted: a later row replaced it (is_superseded), or else it is quarantined.
SELECT row_id, source, TRUE AS is_superseded FROM core.superseded
UNION ALL
SELECT DISTINCT row_id, source, FALSE FROM core.issue WHERE severity = 'fatal' AND NOT is_superseded
