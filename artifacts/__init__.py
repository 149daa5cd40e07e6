"""Certificates that a stranger can check: the store, its audit, explanations and lineage.

    with Store.open(folder, create=True) as store:                 # the one writer
        ids = store.certify_many([Certification(...), ...])        # atomic, idempotent, one checkpoint
    store = Store.open(folder, read_only=True)                     # any number of readers, also of a copy
    report = audit(folder, level="rerun", recheck=recheck_in(Sandbox.create))
    sys.exit(report.exit_code)                     # bits: 1 corrupt, 2 untrusted, 4 uncheckable, 8 rerun disagrees

``FORMAT.md`` and ``verify.py`` in every store let someone without this package check it.
"""

from .audit import audit
from .errors import ArtifactError, CertificationError, CorruptError, StoreError, UntrustedError
from .explain import Explanation, explain
from .report import AuditReport, Finding
from .rerun import Recheck, recheck_in
from .statement import Certificate, Certification, Origin
from .store import Store, default_key_path

__all__ = [
    "ArtifactError", "AuditReport", "Certificate", "Certification", "CertificationError", "CorruptError", "Explanation",
    "Finding", "Origin", "Recheck", "Store", "StoreError", "UntrustedError", "audit", "default_key_path", "explain",
    "recheck_in",
]  # fmt: skip
