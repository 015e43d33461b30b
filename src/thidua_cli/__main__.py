"""`thidua` and `python -m thidua_cli`: ready for Ctrl-C before anything is imported that takes time."""

from thidua_cli.cli.interrupt import end_on_ctrl_c


def run() -> None:
    """Run the command line and leave with its exit status."""
    end_on_ctrl_c()
    from thidua_cli.cli.main import run as run_commands

    run_commands()


if __name__ == "__main__":
    run()
