"""Universe levels: zero, successor, max, imax and parameters, hash-consed so that equal levels are the same object.

``at_most`` decides ``a <= b + offset`` for all values of the parameters, after the method of the Lean 4 kernel (as
described in Carneiro, "The Type Theory of Lean", 2019, section 2.2): strip successors, split maxima, and where an imax
hangs on a parameter, look at the cases zero and successor of that parameter.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import final

from .names import Name, show


class Level:
    """Base of the five forms. Build levels with the lower-case functions below, which keep one object per value."""

    __slots__ = ("has_param",)
    has_param: bool


@final
class Zero(Level):
    __slots__ = ()

    def __init__(self) -> None:
        self.has_param = False


@final
class Succ(Level):
    __slots__ = ("of",)

    def __init__(self, of: Level) -> None:
        self.of, self.has_param = of, of.has_param


@final
class Max(Level):
    __slots__ = ("left", "right")

    def __init__(self, left: Level, right: Level) -> None:
        self.left, self.right, self.has_param = left, right, left.has_param or right.has_param


@final
class IMax(Level):
    """``imax u v`` is 0 where v is 0, else ``max u v``: the universe of ``(x : A) -> B``."""

    __slots__ = ("left", "right")

    def __init__(self, left: Level, right: Level) -> None:
        self.left, self.right, self.has_param = left, right, left.has_param or right.has_param


@final
class Param(Level):
    __slots__ = ("name",)

    def __init__(self, name: Name) -> None:
        self.name, self.has_param = name, True


ZERO: Level = Zero()
_succs: dict[Level, Succ] = {}
_maxes: dict[tuple[Level, Level], Max] = {}
_imaxes: dict[tuple[Level, Level], IMax] = {}
_params: dict[Name, Param] = {}


def succ(of: Level) -> Level:
    found = _succs.get(of)
    if found is None:
        found = _succs[of] = Succ(of)
    return found


def max_of(left: Level, right: Level) -> Level:
    found = _maxes.get((left, right))
    if found is None:
        found = _maxes[left, right] = Max(left, right)
    return found


def imax_of(left: Level, right: Level) -> Level:
    found = _imaxes.get((left, right))
    if found is None:
        found = _imaxes[left, right] = IMax(left, right)
    return found


def param(name: Name) -> Level:
    found = _params.get(name)
    if found is None:
        found = _params[name] = Param(name)
    return found


ONE = succ(ZERO)


def simplify(level: Level) -> Level:
    """An equal level in which every imax ends in a parameter, a max or an imax."""
    if isinstance(level, Succ):
        return succ(simplify(level.of))
    if isinstance(level, Max):
        return _simple_max(simplify(level.left), simplify(level.right))
    if isinstance(level, IMax):
        left, right = simplify(level.left), simplify(level.right)
        if right is ZERO:
            return ZERO
        if isinstance(right, Succ):
            return _simple_max(left, right)
        return right if left in (ZERO, ONE, right) else imax_of(left, right)
    return level


def _simple_max(left: Level, right: Level) -> Level:
    if left is right or left is ZERO:
        return right
    if right is ZERO:
        return left
    if isinstance(left, Succ) and isinstance(right, Succ):
        return succ(_simple_max(left.of, right.of))
    return max_of(left, right)


def substitute(level: Level, values: Mapping[Name, Level]) -> Level:
    """Replace parameters by levels."""
    if not level.has_param:
        return level
    if isinstance(level, Param):
        return values.get(level.name, level)
    if isinstance(level, Succ):
        return succ(substitute(level.of, values))
    if isinstance(level, Max):
        return max_of(substitute(level.left, values), substitute(level.right, values))
    assert isinstance(level, IMax)
    return imax_of(substitute(level.left, values), substitute(level.right, values))


def params_of(level: Level) -> set[Name]:
    """The names of all parameters in ``level``."""
    if isinstance(level, Param):
        return {level.name}
    if isinstance(level, Succ):
        return params_of(level.of)
    if isinstance(level, Max | IMax):
        return params_of(level.left) | params_of(level.right)
    return set()


def at_most(left: Level, right: Level, offset: int = 0) -> bool:
    """Whether ``left <= right + offset`` for all parameter values. Both sides simplified. True only if it is so."""
    if left is right and offset >= 0:
        return True
    if left is ZERO and offset >= 0:
        return True
    if isinstance(left, Succ):
        return at_most(left.of, right, offset - 1)
    if isinstance(left, Max):
        return at_most(left.left, right, offset) and at_most(left.right, right, offset)
    hinge = _hinge(left) or _hinge(right)
    if hinge is not None:
        for value in (ZERO, succ(param(hinge))):
            case = {hinge: value}
            if not at_most(simplify(substitute(left, case)), simplify(substitute(right, case)), offset):
                return False
        return True
    if isinstance(left, IMax):
        return at_most(simplify(_push(left)), right, offset)
    if isinstance(right, IMax):
        return at_most(left, simplify(_push(right)), offset)
    if isinstance(right, Succ):
        return at_most(left, right.of, offset + 1)
    if isinstance(right, Max):
        return at_most(left, right.left, offset) or at_most(left, right.right, offset)
    return False


def _hinge(level: Level) -> Name | None:
    """A parameter on which some imax hangs: its right-hand side."""
    if isinstance(level, IMax):
        if isinstance(level.right, Param):
            return level.right.name
        return _hinge(level.right) or _hinge(level.left)
    if isinstance(level, Succ):
        return _hinge(level.of)
    if isinstance(level, Max):
        return _hinge(level.left) or _hinge(level.right)
    return None


def _push(level: IMax) -> Level:
    """imax a (max b c) = max (imax a b) (imax a c);  imax a (imax b c) = max (imax a c) (imax b c)."""
    a, inner = level.left, level.right
    assert isinstance(inner, Max | IMax), "simplified, and not hanging on a parameter"
    b, c = inner.left, inner.right
    if isinstance(inner, Max):
        return max_of(imax_of(a, b), imax_of(a, c))
    return max_of(imax_of(a, c), imax_of(b, c))


def equal(left: Level, right: Level) -> bool:
    """Whether both levels have the same value for all parameter values."""
    if left is right:
        return True
    left, right = simplify(left), simplify(right)
    return left is right or (at_most(left, right) and at_most(right, left))


def all_equal(left: tuple[Level, ...], right: tuple[Level, ...]) -> bool:
    return len(left) == len(right) and all(equal(a, b) for a, b in zip(left, right, strict=True))


def show_level(level: Level) -> str:
    """For people."""
    steps = 0
    while isinstance(level, Succ):
        steps, level = steps + 1, level.of
    if level is ZERO:
        return str(steps)
    if isinstance(level, Param):
        base = show(level.name)
    else:
        assert isinstance(level, Max | IMax)
        word = "max" if isinstance(level, Max) else "imax"
        base = f"({word} {show_level(level.left)} {show_level(level.right)})"
    return f"{base}+{steps}" if steps else base
