"""A reading oracle: tables composed from a grammar, whose meaning is known before anything reads them.

A table is a `Draft` on which choices work, one of each dimension at most: title, time, status, line, part, unit of
measure, headings, unit column, layout, format, numbers, names, further columns and rows. A choice says two things at
once: how something is written, and what it means. A layout then lays the draft out in cells, and every cell that holds
a figure carries what an honest reader may make of it (`Meant`): which unit, year-end, status, line, count and value,
or that it is no figure of a year-end at all and must be told. So the truth travels with the cell, whatever the layout
and the format, and nothing of the program's own reading has a say in it.

Where two readings are defensible, both are accepted and the choice says so. Never widen what a figure may mean because
the program reads it so.

`comparing` reads a written table as `thidua check` does and holds every figure against its cell:

right         all figures as meant, none more, and nothing withheld
told          something is withheld, or is read and held in doubt, and a finding whose place fits says so
noise         a table that says nothing wrong is read right, with an error or a warning
silent-wrong  a figure is read that is not meant, or a meant one is missing, and nothing that fits says so

    python -m reading --seed 1 --tables 600
    python -m reading --again 37        # one table once more; its file stays in reading-output/
    python -m reading --wrong-only
"""
