"""The figures of the sample data: invented ones for the workbooks, published ones for the canonical table."""
