SELECT code, name, parent_code, level FROM rulebook.division
