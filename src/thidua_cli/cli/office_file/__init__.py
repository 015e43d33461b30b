"""`thidua.toml`, the file of an office: defaults of options that are typed again and again, and who issues papers.

`settings.py` is the list of what it may hold, `place.py` where it is found and what a run has taken from it,
`reading.py` what it says, `using.py` the one place where its values become defaults of options. Only the command line
reads it: the Python functions never do.
"""
