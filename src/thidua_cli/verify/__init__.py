"""A second, plain implementation of the verdicts: takes a result apart and computes it again from its own trace.

It knows nothing of `measure` and `judge` and shares no arithmetic with them: whole numbers only, multiplied across.
"""
