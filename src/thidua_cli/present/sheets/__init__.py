"""Parts of a workbook: pages and columns, texts and tables upon them, formulas, charts, and what Excel cannot hold."""
