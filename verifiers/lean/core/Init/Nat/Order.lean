/- The order of natural numbers. -/
prelude
import Init.Nat.Basic

universe u

namespace Nat

/-! ## `≤` and `<` -/

attribute [simp] zero_le

@[simp] protected theorem le_refl (n : Nat) : n ≤ n := .refl

protected theorem le_rfl {n : Nat} : n ≤ n := .refl

protected theorem le_of_eq {n m : Nat} (h : n = m) : n ≤ m := h ▸ .refl

theorem _root_.Eq.le {n m : Nat} (h : n = m) : n ≤ m := Nat.le_of_eq h

theorem le_succ (n : Nat) : n ≤ succ n := .step .refl

@[simp] theorem le_add_one (n : Nat) : n ≤ n + 1 := le_succ n

theorem le_succ_of_le {n m : Nat} (h : n ≤ m) : n ≤ succ m := .step h

theorem le_add_one_of_le {n m : Nat} (h : n ≤ m) : n ≤ m + 1 := .step h

theorem le_step {n m : Nat} (h : n ≤ m) : n ≤ succ m := .step h

theorem le_of_succ_le {n m : Nat} (h : succ n ≤ m) : n ≤ m := Nat.le_trans (le_succ n) h

theorem lt_succ_self (n : Nat) : n < succ n := .refl

@[simp] protected theorem lt_add_one (n : Nat) : n < n + 1 := .refl

theorem succ_le_of_lt {n m : Nat} (h : n < m) : succ n ≤ m := h

theorem add_one_le_of_lt {n m : Nat} (h : n < m) : n + 1 ≤ m := h

theorem lt_of_succ_le {n m : Nat} (h : succ n ≤ m) : n < m := h

theorem lt_of_add_one_le {n m : Nat} (h : n + 1 ≤ m) : n < m := h

theorem succ_le_iff {n m : Nat} : succ n ≤ m ↔ n < m := .rfl

theorem add_one_le_iff {n m : Nat} : n + 1 ≤ m ↔ n < m := .rfl

theorem lt_iff_add_one_le {n m : Nat} : n < m ↔ n + 1 ≤ m := .rfl

theorem le_of_lt_succ {m n : Nat} (h : m < succ n) : m ≤ n := le_of_succ_le_succ h

theorem le_of_lt_add_one {m n : Nat} (h : m < n + 1) : m ≤ n := le_of_succ_le_succ h

theorem lt_succ_of_le {n m : Nat} (h : n ≤ m) : n < succ m := succ_le_succ h

theorem lt_add_one_of_le {n m : Nat} (h : n ≤ m) : n < m + 1 := succ_le_succ h

protected theorem lt_succ_iff {m n : Nat} : m < succ n ↔ m ≤ n := ⟨le_of_lt_succ, lt_succ_of_le⟩

protected theorem lt_add_one_iff {m n : Nat} : m < n + 1 ↔ m ≤ n := ⟨le_of_lt_succ, lt_succ_of_le⟩

theorem lt_add_one_of_lt {n m : Nat} (h : n < m) : n < m + 1 := le_succ_of_le h

theorem lt_succ_of_lt {n m : Nat} (h : n < m) : n < succ m := le_succ_of_le h

protected theorem le_of_lt {n m : Nat} (h : n < m) : n ≤ m := le_of_succ_le h

theorem zero_lt_succ (n : Nat) : 0 < succ n := succ_le_succ (zero_le n)

theorem succ_pos (n : Nat) : 0 < succ n := zero_lt_succ n

theorem zero_lt_one : 0 < 1 := zero_lt_succ 0

protected theorem one_pos : 0 < 1 := zero_lt_succ 0

theorem two_pos : 0 < 2 := by decide

@[simp] theorem add_one_pos (n : Nat) : 0 < n + 1 := zero_lt_succ n

@[simp] theorem zero_lt_succ_simp (n : Nat) : 0 < n + 1 := zero_lt_succ n

@[simp] theorem not_lt_zero (n : Nat) : ¬n < 0 := not_succ_le_zero n

@[simp] theorem not_add_one_le_zero (n : Nat) : ¬n + 1 ≤ 0 := not_succ_le_zero n

theorem not_succ_le_self (n : Nat) : ¬succ n ≤ n := by
  induction n with
  | zero => exact not_succ_le_zero 0
  | succ n ih => exact fun h => ih (le_of_succ_le_succ h)

@[simp] theorem not_add_one_le_self (n : Nat) : ¬n + 1 ≤ n := not_succ_le_self n

@[simp] protected theorem lt_irrefl (n : Nat) : ¬n < n := not_succ_le_self n

