"""What is done to the ledger and to evidence brought by hand."""

from hub.evidence.services.items import (
    About,
    NoLongerUsed,
    Permission,
    add_item,
    add_version,
    edit_item,
    end_expired,
    fingerprint,
    put_back,
    record_consent,
    set_reach,
    take_out,
    warn_of_expiry,
)
from hub.evidence.services.ledger import CountsNoMore, NothingCorrected, correct, let_go, record, withdraw
from hub.evidence.services.rebuilding import differences, rebuild

__all__ = [
    "About",
    "CountsNoMore",
    "NoLongerUsed",
    "NothingCorrected",
    "Permission",
    "add_item",
    "add_version",
    "correct",
    "differences",
    "edit_item",
    "end_expired",
    "fingerprint",
    "let_go",
    "put_back",
    "rebuild",
    "record",
    "record_consent",
    "set_reach",
    "take_out",
    "warn_of_expiry",
    "withdraw",
]
