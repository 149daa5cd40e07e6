/- The order of natural numbers, and subtraction. -/
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

/-! ## Multiplication and order -/

protected theorem mul_le_mul_left {m n : Nat} (k : Nat) (h : m ≤ n) : k * m ≤ k * n := by
  obtain ⟨w, rfl⟩ := le.dest h
  rw [Nat.mul_add]
  exact le_add_right _ _

protected theorem mul_le_mul_right {m n : Nat} (k : Nat) (h : m ≤ n) : m * k ≤ n * k := by
  rw [Nat.mul_comm m, Nat.mul_comm n]
  exact Nat.mul_le_mul_left k h

protected theorem mul_le_mul {p q m n : Nat} (h₁ : p ≤ m) (h₂ : q ≤ n) : p * q ≤ m * n :=
  Nat.le_trans (Nat.mul_le_mul_right q h₁) (Nat.mul_le_mul_left m h₂)

protected theorem mul_pos {n m : Nat} (hn : 0 < n) (hm : 0 < m) : 0 < n * m :=
  Nat.pos_of_ne_zero (Nat.mul_ne_zero (Nat.ne_of_gt hn) (Nat.ne_of_gt hm))

protected theorem mul_lt_mul_of_pos_left {n m k : Nat} (h : n < m) (hk : 0 < k) : k * n < k * m := by
  refine Nat.lt_of_lt_of_le (Nat.lt_add_of_pos_right hk) ?_
  rw [← mul_succ]
  exact Nat.mul_le_mul_left k h

protected theorem mul_lt_mul_of_pos_right {n m k : Nat} (h : n < m) (hk : 0 < k) : n * k < m * k := by
  rw [Nat.mul_comm n, Nat.mul_comm m]
  exact Nat.mul_lt_mul_of_pos_left h hk

protected theorem le_of_mul_le_mul_left {a b c : Nat} (h : c * a ≤ c * b) (hc : 0 < c) : a ≤ b :=
  Nat.not_lt.mp fun h' => Nat.not_lt_of_le h (Nat.mul_lt_mul_of_pos_left h' hc)

protected theorem le_of_mul_le_mul_right {a b c : Nat} (h : a * c ≤ b * c) (hc : 0 < c) : a ≤ b := by
  rw [Nat.mul_comm a, Nat.mul_comm b] at h
  exact Nat.le_of_mul_le_mul_left h hc

protected theorem eq_of_mul_eq_mul_left {m k n : Nat} (hn : 0 < n) (h : n * m = n * k) : m = k :=
  Nat.le_antisymm (Nat.le_of_mul_le_mul_left (Nat.le_of_eq h) hn) (Nat.le_of_mul_le_mul_left (Nat.le_of_eq h.symm) hn)

protected theorem eq_of_mul_eq_mul_right {n m k : Nat} (hm : 0 < m) (h : n * m = k * m) : n = k := by
  rw [Nat.mul_comm n, Nat.mul_comm k] at h
  exact Nat.eq_of_mul_eq_mul_left hm h

protected theorem mul_left_cancel {n m k : Nat} (hn : 0 < n) (h : n * m = n * k) : m = k := Nat.eq_of_mul_eq_mul_left hn h

protected theorem mul_right_cancel {n m k : Nat} (hm : 0 < m) (h : n * m = k * m) : n = k := Nat.eq_of_mul_eq_mul_right hm h

theorem le_mul_of_pos_left {n : Nat} (m : Nat) (h : 0 < n) : m ≤ n * m := by
  have := Nat.mul_le_mul_right m (succ_le_of_lt h)
  rwa [Nat.succ_eq_add_one, Nat.zero_add, Nat.one_mul] at this

theorem le_mul_of_pos_right {n : Nat} (m : Nat) (h : 0 < n) : m ≤ m * n := Nat.mul_comm n m ▸ le_mul_of_pos_left m h

theorem le_mul_self (n : Nat) : n ≤ n * n := by
  cases n with
  | zero => exact .refl
  | succ n => exact le_mul_of_pos_left _ (succ_pos n)

protected theorem pow_pos {a n : Nat} (h : 0 < a) : 0 < a ^ n := by
  induction n with
  | zero => exact zero_lt_one
  | succ n ih => exact Nat.mul_pos ih h

