/- The connectives, equality, and the quotient axiom. -/
prelude
import Init.Parsers

set_option linter.defProp false

universe u v w

/-! ## Truth, falsity, negation -/

inductive True : Prop where
  | intro : True

inductive False : Prop

def Not (a : Prop) : Prop := a → False

@[macro_inline] def False.elim {C : Sort u} (h : False) : C := h.rec

@[macro_inline] def absurd {a : Prop} {b : Sort v} (h₁ : a) (h₂ : ¬a) : b := (h₂ h₁).rec

theorem trivial : True := .intro

/-! ## Functions -/

@[inline] def Function.comp {α : Sort u} {β : Sort v} {δ : Sort w} (f : β → δ) (g : α → β) : α → δ := fun x => f (g x)

@[inline] def Function.const {α : Sort u} (β : Sort v) (a : α) : β → α := fun _ => a

@[inline] def flip {α : Sort u} {β : Sort v} {φ : Sort w} (f : α → β → φ) : β → α → φ := fun b a => f a b

set_option checkBinderAnnotations false in
abbrev inferInstance {α : Sort u} [i : α] : α := i

set_option checkBinderAnnotations false in
abbrev «inferInstanceAs» (α : Sort u) [i : α] : α := i

/-- A parameter with a default value. -/
@[reducible] def optParam (α : Sort u) (_ : α) : Sort u := α

/-- A parameter that a tactic fills in. -/
@[reducible] def autoParam (α : Sort u) (_ : Lean.Syntax) : Sort u := α

/-- A class parameter that the others determine. -/
@[reducible] def outParam (α : Sort u) : Sort u := α

@[reducible] def semiOutParam (α : Sort u) : Sort u := α

/-! ## Equality -/

@[match_pattern] def rfl {α : Sort u} {a : α} : a = a := .refl a

theorem Eq.subst {α : Sort u} {motive : α → Prop} {a b : α} (h₁ : a = b) (h₂ : motive a) : motive b := h₁.ndrec h₂

theorem Eq.symm {α : Sort u} {a b : α} (h : a = b) : b = a := h.rec rfl

theorem Eq.trans {α : Sort u} {a b c : α} (h₁ : a = b) (h₂ : b = c) : a = c := h₂.rec h₁

abbrev Eq.ndrec_symm.{u1, u2} {α : Sort u2} {a : α} {motive : α → Sort u1} (m : motive a) {b : α} (h : b = a) :
    motive b :=
  h.symm.ndrec m

@[macro_inline] def Eq.mp {α β : Sort u} (h : α = β) (a : α) : β := h.rec a

@[macro_inline] def Eq.mpr {α β : Sort u} (h : α = β) (b : β) : α := h.symm.rec b

theorem Eq.substr {α : Sort u} {p : α → Prop} {a b : α} (h₁ : b = a) (h₂ : p a) : p b := h₁.symm.subst h₂

theorem congrArg {α : Sort u} {β : Sort v} {a₁ a₂ : α} (f : α → β) (h : a₁ = a₂) : f a₁ = f a₂ := h.rec rfl

theorem congr {α : Sort u} {β : Sort v} {f₁ f₂ : α → β} {a₁ a₂ : α} (h₁ : f₁ = f₂) (h₂ : a₁ = a₂) : f₁ a₁ = f₂ a₂ :=
  h₁.rec (h₂.rec rfl)

theorem congrFun {α : Sort u} {β : α → Sort v} {f g : (x : α) → β x} (h : f = g) (a : α) : f a = g a := h.rec rfl

theorem congrFun' {α : Sort u} {β : Sort v} {f g : α → β} (h : f = g) (a : α) : f a = g a := h.rec rfl

@[reducible] def Ne {α : Sort u} (a b : α) : Prop := ¬a = b

@[match_pattern] protected def HEq.rfl {α : Sort u} {a : α} : a ≍ a := .refl a

theorem HEq.symm {α β : Sort u} {a : α} {b : β} (h : a ≍ b) : b ≍ a := h.rec (.refl a)

theorem type_eq_of_heq {α β : Sort u} {a : α} {b : β} (h : a ≍ b) : α = β := h.rec rfl

/-! ## The connectives -/

structure And (a b : Prop) : Prop where
  intro ::
  left : a
  right : b

inductive Or (a b : Prop) : Prop where
  | inl (h : a) : Or a b
  | inr (h : b) : Or a b

structure Iff (a b : Prop) : Prop where
  intro ::
  mp : a → b
  mpr : b → a

inductive Exists {α : Sort u} (p : α → Prop) : Prop where
  | intro (w : α) (h : p w) : Exists p

theorem Or.intro_left {a : Prop} (b : Prop) (h : a) : a ∨ b := .inl h

theorem Or.intro_right {b : Prop} (a : Prop) (h : b) : a ∨ b := .inr h

theorem Or.elim {a b c : Prop} (h : a ∨ b) (left : a → c) (right : b → c) : c := h.rec left right

theorem Exists.elim {α : Sort u} {p : α → Prop} {b : Prop} (h₁ : ∃ x, p x) (h₂ : ∀ a, p a → b) : b := h₁.rec h₂

/-! ## Quotients, and equality of functions -/

/-- Propositions that imply each other are equal: the first of the three axioms. -/
axiom propext {a b : Prop} : (a ↔ b) → a = b

/-- Related elements have the same class: the second. (The third is `Classical.choice`.) -/
axiom Quot.sound : ∀ {α : Sort u} {r : α → α → Prop} {a b : α}, r a b → Quot.mk r a = Quot.mk r b

/-- Functions that agree everywhere are equal. Two such functions have the same class, and a class can be applied. -/
theorem funext {α : Sort u} {β : α → Sort v} {f g : (x : α) → β x} (h : ∀ x, f x = g x) : f = g := by
  let agree (f g : (x : α) → β x) := ∀ x, f x = g x
  let apply (f : Quot agree) (x : α) : β x := Quot.lift (fun f => f x) (fun _ _ h => h x) f
  show apply (Quot.mk agree f) = apply (Quot.mk agree g)
  exact congrArg apply (Quot.sound h)
