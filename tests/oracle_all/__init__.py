"""A second, slow and plain calculation of every mart of scores, for the tests to compare with.

Written from the documents alone (source contracts, rules of scoring, contents of the marts): loops over
rows, exact fractions. It begins where reading ends: at the typed delivered rows in schema `raw`, and at what
reading said of single cells. Numbers and terms it takes from the rulebook's files, with a reader of its own.

`book` reads a rulebook; `rows` judges delivered rows; `season`, `officers`, `bureaus` and `marts` score;
`evidence` and `lists` work out the marts that explain the scores. `invent` draws seasons, `other` draws
rulebooks, `run` refreshes and compares.
"""
