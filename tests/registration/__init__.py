"""Tests of registration and mentoring."""
