/- Booleans: their algebra, and their traffic with propositions. -/
prelude
import Init.Conditionals

universe u

/-! ## The operators -/

namespace Bool

@[simp] theorem or_false (b : Bool) : (b || false) = b := by cases b <;> rfl
@[simp] theorem or_true (b : Bool) : (b || true) = true := by cases b <;> rfl
@[simp] theorem false_or (b : Bool) : (false || b) = b := rfl
@[simp] theorem true_or (b : Bool) : (true || b) = true := rfl
@[simp] theorem or_self (b : Bool) : (b || b) = b := by cases b <;> rfl
@[simp] theorem and_false (b : Bool) : (b && false) = false := by cases b <;> rfl
@[simp] theorem and_true (b : Bool) : (b && true) = b := by cases b <;> rfl
@[simp] theorem false_and (b : Bool) : (false && b) = false := rfl
@[simp] theorem true_and (b : Bool) : (true && b) = b := rfl
@[simp] theorem and_self (b : Bool) : (b && b) = b := by cases b <;> rfl
@[simp] theorem not_not (b : Bool) : (!!b) = b := by cases b <;> rfl
@[simp] theorem not_true : (!true) = false := rfl
@[simp] theorem not_false : (!false) = true := rfl

theorem and_comm (a b : Bool) : (a && b) = (b && a) := by cases a <;> cases b <;> rfl
theorem or_comm (a b : Bool) : (a || b) = (b || a) := by cases a <;> cases b <;> rfl
theorem and_assoc (a b c : Bool) : (a && b && c) = (a && (b && c)) := by cases a <;> rfl
theorem or_assoc (a b c : Bool) : (a || b || c) = (a || (b || c)) := by cases a <;> rfl
theorem and_or_distrib_left (a b c : Bool) : (a && (b || c)) = (a && b || a && c) := by cases a <;> rfl
theorem and_or_distrib_right (a b c : Bool) : ((a || b) && c) = (a && c || b && c) := by
  cases a <;> cases b <;> cases c <;> rfl
theorem or_and_distrib_left (a b c : Bool) : (a || b && c) = ((a || b) && (a || c)) := by cases a <;> rfl
theorem or_and_distrib_right (a b c : Bool) : (a && b || c) = ((a || c) && (b || c)) := by
  cases a <;> cases b <;> cases c <;> rfl
@[simp] theorem not_and (a b : Bool) : (!(a && b)) = (!a || !b) := by cases a <;> rfl
@[simp] theorem not_or (a b : Bool) : (!(a || b)) = (!a && !b) := by cases a <;> rfl
@[simp] theorem and_not_self (b : Bool) : (b && !b) = false := by cases b <;> rfl
@[simp] theorem not_and_self (b : Bool) : (!b && b) = false := by cases b <;> rfl
@[simp] theorem or_not_self (b : Bool) : (b || !b) = true := by cases b <;> rfl
@[simp] theorem not_or_self (b : Bool) : (!b || b) = true := by cases b <;> rfl
theorem eq_false_or_eq_true (b : Bool) : b = true ∨ b = false := by cases b; exact .inr rfl; exact .inl rfl
theorem eq_false_iff {b : Bool} : b = false ↔ b ≠ true := by cases b <;> decide

/-! ## Equations between Booleans as propositions -/

theorem of_not_eq_true {b : Bool} (h : ¬b = true) : b = false := by
  cases b
  · rfl
  · exact absurd rfl h

theorem of_not_eq_false {b : Bool} (h : ¬b = false) : b = true := by
  cases b
  · exact absurd rfl h
  · rfl

theorem eq_false_of_ne_true {b : Bool} (h : b ≠ true) : b = false := of_not_eq_true h

theorem eq_true_of_ne_false {b : Bool} (h : b ≠ false) : b = true := of_not_eq_false h

theorem ne_false_of_eq_true {b : Bool} (h : b = true) : b ≠ false := by subst h; decide

