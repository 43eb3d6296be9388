-- A type: the names and messages that stand in many rows of the marts, as numbers in the order of their letters.
SELECT file AS word FROM raw.delivery
UNION
SELECT sheet FROM raw.content_part WHERE sheet IS NOT NULL
UNION
SELECT source FROM rulebook.rule WHERE source IS NOT NULL
UNION
SELECT rule_id FROM rulebook.rule
UNION
SELECT message_zh FROM rulebook.rule
ORDER BY word
