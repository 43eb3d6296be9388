-- One row: a delivered inspection record, as text.
SELECT * FROM read_csv('{{ var("raw") }}/*/检查记录/*.csv', all_varchar = true, header = true, filename = true)
