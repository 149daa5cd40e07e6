/- Greatest common divisor, logarithm, binary digits. -/
prelude
import Init.Nat.Division

namespace Nat

/-! ## Greatest common divisor -/

theorem euclid_fuel {f g m n : Nat} (hf : m ≤ f) (hg : m ≤ g) : euclid f m n = euclid g m n := by
  have stop (f : Nat) : euclid f 0 n = n := by
    cases f with
    | zero => rfl
    | succ f => exact if_pos rfl
  induction f generalizing g m n with
  | zero =>
    rw [Nat.le_zero.mp hf, stop, stop]
  | succ f ih =>
    cases g with
    | zero => rw [Nat.le_zero.mp hg, stop, stop]
    | succ g =>
      rw [euclid, euclid]
      by_cases hm : m = 0
      · rw [if_pos hm, if_pos hm]
      · have hlt := mod_lt n (Nat.pos_of_ne_zero hm)
        rw [if_neg hm, if_neg hm]
        refine ih (le_of_lt_succ (Nat.lt_of_lt_of_le hlt hf)) (le_of_lt_succ (Nat.lt_of_lt_of_le hlt hg)) ?_
        intro f
        cases f with
        | zero => rfl
        | succ f => exact if_pos rfl

@[simp] theorem gcd_zero_left (n : Nat) : gcd 0 n = n := rfl

theorem gcd_rec (m n : Nat) : gcd m n = gcd (n % m) m := by
  cases m with
  | zero => exact (show n = gcd n 0 from by
      rw [gcd]
      cases n with
      | zero => rfl
      | succ n => rw [euclid, if_neg (succ_ne_zero n), zero_mod]; cases n <;> rfl)
  | succ m =>
    rw [gcd, euclid, if_neg (succ_ne_zero m)]
    exact euclid_fuel (le_of_lt_succ (mod_lt n (succ_pos m))) .refl

theorem gcd_succ (m n : Nat) : gcd (succ m) n = gcd (n % succ m) (succ m) := gcd_rec _ _

@[simp] theorem gcd_zero_right (n : Nat) : gcd n 0 = n := by
  rw [gcd_rec, zero_mod, gcd_zero_left]

@[simp] theorem gcd_self (n : Nat) : gcd n n = n := by rw [gcd_rec, mod_self, gcd_zero_left]

theorem gcd_dvd (m n : Nat) : gcd m n ∣ m ∧ gcd m n ∣ n := by
  induction m using Nat.strongRecOn generalizing n with
  | _ m ih =>
    rcases Nat.eq_zero_or_pos m with rfl | hm
    · exact ⟨Nat.dvd_zero _, Nat.dvd_refl n⟩
    · have ⟨h₁, h₂⟩ := ih (n % m) (mod_lt n hm) m
      rw [← gcd_rec] at h₁ h₂
      refine ⟨h₂, ?_⟩
      have := Nat.dvd_add (Nat.dvd_mul_right_of_dvd h₂ (n / m)) h₁
      rwa [div_add_mod] at this

theorem gcd_dvd_left (m n : Nat) : gcd m n ∣ m := (gcd_dvd m n).1

theorem gcd_dvd_right (m n : Nat) : gcd m n ∣ n := (gcd_dvd m n).2

theorem dvd_gcd {k m n : Nat} (hm : k ∣ m) (hn : k ∣ n) : k ∣ gcd m n := by
  induction m using Nat.strongRecOn generalizing n with
  | _ m ih =>
    rcases Nat.eq_zero_or_pos m with rfl | h
    · exact hn
    · rw [gcd_rec]
      refine ih (n % m) (mod_lt n h) ?_ hm
      have := (Nat.dvd_add_right (Nat.dvd_mul_right_of_dvd hm (n / m)) (n := n % m)).mp
      rw [div_add_mod] at this
      exact this hn

theorem gcd_comm (m n : Nat) : gcd m n = gcd n m :=
  Nat.dvd_antisymm (dvd_gcd (gcd_dvd_right m n) (gcd_dvd_left m n)) (dvd_gcd (gcd_dvd_right n m) (gcd_dvd_left n m))

/-! ## Logarithm -/

