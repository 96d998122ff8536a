"""Pages of the fund: /fund/…"""

from hub.fund.views import applying, judging, leading, paying, supporting, together
from hub.fund.views.blueprint import bp

__all__ = ["applying", "bp", "judging", "leading", "paying", "supporting", "together"]
