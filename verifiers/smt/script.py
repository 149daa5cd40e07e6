"""From the text of a claim to typed terms: declare-const, declare-fun without arguments, define-fun, assert, set-logic.

Anything else is refused by name. Commands such as ``push``, ``set-option``, ``check-sat`` or ``exit`` would let a claim
steer the solvers, and the verifier asks the question itself. Where SMT-LIB and solvers read an Int among Reals as its
``to_real``, so does this reader.
"""

from __future__ import annotations

import re
from fractions import Fraction

from ..errors import ClaimError
from .sexpr import Atom, Node, read
from .terms import SORTS, Apply, Call, Constant, Definition, Let, Script, Sort, Term, Variable

FIELD = "claim.smtlib"
MAX_DECLARED = 256
MAX_UNFOLDED = 200
LOGICS = frozenset({"ALL", *(p + f + a for p in ("QF_", "") for f in "LN" for a in ("IA", "RA", "IRA"))})

_CORE = frozenset({"and", "or", "xor", "=>", "not", "=", "distinct", "ite"})
_ARITHMETIC = frozenset({"+", "-", "*", "/", "div", "mod", "abs", "to_real", "to_int", "is_int"})
_COMPARISONS = frozenset({"<", "<=", ">", ">="})
OPERATORS = _CORE | _ARITHMETIC | _COMPARISONS
_WORDS_OF_SMT_LIB = """true false let forall exists match par _ ! as Int Real Bool divisible
    BINARY DECIMAL HEXADECIMAL NUMERAL STRING assert declare-const declare-fun define-fun set-logic"""
_WORDS_OF_SOLVERS = "implies iff if rem ^ ** && define push pop"
_RESERVED = OPERATORS.union(_WORDS_OF_SMT_LIB.split(), _WORDS_OF_SOLVERS.split())
_MENDS = {
    "check-sat": "leave it out: the verifier asks",
    "get-model": "leave it out: the answer is the model",
    "set-option": "leave it out: the budget is the verifier's",
    "define-const": "write (define-fun name () Sort term)",
    "define-fun-rec": "define without recursion",
}

Scope = dict[str, Sort]


def parse(text: object) -> Script:
    """The typed script, or ClaimError."""
    if not isinstance(text, str):
        raise ClaimError(FIELD, "is missing or no text", "give SMT-LIB commands as one string")
    return _Reader().script(text)


