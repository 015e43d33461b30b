"""Judge: measures × rulebook × date → verdicts. Three-valued logic; no thresholds in code."""
