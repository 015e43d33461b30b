"""The four answers, as results write them."""

from typing import Final

MET: Final = "met"
NOT_MET: Final = "not_met"
UNDETERMINED: Final = "undetermined"
NO_CRITERION: Final = "no_criterion"
