"""What must hold: contracts, the rule register, the rulebook's loader, suites, invariants."""
