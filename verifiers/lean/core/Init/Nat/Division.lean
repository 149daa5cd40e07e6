/- Quotient, remainder, divisibility. -/
prelude
import Init.Nat.Bounded

namespace Nat

/-! ## Any number of steps that suffices gives the same result -/

theorem sub_le_of_step {x y f : Nat} (hy : 0 < y) (h : x ≤ f + 1) : x - y ≤ f :=
  Nat.le_trans (Nat.sub_le_sub_left (succ_le_of_lt hy) x) (Nat.sub_le_sub_right h 1)

theorem divide_fuel {y : Nat} (hy : 0 < y) {f g x : Nat} (hf : x ≤ f) (hg : x ≤ g) : divide y f x = divide y g x := by
  have stop (f : Nat) : divide y f 0 = 0 := by
    cases f with
    | zero => rfl
    | succ f => exact if_neg (Nat.not_le_of_lt hy)
  induction f generalizing g x with
  | zero => rw [Nat.le_zero.mp hf, stop, stop]
  | succ f ih =>
    cases g with
    | zero => rw [Nat.le_zero.mp hg, stop, stop]
    | succ g => rw [divide, divide, ih (sub_le_of_step hy hf) (sub_le_of_step hy hg)]

theorem remainder_fuel {y : Nat} (hy : 0 < y) {f g x : Nat} (hf : x ≤ f) (hg : x ≤ g) :
    remainder y f x = remainder y g x := by
  have stop (f : Nat) : remainder y f 0 = 0 := by
    cases f with
    | zero => rfl
    | succ f => exact if_neg (Nat.not_le_of_lt hy)
  induction f generalizing g x with
  | zero => rw [Nat.le_zero.mp hf, stop, stop]
  | succ f ih =>
    cases g with
    | zero => rw [Nat.le_zero.mp hg, stop, stop]
    | succ g => rw [remainder, remainder, ih (sub_le_of_step hy hf) (sub_le_of_step hy hg)]

/-! ## The equations of `/` and `%` -/

theorem div_eq (x y : Nat) : x / y = if 0 < y ∧ y ≤ x then (x - y) / y + 1 else 0 := by
  by_cases hy : 0 < y
  · have unfold (x : Nat) : x / y = divide y x x := if_pos hy
    rw [unfold, unfold]
    by_cases hx : y ≤ x
    · rw [if_pos ⟨hy, hx⟩]
      cases x with
      | zero => exact absurd hx (Nat.not_le_of_lt hy)
      | succ x =>
        rw [divide, if_pos hx]
        exact congrArg (· + 1) (divide_fuel hy (sub_le_of_step hy .refl) .refl)
    · rw [if_neg fun h => hx h.2]
      cases x with
      | zero => rfl
      | succ x => rw [divide, if_neg hx]
  · rw [if_neg fun h => hy h.1]
    exact if_neg hy

theorem mod_eq (x y : Nat) : x % y = if 0 < y ∧ y ≤ x then (x - y) % y else x := by
  by_cases hy : 0 < y
  · have unfold (x : Nat) : x % y = remainder y x x := if_pos hy
    rw [unfold, unfold]
    by_cases hx : y ≤ x
    · rw [if_pos ⟨hy, hx⟩]
      cases x with
      | zero => exact absurd hx (Nat.not_le_of_lt hy)
      | succ x =>
        rw [remainder, if_pos hx]
        exact remainder_fuel hy (sub_le_of_step hy .refl) .refl
    · rw [if_neg fun h => hx h.2]
      cases x with
      | zero => rfl
      | succ x => rw [remainder, if_neg hx]
  · rw [if_neg fun h => hy h.1]
    exact if_neg hy

theorem div_eq_of_lt {a b : Nat} (h : a < b) : a / b = 0 := by
  rw [div_eq, if_neg fun h' => Nat.not_le_of_lt h h'.2]

theorem mod_eq_of_lt {a b : Nat} (h : a < b) : a % b = a := by
  rw [mod_eq, if_neg fun h' => Nat.not_le_of_lt h h'.2]

theorem div_eq_sub_div {a b : Nat} (hb : 0 < b) (h : b ≤ a) : a / b = (a - b) / b + 1 := by
  rw [div_eq a, if_pos ⟨hb, h⟩]

theorem mod_eq_sub_mod {a b : Nat} (h : b ≤ a) : a % b = (a - b) % b := by
  cases b with
  | zero => rfl
  | succ b => rw [mod_eq a, if_pos ⟨succ_pos b, h⟩]

