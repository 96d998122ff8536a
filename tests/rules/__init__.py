"""Rules that the whole code base keeps, each with a planted fault that proves it bites."""
