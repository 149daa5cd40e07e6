/-
What the kernel and the runtime know by name.

The kernel needs `Eq` for quotients, and reads number and text literals as `Nat` and `String`. Lean's parsers and macros
are data that the runtime library already holds; the generated file `Init.Parsers` names them, and the types that those
names have are declared here. With that in place, everything after is written in ordinary Lean, symbols and tactics
included.
-/
prelude

set_option genCtorIdx false

universe u v

set_option bootstrap.inductiveCheckResultingUniverse false in
inductive PUnit : Sort u where
  | unit : PUnit

abbrev Unit : Type := PUnit

@[match_pattern] abbrev Unit.unit : Unit := PUnit.unit

/-! What the code generator calls the things that it erases. -/

opaque lcErased : Type := PUnit
opaque lcAny : Type := PUnit
opaque lcVoid : Type := PUnit

@[inline] def id {α : Sort u} (a : α) : α := a

/-! ## Equality and quotients (the symbol `=` is not there yet) -/

inductive Eq : α → α → Prop where
  | refl (a : α) : Eq a a

abbrev Eq.ndrec.{u1, u2} {α : Sort u2} {a : α} {motive : α → Sort u1} (m : motive a) {b : α} (h : Eq a b) : motive b :=
  h.rec m

/-- Equality between terms whose types need not look the same. -/
inductive HEq : {α : Sort u} → α → {β : Sort u} → β → Prop where
  | refl (a : α) : HEq a a

theorem heq_of_eq {α : Sort u} {a b : α} (h : Eq a b) : HEq a b := h.rec (.refl a)

@[macro_inline] def cast {α β : Sort u} (h : Eq α β) (a : α) : β := h.rec a

theorem eq_of_heq {α : Sort u} {a a' : α} (h : HEq a a') : Eq a a' :=
  have step : (α β : Sort u) → (a : α) → (b : β) → HEq a b → (h : Eq α β) → Eq (cast h a) b :=
    fun _ _ _ _ h => h.rec (fun _ => .refl _)
  step α α a a' h (.refl α)

init_quot

structure Prod (α : Type u) (β : Type v) where
  mk ::
  fst : α
  snd : β

/-! Pairs of data and proofs alike: recursive functions are compiled to them. -/

structure PProd (α : Sort u) (β : Sort v) where
  mk ::
  fst : α
  snd : β

/-! ## Numbers, lists and text -/

inductive Bool : Type where
  | false : Bool
  | true : Bool

export Bool (false true)

unsafe axiom sorryAx (α : Sort u) (synthetic : Bool) : α
inductive Nat where
  | zero : Nat
  | succ (n : Nat) : Nat

/-- `OfNat α n` gives the numeral `n` a meaning in `α`. -/
class OfNat (α : Type u) (_ : Nat) where
  ofNat : α

@[default_instance 100]
instance instOfNatNat (n : Nat) : OfNat Nat n where
  ofNat := n

inductive List (α : Type u) where
  | nil : List α
  | cons (head : α) (tail : List α) : List α

/-- The kernel reads a text literal as `String.ofList [Char.ofNat 97, ...]`; so that is what text is here. -/
structure Char where
  ofNat ::
  toNat : Nat

structure String where
  ofList ::
  toList : List Char

/-! ## Names, syntax, parsers, macros -/

namespace Lean

inductive Name where
  | anonymous : Name
  | str (pre : Name) (str : String)
  | num (pre : Name) (i : Nat)

@[extern "l_Lean_Name_mkStr1"] abbrev Name.mkStr1 (a : String) : Name := .str .anonymous a
@[extern "l_Lean_Name_mkStr2"] abbrev Name.mkStr2 (a b : String) : Name := .str (.mkStr1 a) b
@[extern "l_Lean_Name_mkStr3"] abbrev Name.mkStr3 (a b c : String) : Name := .str (.mkStr2 a b) c
@[extern "l_Lean_Name_mkStr4"] abbrev Name.mkStr4 (a b c d : String) : Name := .str (.mkStr3 a b c) d

inductive Syntax where
  | missing : Syntax

abbrev SyntaxNodeKind := Name

inductive ParserDescr where
  | const (name : Name)
  | unary (name : Name) (p : ParserDescr)
  | binary (name : Name) (p₁ p₂ : ParserDescr)
  | node (kind : SyntaxNodeKind) (prec : Nat) (p : ParserDescr)
  | trailingNode (kind : SyntaxNodeKind) (prec lhsPrec : Nat) (p : ParserDescr)
  | symbol (val : String)
  | nonReservedSymbol (val : String) (includeIdent : Bool)
  | cat (catName : Name) (rbp : Nat)
  | parser (declName : Name)
  | nodeWithAntiquot (name : String) (kind : SyntaxNodeKind) (p : ParserDescr)
  | sepBy (p : ParserDescr) (sep : String) (psep : ParserDescr) (allowTrailingSep : Bool)
  | sepBy1 (p : ParserDescr) (sep : String) (psep : ParserDescr) (allowTrailingSep : Bool)
  | unicodeSymbol (val asciiVal : String) (preserveForPP : Bool)

abbrev TrailingParserDescr := ParserDescr

structure Parser.Category

/-- A function of three arguments, as the runtime calls it. -/
abbrev Macro := Syntax → Unit → Unit → Syntax

abbrev PrettyPrinter.Unexpander := Syntax → Unit → Unit → Syntax

end Lean
