/- Addition and multiplication of natural numbers. -/
prelude
import Init.Bool

universe u

namespace Nat

/-! ## Induction from `0` and `n + 1` -/

@[elab_as_elim, induction_eliminator] protected def recAux {motive : Nat → Sort u} (zero : motive 0)
    (succ : ∀ n, motive n → motive (n + 1)) (t : Nat) : motive t :=
  match t with
  | .zero => zero
  | .succ n => succ n (Nat.recAux zero succ n)

@[elab_as_elim, cases_eliminator] protected abbrev casesAuxOn {motive : Nat → Sort u} (t : Nat) (zero : motive 0)
    (succ : ∀ n, motive (n + 1)) : motive t :=
  Nat.casesOn t zero succ

/-! ## The symbols, and what they stand for -/

@[simp] theorem zero_eq : Nat.zero = 0 := rfl
@[simp] theorem succ_eq_add_one (n : Nat) : succ n = n + 1 := rfl
theorem add_one (n : Nat) : n + 1 = succ n := rfl
@[simp] theorem add_eq {x y : Nat} : Nat.add x y = x + y := rfl
@[simp] theorem mul_eq {x y : Nat} : Nat.mul x y = x * y := rfl
@[simp] theorem sub_eq {x y : Nat} : Nat.sub x y = x - y := rfl
@[simp] theorem lt_eq {x y : Nat} : Nat.lt x y = (x < y) := rfl
@[simp] theorem le_eq {x y : Nat} : Nat.le x y = (x ≤ y) := rfl
@[simp] theorem pow_eq {x y : Nat} : Nat.pow x y = x ^ y := rfl
@[simp] theorem div_eq_div {x y : Nat} : Nat.div x y = x / y := rfl
@[simp] theorem mod_eq_mod {x y : Nat} : Nat.mod x y = x % y := rfl

@[simp] theorem beq_eq {n m : Nat} : (Nat.beq n m = true) = (n = m) :=
  propext ⟨eq_of_beq_eq_true, fun h => h ▸ beq_self n⟩

theorem succ_ne_zero (n : Nat) : succ n ≠ 0 := fun h => nomatch h

@[simp] theorem add_one_ne_zero (n : Nat) : n + 1 ≠ 0 := succ_ne_zero n

@[simp] theorem zero_ne_add_one (n : Nat) : 0 ≠ n + 1 := (succ_ne_zero n).symm

theorem zero_ne_one : 0 ≠ 1 := by decide

theorem one_ne_zero : 1 ≠ 0 := by decide

theorem succ_inj {a b : Nat} : succ a = succ b ↔ a = b := ⟨fun h => congrArg pred h, congrArg succ⟩

protected theorem succ.inj' {a b : Nat} (h : succ a = succ b) : a = b := succ_inj.mp h

theorem add_one_inj {a b : Nat} : a + 1 = b + 1 ↔ a = b := succ_inj

theorem succ_ne_self (n : Nat) : succ n ≠ n := by
  induction n with
  | zero => exact succ_ne_zero 0
  | succ n ih => exact fun h => ih (succ_inj.mp h)

@[simp] theorem add_one_ne_self (n : Nat) : n + 1 ≠ n := succ_ne_self n

@[simp] theorem pred_zero : pred 0 = 0 := rfl
@[simp] theorem pred_succ (n : Nat) : pred (succ n) = n := rfl
theorem pred_eq_sub_one {n : Nat} : pred n = n - 1 := rfl
theorem sub_one (n : Nat) : n - 1 = pred n := rfl

theorem exists_eq_succ_of_ne_zero {n : Nat} (h : n ≠ 0) : ∃ k, n = succ k := by
  cases n with
  | zero => exact absurd rfl h
  | succ k => exact ⟨k, rfl⟩

theorem exists_eq_add_one_of_ne_zero {n : Nat} (h : n ≠ 0) : ∃ k, n = k + 1 := exists_eq_succ_of_ne_zero h

