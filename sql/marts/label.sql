SELECT key, label_zh, unit_zh FROM rulebook.label
