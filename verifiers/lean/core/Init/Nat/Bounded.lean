/- Strong induction, statements about all smaller numbers, minimum and maximum. -/
prelude
import Init.Nat.Subtraction

universe u

namespace Nat

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