theorem pos_pow_of_pos {b : Nat} (n : Nat) (h : 0 < b) : 0 < b ^ n := Nat.pow_pos h

theorem two_pow_pos (n : Nat) : 0 < 2 ^ n := Nat.pow_pos (by decide)

theorem pow_le_pow_right {a n m : Nat} (h : 0 < a) (hnm : n ≤ m) : a ^ n ≤ a ^ m := by
  obtain ⟨w, rfl⟩ := le.dest hnm
  rw [Nat.pow_add]
  exact le_mul_of_pos_right _ (Nat.pow_pos h)

theorem pow_le_pow_left {m n : Nat} (h : m ≤ n) (i : Nat) : m ^ i ≤ n ^ i := by
  induction i with
  | zero => exact .refl
  | succ i ih => exact Nat.mul_le_mul ih h

theorem lt_two_pow_self {n : Nat} : n < 2 ^ n := by
  induction n with
  | zero => decide
  | succ n ih =>
    rw [pow_succ, Nat.mul_two]
    exact Nat.add_lt_add_of_lt_of_le ih (succ_le_of_lt (two_pow_pos n))

/-! ## Predecessor and subtraction -/

theorem pred_le (n : Nat) : pred n ≤ n := by
  cases n with
  | zero => exact .refl
  | succ n => exact le_succ n

theorem pred_lt {n : Nat} (h : n ≠ 0) : pred n < n := by
  cases n with
  | zero => exact absurd rfl h
  | succ n => exact .refl

@[simp] protected theorem sub_zero (n : Nat) : n - 0 = n := rfl

theorem sub_succ (n m : Nat) : n - succ m = pred (n - m) := rfl

theorem succ_sub_succ_eq_sub (n m : Nat) : succ n - succ m = n - m := by
  induction m with
  | zero => rfl
  | succ m ih => exact congrArg pred ih

theorem succ_sub_succ (n m : Nat) : succ n - succ m = n - m := succ_sub_succ_eq_sub n m

@[simp] protected theorem add_sub_add_right (n k m : Nat) : n + k - (m + k) = n - m := by
  induction k with
  | zero => rfl
  | succ k ih => exact (succ_sub_succ_eq_sub _ _).trans ih

@[simp] protected theorem add_sub_add_left (k n m : Nat) : k + n - (k + m) = n - m := by
  rw [Nat.add_comm k, Nat.add_comm k, Nat.add_sub_add_right]

@[simp] protected theorem zero_sub (n : Nat) : 0 - n = 0 := by
  induction n with
  | zero => rfl
  | succ n ih => rw [Nat.add_one, sub_succ, ih, pred_zero]

@[simp] protected theorem sub_self (n : Nat) : n - n = 0 := by
  have := Nat.add_sub_add_right 0 n 0
  rwa [Nat.zero_add, Nat.zero_sub] at this

@[simp] protected theorem add_sub_cancel (n m : Nat) : n + m - m = n := by
  have := Nat.add_sub_add_right n m 0
  rwa [Nat.zero_add] at this

@[simp] protected theorem add_sub_cancel_left (n m : Nat) : n + m - n = m := by rw [Nat.add_comm, Nat.add_sub_cancel]

theorem add_one_sub_one (n : Nat) : n + 1 - 1 = n := rfl

theorem succ_sub_one (n : Nat) : succ n - 1 = n := rfl

theorem sub_le (n m : Nat) : n - m ≤ n := by
  induction m with
  | zero => exact .refl
  | succ m ih => exact Nat.le_trans (pred_le _) ih

attribute [simp] sub_le

theorem sub_lt {n m : Nat} (hn : 0 < n) (hm : 0 < m) : n - m < n := by
  cases n with
  | zero => exact absurd hn (Nat.lt_irrefl 0)
  | succ n =>
    cases m with
    | zero => exact absurd hm (Nat.lt_irrefl 0)
    | succ m => exact lt_succ_of_le (succ_sub_succ_eq_sub n m ▸ sub_le n m)

theorem sub_one_lt {n : Nat} (h : n ≠ 0) : n - 1 < n := pred_lt h

theorem sub_eq_zero_of_le {n m : Nat} (h : n ≤ m) : n - m = 0 := by
  obtain ⟨k, rfl⟩ := le.dest h
  have := Nat.add_sub_add_left n 0 k
  rwa [Nat.add_zero, Nat.zero_sub] at this

