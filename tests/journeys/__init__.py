"""What no single feature can see: every page as everybody, and whole stories from one feature to the next."""
