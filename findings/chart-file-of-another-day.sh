#!/usr/bin/env bash
# pygal 3.1.3: a chart drawn from the same values is another file tomorrow, with every id and script of it fixed.
#
# The identifiers of a chart are random unless `no_prefix` is set, which its documentation says; with it two charts of one
# day are equal, so a test of reproducible output passes. A comment in the file still holds the day of the clock: reports
# that are compared by their checksum, or signed, differ from one day to the next, for a line that no viewer shows.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pygal==3.1.3
cd "$work" && venv/bin/python - <<'PY'
import datetime
import pygal
import pygal.svg


def chart():
    line = pygal.Line(no_prefix=True, js=[], pretty_print=True)
    line.x_labels = ["2021", "2022", "2023"]
    line.add("rate", [55.10, 45.45, 34.04])
    return line.render().decode().splitlines()


class Tomorrow(datetime.date):
    @classmethod
    def today(cls):
        return cls.fromordinal(datetime.date.today().toordinal() + 1)


first, again = chart(), chart()
assert first == again
pygal.svg.date = Tomorrow
later = chart()
changed = [(one, other) for one, other in zip(first, later, strict=True) if one != other]
print(len(changed), "line differs:", *changed[0], sep="\n")
assert len(changed) == 1 and "<!--Generated with pygal" in changed[0][0]
PY
