/- Order and multiplication; subtraction. -/
prelude
import Init.Nat.Order

universe u

namespace Nat

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

end Nat