@[simp] theorem div_zero (b : Nat) : b / 0 = 0 := rfl

@[simp] theorem mod_zero (a : Nat) : a % 0 = a := rfl

@[simp] protected theorem zero_div (b : Nat) : 0 / b = 0 := by
  cases b with
  | zero => rfl
  | succ b => exact div_eq_of_lt (succ_pos b)

@[simp] theorem zero_mod (b : Nat) : 0 % b = 0 := by
  cases b with
  | zero => rfl
  | succ b => exact mod_eq_of_lt (succ_pos b)

theorem mod_lt (x : Nat) {y : Nat} (hy : y > 0) : x % y < y := by
  induction x using Nat.strongRecOn with
  | _ x ih =>
    by_cases h : y ≤ x
    · rw [mod_eq_sub_mod h]
      exact ih (x - y) (sub_lt (Nat.lt_of_lt_of_le hy h) hy)
    · rw [mod_eq_of_lt (Nat.not_le.mp h)]
      exact Nat.not_le.mp h

theorem div_add_mod (m k : Nat) : k * (m / k) + m % k = m := by
  induction m using Nat.strongRecOn with
  | _ m ih =>
    by_cases hk : 0 < k
    · by_cases h : k ≤ m
      · rw [div_eq_sub_div hk h, mod_eq_sub_mod h, mul_add_one, Nat.add_right_comm,
          ih (m - k) (sub_lt (Nat.lt_of_lt_of_le hk h) hk), Nat.sub_add_cancel h]
      · rw [div_eq_of_lt (Nat.not_le.mp h), mod_eq_of_lt (Nat.not_le.mp h), Nat.mul_zero, Nat.zero_add]
    · rw [Nat.le_zero.mp (Nat.not_lt.mp hk), mod_zero, Nat.zero_mul, Nat.zero_add]

theorem mod_add_div (m k : Nat) : m % k + k * (m / k) = m := (Nat.add_comm _ _).trans (div_add_mod m k)

theorem div_add_mod' (m k : Nat) : m / k * k + m % k = m := by rw [Nat.mul_comm, div_add_mod]

theorem mod_le (x y : Nat) : x % y ≤ x := le.intro (k := y * (x / y)) (mod_add_div x y)

theorem mod_two_eq_zero_or_one (n : Nat) : n % 2 = 0 ∨ n % 2 = 1 := by
  have h := mod_lt n two_pos
  match n % 2, h with
  | 0, _ => exact .inl rfl
  | 1, _ => exact .inr rfl

@[simp] theorem add_mod_right (x z : Nat) : (x + z) % z = x % z := by
  rw [mod_eq_sub_mod (le_add_left z x), Nat.add_sub_cancel]

@[simp] theorem add_mod_left (x z : Nat) : (x + z) % x = z % x := by rw [Nat.add_comm, add_mod_right]

@[simp] theorem add_mul_mod_self_left (x y z : Nat) : (x + y * z) % y = x % y := by
  induction z with
  | zero => rfl
  | succ z ih => rw [mul_add_one, ← Nat.add_assoc, add_mod_right, ih]

@[simp] theorem add_mul_mod_self_right (x y z : Nat) : (x + y * z) % z = x % z := by
  rw [Nat.mul_comm, add_mul_mod_self_left]

@[simp] theorem mul_mod_right (m n : Nat) : m * n % m = 0 := by
  have := add_mul_mod_self_left 0 m n
  rwa [Nat.zero_add, zero_mod] at this

@[simp] theorem mul_mod_left (m n : Nat) : m * n % n = 0 := by rw [Nat.mul_comm, mul_mod_right]

@[simp] theorem mod_self (n : Nat) : n % n = 0 := by
  have := mul_mod_right n 1
  rwa [Nat.mul_one] at this

@[simp] theorem mod_one (n : Nat) : n % 1 = 0 := by
  have := mul_mod_right 1 n
  rwa [Nat.one_mul] at this

@[simp] theorem mod_mod (a n : Nat) : a % n % n = a % n := by
  cases n with
  | zero => rfl
  | succ n => exact mod_eq_of_lt (mod_lt a (succ_pos n))

theorem add_div_right (x : Nat) {z : Nat} (h : 0 < z) : (x + z) / z = x / z + 1 := by
  rw [div_eq_sub_div h (le_add_left z x), Nat.add_sub_cancel]