class _Reader:
    """The state of one reading: what has been declared and defined so far, and how deep definitions reach."""

    def __init__(self) -> None:
        self.declared: dict[str, Sort] = {}
        self.definitions: dict[str, Definition] = {}
        self.depths: dict[str, int] = {}
        self.assertions: list[Term] = []
        self.logic = ""

    def script(self, text: str) -> Script:
        for index, node in enumerate(read(text)):
            _refuse_quoted_words(node)
            self.command(index, node)
        if not self.assertions:
            raise ClaimError(FIELD, "asserts nothing", "add (assert ...)")
        return Script(text, self.logic, self.declared, tuple(self.assertions))

    def command(self, index: int, node: Node) -> None:
        match node:
            case (Atom("symbol", "set-logic"), Atom("symbol", logic)) if index == 0:
                if logic not in LOGICS:
                    raise ClaimError(FIELD, f"sets the logic {logic[:20]!r}", "use ALL, or an arithmetic one as QF_NIA")
                self.logic = logic
            case (Atom("symbol", "declare-const"), Atom() as name, sort):
                self.declare(name, sort)
            case (Atom("symbol", "declare-fun"), Atom() as name, (), sort):
                self.declare(name, sort)
            case (Atom("symbol", "define-fun"), Atom() as name, tuple() as parameters, sort, body):
                self.define(name, parameters, sort, body)
            case (Atom("symbol", "assert"), body):
                self.depth(body)
                term = self.term(body, dict(self.declared))
                if term.sort != "Bool":
                    raise ClaimError(FIELD, f"asserts a term of sort {term.sort}", "assert a Bool")
                self.assertions.append(term)
            case (Atom("symbol", name), *_):
                mend = _MENDS.get(name, "use declare-const, define-fun, assert; set-logic first")
                raise ClaimError(FIELD, f"has the command {name[:20]!r} in a form that is not allowed", mend)
            case _:
                raise ClaimError(FIELD, f"has no command at place {index + 1}", "start each with ( and a command name")

    def declare(self, atom: Atom, sort: Node) -> None:
        name = self.new_name(atom)
        if len(self.declared) >= MAX_DECLARED:
            raise ClaimError(FIELD, f"declares more than {MAX_DECLARED} names", "declare fewer")
        self.declared[name] = _sort(sort)

    def define(self, atom: Atom, parameters: tuple[Node, ...], sort: Node, body: Node) -> None:
        name = self.new_name(atom)
        pairs: list[tuple[str, Sort]] = []
        for parameter in parameters:
            match parameter:
                case (Atom() as parameter_name, parameter_sort):
                    pairs.append((_free_name(parameter_name), _sort(parameter_sort)))
                case _:
                    raise ClaimError(FIELD, f"defines {name!r} with a malformed parameter", "write ((x Int) (y Int))")
        if len(dict(pairs)) != len(pairs):
            raise ClaimError(FIELD, f"defines {name!r} with a parameter twice", "name each parameter once")
        self.depths[name] = self.depth(body)
        term = self.term(body, {**self.declared, **dict(pairs)})
        if term.sort != _sort(sort):
            raise ClaimError(FIELD, f"defines {name!r} as {_sort(sort)} but its body is {term.sort}", "make them agree")
        self.definitions[name] = Definition(name, tuple(pairs), term)

    def new_name(self, atom: Atom) -> str:
        name = _free_name(atom)
        if name in self.declared or name in self.definitions:
            raise ClaimError(FIELD, f"introduces {name[:40]!r} twice", "give each symbol one declaration")
        return name

    def depth(self, node: Node) -> int:
        """Depth of ``node`` with definitions unfolded: bounds the evaluator's recursion."""
        if isinstance(node, Atom):
            return self.depths.get(node.text, 0)
        head = self.depth(node[0]) if node else 0
        total = 1 + head + max((self.depth(child) for child in node[1:]), default=0)
        if total > MAX_UNFOLDED:
            raise ClaimError(FIELD, f"unfolds to a depth of more than {MAX_UNFOLDED}", "nest definitions less")
        return total

    def term(self, node: Node, scope: Scope) -> Term:
        match node:
            case Atom("numeral", text):
                return Constant("Int", int(text))
            case Atom("decimal", text):
                return Constant("Real", Fraction(text))
            case Atom("symbol", "true" | "false" as text, quoted=False):
                return Constant("Bool", text == "true")
            case Atom("symbol", name):
                return self.name(name, scope)
            case (Atom("symbol", "let", quoted=False), tuple() as bindings, body):
                return self.let(bindings, body, scope)
            case (Atom("symbol", name), _, *_):
                arguments = tuple(self.term(child, scope) for child in node[1:])
                if name in self.definitions and name not in scope:
                    return self.call(self.definitions[name], arguments)
                if name in OPERATORS:
                    return _apply(name, arguments)
                raise ClaimError(FIELD, f"applies {name[:40]!r}, which is no operator of the subset", _OPERATOR_MEND)
        raise ClaimError(FIELD, "has a term that is no literal, name or application", _OPERATOR_MEND)

    def name(self, name: str, scope: Scope) -> Term:
        if name in scope:
            return Variable(scope[name], name)
        if name in self.definitions:
            return self.call(self.definitions[name], ())
        raise ClaimError(FIELD, f"uses {name[:40]!r} before declaring it", "declare it first, Int, Real or Bool")

    def let(self, bindings: tuple[Node, ...], body: Node, scope: Scope) -> Term:
        bound: list[tuple[str, Term]] = []
        for binding in bindings:
            match binding:
                case (Atom("symbol") as atom, value):
                    bound.append((_free_name(atom), self.term(value, scope)))
                case _:
                    raise ClaimError(FIELD, "has a malformed let", "write (let ((x term)) body)")
        if not bound or len(dict(bound)) != len(bound):
            raise ClaimError(FIELD, "has a let that binds nothing, or a name twice", "bind each name once")
        inner = self.term(body, scope | {name: value.sort for name, value in bound})
        return Let(inner.sort, tuple(bound), inner)

    def call(self, definition: Definition, arguments: tuple[Term, ...]) -> Term:
        wanted = [sort for _, sort in definition.parameters]
        if [argument.sort for argument in arguments] != wanted:
            raise ClaimError(FIELD, f"calls {definition.name!r} with other sorts than declared", f"pass {wanted}")
        return Call(definition.body.sort, definition, arguments)