protected theorem lt_trans {n m k : Nat} (h₁ : n < m) (h₂ : m < k) : n < k := Nat.le_trans h₁ (Nat.le_of_lt h₂)

protected theorem lt_of_lt_of_le {n m k : Nat} (h₁ : n < m) (h₂ : m ≤ k) : n < k := Nat.le_trans h₁ h₂

protected theorem lt_of_le_of_lt {n m k : Nat} (h₁ : n ≤ m) (h₂ : m < k) : n < k := Nat.le_trans (succ_le_succ h₁) h₂

protected theorem lt_of_lt_of_eq {n m k : Nat} (h₁ : n < m) (h₂ : m = k) : n < k := h₂ ▸ h₁

protected theorem lt_of_eq_of_lt {n m k : Nat} (h₁ : n = m) (h₂ : m < k) : n < k := h₁ ▸ h₂

protected theorem ne_of_lt {a b : Nat} (h : a < b) : a ≠ b := fun e => Nat.lt_irrefl b (e ▸ h)

protected theorem ne_of_gt {a b : Nat} (h : b < a) : a ≠ b := (Nat.ne_of_lt h).symm

protected theorem ne_of_lt' {a b : Nat} (h : b < a) : a ≠ b := (Nat.ne_of_lt h).symm

protected theorem lt_asymm {a b : Nat} (h : a < b) : ¬b < a := fun h' => Nat.lt_irrefl a (Nat.lt_trans h h')

protected theorem not_lt_of_gt {a b : Nat} (h : a < b) : ¬b < a := Nat.lt_asymm h

protected theorem not_lt_of_le {a b : Nat} (h : a ≤ b) : ¬b < a := fun h' => Nat.lt_irrefl b (Nat.lt_of_lt_of_le h' h)

protected theorem not_le_of_lt {a b : Nat} (h : a < b) : ¬b ≤ a := fun h' => Nat.not_lt_of_le h' h

protected theorem not_le_of_gt {n m : Nat} (h : n > m) : ¬n ≤ m := Nat.not_le_of_lt h

protected theorem not_lt_of_ge {a b : Nat} (h : b ≥ a) : ¬b < a := Nat.not_lt_of_le h

protected theorem eq_or_lt_of_le {n m : Nat} (h : n ≤ m) : n = m ∨ n < m := by
  cases h with
  | refl => exact .inl rfl
  | step h => exact .inr (lt_succ_of_le h)

protected theorem lt_or_eq_of_le {n m : Nat} (h : n ≤ m) : n < m ∨ n = m := (Nat.eq_or_lt_of_le h).symm

protected theorem le_antisymm {n m : Nat} (h₁ : n ≤ m) (h₂ : m ≤ n) : n = m :=
  (Nat.eq_or_lt_of_le h₁).elim id fun h => absurd h (Nat.not_lt_of_le h₂)

protected theorem le_antisymm_iff {n m : Nat} : n = m ↔ n ≤ m ∧ m ≤ n :=
  ⟨fun h => ⟨h ▸ .refl, h ▸ .refl⟩, fun h => Nat.le_antisymm h.1 h.2⟩

protected theorem lt_of_le_of_ne {n m : Nat} (h₁ : n ≤ m) (h₂ : n ≠ m) : n < m := (Nat.eq_or_lt_of_le h₁).resolve_left h₂

protected theorem lt_or_ge (n m : Nat) : n < m ∨ n ≥ m := by
  induction m with
  | zero => exact .inr (zero_le n)
  | succ m ih =>
    refine ih.elim (fun h => .inl (le_succ_of_le h)) (fun h => ?_)
    exact (Nat.eq_or_lt_of_le h).elim (fun e => .inl (e ▸ .refl)) .inr

protected theorem le_total (m n : Nat) : m ≤ n ∨ n ≤ m := (Nat.lt_or_ge m n).imp_left Nat.le_of_lt

protected theorem lt_trichotomy (a b : Nat) : a < b ∨ a = b ∨ b < a :=
  (Nat.lt_or_ge a b).imp_right fun h => (Nat.eq_or_lt_of_le h).imp_left Eq.symm

protected theorem lt_or_gt_of_ne {a b : Nat} (h : a ≠ b) : a < b ∨ a > b :=
  (Nat.lt_trichotomy a b).imp_right fun h' => h'.resolve_left h

protected theorem lt_or_lt_of_ne {a b : Nat} (h : a ≠ b) : a < b ∨ b < a := Nat.lt_or_gt_of_ne h

