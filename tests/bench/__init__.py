"""``python -m tests.bench [row …]``: what the hub costs against the bare limit of the same work, measured in one run.

Each row prints one JSON line. Rounds of ours and of the limit alternate and their medians are compared, so that a busy
machine slows both alike; the unit is the processor's seconds, the steadiest figure there is.
"""
