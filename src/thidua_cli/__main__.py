"""`thidua` and `python -m thidua_cli`: ready for Ctrl-C before anything is imported that takes time."""

import gc

from thidua_cli.cli.interrupt import end_on_ctrl_c


def run() -> None:
    """Run the command line and leave with its exit status."""
    end_on_ctrl_c()
    gc.disable()  # while modules are loaded, which hold no cycles that are over; the command line enables it again
    from thidua_cli.cli.main import run as run_commands

    run_commands()


if __name__ == "__main__":
    run()
