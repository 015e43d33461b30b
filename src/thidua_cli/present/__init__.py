"""Present: results → terminal, text, workbooks, JSON. The only place that knows rich, tabulate and XlsxWriter."""
