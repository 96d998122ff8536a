"""What must always hold of the ledger."""

from hub.core.invariants import Invariants
from hub.evidence import queries

INVARIANTS: Invariants = {"evidence.totals-equal-the-ledger": queries.unequal_totals}