theorem add_sub_of_le {a b : Nat} (h : a ≤ b) : a + (b - a) = b := by
  obtain ⟨k, rfl⟩ := le.dest h
  rw [Nat.add_sub_cancel_left]

@[simp] protected theorem sub_add_cancel {n m : Nat} (h : m ≤ n) : n - m + m = n := by rw [Nat.add_comm, add_sub_of_le h]

protected theorem add_sub_cancel' {n m : Nat} (h : m ≤ n) : m + (n - m) = n := add_sub_of_le h

theorem le_of_sub_eq_zero {n m : Nat} (h : n - m = 0) : n ≤ m :=
  Nat.not_lt.mp fun h' => by
    have := add_sub_of_le (Nat.le_of_lt h')
    rw [h, Nat.add_zero] at this
    exact Nat.ne_of_lt h' this

protected theorem sub_eq_zero_iff_le {n m : Nat} : n - m = 0 ↔ n ≤ m := ⟨le_of_sub_eq_zero, sub_eq_zero_of_le⟩

protected theorem sub_pos_of_lt {m n : Nat} (h : m < n) : 0 < n - m :=
  Nat.pos_of_ne_zero fun h' => Nat.not_le_of_lt h (le_of_sub_eq_zero h')

protected theorem sub_pos_iff_lt {m n : Nat} : 0 < n - m ↔ m < n :=
  ⟨fun h => Nat.not_le.mp fun h' => Nat.ne_of_gt h (sub_eq_zero_of_le h'), Nat.sub_pos_of_lt⟩

protected theorem sub_sub (n m k : Nat) : n - m - k = n - (m + k) := by
  induction k with
  | zero => rfl
  | succ k ih => exact congrArg pred ih

protected theorem sub_right_comm (m n k : Nat) : m - n - k = m - k - n := by
  rw [Nat.sub_sub, Nat.sub_sub, Nat.add_comm]

protected theorem add_sub_assoc {m k : Nat} (h : k ≤ m) (n : Nat) : n + m - k = n + (m - k) := by
  obtain ⟨w, rfl⟩ := le.dest h
  rw [Nat.add_sub_cancel_left, Nat.add_left_comm, Nat.add_sub_cancel_left]

protected theorem sub_add_comm {n m k : Nat} (h : k ≤ n) : n + m - k = n - k + m := by
  rw [Nat.add_comm, Nat.add_sub_assoc h, Nat.add_comm]

protected theorem eq_sub_of_add_eq {a b c : Nat} (h : a + b = c) : a = c - b := by rw [← h, Nat.add_sub_cancel]

protected theorem eq_sub_of_add_eq' {a b c : Nat} (h : b + a = c) : a = c - b := by rw [← h, Nat.add_sub_cancel_left]

protected theorem eq_add_of_sub_eq {a b c : Nat} (hle : b ≤ a) (h : a - b = c) : a = c + b := by
  rw [← h, Nat.sub_add_cancel hle]

protected theorem sub_eq_of_eq_add {a b c : Nat} (h : a = c + b) : a - b = c := by rw [h, Nat.add_sub_cancel]

protected theorem sub_eq_iff_eq_add {a b c : Nat} (h : b ≤ a) : a - b = c ↔ a = c + b :=
  ⟨Nat.eq_add_of_sub_eq h, Nat.sub_eq_of_eq_add⟩

protected theorem sub_le_sub_right {n m : Nat} (h : n ≤ m) (k : Nat) : n - k ≤ m - k := by
  induction k with
  | zero => exact h
  | succ k ih => exact pred_le_pred ih

protected theorem sub_le_sub_left {n m : Nat} (h : n ≤ m) (k : Nat) : k - m ≤ k - n := by
  obtain ⟨w, rfl⟩ := le.dest h
  rw [← Nat.sub_sub]
  exact sub_le _ _

protected theorem sub_le_iff_le_add {a b c : Nat} : a - b ≤ c ↔ a ≤ c + b := by
  refine ⟨fun h => ?_, fun h => ?_⟩
  · refine (Nat.le_total a b).elim (fun hab => le_add_left_of_le hab) (fun hba => ?_)
    have := Nat.add_le_add_right h b
    rwa [Nat.sub_add_cancel hba] at this
  · have := Nat.sub_le_sub_right h b
    rwa [Nat.add_sub_cancel] at this