protected theorem not_le {n m : Nat} : ¬n ≤ m ↔ m < n :=
  ⟨fun h => (Nat.lt_or_ge m n).resolve_right h, Nat.not_le_of_lt⟩

protected theorem not_lt {n m : Nat} : ¬n < m ↔ m ≤ n := ⟨fun h => (Nat.lt_or_ge n m).resolve_left h, Nat.not_lt_of_le⟩

attribute [simp] Nat.not_le Nat.not_lt

protected theorem lt_of_not_le {a b : Nat} (h : ¬a ≤ b) : b < a := Nat.not_le.mp h

protected theorem lt_of_not_ge {a b : Nat} (h : ¬b ≥ a) : b < a := Nat.not_le.mp h

protected theorem le_of_not_lt {a b : Nat} (h : ¬a < b) : b ≤ a := Nat.not_lt.mp h

protected theorem le_of_not_ge {a b : Nat} (h : ¬b ≤ a) : a ≤ b := Nat.le_of_lt (Nat.not_le.mp h)

protected theorem le_of_not_le {a b : Nat} (h : ¬b ≤ a) : a ≤ b := Nat.le_of_lt (Nat.not_le.mp h)

protected theorem lt_iff_le_not_le {m n : Nat} : m < n ↔ m ≤ n ∧ ¬n ≤ m :=
  ⟨fun h => ⟨Nat.le_of_lt h, Nat.not_le_of_lt h⟩, fun h => Nat.lt_of_not_le h.2⟩

protected theorem lt_iff_le_and_ne {m n : Nat} : m < n ↔ m ≤ n ∧ m ≠ n :=
  ⟨fun h => ⟨Nat.le_of_lt h, Nat.ne_of_lt h⟩, fun h => Nat.lt_of_le_of_ne h.1 h.2⟩

protected theorem le_iff_lt_or_eq {n m : Nat} : n ≤ m ↔ n < m ∨ n = m :=
  ⟨Nat.lt_or_eq_of_le, fun h => h.elim Nat.le_of_lt Nat.le_of_eq⟩

protected theorem ne_iff_lt_or_gt {a b : Nat} : a ≠ b ↔ a < b ∨ b < a :=
  ⟨Nat.lt_or_gt_of_ne, fun h => h.elim Nat.ne_of_lt Nat.ne_of_gt⟩

theorem eq_zero_of_le_zero {n : Nat} (h : n ≤ 0) : n = 0 := Nat.le_antisymm h (zero_le n)

protected theorem le_zero {n : Nat} : n ≤ 0 ↔ n = 0 := ⟨eq_zero_of_le_zero, fun h => h ▸ .refl⟩

@[simp] protected theorem le_zero_eq (a : Nat) : (a ≤ 0) = (a = 0) := propext Nat.le_zero

protected theorem nonpos_iff_eq_zero {n : Nat} : n ≤ 0 ↔ n = 0 := Nat.le_zero

protected theorem eq_zero_or_pos (n : Nat) : n = 0 ∨ 0 < n := by
  cases n with
  | zero => exact .inl rfl
  | succ n => exact .inr (succ_pos n)

protected theorem pos_of_ne_zero {n : Nat} (h : n ≠ 0) : 0 < n := (Nat.eq_zero_or_pos n).resolve_left h

theorem zero_lt_of_ne_zero {n : Nat} (h : n ≠ 0) : 0 < n := Nat.pos_of_ne_zero h

protected theorem pos_iff_ne_zero {n : Nat} : 0 < n ↔ n ≠ 0 := ⟨Nat.ne_of_gt, Nat.pos_of_ne_zero⟩

theorem zero_lt_of_lt {a b : Nat} (h : a < b) : 0 < b := Nat.lt_of_le_of_lt (zero_le a) h

theorem ne_zero_of_lt {a b : Nat} (h : b < a) : a ≠ 0 := Nat.ne_of_gt (zero_lt_of_lt h)

@[simp] theorem lt_one_iff {n : Nat} : n < 1 ↔ n = 0 := Nat.lt_add_one_iff.trans Nat.le_zero

theorem lt_of_succ_lt {n m : Nat} (h : succ n < m) : n < m := Nat.lt_trans (lt_succ_self n) h

theorem lt_of_succ_lt_succ {n m : Nat} (h : succ n < succ m) : n < m := le_of_succ_le_succ h

theorem succ_lt_succ {n m : Nat} (h : n < m) : succ n < succ m := succ_le_succ h

@[simp] theorem succ_le_succ_iff {a b : Nat} : succ a ≤ succ b ↔ a ≤ b := ⟨le_of_succ_le_succ, succ_le_succ⟩

