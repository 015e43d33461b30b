"""Findings, and what they mean."""
