/- Folds, parts of lists, counting, permutations. -/
prelude
import Init.List.Membership

universe u v w

namespace List

variable {α : Type u} {β : Type v} {γ : Type w}

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
