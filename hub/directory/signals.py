"""What the directory announces."""

from blinker import signal

profile_published = signal("directory.profile-published")  # sender: Profile
public_withdrawn = signal("directory.public-withdrawn")  # sender: Profile, of which nothing is on the open web any more
profile_changed = signal(
    "directory.profile-changed",
    doc="""What somebody says of themselves, or whom they let see it, may be another now. *sender* is the ``Person``;
    said in the transaction that changed it.""",
)
profiles_made = signal(
    "directory.profiles-made",
    doc="""Technicians who were here before have a profile now. *sender* is a tuple of people’s ids; said in the
    transaction that made them.""",
)
