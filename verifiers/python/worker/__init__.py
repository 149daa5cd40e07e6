"""The code that runs inside the box. ``runner`` is sent there as text; nothing outside imports it."""
