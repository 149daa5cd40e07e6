/- `if`, `decide`, and other things that compute; subtypes; equivalence relations. -/
prelude
import Init.Quantifiers

universe u v w

variable {a b c d p q : Prop}

/-! ## Conditionals -/

@[simp] theorem ite_true {α : Sort u} (a b : α) : (if True then a else b) = a := rfl

@[simp] theorem ite_false {α : Sort u} (a b : α) : (if False then a else b) = b := rfl

@[simp] theorem dite_true {α : Sort u} {t : True → α} {e : ¬True → α} : dite True t e = t trivial := rfl

@[simp] theorem dite_false {α : Sort u} {t : False → α} {e : ¬False → α} : dite False t e = e not_false := rfl

theorem ite_eq_left_of_eq_true {α : Sort u} {c : Prop} {_ : Decidable c} (a b : α) (h : c = True) :
    (if c then a else b) = a := if_pos (of_eq_true h)

theorem ite_eq_right_of_eq_false {α : Sort u} {c : Prop} {_ : Decidable c} (a b : α) (h : c = False) :
    (if c then a else b) = b := if_neg (of_eq_false h)

theorem dite_eq_left_of_eq_true {α : Sort u} {c : Prop} {_ : Decidable c} {t : c → α} {e : ¬c → α} (h : c = True) :
    dite c t e = t (of_eq_true h) := dif_pos (of_eq_true h)

theorem dite_eq_right_of_eq_false {α : Sort u} {c : Prop} {_ : Decidable c} {t : c → α} {e : ¬c → α} (h : c = False) :
    dite c t e = e (of_eq_false h) := dif_neg (of_eq_false h)

attribute [simp] dite_eq_ite

@[simp] theorem ite_self {α : Sort u} {c : Prop} {_ : Decidable c} (a : α) : (if c then a else a) = a :=
  Decidable.byCases (fun h : c => if_pos h) (fun h => if_neg h)

@[simp] theorem ite_not {α : Sort u} (p : Prop) [Decidable p] (x y : α) :
    (if ¬p then x else y) = if p then y else x :=
  Decidable.byCases (fun h : p => (if_neg (not_not_intro h)).trans (if_pos h).symm)
    (fun h => (if_pos h).trans (if_neg h).symm)

attribute [congr] ite_congr dite_congr

theorem apply_ite {α : Sort u} {β : Sort v} (f : α → β) (p : Prop) [Decidable p] (x y : α) :
    f (if p then x else y) = if p then f x else f y :=
  Decidable.byCases (fun h : p => by rw [if_pos h, if_pos h]) (fun h => by rw [if_neg h, if_neg h])

theorem ite_eq_left_iff' {α : Sort u} {c : Prop} [Decidable c] {x y : α} (h : ¬c → y = x) : (if c then x else y) = x :=
  Decidable.byCases (fun hc : c => if_pos hc) (fun hc => (if_neg hc).trans (h hc))

@[simp] theorem ite_eq_left_iff {α : Sort u} {c : Prop} [Decidable c] {x y : α} :
    ((if c then x else y) = x) ↔ (¬c → y = x) :=
  ⟨fun h hc => (if_neg hc).symm.trans h, ite_eq_left_iff'⟩

@[simp] theorem ite_eq_right_iff {α : Sort u} {c : Prop} [Decidable c] {x y : α} :
    ((if c then x else y) = y) ↔ (c → x = y) :=
  ⟨fun h hc => (if_pos hc).symm.trans h,
    fun h => Decidable.byCases (fun hc : c => (if_pos hc).trans (h hc)) (fun hc => if_neg hc)⟩

@[simp] theorem if_true {_ : Decidable True} {α : Sort u} (t e : α) : ite True t e = t := if_pos trivial

@[simp] theorem if_false {_ : Decidable False} {α : Sort u} (t e : α) : ite False t e = e := if_neg id

@[simp] theorem cond_true {α : Sort u} (a b : α) : cond true a b = a := rfl

@[simp] theorem cond_false {α : Sort u} (a b : α) : cond false a b = b := rfl

/-! ## `decide` -/

@[simp] theorem decide_true : decide True = true := rfl

@[simp] theorem decide_false : decide False = false := rfl

@[simp] theorem decide_eq_true_eq {_ : Decidable p} : (decide p = true) = p := propext ⟨of_decide_eq_true, decide_eq_true⟩

@[simp] theorem decide_eq_false_iff_not {_ : Decidable p} : (decide p = false) ↔ ¬p :=
  ⟨of_decide_eq_false, decide_eq_false⟩