theorem ne_true_of_eq_false {b : Bool} (h : b = false) : b ≠ true := by subst h; decide

@[simp] theorem not_eq_true (b : Bool) : (¬b = true) = (b = false) := by cases b <;> decide
@[simp] theorem not_eq_false (b : Bool) : (¬b = false) = (b = true) := by cases b <;> decide
@[simp] theorem not_eq_true' (b : Bool) : ((!b) = true) = (b = false) := by cases b <;> decide
@[simp] theorem not_eq_false' (b : Bool) : ((!b) = false) = (b = true) := by cases b <;> decide
@[simp] theorem and_eq_true (a b : Bool) : ((a && b) = true) = (a = true ∧ b = true) := by cases a <;> cases b <;> decide
@[simp] theorem or_eq_true (a b : Bool) : ((a || b) = true) = (a = true ∨ b = true) := by cases a <;> cases b <;> decide
theorem and_eq_true_iff {a b : Bool} : (a && b) = true ↔ a = true ∧ b = true := .of_eq (and_eq_true a b)
theorem or_eq_true_iff {a b : Bool} : (a || b) = true ↔ a = true ∨ b = true := .of_eq (or_eq_true a b)
@[simp] theorem and_eq_false_iff {a b : Bool} : (a && b) = false ↔ a = false ∨ b = false := by
  cases a <;> cases b <;> decide
@[simp] theorem or_eq_false_iff {a b : Bool} : (a || b) = false ↔ a = false ∧ b = false := by
  cases a <;> cases b <;> decide
theorem eq_iff_iff {a b : Bool} : a = b ↔ (a = true ↔ b = true) := by cases a <;> cases b <;> decide
@[simp] theorem coe_iff_coe {a b : Bool} : (a = true ↔ b = true) ↔ a = b := by cases a <;> cases b <;> decide
@[simp] theorem coe_true_iff_false {a b : Bool} : (a = true ↔ b = false) ↔ a = !b := by cases a <;> cases b <;> decide
@[simp] theorem coe_false_iff_true {a b : Bool} : (a = false ↔ b = true) ↔ (!a) = b := by cases a <;> cases b <;> decide
@[simp] theorem coe_false_iff_false {a b : Bool} : (a = false ↔ b = false) ↔ (!a) = !b := by
  cases a <;> cases b <;> decide
theorem not_inj {a b : Bool} (h : (!a) = !b) : a = b := by cases a <;> cases b <;> first | rfl | exact h.symm

theorem «forall» {p : Bool → Prop} : (∀ b, p b) ↔ p false ∧ p true :=
  ⟨fun h => ⟨h false, h true⟩, fun h b => by cases b; exact h.1; exact h.2⟩

theorem «exists» {p : Bool → Prop} : (∃ b, p b) ↔ p false ∨ p true :=
  ⟨fun ⟨b, h⟩ => by cases b; exact .inl h; exact .inr h, fun h => h.elim (⟨false, ·⟩) (⟨true, ·⟩)⟩

instance (p : Bool → Prop) [DecidablePred p] : Decidable (∀ b, p b) := decidable_of_iff _ Bool.forall.symm

instance (p : Bool → Prop) [DecidablePred p] : Decidable (∃ b, p b) := decidable_of_iff _ Bool.exists.symm

end Bool

@[simp] theorem Bool.false_eq_true : (false = true) = False := eq_false Bool.false_ne_true

@[simp] theorem Bool.true_eq_false : (true = false) = False := eq_false fun h => Bool.false_ne_true h.symm

@[simp] theorem Bool.not_eq_self (b : Bool) : ((!b) = b) ↔ False := by cases b <;> decide

@[simp] theorem Bool.eq_not_self (b : Bool) : (b = !b) ↔ False := by cases b <;> decide

/-! ## `==` -/

class ReflBEq (α : Type u) [BEq α] : Prop where
  protected rfl : ∀ {a : α}, (a == a) = true

