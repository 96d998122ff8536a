"""Reads a staff file: bytes in, people with their contracts and row-numbered problems out; nothing stored."""
