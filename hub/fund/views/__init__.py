"""Pages of the fund: /fund/…"""

from hub.fund.views import (
    afterwards,
    applying,
    archive,
    figures,
    judging,
    keeping,
    leading,
    paying,
    studies,
    supporting,
    together,
)
from hub.fund.views.blueprint import bp

__all__ = [
    "afterwards",
    "applying",
    "archive",
    "bp",
    "figures",
    "judging",
    "keeping",
    "leading",
    "paying",
    "studies",
    "supporting",
    "together",
]
