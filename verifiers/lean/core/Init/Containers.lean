/- Pairs, options and sums. -/
prelude
import Init.Nat.Bounded

universe u v w

/-- What the generated injectivity theorems use for constructors with several fields. -/
theorem Lean.injEq_helper {P Q R : Prop} (h : P → Q → R) (hpq : P ∧ Q) : R := h hpq.1 hpq.2

/-! The constructors of the types that came before the connectives are injective, too. -/

gen_injective_theorems% Prod
gen_injective_theorems% PProd
gen_injective_theorems% MProd
gen_injective_theorems% Subtype
gen_injective_theorems% Sigma
gen_injective_theorems% PSigma
gen_injective_theorems% Sum
gen_injective_theorems% PSum
gen_injective_theorems% Option
gen_injective_theorems% List
gen_injective_theorems% Nat
gen_injective_theorems% PLift
gen_injective_theorems% ULift

/-! ## Pairs -/

namespace Prod

@[simp] theorem mk.eta {α : Type u} {β : Type v} : {p : α × β} → (p.1, p.2) = p
  | (_, _) => rfl

@[ext] protected theorem ext {α : Type u} {β : Type v} : {p q : α × β} → p.fst = q.fst → p.snd = q.snd → p = q
  | (_, _), (_, _), rfl, rfl => rfl

def map {α₁ : Type u} {α₂ : Type u} {β₁ : Type v} {β₂ : Type v} (f : α₁ → α₂) (g : β₁ → β₂) (p : α₁ × β₁) : α₂ × β₂ :=
  (f p.1, g p.2)

@[simp] theorem map_apply {α₁ : Type u} {α₂ : Type u} {β₁ : Type v} {β₂ : Type v} (f : α₁ → α₂) (g : β₁ → β₂) (x y) :
    Prod.map f g (x, y) = (f x, g y) := rfl

def swap {α : Type u} {β : Type v} (p : α × β) : β × α := (p.2, p.1)

@[simp] theorem swap_swap {α : Type u} {β : Type v} (p : α × β) : p.swap.swap = p := rfl

@[simp] theorem «forall» {α : Type u} {β : Type v} {p : α × β → Prop} : (∀ x, p x) ↔ ∀ a b, p (a, b) :=
  ⟨fun h a b => h (a, b), fun h x => h x.1 x.2⟩

@[simp] theorem «exists» {α : Type u} {β : Type v} {p : α × β → Prop} : (∃ x, p x) ↔ ∃ a b, p (a, b) :=
  ⟨fun ⟨(a, b), h⟩ => ⟨a, b, h⟩, fun ⟨a, b, h⟩ => ⟨(a, b), h⟩⟩

end Prod

instance instDecidableEqProd {α : Type u} {β : Type v} [DecidableEq α] [DecidableEq β] : DecidableEq (α × β) :=
  fun (a, b) (a', b') => decidable_of_iff (a = a' ∧ b = b')
    ⟨fun h => Prod.ext h.1 h.2, fun h => ⟨congrArg Prod.fst h, congrArg Prod.snd h⟩⟩

/-! ## Options -/

namespace Option

variable {α : Type u} {β : Type v} {γ : Type w}

theorem some_inj {a b : α} : some a = some b ↔ a = b := ⟨fun h => by injection h, fun h => h ▸ rfl⟩

theorem some_ne_none (x : α) : some x ≠ none := nofun

@[inline] def map (f : α → β) : Option α → Option β
  | some x => some (f x)
  | none => none

@[inline] protected def bind : Option α → (α → Option β) → Option β
  | none, _ => none
  | some a, f => f a

@[inline] def getD (opt : Option α) (dflt : α) : α :=
  match opt with
  | some x => x
  | none => dflt

@[inline] def isSome : Option α → Bool
  | some _ => true
  | none => false

@[inline] def isNone : Option α → Bool
  | some _ => false
  | none => true

@[inline] def get : (o : Option α) → isSome o → α
  | some x, _ => x

@[inline] def orElse : Option α → (Unit → Option α) → Option α
  | some a, _ => some a
  | none, b => b ()

@[inline] protected def elim : Option α → β → (α → β) → β
  | some x, _, f => f x
  | none, y, _ => y

@[inline] protected def filter (p : α → Bool) : Option α → Option α
  | some a => if p a then some a else none
  | none => none