theorem succ_lt_succ_iff {a b : Nat} : succ a < succ b ↔ a < b := ⟨lt_of_succ_lt_succ, succ_lt_succ⟩

theorem add_one_le_add_one_iff {a b : Nat} : a + 1 ≤ b + 1 ↔ a ≤ b := succ_le_succ_iff

theorem add_one_lt_add_one_iff {a b : Nat} : a + 1 < b + 1 ↔ a < b := succ_lt_succ_iff

theorem le_of_add_one_le {n m : Nat} (h : n + 1 ≤ m) : n ≤ m := le_of_succ_le h

theorem pos_of_lt {a b : Nat} (h : a < b) : 0 < b := zero_lt_of_lt h

attribute [refl] Nat.le_refl

instance : Trans (α := Nat) (· ≤ ·) (· ≤ ·) (· ≤ ·) := ⟨Nat.le_trans⟩
instance : Trans (α := Nat) (· < ·) (· < ·) (· < ·) := ⟨Nat.lt_trans⟩
instance : Trans (α := Nat) (· < ·) (· ≤ ·) (· < ·) := ⟨Nat.lt_of_lt_of_le⟩
instance : Trans (α := Nat) (· ≤ ·) (· < ·) (· < ·) := ⟨Nat.lt_of_le_of_lt⟩

/-! ## Addition and order -/

@[simp] theorem le_add_right (n k : Nat) : n ≤ n + k := by
  induction k with
  | zero => exact .refl
  | succ k ih => exact .step ih

@[simp] theorem le_add_left (n m : Nat) : n ≤ m + n := Nat.add_comm n m ▸ le_add_right n m

theorem le_add_right_of_le {n m k : Nat} (h : n ≤ m) : n ≤ m + k := Nat.le_trans h (le_add_right m k)

theorem le_add_left_of_le {n m k : Nat} (h : n ≤ m) : n ≤ k + m := Nat.le_trans h (le_add_left m k)

theorem le.dest {n m : Nat} (h : n ≤ m) : ∃ k, n + k = m := by
  induction h with
  | refl => exact ⟨0, rfl⟩
  | step _ ih => exact let ⟨k, hk⟩ := ih; ⟨k + 1, congrArg succ hk⟩

theorem le.intro {n m k : Nat} (h : n + k = m) : n ≤ m := h ▸ le_add_right n k

theorem exists_eq_add_of_le {m n : Nat} (h : m ≤ n) : ∃ k, n = m + k := let ⟨k, hk⟩ := le.dest h; ⟨k, hk.symm⟩

theorem exists_eq_add_of_le' {m n : Nat} (h : m ≤ n) : ∃ k, n = k + m :=
  let ⟨k, hk⟩ := le.dest h; ⟨k, hk.symm.trans (Nat.add_comm m k)⟩

theorem exists_eq_add_of_lt {m n : Nat} (h : m < n) : ∃ k, n = m + k + 1 :=
  let ⟨k, hk⟩ := le.dest h; ⟨k, hk.symm.trans (succ_add m k)⟩

theorem le_iff_exists_add {m n : Nat} : m ≤ n ↔ ∃ k, n = m + k := ⟨exists_eq_add_of_le, fun ⟨_, h⟩ => le.intro h.symm⟩

protected theorem add_le_add_left {n m : Nat} (h : n ≤ m) (k : Nat) : k + n ≤ k + m := by
  obtain ⟨w, rfl⟩ := le.dest h
  rw [← Nat.add_assoc]
  exact le_add_right _ w

protected theorem add_le_add_right {n m : Nat} (h : n ≤ m) (k : Nat) : n + k ≤ m + k := by
  rw [Nat.add_comm n, Nat.add_comm m]
  exact Nat.add_le_add_left h k

protected theorem add_le_add {a b c d : Nat} (h₁ : a ≤ b) (h₂ : c ≤ d) : a + c ≤ b + d :=
  Nat.le_trans (Nat.add_le_add_right h₁ c) (Nat.add_le_add_left h₂ b)

protected theorem add_lt_add_left {n m : Nat} (h : n < m) (k : Nat) : k + n < k + m := Nat.add_le_add_left (n := succ n) h k

protected theorem add_lt_add_right {n m : Nat} (h : n < m) (k : Nat) : n + k < m + k := by
  rw [Nat.add_comm n, Nat.add_comm m]
  exact Nat.add_lt_add_left h k

protected theorem add_lt_add_of_le_of_lt {a b c d : Nat} (h₁ : a ≤ b) (h₂ : c < d) : a + c < b + d :=
  Nat.lt_of_le_of_lt (Nat.add_le_add_right h₁ c) (Nat.add_lt_add_left h₂ b)

