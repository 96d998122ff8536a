"""The real things that tests run against: PostgreSQL, an SMTP server, Chromium, an HTML checker."""
