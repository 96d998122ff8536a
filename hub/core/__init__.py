"""What every feature stands on: tables, the unit of work, permissions, forms, lists, files, the journal."""

import gc

gc.set_threshold(50_000, 20, 100)  # what a start makes stays, what a request makes ends with it: cycles are rare