theorem eq_zero_or_eq_succ_pred (n : Nat) : n = 0 ∨ n = succ (pred n) := by
  cases n with
  | zero => exact .inl rfl
  | succ n => exact .inr rfl

theorem succ_pred {a : Nat} (h : a ≠ 0) : a.pred.succ = a := by
  cases a with
  | zero => exact absurd rfl h
  | succ n => rfl

/-! ## Addition -/

@[simp] protected theorem add_zero (n : Nat) : n + 0 = n := rfl

theorem add_succ (n m : Nat) : n + succ m = succ (n + m) := rfl

@[simp] protected theorem zero_add (n : Nat) : 0 + n = n := by
  induction n with
  | zero => rfl
  | succ n ih => exact congrArg succ ih

theorem succ_add (n m : Nat) : succ n + m = succ (n + m) := by
  induction m with
  | zero => rfl
  | succ m ih => exact congrArg succ ih

theorem add_one_add (n m : Nat) : n + 1 + m = n + m + 1 := succ_add n m

theorem succ_eq_one_add (n : Nat) : succ n = 1 + n := by rw [succ_add, Nat.zero_add]

theorem one_add (n : Nat) : 1 + n = succ n := (succ_eq_one_add n).symm

protected theorem add_comm (n m : Nat) : n + m = m + n := by
  induction m with
  | zero => exact (Nat.zero_add n).symm
  | succ m ih => exact (congrArg succ ih).trans (succ_add m n).symm

protected theorem add_assoc (n m k : Nat) : n + m + k = n + (m + k) := by
  induction k with
  | zero => rfl
  | succ k ih => exact congrArg succ ih

protected theorem add_left_comm (n m k : Nat) : n + (m + k) = m + (n + k) := by
  rw [← Nat.add_assoc, Nat.add_comm n m, Nat.add_assoc]

protected theorem add_right_comm (n m k : Nat) : n + m + k = n + k + m := by
  rw [Nat.add_assoc, Nat.add_comm m k, ← Nat.add_assoc]

protected theorem add_add_add_comm (a b c d : Nat) : a + b + (c + d) = a + c + (b + d) := by
  rw [Nat.add_assoc, Nat.add_left_comm b, ← Nat.add_assoc]

protected theorem add_left_cancel {n m k : Nat} (h : n + m = n + k) : m = k := by
  induction n with
  | zero => rwa [Nat.zero_add, Nat.zero_add] at h
  | succ n ih =>
    rw [Nat.add_one, succ_add, succ_add] at h
    exact ih (succ_inj.mp h)

protected theorem add_right_cancel {n m k : Nat} (h : n + m = k + m) : n = k := by
  rw [Nat.add_comm n, Nat.add_comm k] at h
  exact Nat.add_left_cancel h

@[simp] protected theorem add_left_cancel_iff {m k n : Nat} : n + m = n + k ↔ m = k := ⟨Nat.add_left_cancel, fun h => h ▸ rfl⟩

@[simp] protected theorem add_right_cancel_iff {m k n : Nat} : m + n = k + n ↔ m = k :=
  ⟨Nat.add_right_cancel, fun h => h ▸ rfl⟩

protected theorem add_left_inj {m k n : Nat} : m + n = k + n ↔ m = k := Nat.add_right_cancel_iff

protected theorem add_right_inj {m k n : Nat} : n + m = n + k ↔ m = k := Nat.add_left_cancel_iff

@[simp] protected theorem add_eq_left {a b : Nat} : a + b = a ↔ b = 0 := Nat.add_left_cancel_iff (k := 0)

@[simp] protected theorem add_eq_right {a b : Nat} : a + b = b ↔ a = 0 := by
  rw [Nat.add_comm]
  exact Nat.add_eq_left

@[simp] protected theorem left_eq_add {a b : Nat} : a = a + b ↔ b = 0 := eq_comm.trans Nat.add_eq_left

