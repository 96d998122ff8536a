"""Money is whole pence, GBP; pounds exist only in what people read and type."""

import re

MOST_PENCE = 100_000_000  # a million pounds: no single sum in the hub is larger

_POUNDS = re.compile(r"£?\s*([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,9})(?:\.([0-9]{1,2}))?", re.ASCII)


def pounds(pence: int) -> str:
    """``125000`` reads £1,250.00."""
    sign = "−" if pence < 0 else ""
    return f"{sign}£{abs(pence) / 100:,.2f}"


def parse_pounds(text: str) -> int:
    """Pence of what somebody typed: 250, 199.9, £1,250.00.

    :raises ValueError: if it is not an amount of pounds with at most two decimals
    """
    found = _POUNDS.fullmatch(text.strip())
    if not found:
        raise ValueError("Enter an amount in pounds, such as 250 or 1,250.50")
    return int(found[1].replace(",", "")) * 100 + int((found[2] or "").ljust(2, "0"))
