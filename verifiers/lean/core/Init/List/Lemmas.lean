/- Facts about lists. -/
prelude
import Init.List.Basic

universe u v w

namespace List

variable {α : Type u} {β : Type v} {γ : Type w}

/-! ## Length -/

theorem eq_nil_of_length_eq_zero {l : List α} (h : l.length = 0) : l = [] := by
  cases l with
  | nil => rfl
  | cons a l => exact absurd h (Nat.succ_ne_zero _)

theorem ne_nil_of_length_eq_add_one {l : List α} {n : Nat} (h : l.length = n + 1) : l ≠ [] := fun e => by
  subst e
  exact absurd h.symm (Nat.succ_ne_zero n)

@[simp] theorem length_eq_zero_iff {l : List α} : l.length = 0 ↔ l = [] := ⟨eq_nil_of_length_eq_zero, fun h => h ▸ rfl⟩

theorem length_eq_zero {l : List α} : l.length = 0 ↔ l = [] := length_eq_zero_iff

theorem length_pos_iff {l : List α} : 0 < l.length ↔ l ≠ [] :=
  Nat.pos_iff_ne_zero.trans (not_congr length_eq_zero_iff)

theorem length_pos_of_ne_nil {l : List α} (h : l ≠ []) : 0 < l.length := length_pos_iff.mpr h

theorem ne_nil_of_length_pos {l : List α} (h : 0 < l.length) : l ≠ [] := length_pos_iff.mp h

theorem length_eq_one_iff {l : List α} : l.length = 1 ↔ ∃ a, l = [a] := by
  refine ⟨fun h => ?_, fun ⟨a, h⟩ => h ▸ rfl⟩
  match l, h with
  | [a], _ => exact ⟨a, rfl⟩

theorem isEmpty_iff {l : List α} : l.isEmpty ↔ l = [] := by
  cases l with
  | nil => exact ⟨fun _ => rfl, fun _ => rfl⟩
  | cons a l => exact ⟨nofun, nofun⟩

/-! ## Append -/

@[simp] theorem append_nil (as : List α) : as ++ [] = as := by
  induction as with
  | nil => rfl
  | cons a as ih => rw [cons_append, ih]

@[simp] theorem append_assoc (as bs cs : List α) : as ++ bs ++ cs = as ++ (bs ++ cs) := by
  induction as with
  | nil => rfl
  | cons a as ih => rw [cons_append, cons_append, cons_append, ih]

theorem append_cons (as : List α) (b : α) (bs : List α) : as ++ b :: bs = as ++ [b] ++ bs := by
  rw [append_assoc, singleton_append]

@[simp] theorem length_append {as bs : List α} : (as ++ bs).length = as.length + bs.length := by
  induction as with
  | nil => exact (Nat.zero_add _).symm
  | cons a as ih => rw [cons_append, length_cons, length_cons, ih, Nat.add_right_comm]

@[simp] theorem append_eq_nil_iff {p q : List α} : p ++ q = [] ↔ p = [] ∧ q = [] := by
  cases p with
  | nil => exact ⟨fun h => ⟨rfl, h⟩, fun h => h.2⟩
  | cons a p => exact ⟨nofun, fun h => nomatch h.1⟩

@[simp] theorem nil_eq_append_iff {p q : List α} : [] = p ++ q ↔ p = [] ∧ q = [] := eq_comm.trans append_eq_nil_iff

theorem append_cancel_left {as bs cs : List α} (h : as ++ bs = as ++ cs) : bs = cs := by
  induction as with
  | nil => exact h
  | cons a as ih => exact ih (cons_eq_cons.mp h).2

theorem append_inj {s₁ s₂ t₁ t₂ : List α} (h : s₁ ++ t₁ = s₂ ++ t₂) (hl : s₁.length = s₂.length) : s₁ = s₂ ∧ t₁ = t₂ := by
  induction s₁ generalizing s₂ with
  | nil =>
    have := eq_nil_of_length_eq_zero hl.symm
    subst this
    exact ⟨rfl, h⟩
  | cons a s₁ ih =>
    cases s₂ with
    | nil => exact absurd hl (Nat.succ_ne_zero _)
    | cons b s₂ =>
      have h := cons_eq_cons.mp h
      have ih := ih h.2 (Nat.succ_inj.mp hl)
      exact ⟨cons_eq_cons.mpr ⟨h.1, ih.1⟩, ih.2⟩

