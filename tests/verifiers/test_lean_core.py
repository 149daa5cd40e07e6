"""The core library: everyday proofs compile, its arithmetic is the kernel's, and nothing unproved gets by."""

from __future__ import annotations

import json
import random
import subprocess
from math import gcd
from pathlib import Path

import pytest

from assay.sandbox import BoxSpec, Sandbox
from assay.verifiers.lean import runtime

THEOREMS = Path(__file__).parent / "lean_theorems"

ACCELERATED = {
    "Nat.add": lambda a, b: a + b,
    "Nat.sub": lambda a, b: max(a - b, 0),
    "Nat.mul": lambda a, b: a * b,
    "Nat.div": lambda a, b: a // b if b else 0,
    "Nat.mod": lambda a, b: a % b if b else a,
    "Nat.gcd": gcd,
    "Nat.land": lambda a, b: a & b,
    "Nat.lor": lambda a, b: a | b,
    "Nat.xor": lambda a, b: a ^ b,
}
UNFOLDED = {
    "Nat.div": "Nat.divide {b} {a} {a}",
    "Nat.mod": "Nat.remainder {b} {a} {a}",
    "Nat.gcd": "Nat.euclid {a} {a} {b}",
    "Nat.land": "Nat.bitwise and {a} {b}",
    "Nat.lor": "Nat.bitwise or {a} {b}",
    "Nat.xor": "Nat.bitwise bne {a} {b}",
}
"""Our own definitions of the functions that the kernel would otherwise compute without looking at them."""


def lean(text: str, folder: Path, *, extra: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    """Compile ``text`` with the embedded Lean, on the host: these texts are ours."""
    source = folder / "Sub.lean"
    source.write_text(text, encoding="utf-8")
    argv = runtime.embedded().host_argv("--json", "--threads=1", *extra, str(source))
    return subprocess.run(argv, capture_output=True, text=True, timeout=200, check=False)


def errors(done: subprocess.CompletedProcess[str]) -> list[str]:
    messages = [json.loads(line) for line in done.stdout.splitlines()]
    return [f"{m['pos']['line']}: {m['data']}" for m in messages if m["severity"] == "error"]


@pytest.mark.parametrize("family", ["logic", "nat", "list"])
def test_everyday_theorems_are_proved_the_ordinary_way(family: str, tmp_path: Path) -> None:
    theorems = json.loads((THEOREMS / f"{family}.json").read_text(encoding="utf-8"))
    done = lean("\n".join(f"{t['statement']} := {t['proof']}" for t in theorems), tmp_path)
    assert (errors(done), done.returncode) == ([], 0)


def test_types_and_functions_of_ones_own_can_be_reasoned_about(tmp_path: Path) -> None:
    done = lean((THEOREMS / "inductive.lean").read_text(encoding="utf-8"), tmp_path)
    assert (errors(done), done.returncode) == ([], 0)


@pytest.mark.parametrize(
    "text",
    [
        "theorem t : 1 = 2 := rfl",
        "theorem t : 1 = 2 := by decide",
        "theorem t : 1 = 2 := by simp",
        "theorem t (a b : Nat) : a + b = a := by simp",
        "theorem t (p q : Prop) : p ∨ q → p ∧ q := by intro h; cases h <;> simp_all",
        "theorem t : 1 = 2 := sorry",
        "theorem t : 1 = 2 := by sorry",
        "theorem t : 1 = 2 := sorryAx _ false",
        "def Nat.gcd (_ _ : Nat) : Nat := 7",
        "theorem t : True := lcProof",
    ],
)
def test_what_is_not_proved_is_an_error(text: str, tmp_path: Path) -> None:
    done = lean(text, tmp_path)
    assert errors(done)
    assert done.returncode != 0


def test_the_axioms_are_the_three_known_ones(tmp_path: Path) -> None:
    text = "".join(
        path.read_text(encoding="utf-8") for path in (Path(runtime.__file__).parent / "core").rglob("*.lean")
    )
    declared = [line.split()[1] for line in text.splitlines() if line.startswith("axiom ")]
    assert sorted(declared) == ["Classical.choice", "Quot.sound", "propext"]
    assert [line for line in text.splitlines() if "unsafe" in line] == [
        "unsafe axiom sorryAx (α : Sort u) (synthetic : Bool) : α"
    ]
    # What is unsafe cannot be used by any theorem: the kernel itself says so.
    assert any("unsafe" in message for message in errors(lean("theorem t : 1 = 2 := sorry", tmp_path)))


def test_the_accelerated_functions_are_defined_and_compute_what_the_kernel_computes(tmp_path: Path) -> None:
    draw = random.Random(20)
    lines = []
    for name, meaning in ACCELERATED.items():
        for _ in range(12):
            a, b = draw.choice([0, 1, 2, 7, 30, 97]), draw.choice([0, 1, 2, 5, 12, 64])
            lines.append(f"example : {name} {a} {b} = {meaning(a, b)} := by decide +kernel")
            if name in UNFOLDED and not (name in ("Nat.div", "Nat.mod") and b == 0):
                lines.append(f"example : {UNFOLDED[name].format(a=a, b=b)} = {meaning(a, b)} := by decide +kernel")
    lines += [
        "example : Nat.pow 3 7 = 2187 ∧ Nat.log2 1000 = 9 ∧ Nat.halvings 50 50 = 5 := by decide +kernel",
        "example : Nat.shiftLeft 5 3 = 40 ∧ Nat.shiftRight 41 3 = 5 := by decide +kernel",
        "example : Nat.beq 4 4 = true ∧ Nat.beq 4 5 = false ∧ Nat.ble 4 5 = true ∧ Nat.ble 5 4 = false := by decide",
    ]
    done = lean("\n".join(lines), tmp_path)
    assert (errors(done), done.returncode) == ([], 0)


def test_the_equations_of_the_accelerated_functions_are_theorems_on_variables(tmp_path: Path) -> None:
    names = [
        "add_zero", "add_succ", "mul_zero", "mul_succ", "pow_zero", "pow_succ", "sub_zero", "sub_succ", "beq_eq",
        "ble_reflects", "div_eq", "mod_eq", "gcd_rec", "log2_def", "bitwise_eq", "land_eq", "lor_eq", "xor_eq",
        "shiftLeft_zero", "shiftLeft_succ", "shiftRight_zero", "shiftRight_succ",
    ]  # fmt: skip
    done = lean("\n".join(f"#check @Nat.{name}" for name in names), tmp_path)
    assert (errors(done), done.returncode) == ([], 0)


def test_a_theorem_compiles_inside_a_box_that_has_no_lean(tmp_path: Path) -> None:
    lean_here = runtime.embedded()
    with Sandbox.create(BoxSpec(mounts=lean_here.mounts)) as box:
        box.write("Sub.lean", b"theorem t (a b : Nat) : a + b = b + a := by rw [Nat.add_comm]\n")
        done = box.exec(lean_here.compile_argv("Sub.lean", "Sub.olean"), timeout=60)
        assert (done.returncode, done.stdout) == (0, b"")
        assert box.read("Sub.olean", max_bytes=1 << 20).startswith(b"olean")
        box.write("Bad.lean", b"theorem t : 1 = 2 := rfl\n")
        refused = box.exec(lean_here.compile_argv("Bad.lean", "Bad.olean"), timeout=60)
    assert refused.returncode == 1
    assert json.loads(refused.stdout.splitlines()[0])["severity"] == "error"
