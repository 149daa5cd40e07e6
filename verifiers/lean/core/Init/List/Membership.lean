/- Membership and filter. -/
prelude
import Init.List.Append

universe u v w

namespace List

variable {α : Type u} {β : Type v} {γ : Type w}

/-! ## Membership -/

@[simp] theorem not_mem_nil {a : α} : ¬a ∈ ([] : List α) := nofun

theorem mem_cons_self {a : α} {l : List α} : a ∈ a :: l := .head l

theorem mem_cons_of_mem (y : α) {a : α} {l : List α} (h : a ∈ l) : a ∈ y :: l := .tail y h

@[simp] theorem mem_cons {a b : α} {l : List α} : a ∈ b :: l ↔ a = b ∨ a ∈ l := by
  refine ⟨fun h => ?_, fun h => h.elim (fun e => e ▸ .head l) (.tail b)⟩
  cases h with
  | head => exact .inl rfl
  | tail _ h => exact .inr h

theorem mem_of_ne_of_mem {a y : α} {l : List α} (h₁ : a ≠ y) (h₂ : a ∈ y :: l) : a ∈ l :=
  (mem_cons.mp h₂).resolve_left h₁

theorem eq_or_mem_of_mem_cons {a b : α} {l : List α} (h : a ∈ b :: l) : a = b ∨ a ∈ l := mem_cons.mp h

theorem mem_singleton {a b : α} : a ∈ [b] ↔ a = b :=
  mem_cons.trans (or_iff_left not_mem_nil)

theorem mem_singleton_self {a : α} : a ∈ [a] := .head []

theorem eq_of_mem_singleton {a b : α} (h : a ∈ [b]) : a = b := mem_singleton.mp h

@[simp] theorem mem_append {a : α} {s t : List α} : a ∈ s ++ t ↔ a ∈ s ∨ a ∈ t := by
  induction s with
  | nil => exact ⟨.inr, fun h => h.elim (fun h => absurd h not_mem_nil) id⟩
  | cons b s ih => rw [cons_append, mem_cons, mem_cons, ih, or_assoc]

theorem mem_append_left {a : α} {as : List α} (bs : List α) (h : a ∈ as) : a ∈ as ++ bs := mem_append.mpr (.inl h)

theorem mem_append_right {b : α} {bs : List α} (as : List α) (h : b ∈ bs) : b ∈ as ++ bs := mem_append.mpr (.inr h)

theorem mem_of_mem_append {a : α} {s t : List α} (h : a ∈ s ++ t) : a ∈ s ∨ a ∈ t := mem_append.mp h

theorem append_of_mem {a : α} {l : List α} (h : a ∈ l) : ∃ s t, l = s ++ a :: t := by
  induction h with
  | head l => exact ⟨[], l, rfl⟩
  | tail b _ ih => exact let ⟨s, t, e⟩ := ih; ⟨b :: s, t, e ▸ rfl⟩

@[simp] theorem mem_map {f : α → β} {b : β} {l : List α} : b ∈ map f l ↔ ∃ a, a ∈ l ∧ f a = b := by
  induction l with
  | nil => exact ⟨nofun, fun ⟨_, h, _⟩ => nomatch h⟩
  | cons c l ih =>
    rw [map_cons, mem_cons, ih]
    constructor
    · rintro (h | ⟨a, h, e⟩)
      · exact ⟨c, .head l, h.symm⟩
      · exact ⟨a, .tail c h, e⟩
    · rintro ⟨a, h, e⟩
      cases h with
      | head => exact .inl e.symm
      | tail _ h => exact .inr ⟨a, h, e⟩

theorem mem_map_of_mem {f : α → β} {a : α} {l : List α} (h : a ∈ l) : f a ∈ map f l := mem_map.mpr ⟨a, h, rfl⟩

theorem exists_of_mem_map {f : α → β} {b : β} {l : List α} (h : b ∈ map f l) : ∃ a, a ∈ l ∧ f a = b := mem_map.mp h

@[simp] theorem mem_reverse {a : α} {l : List α} : a ∈ l.reverse ↔ a ∈ l := by
  induction l with
  | nil => exact .rfl
  | cons b l ih => rw [reverse_cons, mem_append, ih, mem_singleton, mem_cons, or_comm]

@[simp] theorem mem_filter {p : α → Bool} {a : α} {l : List α} : a ∈ filter p l ↔ a ∈ l ∧ p a = true := by
  induction l with
  | nil => exact ⟨nofun, fun h => nomatch h.1⟩
  | cons b l ih =>
    cases hb : p b with
    | true =>
      rw [filter_cons_of_pos hb, mem_cons, mem_cons, ih, or_and_right]
      exact or_congr_left ⟨fun e => ⟨e, e ▸ hb⟩, And.left⟩
    | false =>
      rw [filter_cons_of_neg (Bool.ne_true_of_eq_false hb), mem_cons, ih, or_and_right]
      refine (or_iff_right ?_).symm
      rintro ⟨rfl, h⟩
      exact Bool.ne_true_of_eq_false hb h

@[simp] theorem mem_flatten {a : α} {L : List (List α)} : a ∈ L.flatten ↔ ∃ l, l ∈ L ∧ a ∈ l := by
  induction L with
  | nil => exact ⟨nofun, fun ⟨_, h, _⟩ => nomatch h⟩
  | cons l L ih =>
    rw [flatten_cons, mem_append, ih]
    constructor
    · rintro (h | ⟨l', h, h'⟩)
      · exact ⟨l, .head L, h⟩
      · exact ⟨l', .tail l h, h'⟩
    · rintro ⟨l', h, h'⟩
      cases h with
      | head => exact .inl h'
      | tail _ h => exact .inr ⟨l', h, h'⟩