protected theorem le_sub_iff_add_le {a b c : Nat} (h : c ≤ b) : a ≤ b - c ↔ a + c ≤ b := by
  refine ⟨fun h' => ?_, fun h' => ?_⟩
  · have := Nat.add_le_add_right h' c
    rwa [Nat.sub_add_cancel h] at this
  · have := Nat.sub_le_sub_right h' c
    rwa [Nat.add_sub_cancel] at this

theorem le_sub_of_add_le {a b c : Nat} (h : a + b ≤ c) : a ≤ c - b := by
  have := Nat.sub_le_sub_right h b
  rwa [Nat.add_sub_cancel] at this

theorem add_le_of_le_sub {a b c : Nat} (hle : b ≤ c) (h : a ≤ c - b) : a + b ≤ c := (Nat.le_sub_iff_add_le hle).mp h

theorem le_sub_one_of_lt {m n : Nat} (h : n < m) : n ≤ m - 1 := le_sub_of_add_le h

theorem le_pred_of_lt {m n : Nat} (h : n < m) : n ≤ pred m := le_sub_one_of_lt h

theorem sub_lt_of_lt {a b c : Nat} (h : a < c) : a - b < c := Nat.lt_of_le_of_lt (sub_le _ _) h

theorem sub_add_eq (a b c : Nat) : a - (b + c) = a - b - c := (Nat.sub_sub a b c).symm

protected theorem sub_sub_self {n m : Nat} (h : m ≤ n) : n - (n - m) = m := by
  obtain ⟨w, rfl⟩ := le.dest h
  rw [Nat.add_sub_cancel_left, Nat.add_sub_cancel]

theorem sub_ne_zero_of_lt {a b : Nat} (h : a < b) : b - a ≠ 0 := Nat.ne_of_gt (Nat.sub_pos_of_lt h)

theorem sub_one_add_one {a : Nat} (h : a ≠ 0) : a - 1 + 1 = a := succ_pred h

theorem sub_add_cancel_of_pos {a : Nat} (h : 0 < a) : a - 1 + 1 = a := Nat.sub_add_cancel h

protected theorem sub_mul (n m k : Nat) : (n - m) * k = n * k - m * k := by
  refine (Nat.le_total n m).elim (fun h => ?_) (fun h => ?_)
  · rw [sub_eq_zero_of_le h, Nat.zero_mul, sub_eq_zero_of_le (Nat.mul_le_mul_right k h)]
  · obtain ⟨w, rfl⟩ := le.dest h
    rw [Nat.add_sub_cancel_left, Nat.add_mul, Nat.add_sub_cancel_left]

protected theorem mul_sub (k n m : Nat) : k * (n - m) = k * n - k * m := by
  rw [Nat.mul_comm, Nat.sub_mul, Nat.mul_comm n, Nat.mul_comm m]

protected theorem mul_sub_one (n m : Nat) : n * (m - 1) = n * m - n := by rw [Nat.mul_sub, Nat.mul_one]

protected theorem sub_one_mul (n m : Nat) : (n - 1) * m = n * m - m := by rw [Nat.sub_mul, Nat.one_mul]

/-! ## Strong induction, and deciding statements about all smaller numbers -/

@[elab_as_elim] protected theorem strongRecOn {motive : Nat → Prop} (n : Nat)
    (ind : ∀ n, (∀ m, m < n → motive m) → motive n) : motive n :=
  have below : ∀ n m, m < n → motive m := fun n => by
    induction n with
    | zero => exact fun m h => absurd h (not_lt_zero m)
    | succ n ih => exact fun m h => (Nat.eq_or_lt_of_le (le_of_lt_succ h)).elim (fun e => e ▸ ind n ih) (ih m)
  below (n + 1) n .refl

theorem forall_lt_succ_right {p : Nat → Prop} {n : Nat} : (∀ m, m < n + 1 → p m) ↔ (∀ m, m < n → p m) ∧ p n :=
  ⟨fun h => ⟨fun m hm => h m (le_succ_of_le hm), h n .refl⟩,
    fun h m hm => (Nat.eq_or_lt_of_le (le_of_lt_succ hm)).elim (fun e => e ▸ h.2) (h.1 m)⟩

