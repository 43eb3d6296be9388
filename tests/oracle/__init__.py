"""A second, slow and plain calculation of the monthly scores, for the tests to compare with.

Written from the source contracts and the rulebook's text alone: loops over rows, exact fractions. It takes
what a season's files mean (`season.Delivery`), not the files; only `writing`, which makes the files, asks the
product's contracts for the headers.
"""