theorem add_mul_div_left (x z : Nat) {y : Nat} (h : 0 < y) : (x + y * z) / y = x / y + z := by
  induction z with
  | zero => rfl
  | succ z ih => rw [mul_add_one, ← Nat.add_assoc, add_div_right _ h, ih]; rfl

@[simp] protected theorem mul_div_cancel (m : Nat) {n : Nat} (h : 0 < n) : m * n / n = m := by
  have := add_mul_div_left 0 m h
  rwa [Nat.zero_add, Nat.zero_div, Nat.zero_add, Nat.mul_comm] at this

@[simp] protected theorem mul_div_cancel_left (m : Nat) {n : Nat} (h : 0 < n) : n * m / n = m := by
  rw [Nat.mul_comm, Nat.mul_div_cancel m h]

@[simp] protected theorem div_self {n : Nat} (h : 0 < n) : n / n = 1 := by
  have := Nat.mul_div_cancel_left 1 h
  rwa [Nat.mul_one] at this

@[simp] protected theorem div_one (n : Nat) : n / 1 = n := by
  have := Nat.mul_div_cancel n Nat.one_pos
  rwa [Nat.mul_one] at this

theorem mul_div_le (m n : Nat) : n * (m / n) ≤ m := le.intro (div_add_mod m n)

theorem div_mul_le_self (m n : Nat) : m / n * n ≤ m := Nat.mul_comm n _ ▸ mul_div_le m n

theorem div_le_self (n k : Nat) : n / k ≤ n := by
  cases k with
  | zero => exact zero_le n
  | succ k => exact Nat.le_trans (le_mul_of_pos_left _ (succ_pos k)) (mul_div_le n (k + 1))

theorem div_lt_self {n k : Nat} (hn : 0 < n) (hk : 1 < k) : n / k < n := by
  refine Nat.lt_of_le_of_ne (div_le_self n k) fun e => ?_
  have h := mul_div_le n k
  rw [e] at h
  have h₁ := Nat.mul_lt_mul_of_pos_right hk hn
  rw [Nat.one_mul] at h₁
  exact Nat.not_le_of_lt h₁ h

theorem lt_mul_div_succ (a : Nat) {b : Nat} (hb : 0 < b) : a < b * (a / b + 1) := by
  have h := Nat.add_lt_add_left (mod_lt a hb) (b * (a / b))
  rwa [div_add_mod, ← mul_add_one] at h

