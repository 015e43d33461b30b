"""What stands on a sheet, whatever table it is: cells, headings, years, numbers, fonts."""