theorem exists_lt_succ_right {p : Nat → Prop} {n : Nat} : (∃ m, m < n + 1 ∧ p m) ↔ (∃ m, m < n ∧ p m) ∨ p n :=
  ⟨fun ⟨m, hm, h⟩ => (Nat.eq_or_lt_of_le (le_of_lt_succ hm)).elim (fun e => .inr (e ▸ h)) (fun hm => .inl ⟨m, hm, h⟩),
    fun h => h.elim (fun ⟨m, hm, h⟩ => ⟨m, le_succ_of_le hm, h⟩) (fun h => ⟨n, .refl, h⟩)⟩

instance decidableBallLT : (n : Nat) → (p : ∀ k, k < n → Prop) → [∀ k h, Decidable (p k h)] → Decidable (∀ k h, p k h)
  | .zero, _, _ => isTrue fun k h => absurd h (not_lt_zero k)
  | .succ n, p, each =>
    match @decidableBallLT n (fun k h => p k (le_succ_of_le h)) (fun k h => each k (le_succ_of_le h)) with
    | isFalse h => isFalse fun h' => h fun k hk => h' k (le_succ_of_le hk)
    | isTrue h => match each n .refl with
      | isFalse hn => isFalse fun h' => hn (h' n .refl)
      | isTrue hn => isTrue fun k hk =>
        (Nat.eq_or_lt_of_le (le_of_lt_succ hk)).elim (fun e => by subst e; exact hn) (h k)

instance decidableBallLE (n : Nat) (p : Nat → Prop) [DecidablePred p] : Decidable (∀ k, k ≤ n → p k) :=
  decidable_of_iff (∀ k, k < n + 1 → p k)
    ⟨fun h k hk => h k (lt_succ_of_le hk), fun h k hk => h k (le_of_lt_succ hk)⟩

instance decidableExistsLT (p : Nat → Prop) [DecidablePred p] : (n : Nat) → Decidable (∃ m, m < n ∧ p m)
  | .zero => isFalse fun ⟨m, h, _⟩ => not_lt_zero m h
  | .succ n =>
    have := decidableExistsLT p n
    decidable_of_iff ((∃ m, m < n ∧ p m) ∨ p n) exists_lt_succ_right.symm

instance decidableExistsLE (p : Nat → Prop) [DecidablePred p] (n : Nat) : Decidable (∃ m, m ≤ n ∧ p m) :=
  decidable_of_iff (∃ m, m < n + 1 ∧ p m)
    ⟨fun ⟨m, h, hp⟩ => ⟨m, le_of_lt_succ h, hp⟩, fun ⟨m, h, hp⟩ => ⟨m, lt_succ_of_le h, hp⟩⟩

/-! ## Minimum and maximum -/

protected theorem min_def {n m : Nat} : min n m = if n ≤ m then n else m := rfl

protected theorem max_def {n m : Nat} : max n m = if n ≤ m then m else n := rfl

protected theorem min_eq_left {a b : Nat} (h : a ≤ b) : min a b = a := if_pos h

protected theorem min_eq_right {a b : Nat} (h : b ≤ a) : min a b = b :=
  (Nat.eq_or_lt_of_le h).elim (fun e => (if_pos (Nat.le_of_eq e.symm)).trans e.symm) fun h => if_neg (Nat.not_le_of_lt h)

protected theorem max_eq_right {a b : Nat} (h : a ≤ b) : max a b = b := if_pos h

protected theorem max_eq_left {a b : Nat} (h : b ≤ a) : max a b = a :=
  (Nat.eq_or_lt_of_le h).elim (fun e => (if_pos (Nat.le_of_eq e.symm)).trans e) fun h => if_neg (Nat.not_le_of_lt h)

protected theorem min_comm (a b : Nat) : min a b = min b a :=
  (Nat.le_total a b).elim (fun h => (Nat.min_eq_left h).trans (Nat.min_eq_right h).symm)
    (fun h => (Nat.min_eq_right h).trans (Nat.min_eq_left h).symm)

protected theorem max_comm (a b : Nat) : max a b = max b a :=
  (Nat.le_total a b).elim (fun h => (Nat.max_eq_right h).trans (Nat.max_eq_left h).symm)
    (fun h => (Nat.max_eq_left h).trans (Nat.max_eq_right h).symm)

