"""Verdicts and their traces."""
