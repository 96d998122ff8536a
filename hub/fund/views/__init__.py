"""Pages of the fund: /fund/…"""

from hub.fund.views import applying, figures, judging, leading, paying, supporting, together
from hub.fund.views.blueprint import bp

__all__ = ["applying", "bp", "figures", "judging", "leading", "paying", "supporting", "together"]
