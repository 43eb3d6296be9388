SELECT event_zh, due_on, quote_zh, source FROM rulebook.calendar
