"""Wiring: Dagster definitions, schedules, sensors, the command line, settings."""
