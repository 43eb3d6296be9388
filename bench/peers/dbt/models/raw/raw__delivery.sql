-- One row: a file received, in natural order: by month, folder, and the number at the end of its name.
WITH found AS (
    SELECT filename, filename[length('{{ var("raw") }}') + 2:] AS file, size, sha256(content) AS sha256
    FROM read_blob('{{ var("raw") }}/*/*/*.csv')
)

SELECT
    row_number() OVER place AS file_seq,
    filename,
    file,
    (left(file, 7) || '-01')::DATE AS delivery_month,
    size,
    sha256,
    (row_number() OVER place)::INTEGER AS content_id
FROM found
WINDOW place AS (ORDER BY split_part(file, '/', 1), split_part(file, '/', 2), regexp_extract(file, '([0-9]+)[.]csv$', 1)::INTEGER)
