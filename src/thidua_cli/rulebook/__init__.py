"""Rules as data: plans' clauses in TOML files, with citation and reading."""
