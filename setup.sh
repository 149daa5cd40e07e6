#!/bin/sh
# Set-up of assay on a fresh Debian or Ubuntu machine; run by `make setup`, and safe to run again at any time.
# Each step says what it does and, where it may not, what you can do instead.
set -eu
cd "$(dirname "$0")"
PYTHON=${PYTHON:-python3}
VENV=.venv
STAMPS=.setup
mkdir -p "$STAMPS"

step() { printf '\033[1m[setup]\033[0m %s\n' "$*"; }
note() { printf '        %s\n' "$*"; }

# -- 1. system packages ------------------------------------------------------------------------------------------
missing=
for pair in dockerd:docker.io bwrap:bubblewrap mmdebstrap:mmdebstrap; do
    PATH="$PATH:/usr/sbin:/sbin" command -v "${pair%%:*}" >/dev/null 2>&1 || missing="$missing ${pair##*:}"
done
"$PYTHON" -c 'import ensurepip, venv' 2>/dev/null || missing="$missing python3-venv"
if [ -n "$missing" ]; then
    if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
        step "installing Debian packages:$missing"
        apt-get update -qq
        # shellcheck disable=SC2086
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing iptables ca-certificates >"$STAMPS/apt.log" 2>&1 ||
            { tail -n 20 "$STAMPS/apt.log"; note "apt-get failed: install$missing by hand and run make setup again"; exit 1; }
    else
        step "missing programs:$missing"
        note "not root, or no apt-get: install them with your package manager for full isolation."
        note "Going on: with bubblewrap alone the boxes still work; assay doctor says what is then missing."
    fi
fi

# -- 2. Python packages ------------------------------------------------------------------------------------------
"$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    { step "Python 3.11 or newer is needed, $("$PYTHON" --version) found: set PYTHON=/path/to/python3.11"; exit 1; }
[ -x "$VENV/bin/pip" ] || { step "making the virtual environment $VENV"; "$PYTHON" -m venv "$VENV"; }
wanted=$(sha256sum pyproject.toml setup.sh | sha256sum | cut -c1-16)
if [ "$(cat "$VENV/installed" 2>/dev/null)" != "$wanted" ]; then  # inside, so that it goes when $VENV goes
    export PIP_DISABLE_PIP_VERSION_CHECK=1
    quiet=-q
    [ -t 1 ] && quiet=  # progress bars are for people
    step "installing PyTorch (pinned, first: anything later would pull a larger build)"
    "$VENV/bin/pip" install $quiet "$(sed -n 's/^ *"\(torch==[^"]*\)".*/\1/p' pyproject.toml)"
    step "installing the Python packages (about 1.3 GB, a minute or two)"
    "$VENV/bin/pip" install $quiet -e '.[learn,dev]'
    echo "$wanted" >"$VENV/installed"
fi

# -- 3. boxes and Lean; each prints what it does and does nothing when done ----------------------------------------
if "$VENV/bin/python" -m assay.sandbox.dockerd; then
    "$VENV/bin/python" -m assay.sandbox.image
elif ! command -v bwrap >/dev/null 2>&1; then
    step "neither Docker nor bubblewrap: nothing can confine untrusted code here"
    note "install bubblewrap or docker.io (or ask an administrator to), then run make setup again"
    exit 1
fi
"$VENV/bin/python" -m assay.verifiers.lean.build
step "ready: $VENV/bin/assay"
