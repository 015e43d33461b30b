"""Doubts on figures."""
