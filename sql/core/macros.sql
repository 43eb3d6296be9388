-- The arithmetic of the rulebook (RULES, Arithmetic): what is published is exact, rounded half up once.

-- The number of a clause at a level; null where the rulebook leaves the clause out.
CREATE OR REPLACE MACRO param(of_clause, at_level, by_name) AS (
    SELECT p.value
    FROM rulebook.parameter AS p
    WHERE p.clause_id = of_clause AND p.level = at_level AND p.name = by_name
);

-- A decimal of up to 18 places as a whole number of 10^-18.
CREATE OR REPLACE MACRO scaled(number) AS (
    trunc(number)::HUGEINT * 1000000000000000000::HUGEINT
    + ((number - trunc(number))::DECIMAL(19, 18) * 1000000000000000000::DECIMAL(19, 0))::HUGEINT
);

-- num ÷ den (num not below 0, den a whole number above 0), exactly, then rounded half up to 4 decimals by whole-number
-- division: ⌊(2 · 10⁴ · num + den) ÷ (2 · den)⌋, with num and den both in units of 10^-18.
CREATE OR REPLACE MACRO round4(num, den) AS (
    (
        (20000::HUGEINT * scaled(num) + den::HUGEINT * 1000000000000000000::HUGEINT)
        // (den::HUGEINT * 2000000000000000000::HUGEINT)
    )::DECIMAL(22, 0) * 0.0001::DECIMAL(5, 4)
)::DECIMAL(9, 4);

-- A sum as a BIGINT; one beyond 64 bits is the largest (or smallest) there is.
CREATE OR REPLACE MACRO bounded(number) AS
    greatest(least(number, 9223372036854775807), -9223372036854775808)::BIGINT;

-- The place of a delivered row among all: file, sheet, row. Its order is the order of delivery (SOURCES 1, keys and corrections).
CREATE OR REPLACE MACRO place(file_seq, sheet_no, row_number) AS
    (file_seq::BIGINT << 42) + (sheet_no::BIGINT << 32) + row_number;

-- The file of a delivered row, from its place.
CREATE OR REPLACE MACRO file_of(row_id) AS row_id >> 42;

-- A certificate in force is valid on a day: in its range of days, or in one of those of the several who hold it.
CREATE OR REPLACE MACRO is_valid_on(day, first_day, last_day, validity) AS
    CASE
        WHEN validity IS NULL THEN day BETWEEN first_day AND last_day
        ELSE list_bool_or([day BETWEEN v.first_day AND v.last_day FOR v IN validity])
    END;