theorem append_cancel_right {as bs cs : List α} (h : as ++ bs = cs ++ bs) : as = cs := by
  refine (append_inj h ?_).1
  have := congrArg length h
  rw [length_append, length_append] at this
  exact Nat.add_right_cancel this

@[simp] theorem append_cancel_left_eq (as bs cs : List α) : (as ++ bs = as ++ cs) = (bs = cs) :=
  propext ⟨append_cancel_left, fun h => h ▸ rfl⟩

@[simp] theorem append_cancel_right_eq (as bs cs : List α) : (as ++ bs = cs ++ bs) = (as = cs) :=
  propext ⟨append_cancel_right, fun h => h ▸ rfl⟩

@[simp] theorem append_right_inj {t₁ t₂ : List α} (s : List α) : s ++ t₁ = s ++ t₂ ↔ t₁ = t₂ :=
  ⟨append_cancel_left, fun h => h ▸ rfl⟩

@[simp] theorem append_left_inj {s₁ s₂ : List α} (t : List α) : s₁ ++ t = s₂ ++ t ↔ s₁ = s₂ :=
  ⟨append_cancel_right, fun h => h ▸ rfl⟩

theorem concat_eq_append {as : List α} {a : α} : as.concat a = as ++ [a] := by
  induction as with
  | nil => rfl
  | cons b as ih => rw [concat_cons, ih, cons_append]

@[simp] theorem length_concat {as : List α} {a : α} : (concat as a).length = as.length + 1 := by
  rw [concat_eq_append, length_append]; rfl

/-! ## Reverse -/

theorem reverseAux_eq_append {as bs : List α} : reverseAux as bs = reverseAux as [] ++ bs := by
  induction as generalizing bs with
  | nil => rfl
  | cons a as ih => rw [reverseAux_cons, reverseAux_cons, ih (bs := a :: bs), ih (bs := [a]), append_assoc]; rfl

theorem reverseAux_eq {as bs : List α} : reverseAux as bs = reverse as ++ bs := reverseAux_eq_append

@[simp] theorem reverse_cons {a : α} {as : List α} : reverse (a :: as) = reverse as ++ [a] :=
  show reverseAux as [a] = reverseAux as [] ++ [a] from reverseAux_eq_append

@[simp] theorem length_reverse {as : List α} : as.reverse.length = as.length := by
  induction as with
  | nil => rfl
  | cons a as ih => rw [reverse_cons, length_append, ih]; rfl

@[simp] theorem reverse_append {as bs : List α} : (as ++ bs).reverse = bs.reverse ++ as.reverse := by
  induction as with
  | nil => exact (append_nil _).symm
  | cons a as ih => rw [cons_append, reverse_cons, reverse_cons, ih, append_assoc]

@[simp] theorem reverse_reverse (as : List α) : as.reverse.reverse = as := by
  induction as with
  | nil => rfl
  | cons a as ih => rw [reverse_cons, reverse_append, ih]; rfl

theorem reverse_concat {as : List α} {a : α} : (as ++ [a]).reverse = a :: as.reverse := reverse_append

@[simp] theorem reverse_eq_nil_iff {xs : List α} : xs.reverse = [] ↔ xs = [] :=
  ⟨fun h => by rw [← reverse_reverse xs, h]; rfl, fun h => by rw [h]; rfl⟩

@[simp] theorem reverse_inj {xs ys : List α} : xs.reverse = ys.reverse ↔ xs = ys :=
  ⟨fun h => by rw [← reverse_reverse xs, h, reverse_reverse], fun h => h ▸ rfl⟩

theorem reverse_eq_iff {as bs : List α} : as.reverse = bs ↔ as = bs.reverse :=
  ⟨fun h => h ▸ (reverse_reverse as).symm, fun h => h ▸ reverse_reverse bs⟩

