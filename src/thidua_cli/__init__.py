"""thidua: from household-count spreadsheets to eligibility tables an award council can sign."""

__version__ = "0.1.0"
