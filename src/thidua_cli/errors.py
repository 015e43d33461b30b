"""What the program raises when it cannot go on. Wrong *data* is a `Finding`, never an exception."""

from __future__ import annotations

from thidua_cli.language import Text


class ThiduaError(Exception):
    """Base of everything the command line turns into one sentence and an exit status."""

    exit_status = 70

    def __init__(self, text: Text) -> None:
        super().__init__(text.vi)
        self.text = text


class UsageError(ThiduaError):
    """The command was called with arguments that do not fit (exit status 2)."""

    exit_status = 2


class InputError(ThiduaError):
    """An input file or a rule file cannot be read (exit status 3)."""

    exit_status = 3

    @classmethod
    def unreadable(cls, file: object, error: OSError) -> InputError:
        """Return the sentence about a file that the system does not hand out, with the system's reason."""
        reason = error.strerror or str(error)
        return cls(Text(f"{file}: không đọc được ({reason})", f"{file}: cannot be read ({reason})"))


class OutputError(ThiduaError):
    """A result cannot be written where it was asked for (exit status 2)."""

    exit_status = 2
