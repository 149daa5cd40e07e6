/- Boolean operators, decidable propositions, and `if`. -/
prelude
import Init.Coercions

universe u v w

@[macro_inline] def cond {α : Sort u} (c : Bool) (x y : α) : α := c.casesOn y x

@[macro_inline] def Bool.or (x y : Bool) : Bool := x.casesOn y true
@[macro_inline] def Bool.and (x y : Bool) : Bool := x.casesOn false y
@[inline] def Bool.not (x : Bool) : Bool := x.casesOn true false

export Bool (or and not)

/-- `b.Reflects p`: the proof that a test with result `b` gives about `p`. -/
@[reducible] def Bool.Reflects (b : Bool) (p : Prop) : Prop := b.casesOn (¬p) p

class Decidable (p : Prop) where
  intro ::
  decide : Bool
  reflects_decide (p) : decide.Reflects p

@[match_pattern] abbrev Decidable.isFalse (h : ¬p) : Decidable p := ⟨false, h⟩

@[match_pattern] abbrev Decidable.isTrue (h : p) : Decidable p := ⟨true, h⟩

@[cases_eliminator, induction_eliminator, elab_as_elim]
abbrev Decidable.falseTrueCases {p : Prop} {motive : Decidable p → Sort u}
    (isFalse : ∀ h, motive (isFalse h)) (isTrue : ∀ h, motive (isTrue h)) (t : Decidable p) : motive t :=
  t.casesOn fun x => x.casesOn isFalse isTrue

export Decidable (isTrue isFalse decide)

abbrev DecidablePred {α : Sort u} (r : α → Prop) := (a : α) → Decidable (r a)

abbrev DecidableRel {α : Sort u} {β : Sort v} (r : α → β → Prop) := (a : α) → (b : β) → Decidable (r a b)

abbrev DecidableEq (α : Sort u) := (a b : α) → Decidable (a = b)

abbrev DecidableLT (α : Type u) [LT α] := DecidableRel (LT.lt : α → α → Prop)

abbrev DecidableLE (α : Type u) [LE α] := DecidableRel (LE.le : α → α → Prop)

def decEq {α : Sort u} [inst : DecidableEq α] (a b : α) : Decidable (a = b) := inst a b

@[macro_inline] def dite {α : Sort u} (c : Prop) [h : Decidable c] (t : c → α) (e : ¬c → α) : α :=
  h.decide.casesOn e t h.reflects_decide

@[macro_inline] def ite {α : Sort u} (c : Prop) [h : Decidable c] (t e : α) : α := dite c (fun _ => t) (fun _ => e)

theorem decide_eq_true [inst : Decidable p] (h : p) : decide p = true :=
  inst.falseTrueCases (motive := fun d => @decide p d = true) (fun hn => absurd h hn) (fun _ => rfl)

theorem decide_eq_false [inst : Decidable p] (h : ¬p) : decide p = false :=
  inst.falseTrueCases (motive := fun d => @decide p d = false) (fun _ => rfl) (fun hp => absurd hp h)

theorem Bool.false_ne_true : ¬false = true :=
  @Eq.rec Bool false (fun b _ => b.casesOn (motive := fun _ => Prop) True False) trivial true

theorem of_decide_eq_true [inst : Decidable p] (h : decide p = true) : p :=
  inst.falseTrueCases (motive := fun d => @decide p d = true → p) (fun _ h => absurd h Bool.false_ne_true) (fun h _ => h) h

theorem of_decide_eq_false [inst : Decidable p] (h : decide p = false) : ¬p :=
  inst.falseTrueCases (motive := fun d => @decide p d = false → ¬p) (fun h _ => h)
    (fun _ h => absurd h.symm Bool.false_ne_true) h

theorem of_decide_eq_self_eq_true [DecidableEq α] (a : α) : decide (a = a) = true := decide_eq_true rfl

instance instDecidableTrue : Decidable True := isTrue trivial

instance instDecidableFalse : Decidable False := isFalse id

@[macro_inline] instance instDecidableAnd [dp : Decidable p] [dq : Decidable q] : Decidable (p ∧ q) where
  decide := and (decide p) (decide q)
  reflects_decide := dp.falseTrueCases
    (motive := fun d => (and (@decide p d) (decide q)).Reflects (p ∧ q))
    (fun hp h => hp h.left)
    (fun hp => dq.falseTrueCases (motive := fun d => (and true (@decide q d)).Reflects (p ∧ q))
      (fun hq h => hq h.right) (fun hq => ⟨hp, hq⟩))

@[macro_inline] instance instDecidableOr [dp : Decidable p] [dq : Decidable q] : Decidable (p ∨ q) where
  decide := or (decide p) (decide q)
  reflects_decide := dp.falseTrueCases
    (motive := fun d => (or (@decide p d) (decide q)).Reflects (p ∨ q))
    (fun hp => dq.falseTrueCases (motive := fun d => (or false (@decide q d)).Reflects (p ∨ q))
      (fun hq h => h.elim hp hq) .inr)
    .inl

@[inline] instance instDecidableNot [dp : Decidable p] : Decidable (¬p) where
  decide := not (decide p)
  reflects_decide := dp.falseTrueCases (motive := fun d => (not (@decide p d)).Reflects (¬p)) id absurd

@[macro_inline] instance instDecidableForall [dp : Decidable p] [dq : Decidable q] : Decidable (p → q) :=
  if hp : p then
    if hq : q then isTrue fun _ => hq else isFalse fun h => hq (h hp)
  else isTrue fun h => absurd h hp

@[inline] instance instDecidableIff [Decidable p] [Decidable q] : Decidable (p ↔ q) :=
  if hp : p then
    if hq : q then isTrue ⟨fun _ => hq, fun _ => hp⟩ else isFalse fun h => hq (h.mp hp)
  else
    if hq : q then isFalse fun h => hp (h.mpr hq) else isTrue ⟨fun h => absurd h hp, fun h => absurd h hq⟩

/-! ## Boolean equality -/

instance (priority := 500) instBEqOfDecidableEq [DecidableEq α] : BEq α := ⟨fun a b => decide (a = b)⟩

@[inline] def Bool.beq (a b : Bool) : Bool := b.casesOn (not a) a

theorem Bool.beq_reflects : (a b : Bool) → (a.beq b).Reflects (a = b) := fun a => a.rec
  (fun b => b.rec rfl Bool.false_ne_true)
  (fun b => b.rec (fun h => Bool.false_ne_true h.symm) rfl)

@[inline] def Bool.decEq (a b : Bool) : Decidable (a = b) := ⟨a.beq b, Bool.beq_reflects a b⟩

@[macro_inline] instance instDecidableEqBool : DecidableEq Bool := Bool.decEq

@[inline] def bne {α : Type u} [BEq α] (a b : α) : Bool := not (a == b)

@[macro_inline] def Bool.xor (x y : Bool) : Bool := x.casesOn y (not y)

/-- A Boolean stands for the proposition that it is true. -/
instance boolToProp : Coe Bool Prop := ⟨fun b => b = true⟩

instance boolToSort : CoeSort Bool Prop := ⟨fun b => b = true⟩

instance decPropToBool (p : Prop) [Decidable p] : CoeDep Prop p Bool := ⟨decide p⟩
