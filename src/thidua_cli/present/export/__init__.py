"""The workbook for submission."""
