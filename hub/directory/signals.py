"""What the directory announces."""

from blinker import signal

profile_published = signal("directory.profile-published")  # sender: Profile
