/- The types of everyday data, and the classes that give them their symbols. -/
prelude
import Init.Logic

set_option genCtorIdx false

universe u v w

/-! ## Pairs, sums, options, subtypes -/

structure MProd (α β : Type u) where
  mk ::
  fst : α
  snd : β

structure Sigma {α : Type u} (β : α → Type v) where
  mk ::
  fst : α
  snd : β fst

structure PSigma {α : Sort u} (β : α → Sort v) where
  mk ::
  fst : α
  snd : β fst

structure Subtype {α : Sort u} (p : α → Prop) where
  mk ::
  val : α
  property : p val

inductive Option (α : Type u) where
  | none : Option α
  | some (val : α) : Option α

export Option (none some)

inductive Sum (α : Type u) (β : Type v) where
  | inl (val : α) : Sum α β
  | inr (val : β) : Sum α β

inductive PSum (α : Sort u) (β : Sort v) where
  | inl (val : α) : PSum α β
  | inr (val : β) : PSum α β

inductive Empty : Type

set_option bootstrap.inductiveCheckResultingUniverse false in
inductive PEmpty : Sort u where

structure PLift (α : Sort u) : Type u where
  up ::
  down : α

structure ULift.{r, s} (α : Type s) : Type (max s r) where
  up ::
  down : α

structure PULift.{r, s} (α : Sort s) : Sort (max s r 1) where
  up ::
  down : α

/-! ## Inhabited types, and the axiom of choice -/

class Inhabited (α : Sort u) where
  default : α

export Inhabited (default)

class inductive Nonempty (α : Sort u) : Prop where
  | intro (val : α) : Nonempty α

/-- From the knowledge that a type has an element, an element: the last of the three axioms. -/
axiom Classical.choice {α : Sort u} : Nonempty α → α

protected theorem Nonempty.elim {α : Sort u} {p : Prop} (h₁ : Nonempty α) (h₂ : α → p) : p := h₁.rec h₂

instance instNonemptyOfInhabited {α : Sort u} [Inhabited α] : Nonempty α := ⟨default⟩

noncomputable def Classical.ofNonempty {α : Sort u} [Nonempty α] : α := Classical.choice inferInstance

instance {α : Sort u} {β : Sort v} [Nonempty β] : Nonempty (α → β) := ⟨fun _ => Classical.ofNonempty⟩

instance Pi.instNonempty {α : Sort u} {β : α → Sort v} [∀ a, Nonempty (β a)] : Nonempty ((a : α) → β a) :=
  ⟨fun _ => Classical.ofNonempty⟩

instance : Inhabited (Sort u) := ⟨PUnit⟩

instance (α : Sort u) {β : Sort v} [Inhabited β] : Inhabited (α → β) := ⟨fun _ => default⟩

instance Pi.instInhabited {α : Sort u} {β : α → Sort v} [∀ a, Inhabited (β a)] : Inhabited ((a : α) → β a) :=
  ⟨fun _ => default⟩

instance : Inhabited PUnit := ⟨.unit⟩
instance : Inhabited True := ⟨trivial⟩
instance : Inhabited Bool := ⟨false⟩
instance : Inhabited Nat := ⟨.zero⟩
instance : Inhabited (List α) := ⟨.nil⟩
instance : Inhabited (Option α) := ⟨none⟩
instance [Inhabited α] [Inhabited β] : Inhabited (α × β) := ⟨(default, default)⟩

/-! ## The symbols of order and arithmetic -/

class LE (α : Type u) where
  le : α → α → Prop

class LT (α : Type u) where
  lt : α → α → Prop

@[reducible] def GE.ge {α : Type u} [LE α] (a b : α) : Prop := b ≤ a

@[reducible] def GT.gt {α : Type u} [LT α] (a b : α) : Prop := b < a

class BEq (α : Type u) where
  beq : α → α → Bool

class Max (α : Type u) where
  max : α → α → α

export Max (max)

class Min (α : Type u) where
  min : α → α → α

export Min (min)

class HAdd (α : Type u) (β : Type v) (γ : outParam (Type w)) where
  hAdd : α → β → γ

class HSub (α : Type u) (β : Type v) (γ : outParam (Type w)) where
  hSub : α → β → γ

class HMul (α : Type u) (β : Type v) (γ : outParam (Type w)) where
  hMul : α → β → γ

class HDiv (α : Type u) (β : Type v) (γ : outParam (Type w)) where
  hDiv : α → β → γ

