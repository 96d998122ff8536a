"""What the directory announces."""

from blinker import signal

profile_published = signal("directory.profile-published")  # sender: Profile
public_withdrawn = signal("directory.public-withdrawn")  # sender: Profile, of which nothing is on the open web any more
