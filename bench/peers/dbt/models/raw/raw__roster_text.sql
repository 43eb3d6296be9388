-- One row: an officer of a delivered roster, as text.
SELECT * FROM read_csv('{{ var("raw") }}/*/名册/*.csv', all_varchar = true, header = true, filename = true)
