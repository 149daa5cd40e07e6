/- Bounded numbers, and indexing into lists: `xs[i]`, `xs[i]?`. -/
prelude
import Init.List.Slices
import Init.Nat.Gcd

universe u v w

/-! ## Numbers below a bound -/

structure Fin (n : Nat) where
  mk ::
  val : Nat
  isLt : val < n

namespace Fin

theorem eq_of_val_eq {n : Nat} : {i j : Fin n} → i.val = j.val → i = j
  | ⟨_, _⟩, ⟨_, _⟩, rfl => rfl

theorem val_inj {n : Nat} {i j : Fin n} : i.val = j.val ↔ i = j := ⟨eq_of_val_eq, fun h => h ▸ rfl⟩

@[ext] protected theorem ext {n : Nat} {i j : Fin n} (h : i.val = j.val) : i = j := eq_of_val_eq h

instance decEq (n : Nat) : DecidableEq (Fin n) := fun _ _ => decidable_of_iff _ val_inj

instance : LT (Fin n) := ⟨fun i j => i.val < j.val⟩

instance : LE (Fin n) := ⟨fun i j => i.val ≤ j.val⟩

instance (i j : Fin n) : Decidable (i < j) := Nat.decLt i.val j.val

instance (i j : Fin n) : Decidable (i ≤ j) := Nat.decLe i.val j.val

/-- Numerals wrap around: `(n : Fin n)` is `0`. -/
instance instOfNat {n i : Nat} : OfNat (Fin (n + 1)) i := ⟨⟨i % (n + 1), Nat.mod_lt i (Nat.succ_pos n)⟩⟩

instance : CoeOut (Fin n) Nat := ⟨Fin.val⟩

@[simp] theorem is_lt {n : Nat} (i : Fin n) : i.val < n := i.isLt

protected def elim0 {α : Sort u} (i : Fin 0) : α := absurd i.isLt (Nat.not_lt_zero i.val)

end Fin

/-! ## The classes behind the brackets -/

class GetElem (coll : Type u) (idx : Type v) (elem : outParam (Type w)) (valid : outParam (coll → idx → Prop)) where
  getElem (xs : coll) (i : idx) (h : valid xs i) : elem

export GetElem (getElem)

class GetElem? (coll : Type u) (idx : Type v) (elem : outParam (Type w)) (valid : outParam (coll → idx → Prop)) extends
    GetElem coll idx elem valid where
  getElem? : coll → idx → Option elem
  getElem! [Inhabited elem] (xs : coll) (i : idx) : elem := match getElem? xs i with
    | some e => e
    | none => default

export GetElem? (getElem? getElem!)

/-! ## Lists -/

namespace List

variable {α : Type u} {β : Type v}

def get : (as : List α) → Fin as.length → α
  | a :: _, ⟨.zero, _⟩ => a
  | _ :: as, ⟨.succ i, h⟩ => get as ⟨i, Nat.le_of_succ_le_succ h⟩

instance instGetElem?NatLtLength : GetElem? (List α) Nat α fun as i => i < as.length where
  getElem as i h := as.get ⟨i, h⟩
  getElem? as i := as.get? i

@[simp] theorem get_eq_getElem {l : List α} {i : Fin l.length} : l.get i = l[i.val]'i.isLt := rfl
@[simp] theorem getElem_cons_zero {a : α} {as : List α} {h : 0 < (a :: as).length} : (a :: as)[0]'h = a := rfl
@[simp] theorem getElem_cons_succ {a : α} {as : List α} {i : Nat} {h : i + 1 < (a :: as).length} :
    (a :: as)[i + 1]'h = as[i]'(Nat.lt_of_succ_lt_succ h) := rfl
@[simp] theorem getElem?_nil {i : Nat} : ([] : List α)[i]? = none := rfl
@[simp] theorem getElem?_cons_zero {a : α} {l : List α} : (a :: l)[0]? = some a := rfl
@[simp] theorem getElem?_cons_succ {a : α} {l : List α} {i : Nat} : (a :: l)[i + 1]? = l[i]? := rfl

theorem getElem?_eq_getElem {l : List α} {i : Nat} (h : i < l.length) : l[i]? = some (l[i]'h) := by
  induction l generalizing i with
  | nil => exact absurd h (Nat.not_lt_zero i)
  | cons a l ih =>
    cases i with
    | zero => rfl
    | succ i => exact ih (Nat.lt_of_succ_lt_succ h)

theorem getElem?_eq_none {l : List α} {i : Nat} (h : l.length ≤ i) : l[i]? = none := by
  induction l generalizing i with
  | nil => rfl
  | cons a l ih =>
    cases i with
    | zero => exact absurd h (Nat.not_succ_le_zero _)
    | succ i => exact ih (Nat.le_of_succ_le_succ h)

@[simp] theorem getElem?_eq_none_iff {l : List α} {i : Nat} : l[i]? = none ↔ l.length ≤ i :=
  ⟨fun h => Nat.not_lt.mp fun hi => by rw [getElem?_eq_getElem hi] at h; exact (nomatch h), getElem?_eq_none⟩

theorem getElem_mem {l : List α} {i : Nat} (h : i < l.length) : l[i]'h ∈ l := by
  induction l generalizing i with
  | nil => exact absurd h (Nat.not_lt_zero i)
  | cons a l ih =>
    cases i with
    | zero => exact .head l
    | succ i => exact .tail a (ih (Nat.lt_of_succ_lt_succ h))

@[simp] theorem getElem?_map {f : α → β} {l : List α} {i : Nat} : (l.map f)[i]? = l[i]?.map f := by
  induction l generalizing i with
  | nil => rfl
  | cons a l ih =>
    cases i with
    | zero => rfl
    | succ i => exact ih

@[ext] theorem ext_getElem? {l₁ l₂ : List α} (h : ∀ i : Nat, l₁[i]? = l₂[i]?) : l₁ = l₂ := by
  induction l₁ generalizing l₂ with
  | nil =>
    cases l₂ with
    | nil => rfl
    | cons b l₂ => exact nomatch h 0
  | cons a l₁ ih =>
    cases l₂ with
    | nil => exact nomatch h 0
    | cons b l₂ =>
      rw [Option.some_inj.mp (h 0), ih fun i => h (i + 1)]

end List