/-! ## Map -/

@[simp] theorem length_map {as : List α} (f : α → β) : (as.map f).length = as.length := by
  induction as with
  | nil => rfl
  | cons a as ih => rw [map_cons, length_cons, ih, length_cons]

@[simp] theorem map_append {f : α → β} {l₁ l₂ : List α} : map f (l₁ ++ l₂) = map f l₁ ++ map f l₂ := by
  induction l₁ with
  | nil => rfl
  | cons a l ih => rw [cons_append, map_cons, map_cons, ih, cons_append]

@[simp] theorem map_map {g : β → γ} {f : α → β} {l : List α} : map g (map f l) = map (g ∘ f) l := by
  induction l with
  | nil => rfl
  | cons a l ih => rw [map_cons, map_cons, map_cons, ih]; rfl

theorem map_id_fun : map (id : α → α) = id := by
  funext l
  induction l with
  | nil => rfl
  | cons a l ih => rw [map_cons, ih]; rfl

attribute [simp] map_id_fun

theorem map_id (l : List α) : map (id : α → α) l = l := by rw [map_id_fun]; rfl

@[simp] theorem map_id_fun' : map (fun a : α => a) = id := map_id_fun

theorem map_id' (l : List α) : map (fun a : α => a) l = l := map_id l

theorem map_congr_left {l : List α} {f g : α → β} (h : ∀ a, a ∈ l → f a = g a) : map f l = map g l := by
  induction l with
  | nil => rfl
  | cons a l ih => rw [map_cons, map_cons, h a (.head l), ih fun b hb => h b (.tail a hb)]

theorem map_singleton {f : α → β} {a : α} : map f [a] = [f a] := rfl

@[simp] theorem map_eq_nil_iff {f : α → β} {l : List α} : map f l = [] ↔ l = [] := by
  cases l with
  | nil => exact ⟨fun _ => rfl, fun _ => rfl⟩
  | cons a l => exact ⟨nofun, nofun⟩

theorem map_reverse {f : α → β} {l : List α} : map f l.reverse = (map f l).reverse := by
  induction l with
  | nil => rfl
  | cons a l ih => rw [reverse_cons, map_append, ih]; exact reverse_cons.symm

attribute [simp] map_reverse

@[simp] theorem map_inj_left {l : List α} {f g : α → β} : map f l = map g l ↔ ∀ a, a ∈ l → f a = g a := by
  refine ⟨fun h => ?_, map_congr_left⟩
  induction l with
  | nil => exact nofun
  | cons b l ih =>
    intro a ha
    have h := cons_eq_cons.mp h
    cases ha with
    | head => exact h.1
    | tail _ ha => exact ih h.2 a ha

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

/-! ## Folds -/