theorem halvings_fuel {f g n : Nat} (hf : n ≤ f) (hg : n ≤ g) : halvings f n = halvings g n := by
  have stop (f : Nat) : halvings f 0 = 0 := by cases f <;> rfl
  have step {n f : Nat} (h₂ : 2 ≤ n) (h : n ≤ f + 1) : n / 2 ≤ f :=
    le_of_lt_succ (Nat.lt_of_lt_of_le (div_lt_self (Nat.lt_of_lt_of_le two_pos h₂) (by decide)) h)
  induction f generalizing g n with
  | zero => rw [Nat.le_zero.mp hf, stop, stop]
  | succ f ih =>
    cases g with
    | zero => rw [Nat.le_zero.mp hg, stop, stop]
    | succ g =>
      rw [halvings, halvings]
      by_cases h : 2 ≤ n
      · rw [if_pos h, if_pos h, ih (step h hf) (step h hg)]
      · rw [if_neg h, if_neg h]

theorem log2_def (n : Nat) : n.log2 = if n ≥ 2 then (n / 2).log2 + 1 else 0 := by
  cases n with
  | zero => rfl
  | succ n =>
    rw [log2, halvings]
    split
    · next h =>
      refine congrArg (· + 1) (halvings_fuel ?_ .refl)
      exact le_of_lt_succ (div_lt_self (succ_pos n) (by decide))
    · rfl

/-! ## Binary digits -/

theorem bitwiseSteps_fuel (o : Bool → Bool → Bool) {f g n m : Nat} (hf : n < f) (hg : n < g) :
    bitwiseSteps o f n m = bitwiseSteps o g n m := by
  have step {n f : Nat} (hn : ¬n = 0) (h : n < f + 1) : n / 2 < f :=
    Nat.lt_of_lt_of_le (div_lt_self (Nat.pos_of_ne_zero hn) (by decide)) (le_of_lt_succ h)
  induction f generalizing g n m with
  | zero => exact absurd hf (not_lt_zero n)
  | succ f ih =>
    cases g with
    | zero => exact absurd hg (not_lt_zero n)
    | succ g =>
      rw [bitwiseSteps, bitwiseSteps]
      by_cases hn : n = 0
      · rw [if_pos hn, if_pos hn]
      · rw [if_neg hn, if_neg hn, ih (step hn hf) (step hn hg)]

/-- What `&&&`, `|||` and `^^^` compute: the last digits combined, after the rest combined. -/
theorem bitwise_eq (o : Bool → Bool → Bool) (n m : Nat) :
    bitwise o n m =
      if n = 0 then (if o false true then m else 0)
      else if m = 0 then (if o true false then n else 0)
      else
        let high := bitwise o (n / 2) (m / 2)
        if o (n % 2 = 1) (m % 2 = 1) then high + high + 1 else high + high := by
  rw [bitwise, bitwiseSteps]
  by_cases hn : n = 0
  · rw [if_pos hn, if_pos hn]
  · rw [if_neg hn, if_neg hn,
      bitwiseSteps_fuel o (g := n / 2 + 1) (div_lt_self (Nat.pos_of_ne_zero hn) (by decide)) .refl]
    rfl

theorem land_eq (n m : Nat) : n &&& m = bitwise and n m := rfl

theorem lor_eq (n m : Nat) : n ||| m = bitwise or n m := rfl

theorem xor_eq (n m : Nat) : n ^^^ m = bitwise bne n m := rfl

theorem shiftLeft_zero (n : Nat) : n <<< 0 = n := rfl

theorem shiftLeft_succ (n m : Nat) : n <<< (m + 1) = (2 * n) <<< m := rfl

theorem shiftRight_zero (n : Nat) : n >>> 0 = n := rfl

theorem shiftRight_succ (n m : Nat) : n >>> (m + 1) = (n >>> m) / 2 := rfl

theorem shiftLeft_eq (n m : Nat) : n <<< m = n * 2 ^ m := by
  induction m generalizing n with
  | zero => exact (Nat.mul_one n).symm
  | succ m ih => rw [shiftLeft_succ, ih, Nat.pow_succ', Nat.mul_comm 2, Nat.mul_assoc]

end Nat
