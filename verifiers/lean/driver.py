"""Runs ``lean`` out of its shared library: ``python3 driver.py LIBRARY CORE [lean's own arguments]``.

Stands alone (standard library only, no imports of ours), because it also runs inside boxes, where this package is not
installed. The library must be loaded with RTLD_GLOBAL: Lean's interpreter looks up its own symbols by name.
"""

import ctypes
import os
import sys

NAT_MAX_SIZE = "1000000"
"""Longest number, in bits, that evaluation may build. Without a bound one numeral can take 23 s and 1.4 GB."""


def main(library: str, core: str, *arguments: str) -> None:
    os.environ["LEAN_PATH"] = core
    os.environ["LEAN_NAT_MAX_SIZE"] = NAT_MAX_SIZE
    os.environ["LEAN_BACKTRACE"] = "0"
    lean = ctypes.CDLL(library, mode=ctypes.RTLD_GLOBAL)
    argv = [b"lean", *map(os.fsencode, arguments)]
    code = lean.lean_main(len(argv), (ctypes.c_char_p * (len(argv) + 1))(*argv, None))
    # Lean's worker threads may still be alive: leave without running destructors.
    sys.stdout.flush()
    os._exit(code & 255)


if __name__ == "__main__":
    main(*sys.argv[1:])
