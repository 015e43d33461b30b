"""Clauses as data: those of plans in TOML files, with citation and reading."""