theorem decide_eq_true_iff {_ : Decidable p} : decide p = true ↔ p := ⟨of_decide_eq_true, decide_eq_true⟩

@[simp] theorem decide_eq_decide {_ : Decidable p} {_ : Decidable q} : decide p = decide q ↔ (p ↔ q) :=
  ⟨fun h => ⟨fun hp => of_decide_eq_true (h ▸ decide_eq_true hp), fun hq => of_decide_eq_true (h.symm ▸ decide_eq_true hq)⟩,
    fun h => Decidable.byCases (fun hp : p => (decide_eq_true hp).trans (decide_eq_true (h.mp hp)).symm)
      (fun hp => (decide_eq_false hp).trans (decide_eq_false (mt h.mpr hp)).symm)⟩

theorem decide_eq_decide_of_iff {_ : Decidable p} {_ : Decidable q} (h : p ↔ q) : decide p = decide q := decide_eq_decide.mpr h

/-! ## What `symm` and `ext` may use -/

attribute [symm] Eq.symm HEq.symm Iff.symm Ne.symm
attribute [ext] funext

/-! ## Functions, and things that compute -/

@[simp] theorem id_eq {α : Sort u} (a : α) : id a = a := rfl

@[simp] theorem Function.comp_apply {α : Sort u} {β : Sort v} {δ : Sort w} {f : β → δ} {g : α → β} {x : α} :
    (f ∘ g) x = f (g x) := rfl

theorem Function.comp_def {α : Sort u} {β : Sort v} {δ : Sort w} (f : β → δ) (g : α → β) : f ∘ g = fun x => f (g x) := rfl

@[simp] theorem Function.const_apply {α : Sort u} {β : Sort v} {y : β} {x : α} : Function.const α y x = y := rfl

@[simp] theorem Function.id_comp {α : Sort u} {β : Sort v} (f : α → β) : id ∘ f = f := rfl

@[simp] theorem Function.comp_id {α : Sort u} {β : Sort v} (f : α → β) : f ∘ id = f := rfl

@[simp] theorem eq_mp_eq_cast {α β : Sort u} (h : α = β) : Eq.mp h = cast h := rfl

@[simp] theorem eq_mpr_eq_cast {α β : Sort u} (h : α = β) : Eq.mpr h = cast h.symm := by subst h; rfl

attribute [simp] cast_eq cast_heq

/-! ## Products, subtypes, types with at most one element -/

theorem Subtype.eq {α : Sort u} {p : α → Prop} : {a b : {x // p x}} → a.val = b.val → a = b
  | ⟨_, _⟩, ⟨_, _⟩, rfl => rfl

@[ext] protected theorem Subtype.ext {α : Sort u} {p : α → Prop} {a b : {x // p x}} (h : a.val = b.val) : a = b := Subtype.eq h

class Subsingleton (α : Sort u) : Prop where
  intro ::
  allEq : (a b : α) → a = b

protected theorem Subsingleton.elim {α : Sort u} [h : Subsingleton α] (a b : α) : a = b := h.allEq a b

protected theorem Subsingleton.helim {α β : Sort u} [h₁ : Subsingleton α] (h₂ : α = β) (a : α) (b : β) : a ≍ b := by
  subst h₂
  exact heq_of_eq (h₁.allEq a b)

instance instSubsingletonProp (p : Prop) : Subsingleton p := ⟨fun _ _ => rfl⟩

instance instSubsingletonPUnit : Subsingleton PUnit := ⟨fun _ _ => rfl⟩

instance instSubsingletonDecidable (p : Prop) : Subsingleton (Decidable p) := ⟨fun
  | isTrue _, isTrue _ => rfl
  | isFalse _, isFalse _ => rfl
  | isTrue h, isFalse h' => absurd h h'
  | isFalse h, isTrue h' => absurd h' h⟩

/-- Equal predicates have equal decision procedures: `simp` uses it to rewrite the condition of an `if`. -/
theorem decide_eq_decide_of_eq {p q : Prop} [dp : Decidable p] [dq : Decidable q] (h : p = q) : decide p = decide q :=
  decide_eq_decide_of_iff (.of_eq h)

/-! ## Relations -/

structure Equivalence {α : Sort u} (r : α → α → Prop) : Prop where
  refl : ∀ x, r x x
  symm : ∀ {x y}, r x y → r y x
  trans : ∀ {x y z}, r x y → r y z → r x z

class Setoid (α : Sort u) where
  r : α → α → Prop
  iseqv : Equivalence r
