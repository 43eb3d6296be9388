SELECT rule_id, source, dimension, severity, message_zh
FROM rulebook.rule
