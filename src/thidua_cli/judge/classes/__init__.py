"""Whom a clause is for: classes of units, and subjects."""
