-- One row: an officer of a roster, as text.
SELECT * FROM read_csv('{{ var("raw") }}/*/名册/*.csv', all_varchar = true, header = true)
