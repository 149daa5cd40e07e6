from pathlib import Path

import pytest
import torch

from assay.learner import checkpoint
from assay.learner.checkpoint import CheckpointError, State
from assay.learner.policy import Policy


def optimizer_of(policy: Policy) -> torch.optim.Optimizer:
    return torch.optim.AdamW(policy.model.parameters(), lr=1e-3)


def state_of(policy: Policy, update: int) -> State:
    return State(update, feed_seq=update * 10, policy_version=policy.version, metrics={"reward": 0.5})


def test_a_checkpoint_gives_back_weights_and_state(tiny: Policy, tmp_path: Path) -> None:
    directory = checkpoint.save(tmp_path, tiny, optimizer_of(tiny), state_of(tiny, 3))
    policy, state = checkpoint.load_policy(directory)
    assert directory.name == "step-3"
    assert policy.version == tiny.version
    assert state == state_of(tiny, 3)


def test_latest_counts_and_does_not_sort_by_name(tiny: Policy, tmp_path: Path) -> None:
    assert checkpoint.latest(tmp_path / "nothing") is None
    for update in (9, 10):
        checkpoint.save(tmp_path, tiny, optimizer_of(tiny), state_of(tiny, update))
    assert checkpoint.latest(tmp_path) == tmp_path / "step-10"


def test_only_the_newest_checkpoints_are_kept(tiny: Policy, tmp_path: Path) -> None:
    for update in range(1, 6):
        checkpoint.save(tmp_path, tiny, optimizer_of(tiny), state_of(tiny, update), keep=2)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["step-4", "step-5"]


def test_a_writer_that_dies_leaves_no_checkpoint_and_the_next_one_cleans_up(
    tiny: Policy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed = tmp_path / ".step-1-abc"  # what kill -9 in the middle of a write leaves
    killed.mkdir()
    (killed / "model.safetensors").write_bytes(b"half")
    assert checkpoint.latest(tmp_path) is None

    def fail(*_: object) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(torch, "save", fail)
        with pytest.raises(OSError, match="disk full"):
            checkpoint.save(tmp_path, tiny, optimizer_of(tiny), state_of(tiny, 2))
    assert checkpoint.latest(tmp_path) is None

    checkpoint.save(tmp_path, tiny, optimizer_of(tiny), state_of(tiny, 2))
    assert [path.name for path in tmp_path.iterdir()] == ["step-2"]


def test_saving_the_same_step_again_changes_nothing(tiny: Policy, tmp_path: Path) -> None:
    first = checkpoint.save(tmp_path, tiny, optimizer_of(tiny), state_of(tiny, 1))
    assert checkpoint.save(tmp_path, tiny, optimizer_of(tiny), state_of(tiny, 1)) == first


def test_other_weights_under_the_same_step_are_refused(tiny: Policy, tmp_path: Path) -> None:
    checkpoint.save(tmp_path, tiny, optimizer_of(tiny), state_of(tiny, 1))
    with torch.no_grad():
        tiny.model.lm_head.weight[0, 0] += 1
    with pytest.raises(CheckpointError, match="other weights"):
        checkpoint.save(tmp_path, tiny, optimizer_of(tiny), state_of(tiny, 1))


def test_swapped_weights_are_noticed(tiny: Policy, tmp_path: Path) -> None:
    directory = checkpoint.save(tmp_path, tiny, optimizer_of(tiny), state_of(tiny, 1))
    with torch.no_grad():
        tiny.model.lm_head.weight[0, 0] += 1
    tiny.save(directory)
    with pytest.raises(CheckpointError, match="disagree"):
        checkpoint.load_policy(directory)


def test_a_directory_without_a_state_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match="resume from another"):
        checkpoint.load_policy(tmp_path)
