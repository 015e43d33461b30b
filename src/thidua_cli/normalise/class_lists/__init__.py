"""Lists of classes as officers hold them: workbooks and texts with names or codes, and classes in Vietnamese words."""
