"""What every view is made with: pages, tables, sheets, records, files."""