theorem length_pos_of_mem {a : α} {l : List α} (h : a ∈ l) : 0 < l.length := by
  cases h <;> exact Nat.succ_pos _

theorem ne_nil_of_mem {a : α} {l : List α} (h : a ∈ l) : l ≠ [] := fun e => not_mem_nil (e ▸ h)

theorem exists_mem_of_ne_nil (l : List α) (h : l ≠ []) : ∃ x, x ∈ l :=
  let ⟨b, l', e⟩ := exists_cons_of_ne_nil h; ⟨b, e ▸ .head l'⟩

theorem eq_nil_iff_forall_not_mem {l : List α} : l = [] ↔ ∀ a, ¬a ∈ l := by
  cases l with
  | nil => exact ⟨fun _ _ => not_mem_nil, fun _ => rfl⟩
  | cons a l => exact ⟨nofun, fun h => absurd (.head l) (h a)⟩

theorem forall_mem_cons {p : α → Prop} {a : α} {l : List α} : (∀ x, x ∈ a :: l → p x) ↔ p a ∧ ∀ x, x ∈ l → p x := by
  simp

theorem forall_mem_nil (p : α → Prop) : ∀ x, x ∈ ([] : List α) → p x := nofun

@[simp] theorem elem_cons [BEq α] {a b : α} {l : List α} : elem a (b :: l) = (a == b || elem a l) := by
  show (match a == b with | true => true | false => elem a l) = _
  cases a == b <;> rfl

@[simp] theorem contains_cons [BEq α] {a b : α} {l : List α} : (b :: l).contains a = (a == b || l.contains a) := elem_cons

@[simp] theorem elem_iff [BEq α] [LawfulBEq α] {a : α} {l : List α} : elem a l = true ↔ a ∈ l := by
  induction l with
  | nil => exact ⟨nofun, nofun⟩
  | cons b l ih => rw [elem_cons, Bool.or_eq_true, ih, mem_cons, beq_iff_eq]

@[simp] theorem contains_iff_mem [BEq α] [LawfulBEq α] {a : α} {l : List α} : l.contains a = true ↔ a ∈ l := elem_iff

instance [DecidableEq α] (a : α) (l : List α) : Decidable (a ∈ l) := decidable_of_iff (elem a l = true) elem_iff

@[simp] theorem all_eq_true {p : α → Bool} {l : List α} : l.all p = true ↔ ∀ x, x ∈ l → p x = true := by
  induction l with
  | nil => simp
  | cons a l ih => simp [ih]

@[simp] theorem any_eq_true {p : α → Bool} {l : List α} : l.any p = true ↔ ∃ x, x ∈ l ∧ p x = true := by
  induction l with
  | nil => simp
  | cons a l ih => simp [ih]

instance decidableBAll (p : α → Prop) [DecidablePred p] (l : List α) : Decidable (∀ x, x ∈ l → p x) :=
  decidable_of_iff (l.all (fun x => decide (p x)) = true) (by simp)

instance decidableBEx (p : α → Prop) [DecidablePred p] (l : List α) : Decidable (∃ x, x ∈ l ∧ p x) :=
  decidable_of_iff (l.any (fun x => decide (p x)) = true) (by simp)

/-! ## Filter -/

theorem length_filter_le (p : α → Bool) (l : List α) : (filter p l).length ≤ l.length := by
  induction l with
  | nil => exact .refl
  | cons a l ih =>
    rw [filter_cons]
    split
    · exact Nat.succ_le_succ ih
    · exact Nat.le_succ_of_le ih

@[simp] theorem filter_append {p : α → Bool} (l₁ l₂ : List α) : filter p (l₁ ++ l₂) = filter p l₁ ++ filter p l₂ := by
  induction l₁ with
  | nil => rfl
  | cons a l ih =>
    rw [cons_append, filter_cons, filter_cons, ih]
    split <;> rfl

@[simp] theorem filter_filter {p q : α → Bool} {l : List α} : filter p (filter q l) = filter (fun a => p a && q a) l := by
  induction l with
  | nil => rfl
  | cons a l ih =>
    cases hq : q a <;> cases hp : p a <;> simp [hp, hq, ih]

theorem filter_eq_self {p : α → Bool} {l : List α} : filter p l = l ↔ ∀ a, a ∈ l → p a = true := by
  induction l with
  | nil => exact ⟨nofun, fun _ => rfl⟩
  | cons a l ih =>
    rw [forall_mem_cons, ← ih]
    cases h : p a with
    | true => simp [h]
    | false =>
      refine ⟨fun e => ?_, fun h => nomatch h.1⟩
      have e := congrArg length e
      rw [filter_cons_of_neg (Bool.ne_true_of_eq_false h), length_cons] at e
      exact absurd (length_filter_le p l) (Nat.not_le_of_lt (Nat.le_of_eq e.symm))

@[simp] theorem filter_true {l : List α} : filter (fun _ => true) l = l := filter_eq_self.mpr fun _ _ => rfl

@[simp] theorem filter_false {l : List α} : filter (fun _ => false) l = [] := by
  induction l with
  | nil => rfl
  | cons a l ih => exact ih

end List
