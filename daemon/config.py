"""A run's settings: one small TOML file in the run directory, validated on reading.

Only what a user has reason to change is here; what has one right value is a constant beside the code that uses it.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

FILE = "config.toml"


class ConfigError(ValueError):
    """config.toml cannot be used. The text names the field and the mend."""


class RunConfig(BaseModel):
    """Defaults are for two CPU cores and five minutes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    seed: int = Field(default=0, ge=0, description="seed of curriculum, warm-up and sampling")
    skills: list[str] = Field(default=["A.linear", "B.expr", "C.prop"], min_length=1, description="skills to train on")
    group_size: int = Field(default=16, ge=2, le=64, description="attempts at one problem")
    groups_per_step: int = Field(default=8, ge=1, le=256, description="groups with a signal in one gradient step")
    executors: int = Field(default=2, ge=1, le=64, description="processes that attempt and verify")
    warmup_steps: int = Field(default=400, ge=0, description="steps of supervised warm-up; 0 leaves it out")
    warmup_seconds: float = Field(
        default=150.0, gt=0, description="the longest that warm-up may take on a slow machine"
    )
    learning_rate: float = Field(default=3e-4, gt=0, description="GRPO's step size")
    temperature: float = Field(default=1.0, gt=0, description="sampling temperature of attempts")
    max_new_tokens: int = Field(default=64, ge=8, le=4096, description="longest completion, in tokens")
    checkpoint_steps: int = Field(default=5, ge=1, description="gradient steps between checkpoints")
    gate_steps: int = Field(default=50, ge=1, description="gradient steps between promotion gates")
    gate_problems: int = Field(default=40, ge=4, description="held-out problems per skill that a promotion gate asks")


def load(directory: Path) -> RunConfig:
    """The configuration of a run directory; the defaults where it has none. Raises ConfigError."""
    path = directory / FILE
    if not path.exists():
        return RunConfig()
    try:
        return RunConfig.model_validate(tomllib.loads(path.read_bytes().decode()))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is not TOML ({error}): mend it, or delete it to get the defaults back") from error
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise ConfigError(f"{path}: field {field}: {first['msg']}: correct the value or delete the line") from error


def save(directory: Path, config: RunConfig) -> None:
    """Write ``config`` with each field's meaning as a comment, unless the file is there already."""
    path = directory / FILE
    if path.exists():
        return
    lines = ["# Settings of this run. Delete a line to get its default back."]
    for name, field in RunConfig.model_fields.items():
        lines += [f"# {field.description}", f"{name} = {_toml(getattr(config, name))}"]
    path.write_text("\n".join(lines) + "\n")


def _toml(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    return f'"{value}"' if isinstance(value, str) else repr(value)
