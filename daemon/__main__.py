"""``python -m assay.daemon`` is the ``assay`` command."""

from .cli import main

main()