@[simp] theorem foldr_append {f : α → β → β} {b : β} {l l' : List α} : (l ++ l').foldr f b = l.foldr f (l'.foldr f b) := by
  induction l with
  | nil => rfl
  | cons a l ih => rw [cons_append, foldr_cons, ih, foldr_cons]

@[simp] theorem foldl_append {f : β → α → β} {b : β} {l l' : List α} : (l ++ l').foldl f b = l'.foldl f (l.foldl f b) := by
  induction l generalizing b with
  | nil => rfl
  | cons a l ih => exact ih

@[simp] theorem foldl_reverse {f : β → α → β} {b : β} {l : List α} : l.reverse.foldl f b = l.foldr (fun x y => f y x) b := by
  induction l with
  | nil => rfl
  | cons a l ih => rw [reverse_cons, foldl_append, ih]; rfl

@[simp] theorem foldr_reverse {f : α → β → β} {b : β} {l : List α} : l.reverse.foldr f b = l.foldl (fun x y => f y x) b := by
  have := foldl_reverse (f := fun x y => f y x) (b := b) (l := l.reverse)
  rw [reverse_reverse] at this
  exact this.symm

theorem foldr_map {f : α → β} {g : β → γ → γ} {l : List α} {c : γ} : (l.map f).foldr g c = l.foldr (fun x y => g (f x) y) c := by
  induction l with
  | nil => rfl
  | cons a l ih => rw [map_cons, foldr_cons, ih, foldr_cons]

theorem foldl_map {f : α → β} {g : γ → β → γ} {l : List α} {c : γ} : (l.map f).foldl g c = l.foldl (fun x y => g x (f y)) c := by
  induction l generalizing c with
  | nil => rfl
  | cons a l ih => exact ih

@[simp] theorem foldr_cons_nil {l : List α} : l.foldr cons [] = l := by
  induction l with
  | nil => rfl
  | cons a l ih => rw [foldr_cons, ih]

@[simp] theorem foldr_cons_eq_append {l l' : List α} : l.foldr cons l' = l ++ l' := by
  induction l with
  | nil => rfl
  | cons a l ih => rw [foldr_cons, ih, cons_append]

@[simp] theorem sum_append {l₁ l₂ : List Nat} : (l₁ ++ l₂).sum = l₁.sum + l₂.sum := by
  induction l₁ with
  | nil => exact (Nat.zero_add _).symm
  | cons a l ih => rw [cons_append, sum_cons, sum_cons, ih, Nat.add_assoc]

theorem sum_reverse {l : List Nat} : l.reverse.sum = l.sum := by
  induction l with
  | nil => rfl
  | cons a l ih => rw [reverse_cons, sum_append, ih, sum_cons, sum_cons, sum_nil, Nat.add_comm]; rfl

/-! ## Flatten, replicate, take, drop, zip, range -/

@[simp] theorem flatten_append {L₁ L₂ : List (List α)} : (L₁ ++ L₂).flatten = L₁.flatten ++ L₂.flatten := by
  induction L₁ with
  | nil => rfl
  | cons l L ih => rw [cons_append, flatten_cons, flatten_cons, ih, append_assoc]

theorem flatMap_def {f : α → List β} {l : List α} : l.flatMap f = (l.map f).flatten := rfl

@[simp] theorem flatMap_append {f : α → List β} {l₁ l₂ : List α} : (l₁ ++ l₂).flatMap f = l₁.flatMap f ++ l₂.flatMap f := by
  rw [flatMap_def, map_append, flatten_append]; rfl

@[simp] theorem length_replicate {n : Nat} {a : α} : (replicate n a).length = n := by
  induction n with
  | zero => rfl
  | succ n ih => rw [replicate_succ, length_cons, ih]

@[simp] theorem mem_replicate {a b : α} {n : Nat} : b ∈ replicate n a ↔ n ≠ 0 ∧ b = a := by
  induction n with
  | zero => simp
  | succ n ih =>
    rw [replicate_succ, mem_cons, ih]
    exact ⟨fun h => ⟨Nat.succ_ne_zero n, h.elim id And.right⟩, fun h => .inl h.2⟩

@[simp] theorem map_replicate {f : α → β} {n : Nat} {a : α} : map f (replicate n a) = replicate n (f a) := by
  induction n with
  | zero => rfl
  | succ n ih => rw [replicate_succ, map_cons, ih, replicate_succ]

@[simp] theorem replicate_append_replicate {n m : Nat} {a : α} : replicate n a ++ replicate m a = replicate (n + m) a := by
  induction n with
  | zero => rw [Nat.zero_add]; rfl
  | succ n ih => rw [replicate_succ, cons_append, ih, Nat.add_right_comm, replicate_succ]

@[simp] theorem take_append_drop (n : Nat) (l : List α) : take n l ++ drop n l = l := by
  induction n generalizing l with
  | zero => rfl
  | succ n ih =>
    cases l with
    | nil => rfl
    | cons a l => rw [take_succ_cons, drop_succ_cons, cons_append, ih]

@[simp] theorem length_take {n : Nat} {l : List α} : (take n l).length = min n l.length := by
  induction n generalizing l with
  | zero => exact (Nat.zero_min _).symm
  | succ n ih =>
    cases l with
    | nil => exact (Nat.min_zero _).symm
    | cons a l => rw [take_succ_cons, length_cons, ih, length_cons]; exact (Nat.succ_min_succ n _).symm

@[simp] theorem length_drop {n : Nat} {l : List α} : (drop n l).length = l.length - n := by
  induction n generalizing l with
  | zero => rfl
  | succ n ih =>
    cases l with
    | nil => exact (Nat.zero_sub _).symm
    | cons a l => rw [drop_succ_cons, ih, length_cons, Nat.add_sub_add_right]

theorem length_take_le (n : Nat) (l : List α) : (take n l).length ≤ n := by
  rw [length_take]
  exact Nat.min_le_left n _

@[simp] theorem take_length {l : List α} : take l.length l = l := by
  induction l with
  | nil => rfl
  | cons a l ih => rw [length_cons, take_succ_cons, ih]

@[simp] theorem drop_length {l : List α} : drop l.length l = [] := by
  induction l with
  | nil => rfl
  | cons a l ih => exact ih

theorem take_of_length_le {n : Nat} {l : List α} (h : l.length ≤ n) : take n l = l := by
  induction n generalizing l with
  | zero => exact (eq_nil_of_length_eq_zero (Nat.le_zero.mp h)).symm
  | succ n ih =>
    cases l with
    | nil => rfl
    | cons a l => rw [take_succ_cons, ih (Nat.le_of_succ_le_succ h)]

theorem drop_of_length_le {n : Nat} {l : List α} (h : l.length ≤ n) : drop n l = [] := by
  apply eq_nil_of_length_eq_zero
  rw [length_drop]
  exact Nat.sub_eq_zero_of_le h

@[simp] theorem drop_drop {n m : Nat} {l : List α} : drop n (drop m l) = drop (m + n) l := by
  induction m generalizing l with
  | zero => rw [Nat.zero_add]; rfl
  | succ m ih =>
    cases l with
    | nil => rw [drop_nil, drop_nil, drop_nil]
    | cons a l => rw [drop_succ_cons, ih, Nat.add_right_comm, drop_succ_cons]

@[simp] theorem take_take {n m : Nat} {l : List α} : take n (take m l) = take (min n m) l := by
  induction n generalizing m l with
  | zero => rw [Nat.zero_min]; rfl
  | succ n ih =>
    cases m with
    | zero => rw [Nat.min_zero]; rfl
    | succ m =>
      cases l with
      | nil => rw [take_nil, take_nil, take_nil]
      | cons a l => rw [take_succ_cons, take_succ_cons, ih]; exact congrArg (take · (a :: l)) (Nat.succ_min_succ n m).symm

@[simp] theorem length_zipWith {f : α → β → γ} {as : List α} {bs : List β} :
    (zipWith f as bs).length = min as.length bs.length := by
  induction as generalizing bs with
  | nil => exact (Nat.zero_min _).symm
  | cons a as ih =>
    cases bs with
    | nil => exact (Nat.min_zero _).symm
    | cons b bs => rw [zipWith_cons_cons, length_cons, ih]; exact (Nat.succ_min_succ _ _).symm

@[simp] theorem length_zip {as : List α} {bs : List β} : (zip as bs).length = min as.length bs.length := length_zipWith

theorem range_loop_eq (n : Nat) (ns : List Nat) : range.loop n ns = range n ++ ns := by
  induction n generalizing ns with
  | zero => rfl
  | succ n ih => rw [range, range.loop, range.loop, ih, ih [n], append_assoc]; rfl

theorem range_succ {n : Nat} : range (n + 1) = range n ++ [n] := range_loop_eq n [n]

@[simp] theorem length_range {n : Nat} : (range n).length = n := by
  induction n with
  | zero => rfl
  | succ n ih => rw [range_succ, length_append, ih]; rfl

@[simp] theorem mem_range {m n : Nat} : m ∈ range n ↔ m < n := by
  induction n with
  | zero => exact ⟨nofun, fun h => absurd h (Nat.not_lt_zero m)⟩
  | succ n ih => rw [range_succ, mem_append, ih, mem_singleton, Nat.lt_add_one_iff, Nat.le_iff_lt_or_eq]

/-! ## Heads and lasts -/

@[simp] theorem getLast_append_singleton {a : α} (l : List α) (h : l ++ [a] ≠ []) : (l ++ [a]).getLast h = a := by
  induction l with
  | nil => rfl
  | cons b l ih =>
    cases l with
    | nil => rfl
    | cons c l => exact ih nofun

@[simp] theorem dropLast_concat {l : List α} {a : α} : (l ++ [a]).dropLast = l := by
  induction l with
  | nil => rfl
  | cons b l ih =>
    cases l with
    | nil => rfl
    | cons c l => rw [cons_append, cons_append, dropLast_cons₂]; exact congrArg (b :: ·) ih

theorem length_tail {l : List α} : l.tail.length = l.length - 1 := by cases l <;> rfl

attribute [simp] length_tail

theorem head?_eq_none_iff {l : List α} : l.head? = none ↔ l = [] := by
  cases l with
  | nil => exact ⟨fun _ => rfl, fun _ => rfl⟩
  | cons a l => exact ⟨nofun, nofun⟩

/-! ## Counting -/

theorem countP_append {p : α → Bool} {l₁ l₂ : List α} : countP p (l₁ ++ l₂) = countP p l₁ + countP p l₂ := by
  induction l₁ with
  | nil => exact (Nat.zero_add _).symm
  | cons a l ih => rw [cons_append, countP_cons, countP_cons, ih, Nat.add_right_comm]

attribute [simp] countP_append

@[simp] theorem count_append [BEq α] {a : α} {l₁ l₂ : List α} : count a (l₁ ++ l₂) = count a l₁ + count a l₂ := countP_append

theorem countP_eq_length_filter {p : α → Bool} {l : List α} : countP p l = (filter p l).length := by
  induction l with
  | nil => rfl
  | cons a l ih =>
    rw [countP_cons, filter_cons, ih]
    split <;> rfl

/-! ## Prefixes, sublists, permutations -/

theorem prefix_append (l₁ l₂ : List α) : IsPrefix l₁ (l₁ ++ l₂) := ⟨l₂, rfl⟩

theorem suffix_append (l₁ l₂ : List α) : IsSuffix l₂ (l₁ ++ l₂) := ⟨l₁, rfl⟩

namespace Sublist

theorem refl : (l : List α) → Sublist l l
  | [] => .slnil
  | a :: l => .cons₂ a (refl l)

theorem length_le {l₁ l₂ : List α} (h : Sublist l₁ l₂) : l₁.length ≤ l₂.length := by
  induction h with
  | slnil => exact .refl
  | cons a _ ih => exact Nat.le_succ_of_le ih
  | cons₂ a _ ih => exact Nat.succ_le_succ ih

end Sublist

namespace Perm

@[refl] theorem refl : (l : List α) → Perm l l
  | [] => .nil
  | a :: l => .cons a (refl l)

protected theorem rfl {l : List α} : Perm l l := .refl l

protected theorem symm {l₁ l₂ : List α} (h : Perm l₁ l₂) : Perm l₂ l₁ := by
  induction h with
  | nil => exact .nil
  | cons a _ ih => exact .cons a ih
  | swap x y l => exact .swap y x l
  | trans _ _ ih₁ ih₂ => exact .trans ih₂ ih₁

theorem length_eq {l₁ l₂ : List α} (h : Perm l₁ l₂) : l₁.length = l₂.length := by
  induction h with
  | nil => rfl
  | cons _ _ ih => rw [length_cons, ih, length_cons]
  | swap => rfl
  | trans _ _ ih₁ ih₂ => exact ih₁.trans ih₂

theorem mem_iff {a : α} {l₁ l₂ : List α} (h : Perm l₁ l₂) : a ∈ l₁ ↔ a ∈ l₂ := by
  induction h with
  | nil => exact .rfl
  | cons b _ ih => rw [mem_cons, mem_cons, ih]
  | swap x y l => rw [mem_cons, mem_cons, mem_cons, mem_cons, or_left_comm]
  | trans _ _ ih₁ ih₂ => exact ih₁.trans ih₂

end Perm

end List
