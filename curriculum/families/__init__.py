"""Families of problems: each a generator by (level, seed) with reference answers."""