class HMod (α : Type u) (β : Type v) (γ : outParam (Type w)) where
  hMod : α → β → γ

class HPow (α : Type u) (β : Type v) (γ : outParam (Type w)) where
  hPow : α → β → γ

class HAppend (α : Type u) (β : Type v) (γ : outParam (Type w)) where
  hAppend : α → β → γ

class HAnd (α : Type u) (β : Type v) (γ : outParam (Type w)) where
  hAnd : α → β → γ

class HXor (α : Type u) (β : Type v) (γ : outParam (Type w)) where
  hXor : α → β → γ

class HOr (α : Type u) (β : Type v) (γ : outParam (Type w)) where
  hOr : α → β → γ

class HShiftLeft (α : Type u) (β : Type v) (γ : outParam (Type w)) where
  hShiftLeft : α → β → γ

class HShiftRight (α : Type u) (β : Type v) (γ : outParam (Type w)) where
  hShiftRight : α → β → γ

class Add (α : Type u) where
  add : α → α → α

class Sub (α : Type u) where
  sub : α → α → α

class Mul (α : Type u) where
  mul : α → α → α

class Neg (α : Type u) where
  neg : α → α

class Div (α : Type u) where
  div : α → α → α

class Mod (α : Type u) where
  mod : α → α → α

class Dvd (α : Type u) where
  dvd : α → α → Prop

class Pow (α : Type u) (β : Type v) where
  pow : α → β → α

class NatPow (α : Type u) where
  protected pow : α → Nat → α

class Append (α : Type u) where
  append : α → α → α

class AndOp (α : Type u) where
  and : α → α → α

class XorOp (α : Type u) where
  xor : α → α → α

class OrOp (α : Type u) where
  or : α → α → α

class ShiftLeft (α : Type u) where
  shiftLeft : α → α → α

class ShiftRight (α : Type u) where
  shiftRight : α → α → α

class Zero (α : Type u) where
  zero : α

class One (α : Type u) where
  one : α

class EmptyCollection (α : Type u) where
  emptyCollection : α

class HasSubset (α : Type u) where
  Subset : α → α → Prop

export HasSubset (Subset)

class Union (α : Type u) where
  union : α → α → α

class Inter (α : Type u) where
  inter : α → α → α

class Membership (α : outParam (Type u)) (γ : Type v) where
  mem : γ → α → Prop

attribute [match_pattern] Add.add HAdd.hAdd Neg.neg Mul.mul HMul.hMul

@[default_instance] instance instHAdd [Add α] : HAdd α α α := ⟨Add.add⟩
@[default_instance] instance instHSub [Sub α] : HSub α α α := ⟨Sub.sub⟩
@[default_instance] instance instHMul [Mul α] : HMul α α α := ⟨Mul.mul⟩
@[default_instance] instance instHDiv [Div α] : HDiv α α α := ⟨Div.div⟩
@[default_instance] instance instHMod [Mod α] : HMod α α α := ⟨Mod.mod⟩
@[default_instance] instance instHPow [Pow α β] : HPow α β α := ⟨Pow.pow⟩
@[default_instance] instance instPowNat [NatPow α] : Pow α Nat := ⟨NatPow.pow⟩
@[default_instance] instance instHAppendOfAppend [Append α] : HAppend α α α := ⟨Append.append⟩
@[default_instance] instance instHAndOfAndOp [AndOp α] : HAnd α α α := ⟨AndOp.and⟩
@[default_instance] instance instHXorOfXorOp [XorOp α] : HXor α α α := ⟨XorOp.xor⟩
@[default_instance] instance instHOrOfOrOp [OrOp α] : HOr α α α := ⟨OrOp.or⟩
@[default_instance] instance instHShiftLeftOfShiftLeft [ShiftLeft α] : HShiftLeft α α α := ⟨ShiftLeft.shiftLeft⟩
@[default_instance] instance instHShiftRightOfShiftRight [ShiftRight α] : HShiftRight α α α := ⟨ShiftRight.shiftRight⟩

/-- What `calc` uses to chain relations. -/
class Trans (r : α → β → Sort u) (s : β → γ → Sort v) (t : outParam (α → γ → Sort w)) where
  trans : r a b → s b c → t a c

export Trans (trans)

instance instTransEq (r : α → γ → Sort u) : Trans Eq r r where
  trans h₁ h₂ := h₁ ▸ h₂

instance instTransEq_1 (r : α → β → Sort u) : Trans r Eq r where
  trans h₁ h₂ := h₂ ▸ h₁