class LawfulBEq (α : Type u) [BEq α] : Prop extends ReflBEq α where
  eq_of_beq : ∀ {a b : α}, (a == b) = true → a = b

export LawfulBEq (eq_of_beq)

instance instLawfulBEqOfDecidableEq [DecidableEq α] : LawfulBEq α where
  eq_of_beq := of_decide_eq_true
  rfl := of_decide_eq_self_eq_true _

@[simp] theorem BEq.rfl [BEq α] [ReflBEq α] {a : α} : (a == a) = true := ReflBEq.rfl

@[simp] theorem beq_self_eq_true [BEq α] [ReflBEq α] (a : α) : (a == a) = true := ReflBEq.rfl

theorem beq_iff_eq [BEq α] [LawfulBEq α] {a b : α} : a == b ↔ a = b := ⟨eq_of_beq, fun h => h ▸ BEq.rfl⟩

@[simp] theorem beq_eq_eq [BEq α] [LawfulBEq α] {a b : α} : ((a == b) = true) = (a = b) := propext beq_iff_eq

theorem beq_of_eq [BEq α] [ReflBEq α] {a b : α} (h : a = b) : (a == b) = true := h ▸ BEq.rfl

theorem beq_false_of_ne [BEq α] [LawfulBEq α] {a b : α} (h : a ≠ b) : (a == b) = false :=
  Bool.of_not_eq_true fun h' => h (eq_of_beq h')

theorem ne_of_beq_false [BEq α] [ReflBEq α] {a b : α} (h : (a == b) = false) : a ≠ b := fun e =>
  Bool.ne_true_of_eq_false h (beq_of_eq e)

@[simp] theorem beq_eq_false_iff_ne [BEq α] [LawfulBEq α] {a b : α} : (a == b) = false ↔ a ≠ b :=
  ⟨ne_of_beq_false, beq_false_of_ne⟩

@[simp] theorem bne_iff_ne [BEq α] [LawfulBEq α] {a b : α} : a != b ↔ a ≠ b := by simp [bne]

@[simp] theorem bne_self_eq_false [BEq α] [ReflBEq α] (a : α) : (a != a) = false := by simp [bne]

@[simp] theorem bne_eq_false_iff_eq [BEq α] [LawfulBEq α] {a b : α} : (a != b) = false ↔ a = b := by simp [bne]

@[simp] theorem beq_true (b : Bool) : (b == true) = b := by cases b <;> rfl

@[simp] theorem beq_false (b : Bool) : (b == false) = !b := by cases b <;> rfl

/-! ## `decide` of a compound -/

@[simp] theorem Bool.decide_eq_true {b : Bool} [Decidable (b = true)] : decide (b = true) = b := by
  cases b <;> simp

@[simp] theorem Bool.decide_and (p q : Prop) [Decidable p] [Decidable q] : decide (p ∧ q) = (decide p && decide q) := rfl

@[simp] theorem Bool.decide_or (p q : Prop) [Decidable p] [Decidable q] : decide (p ∨ q) = (decide p || decide q) := rfl

@[simp] theorem decide_not {p : Prop} [Decidable p] [Decidable (¬p)] : decide (¬p) = !decide p :=
  Decidable.byCases
    (fun hp : p => (decide_eq_false (not_not_intro hp)).trans (congrArg not (decide_eq_true hp)).symm)
    (fun hp => (decide_eq_true hp).trans (congrArg not (decide_eq_false hp)).symm)

theorem Bool.cond_eq_ite {α : Type u} (b : Bool) (x y : α) : cond b x y = if b then x else y := by cases b <;> rfl

@[simp] theorem Bool.if_true_left (p : Prop) [Decidable p] (f : Bool) : (if p then true else f) = (decide p || f) := by
  by_cases h : p <;> simp [h]

@[simp] theorem ite_eq_true_distrib (c : Prop) [Decidable c] (a b : Bool) :
    ((if c then a else b) = true) = if c then a = true else b = true := by
  by_cases h : c <;> simp [h]
