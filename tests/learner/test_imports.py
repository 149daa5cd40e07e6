import subprocess
import sys

HEAVY = {"torch", "transformers", "trl", "tokenizers"}


def heavy_modules_after(statement: str) -> set[str]:
    code = f"import sys; {statement}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return HEAVY & set(done.stdout.split())


def test_importing_the_learner_imports_no_torch() -> None:
    assert heavy_modules_after("import assay.learner") == set()


def test_importing_the_policy_does_import_torch() -> None:
    assert "torch" in heavy_modules_after("import assay.learner.policy")


def test_openmp_is_told_not_to_spin_before_torch_can_be_imported() -> None:
    code = "import assay.learner, os, sys; print(os.environ['OMP_WAIT_POLICY'], 'torch' in sys.modules)"
    environment = {"PATH": "/usr/bin:/bin"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.split() == ["PASSIVE", "False"]