@[simp] protected theorem right_eq_add {a b : Nat} : b = a + b ↔ a = 0 := eq_comm.trans Nat.add_eq_right

protected theorem self_eq_add_right {a b : Nat} : a = a + b ↔ b = 0 := Nat.left_eq_add

protected theorem add_right_eq_self {a b : Nat} : a + b = a ↔ b = 0 := Nat.add_eq_left

protected theorem eq_zero_of_add_eq_zero {n m : Nat} (h : n + m = 0) : n = 0 ∧ m = 0 := by
  cases m with
  | zero => exact ⟨h, rfl⟩
  | succ m => exact absurd h (succ_ne_zero _)

protected theorem eq_zero_of_add_eq_zero_right {n m : Nat} (h : n + m = 0) : n = 0 := (Nat.eq_zero_of_add_eq_zero h).1

protected theorem eq_zero_of_add_eq_zero_left {n m : Nat} (h : n + m = 0) : m = 0 := (Nat.eq_zero_of_add_eq_zero h).2

@[simp] protected theorem add_eq_zero_iff {n m : Nat} : n + m = 0 ↔ n = 0 ∧ m = 0 :=
  ⟨Nat.eq_zero_of_add_eq_zero, fun ⟨h₁, h₂⟩ => by rw [h₁, h₂]⟩

theorem add_eq_one_iff {m n : Nat} : m + n = 1 ↔ m = 0 ∧ n = 1 ∨ m = 1 ∧ n = 0 := by
  cases n with
  | zero => exact ⟨fun h => .inr ⟨h, rfl⟩, fun h => h.elim (fun h => nomatch h.2) (fun h => h.1)⟩
  | succ n =>
    refine ⟨fun h => .inl ?_, fun h => h.elim (fun h => by rw [h.1, h.2]) (fun h => nomatch h.2)⟩
    have h := Nat.eq_zero_of_add_eq_zero (succ_inj.mp h)
    exact ⟨h.1, congrArg succ h.2⟩

/-! ## Multiplication -/

@[simp] protected theorem mul_zero (n : Nat) : n * 0 = 0 := rfl

theorem mul_succ (n m : Nat) : n * succ m = n * m + n := rfl

theorem mul_add_one (n m : Nat) : n * (m + 1) = n * m + n := rfl

@[simp] protected theorem zero_mul (n : Nat) : 0 * n = 0 := by
  induction n with
  | zero => rfl
  | succ n ih => exact ih

theorem succ_mul (n m : Nat) : succ n * m = n * m + m := by
  induction m with
  | zero => rfl
  | succ m ih => rw [Nat.add_one, mul_succ, ih, mul_succ, Nat.add_succ, Nat.add_succ, Nat.add_right_comm]

theorem add_one_mul (n m : Nat) : (n + 1) * m = n * m + m := succ_mul n m

protected theorem mul_comm (n m : Nat) : n * m = m * n := by
  induction m with
  | zero => exact (Nat.zero_mul n).symm
  | succ m ih => exact (congrArg (· + n) ih).trans (succ_mul m n).symm

@[simp] protected theorem mul_one (n : Nat) : n * 1 = n := Nat.zero_add n

@[simp] protected theorem one_mul (n : Nat) : 1 * n = n := by rw [Nat.mul_comm, Nat.mul_one]

protected theorem mul_add (a b c : Nat) : a * (b + c) = a * b + a * c := by
  induction c with
  | zero => rfl
  | succ c ih => rw [← Nat.add_assoc, mul_add_one, ih, Nat.add_assoc]; rfl

protected theorem left_distrib (a b c : Nat) : a * (b + c) = a * b + a * c := Nat.mul_add a b c

protected theorem add_mul (a b c : Nat) : (a + b) * c = a * c + b * c := by
  rw [Nat.mul_comm, Nat.mul_add, Nat.mul_comm c a, Nat.mul_comm c b]

protected theorem right_distrib (a b c : Nat) : (a + b) * c = a * c + b * c := Nat.add_mul a b c

