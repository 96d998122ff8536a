"""Whether tests run in their long form: minutes where the ordinary run takes seconds. ``make torture`` asks for it."""

import os

EVERYTHING = os.environ.get("HUB_TORTURE") == "1"
