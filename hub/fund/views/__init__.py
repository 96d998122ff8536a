"""Pages of the fund: /fund/…"""

from hub.fund.views import afterwards, applying, figures, judging, leading, paying, supporting, together
from hub.fund.views.blueprint import bp

__all__ = ["afterwards", "applying", "bp", "figures", "judging", "leading", "paying", "supporting", "together"]
