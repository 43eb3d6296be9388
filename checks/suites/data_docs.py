def make_offline(d): pass
