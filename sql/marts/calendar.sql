SELECT event_zh, due_on, quote_zh, source FROM rulebook.calendar ORDER BY due_on, event_zh
