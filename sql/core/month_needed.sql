-- One row: a month for which a roster in force is asked: those of the season up to M, and those of records.
SELECT month FROM rulebook.month, core.refresh WHERE month <= as_of_month
UNION
SELECT DISTINCT date_trunc('month', uploaded_at)::DATE FROM raw.inspection_records WHERE uploaded_at IS NOT NULL