@[simp] theorem map_none (f : α → β) : Option.map f none = none := rfl
@[simp] theorem map_some (f : α → β) (a : α) : Option.map f (some a) = some (f a) := rfl
@[simp] theorem bind_none (f : α → Option β) : none.bind f = none := rfl
@[simp] theorem bind_some (a : α) (f : α → Option β) : (some a).bind f = f a := rfl
@[simp] theorem getD_none (a : α) : getD none a = a := rfl
@[simp] theorem getD_some (a b : α) : getD (some a) b = a := rfl
@[simp] theorem isSome_none : isSome (none : Option α) = false := rfl
@[simp] theorem isSome_some (a : α) : isSome (some a) = true := rfl
@[simp] theorem isNone_none : isNone (none : Option α) = true := rfl
@[simp] theorem isNone_some (a : α) : isNone (some a) = false := rfl
@[simp] theorem get_some (a : α) (h) : (some a).get h = a := rfl
@[simp] theorem some_get : {o : Option α} → (h : isSome o) → some (o.get h) = o | some _, _ => rfl
@[simp] theorem map_map (h : β → γ) (g : α → β) (x : Option α) : (x.map g).map h = x.map (h ∘ g) := by cases x <;> rfl
@[simp] theorem map_id_fun : Option.map (id : α → α) = id := by funext x; cases x <;> rfl
@[simp] theorem map_id (x : Option α) : x.map id = x := by cases x <;> rfl
theorem map_id' (x : Option α) : x.map (fun a => a) = x := by cases x <;> rfl
theorem bind_assoc (x : Option α) (f : α → Option β) (g : β → Option γ) :
    (x.bind f).bind g = x.bind fun y => (f y).bind g := by cases x <;> rfl
@[simp] theorem bind_some_right (x : Option α) : x.bind some = x := by cases x <;> rfl
theorem eq_none_iff_forall_ne_some {o : Option α} : o = none ↔ ∀ a, o ≠ some a := by
  cases o with
  | none => exact ⟨fun _ _ => nofun, fun _ => rfl⟩
  | some a => exact ⟨nofun, fun h => absurd rfl (h a)⟩
theorem isSome_iff_exists {x : Option α} : x.isSome ↔ ∃ a, x = some a := by
  cases x with
  | none => exact ⟨nofun, fun ⟨_, h⟩ => nomatch h⟩
  | some a => exact ⟨fun _ => ⟨a, rfl⟩, fun _ => rfl⟩
theorem ne_none_iff_exists' {o : Option α} : o ≠ none ↔ ∃ x, o = some x := by
  cases o with
  | none => exact ⟨fun h => absurd rfl h, fun ⟨_, h⟩ => nomatch h⟩
  | some a => exact ⟨fun _ => ⟨a, rfl⟩, fun _ => nofun⟩
@[simp] theorem map_eq_none_iff {x : Option α} {f : α → β} : x.map f = none ↔ x = none := by
  cases x with
  | none => exact ⟨fun _ => rfl, fun _ => rfl⟩
  | some a => exact ⟨nofun, nofun⟩
@[simp] theorem map_eq_some_iff {x : Option α} {f : α → β} {b : β} : x.map f = some b ↔ ∃ a, x = some a ∧ f a = b := by
  cases x with
  | none => exact ⟨nofun, fun ⟨_, h, _⟩ => nomatch h⟩
  | some a => exact ⟨fun h => ⟨a, rfl, some_inj.mp h⟩, fun ⟨_, h, e⟩ => some_inj.mp h ▸ e ▸ rfl⟩

@[ext] theorem ext {o₁ o₂ : Option α} (h : ∀ a, o₁ = some a ↔ o₂ = some a) : o₁ = o₂ := by
  cases o₁ with
  | none => exact (eq_none_iff_forall_ne_some.mpr fun a e => nomatch (h a).mpr e).symm
  | some a => exact ((h a).mp rfl).symm

end Option

instance instDecidableEqOption {α : Type u} [DecidableEq α] : DecidableEq (Option α)
  | none, none => isTrue rfl
  | none, some _ => isFalse nofun
  | some _, none => isFalse nofun
  | some a, some b => decidable_of_iff (a = b) Option.some_inj.symm

instance {α : Type u} : Coe α (Option α) := ⟨some⟩

/-! ## Sums -/

theorem Sum.inl.inj_iff {α : Type u} {β : Type v} {a b : α} : (Sum.inl a : Sum α β) = .inl b ↔ a = b :=
  ⟨fun h => by injection h, fun h => h ▸ rfl⟩

theorem Sum.inr.inj_iff {α : Type u} {β : Type v} {a b : β} : (Sum.inr a : Sum α β) = .inr b ↔ a = b :=
  ⟨fun h => by injection h, fun h => h ▸ rfl⟩
