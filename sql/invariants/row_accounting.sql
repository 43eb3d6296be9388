-- Rows below the header = accepted + quarantined + duplicates + footers + blank, per file and source (SOURCES 1).
SELECT file, source, rows_below_header, accepted_rows, quarantined_rows, duplicate_rows, footer_rows, blank_rows
FROM marts.delivery_file
WHERE
    status = 'accepted'
    AND rows_below_header IS DISTINCT FROM accepted_rows + quarantined_rows + duplicate_rows + footer_rows + blank_rows
