"""Criteria without a number: what a person wrote on the attestation sheet, and its way into the verdicts."""