theorem le_div_iff_mul_le {x y k : Nat} (k0 : 0 < k) : x ≤ y / k ↔ x * k ≤ y := by
  refine ⟨fun h => Nat.le_trans (Nat.mul_le_mul_right k h) (div_mul_le_self y k), fun h => ?_⟩
  refine Nat.not_lt.mp fun h' => ?_
  have h₁ := Nat.mul_le_mul_left k (succ_le_of_lt h')
  have h₂ := Nat.lt_of_lt_of_le (lt_mul_div_succ y k0) h₁
  rw [Nat.mul_comm] at h₂
  exact Nat.not_le_of_lt h₂ h

theorem div_lt_iff_lt_mul {x y k : Nat} (hk : 0 < k) : x / k < y ↔ x < y * k := by
  rw [← Nat.not_le, ← Nat.not_le, not_congr (le_div_iff_mul_le hk)]

/-! ## Divisibility -/

protected theorem dvd_refl (a : Nat) : a ∣ a := ⟨1, (Nat.mul_one a).symm⟩

protected theorem dvd_zero (a : Nat) : a ∣ 0 := ⟨0, rfl⟩

attribute [simp] Nat.dvd_refl Nat.dvd_zero

protected theorem dvd_mul_left (a b : Nat) : a ∣ b * a := ⟨b, Nat.mul_comm b a⟩

protected theorem dvd_mul_right (a b : Nat) : a ∣ a * b := ⟨b, rfl⟩

attribute [simp] Nat.dvd_mul_left Nat.dvd_mul_right

protected theorem dvd_trans {a b c : Nat} (h₁ : a ∣ b) (h₂ : b ∣ c) : a ∣ c :=
  let ⟨d, hd⟩ := h₁
  let ⟨e, he⟩ := h₂
  ⟨d * e, by rw [he, hd, Nat.mul_assoc]⟩

instance : Trans (α := Nat) (· ∣ ·) (· ∣ ·) (· ∣ ·) := ⟨Nat.dvd_trans⟩

protected theorem dvd_add {m n k : Nat} (h₁ : k ∣ m) (h₂ : k ∣ n) : k ∣ m + n :=
  let ⟨d, hd⟩ := h₁
  let ⟨e, he⟩ := h₂
  ⟨d + e, by rw [hd, he, Nat.mul_add]⟩

protected theorem dvd_sub {m n k : Nat} (h₁ : k ∣ m) (h₂ : k ∣ n) : k ∣ m - n :=
  let ⟨d, hd⟩ := h₁
  let ⟨e, he⟩ := h₂
  ⟨d - e, by rw [hd, he, Nat.mul_sub]⟩

protected theorem dvd_mul_right_of_dvd {m n : Nat} (h : m ∣ n) (k : Nat) : m ∣ n * k := Nat.dvd_trans h (Nat.dvd_mul_right n k)

protected theorem dvd_mul_left_of_dvd {m n : Nat} (h : m ∣ n) (k : Nat) : m ∣ k * n := Nat.dvd_trans h (Nat.dvd_mul_left n k)

protected theorem mul_dvd_mul {a b c d : Nat} (h₁ : a ∣ b) (h₂ : c ∣ d) : a * c ∣ b * d :=
  let ⟨e, he⟩ := h₁
  let ⟨f, hf⟩ := h₂
  ⟨e * f, by rw [he, hf, Nat.mul_mul_mul_comm]⟩

@[simp] theorem one_dvd (n : Nat) : 1 ∣ n := ⟨n, (Nat.one_mul n).symm⟩

theorem eq_zero_of_zero_dvd {a : Nat} (h : 0 ∣ a) : a = 0 := let ⟨c, hc⟩ := h; hc.trans (Nat.zero_mul c)

@[simp] protected theorem zero_dvd {n : Nat} : 0 ∣ n ↔ n = 0 := ⟨eq_zero_of_zero_dvd, fun h => h ▸ Nat.dvd_refl 0⟩

theorem le_of_dvd {m n : Nat} (h₁ : 0 < n) (h : m ∣ n) : m ≤ n := by
  obtain ⟨c, rfl⟩ := h
  cases c with
  | zero => exact absurd h₁ (Nat.lt_irrefl 0)
  | succ c => exact le_mul_of_pos_right m (succ_pos c)

protected theorem dvd_antisymm {m n : Nat} (h₁ : m ∣ n) (h₂ : n ∣ m) : m = n := by
  rcases Nat.eq_zero_or_pos n with rfl | hn
  · exact eq_zero_of_zero_dvd h₂
  · rcases Nat.eq_zero_or_pos m with rfl | hm
    · exact (eq_zero_of_zero_dvd h₁).symm
    · exact Nat.le_antisymm (le_of_dvd hn h₁) (le_of_dvd hm h₂)

theorem eq_one_of_dvd_one {n : Nat} (h : n ∣ 1) : n = 1 := Nat.dvd_antisymm h (one_dvd n)

theorem mod_eq_zero_of_dvd {k n : Nat} (h : k ∣ n) : n % k = 0 := let ⟨c, hc⟩ := h; hc ▸ mul_mod_right k c

theorem dvd_of_mod_eq_zero {k n : Nat} (h : n % k = 0) : k ∣ n :=
  ⟨n / k, by have := div_add_mod n k; rw [h, Nat.add_zero] at this; exact this.symm⟩

theorem dvd_iff_mod_eq_zero {k n : Nat} : k ∣ n ↔ n % k = 0 := ⟨mod_eq_zero_of_dvd, dvd_of_mod_eq_zero⟩

instance decidable_dvd (m n : Nat) : Decidable (m ∣ n) := decidable_of_iff (n % m = 0) dvd_iff_mod_eq_zero.symm

protected theorem mul_div_cancel' {n m : Nat} (h : n ∣ m) : n * (m / n) = m := by
  have := div_add_mod m n
  rwa [mod_eq_zero_of_dvd h, Nat.add_zero] at this

protected theorem div_mul_cancel {n m : Nat} (h : n ∣ m) : m / n * n = m := by rw [Nat.mul_comm, Nat.mul_div_cancel' h]

protected theorem dvd_add_right {m k : Nat} (h : k ∣ m) {n : Nat} : k ∣ m + n ↔ k ∣ n :=
  ⟨fun h' => by have := Nat.dvd_sub h' h; rwa [Nat.add_sub_cancel_left] at this, Nat.dvd_add h⟩

end Nat