_OPERATOR_MEND = "use " + " ".join(sorted(OPERATORS)) + " let, numerals, decimals, declared names"


def _free_name(atom: Atom) -> str:
    """A name that a script may introduce: not an operator, not reserved for solvers."""
    if atom.kind != "symbol" or atom.text in _RESERVED or atom.text[:1] in ("@", ".", ""):
        raise ClaimError(FIELD, f"introduces {atom.text[:40]!r}", "choose a name that SMT-LIB does not reserve")
    if "!" in atom.text or "." in atom.text or re.match("[-+][0-9]", atom.text):
        raise ClaimError(FIELD, f"introduces {atom.text[:40]!r}", "choose a name without '!' and '.' that is no number")
    return atom.text


def _refuse_quoted_words(node: Node) -> None:
    """SMT-LIB says that ``|and|`` is ``and``; readers that forget it would see another formula."""
    stack = [node]
    while stack:
        item = stack.pop()
        if isinstance(item, tuple):
            stack.extend(item)
        elif item.quoted and item.text in _RESERVED:
            raise ClaimError(FIELD, f"quotes the word |{item.text}|", "write it without bars")


def _sort(node: Node) -> Sort:
    if isinstance(node, Atom) and node.kind == "symbol" and node.text in SORTS:
        return SORTS[node.text]
    shown = node.text[:20] if isinstance(node, Atom) else "a compound sort"
    raise ClaimError(FIELD, f"uses the sort {shown!r}", "use Int, Real or Bool")


def _apply(operator: str, arguments: tuple[Term, ...]) -> Term:
    sorts = {argument.sort for argument in arguments}
    count = len(arguments)
    if operator in ("not", "abs", "to_real", "to_int", "is_int"):
        _demand(count == 1, operator, "one argument")
    elif operator == "ite":
        _demand(count == 3, operator, "three arguments")
    elif operator == "mod":
        _demand(count == 2, operator, "two arguments")
    elif operator != "-" and operator not in ("and", "or"):
        _demand(count >= 2, operator, "two or more arguments")

    if operator in ("and", "or", "xor", "=>", "not"):
        _demand(sorts == {"Bool"}, operator, "Bool arguments")
        return Apply("Bool", operator, arguments)
    if operator == "ite":
        condition, *branches = arguments
        _demand(condition.sort == "Bool", operator, "a Bool condition")
        _demand(branches[0].sort == branches[1].sort, operator, "branches of one sort (write 1.0 for a Real)")
        return Apply(branches[0].sort, operator, arguments)
    if operator in ("=", "distinct") and sorts == {"Bool"}:
        return Apply("Bool", operator, arguments)
    _demand("Bool" not in sorts, operator, "numbers")
    if operator in ("div", "mod"):
        _demand(sorts == {"Int"}, operator, "Int arguments")
        return Apply("Int", operator, arguments)
    if operator in ("to_int", "is_int"):
        return Apply("Int" if operator == "to_int" else "Bool", operator, (_real(arguments[0]),))
    if operator == "to_real":
        return _real(arguments[0])
    if "Real" in sorts or operator == "/":
        arguments = tuple(_real(argument) for argument in arguments)
    if operator in _ARITHMETIC:
        return Apply(arguments[0].sort, operator, arguments)
    return Apply("Bool", operator, arguments)


def _real(term: Term) -> Term:
    if term.sort == "Real":
        return term
    if isinstance(term, Constant):
        return Constant("Real", Fraction(term.value))
    return Apply("Real", "to_real", (term,))


def _demand(held: bool, operator: str, wanted: str) -> None:
    if not held:
        raise ClaimError(FIELD, f"applies {operator!r} wrongly", f"give it {wanted}")