protected theorem mul_assoc (a b c : Nat) : a * b * c = a * (b * c) := by
  induction c with
  | zero => rfl
  | succ c ih => rw [mul_add_one, ih, mul_add_one, Nat.mul_add]

protected theorem mul_left_comm (a b c : Nat) : a * (b * c) = b * (a * c) := by
  rw [← Nat.mul_assoc, Nat.mul_comm a b, Nat.mul_assoc]

protected theorem mul_right_comm (a b c : Nat) : a * b * c = a * c * b := by
  rw [Nat.mul_assoc, Nat.mul_comm b c, ← Nat.mul_assoc]

protected theorem mul_mul_mul_comm (a b c d : Nat) : a * b * (c * d) = a * c * (b * d) := by
  rw [Nat.mul_assoc, Nat.mul_left_comm b, ← Nat.mul_assoc]

protected theorem two_mul (n : Nat) : 2 * n = n + n := by rw [Nat.mul_comm, mul_succ, Nat.mul_one]

protected theorem mul_two (n : Nat) : n * 2 = n + n := by rw [mul_succ, Nat.mul_one]

protected theorem mul_eq_zero {m n : Nat} : n * m = 0 ↔ n = 0 ∨ m = 0 := by
  cases m with
  | zero => exact ⟨fun _ => .inr rfl, fun _ => rfl⟩
  | succ m =>
    refine ⟨fun h => .inl (Nat.eq_zero_of_add_eq_zero h).2, fun h => h.elim (fun h => by rw [h, Nat.zero_mul]) ?_⟩
    exact fun h => absurd h (succ_ne_zero m)

attribute [simp] Nat.mul_eq_zero

protected theorem mul_ne_zero {n m : Nat} (hn : n ≠ 0) (hm : m ≠ 0) : n * m ≠ 0 := fun h =>
  (Nat.mul_eq_zero.mp h).elim hn hm

/-! ## Powers -/

@[simp] theorem pow_zero (b : Nat) : b ^ 0 = 1 := rfl

theorem pow_succ {b n : Nat} : b ^ succ n = b ^ n * b := rfl

theorem pow_add_one {b n : Nat} : b ^ (n + 1) = b ^ n * b := rfl

protected theorem pow_add_one' {b n : Nat} : b ^ (n + 1) = b * b ^ n := Nat.mul_comm _ _

protected theorem pow_succ' {b n : Nat} : b ^ (n + 1) = b * b ^ n := Nat.mul_comm _ _

@[simp] protected theorem pow_one (a : Nat) : a ^ 1 = a := Nat.one_mul a

protected theorem pow_two (a : Nat) : a ^ 2 = a * a := congrArg (· * a) (Nat.pow_one a)

@[simp] protected theorem one_pow (n : Nat) : 1 ^ n = 1 := by
  induction n with
  | zero => rfl
  | succ n ih => rw [pow_add_one, ih]

protected theorem zero_pow {n : Nat} (h : n ≠ 0) : 0 ^ n = 0 := by
  cases n with
  | zero => exact absurd rfl h
  | succ n => exact Nat.mul_zero (0 ^ n)

protected theorem pow_add (a m n : Nat) : a ^ (m + n) = a ^ m * a ^ n := by
  induction n with
  | zero => exact (Nat.mul_one _).symm
  | succ n ih => rw [← Nat.add_assoc, pow_add_one, ih, pow_add_one, Nat.mul_assoc]

protected theorem mul_pow (a b n : Nat) : (a * b) ^ n = a ^ n * b ^ n := by
  induction n with
  | zero => rfl
  | succ n ih => rw [pow_add_one, pow_add_one, pow_add_one, ih, Nat.mul_mul_mul_comm]

protected theorem pow_mul (a m n : Nat) : a ^ (m * n) = (a ^ m) ^ n := by
  induction n with
  | zero => rfl
  | succ n ih => rw [mul_add_one, Nat.pow_add, ih, pow_add_one]

end Nat