protected theorem min_le_left (a b : Nat) : min a b ≤ a :=
  (Nat.le_total a b).elim (fun h => Nat.le_of_eq (Nat.min_eq_left h)) (fun h => Nat.le_trans (Nat.le_of_eq (Nat.min_eq_right h)) h)

protected theorem min_le_right (a b : Nat) : min a b ≤ b := Nat.min_comm a b ▸ Nat.min_le_left b a

protected theorem le_max_left (a b : Nat) : a ≤ max a b :=
  (Nat.le_total a b).elim (fun h => (Nat.max_eq_right h).symm ▸ h) (fun h => Nat.le_of_eq (Nat.max_eq_left h).symm)

protected theorem le_max_right (a b : Nat) : b ≤ max a b := Nat.max_comm a b ▸ Nat.le_max_left b a

protected theorem le_min_of_le_of_le {a b c : Nat} (h₁ : a ≤ b) (h₂ : a ≤ c) : a ≤ min b c :=
  (Nat.le_total b c).elim (fun h => (Nat.min_eq_left h).symm ▸ h₁) (fun h => (Nat.min_eq_right h).symm ▸ h₂)

protected theorem le_min {a b c : Nat} : a ≤ min b c ↔ a ≤ b ∧ a ≤ c :=
  ⟨fun h => ⟨Nat.le_trans h (Nat.min_le_left b c), Nat.le_trans h (Nat.min_le_right b c)⟩,
    fun h => Nat.le_min_of_le_of_le h.1 h.2⟩

protected theorem max_le {a b c : Nat} : max a b ≤ c ↔ a ≤ c ∧ b ≤ c :=
  ⟨fun h => ⟨Nat.le_trans (Nat.le_max_left a b) h, Nat.le_trans (Nat.le_max_right a b) h⟩,
    fun h => (Nat.le_total a b).elim (fun h' => (Nat.max_eq_right h').symm ▸ h.2) (fun h' => (Nat.max_eq_left h').symm ▸ h.1)⟩

theorem eq_of_forall_ge_iff {a b : Nat} (h : ∀ c, a ≤ c ↔ b ≤ c) : a = b :=
  Nat.le_antisymm ((h b).mpr .refl) ((h a).mp .refl)

protected theorem max_assoc (a b c : Nat) : max (max a b) c = max a (max b c) :=
  eq_of_forall_ge_iff fun d => by rw [Nat.max_le, Nat.max_le, Nat.max_le, Nat.max_le, and_assoc]

protected theorem min_assoc (a b c : Nat) : min (min a b) c = min a (min b c) :=
  Nat.le_antisymm
    (Nat.le_min.mpr ⟨Nat.le_trans (Nat.min_le_left _ _) (Nat.min_le_left _ _),
      Nat.le_min.mpr ⟨Nat.le_trans (Nat.min_le_left _ _) (Nat.min_le_right _ _), Nat.min_le_right _ _⟩⟩)
    (Nat.le_min.mpr ⟨Nat.le_min.mpr ⟨Nat.min_le_left _ _, Nat.le_trans (Nat.min_le_right _ _) (Nat.min_le_left _ _)⟩,
      Nat.le_trans (Nat.min_le_right _ _) (Nat.min_le_right _ _)⟩)

@[simp] protected theorem min_self (a : Nat) : min a a = a := Nat.min_eq_left .refl

@[simp] protected theorem max_self (a : Nat) : max a a = a := Nat.max_eq_left .refl

@[simp] protected theorem zero_min (a : Nat) : min 0 a = 0 := Nat.min_eq_left (zero_le a)

@[simp] protected theorem min_zero (a : Nat) : min a 0 = 0 := Nat.min_eq_right (zero_le a)

@[simp] protected theorem zero_max (a : Nat) : max 0 a = a := Nat.max_eq_right (zero_le a)

@[simp] protected theorem max_zero (a : Nat) : max a 0 = a := Nat.max_eq_left (zero_le a)

protected theorem succ_min_succ (a b : Nat) : min (succ a) (succ b) = succ (min a b) :=
  (Nat.le_total a b).elim
    (fun h => by rw [Nat.min_eq_left h, Nat.min_eq_left (succ_le_succ h)])
    (fun h => by rw [Nat.min_eq_right h, Nat.min_eq_right (succ_le_succ h)])

end Nat