protected theorem add_lt_add_of_lt_of_le {a b c d : Nat} (h₁ : a < b) (h₂ : c ≤ d) : a + c < b + d :=
  Nat.lt_of_lt_of_le (Nat.add_lt_add_right h₁ c) (Nat.add_le_add_left h₂ b)

protected theorem add_lt_add {a b c d : Nat} (h₁ : a < b) (h₂ : c < d) : a + c < b + d :=
  Nat.add_lt_add_of_le_of_lt (Nat.le_of_lt h₁) h₂

protected theorem le_of_add_le_add_left {a b c : Nat} (h : a + b ≤ a + c) : b ≤ c := by
  induction a with
  | zero => rwa [Nat.zero_add, Nat.zero_add] at h
  | succ a ih =>
    rw [Nat.add_one, succ_add, succ_add] at h
    exact ih (le_of_succ_le_succ h)

protected theorem le_of_add_le_add_right {a b c : Nat} (h : a + b ≤ c + b) : a ≤ c := by
  rw [Nat.add_comm a, Nat.add_comm c] at h
  exact Nat.le_of_add_le_add_left h

@[simp] protected theorem add_le_add_iff_left {m k n : Nat} : n + m ≤ n + k ↔ m ≤ k :=
  ⟨Nat.le_of_add_le_add_left, fun h => Nat.add_le_add_left h n⟩

@[simp] protected theorem add_le_add_iff_right {m k n : Nat} : m + n ≤ k + n ↔ m ≤ k :=
  ⟨Nat.le_of_add_le_add_right, fun h => Nat.add_le_add_right h n⟩

protected theorem lt_of_add_lt_add_left {a b c : Nat} (h : a + b < a + c) : b < c :=
  Nat.le_of_add_le_add_left (b := succ b) h

protected theorem lt_of_add_lt_add_right {a b c : Nat} (h : a + b < c + b) : a < c := by
  rw [Nat.add_comm a, Nat.add_comm c] at h
  exact Nat.lt_of_add_lt_add_left h

@[simp] protected theorem add_lt_add_iff_left {m k n : Nat} : n + m < n + k ↔ m < k :=
  ⟨Nat.lt_of_add_lt_add_left, fun h => Nat.add_lt_add_left h n⟩

@[simp] protected theorem add_lt_add_iff_right {m k n : Nat} : m + n < k + n ↔ m < k :=
  ⟨Nat.lt_of_add_lt_add_right, fun h => Nat.add_lt_add_right h n⟩

protected theorem le_of_add_right_le {n m k : Nat} (h : n + k ≤ m) : n ≤ m := Nat.le_trans (le_add_right n k) h

protected theorem le_of_add_left_le {n m k : Nat} (h : k + n ≤ m) : n ≤ m := Nat.le_trans (le_add_left n k) h

protected theorem lt_add_left (c : Nat) {a b : Nat} (h : a < b) : a < c + b := Nat.lt_of_lt_of_le h (le_add_left b c)

protected theorem lt_add_right (c : Nat) {a b : Nat} (h : a < b) : a < b + c := Nat.lt_of_lt_of_le h (le_add_right b c)

protected theorem lt_add_of_pos_right {n k : Nat} (h : 0 < k) : n < n + k := Nat.add_lt_add_left h n

protected theorem lt_add_of_pos_left {n k : Nat} (h : 0 < k) : n < k + n := Nat.add_comm n k ▸ Nat.lt_add_of_pos_right h

@[simp] protected theorem lt_add_right_iff_pos {n k : Nat} : n < n + k ↔ 0 < k := Nat.add_lt_add_iff_left (m := 0)

@[simp] protected theorem lt_add_left_iff_pos {n k : Nat} : n < k + n ↔ 0 < k := by
  rw [Nat.add_comm]
  exact Nat.lt_add_right_iff_pos

protected theorem add_pos_left {m : Nat} (h : 0 < m) (n : Nat) : 0 < m + n := Nat.lt_add_right n h

protected theorem add_pos_right {n : Nat} (m : Nat) (h : 0 < n) : 0 < m + n := Nat.lt_add_left m h

@[simp] protected theorem not_add_lt_left (n k : Nat) : ¬n + k < n := Nat.not_lt_of_le (le_add_right n k)

@[simp] protected theorem not_add_lt_right (n k : Nat) : ¬k + n < n := Nat.not_lt_of_le (le_add_left n k)

@[simp] theorem add_le_left_iff {n k : Nat} : n + k ≤ n ↔ k = 0 := (Nat.add_le_add_iff_left (k := 0)).trans Nat.le_zero

end Nat
