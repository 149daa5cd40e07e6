"""Writes the two Lean files that give our core library the official syntax, from the runtime library itself."""
