-- One row: a rule that a roster row breaks by itself, or a cell of it that cannot be read (X01).
{% set rules = [
    ('OR-E1', 'month', "month IS NULL OR officer_id IS NULL"),
    ('OR-E2', 'agency_code', "agency_code IS NULL"),
    ('OR-C1', 'officer_name', "officer_name IS NULL"),
    ('OR-C2', 'in_establishment', "in_establishment__text IS NULL OR on_post__text IS NULL"),
    ('OR-C3', 'cert_no', "cert_no IS NOT NULL AND (cert_valid_from__text IS NULL OR cert_valid_to__text IS NULL)"),
    ('OR-F1', 'cert_valid_to', "cert_valid_to < cert_valid_from"),
] %}
{{ issues('officer_roster', ref('raw__roster_read'), rules + unreadable(
    ['in_establishment', 'on_post', 'cert_valid_from', 'cert_valid_to'])) }}
