/-
Associative and commutative operators, and the normal form behind `ac_rfl` and `ac_nf`.

A tactic writes both sides of an equation as trees over numbered variables. Trees whose variables agree up to order have
equal values; whether they do is computed. (Neutral and idempotent elements are not used for normalising here.)
-/
prelude
import Init.List.Index

universe u

namespace Std

class Associative {α : Sort u} (op : α → α → α) : Prop where
  assoc : ∀ a b c : α, op (op a b) c = op a (op b c)

class Commutative {α : Sort u} (op : α → α → α) : Prop where
  comm : ∀ a b : α, op a b = op b a

class IdempotentOp {α : Sort u} (op : α → α → α) : Prop where
  idempotent : ∀ x : α, op x x = x

class LawfulIdentity {α : Sort u} (op : α → α → α) (o : outParam α) : Prop where
  left_id : ∀ a : α, op o a = a
  right_id : ∀ a : α, op a o = a

end Std

instance : Std.Associative (α := Nat) (· + ·) := ⟨Nat.add_assoc⟩
instance : Std.Commutative (α := Nat) (· + ·) := ⟨Nat.add_comm⟩
instance : Std.Associative (α := Nat) (· * ·) := ⟨Nat.mul_assoc⟩
instance : Std.Commutative (α := Nat) (· * ·) := ⟨Nat.mul_comm⟩
instance : Std.Associative (α := Nat) max := ⟨Nat.max_assoc⟩
instance : Std.Commutative (α := Nat) max := ⟨Nat.max_comm⟩
instance : Std.Associative (α := Nat) min := ⟨Nat.min_assoc⟩
instance : Std.Commutative (α := Nat) min := ⟨Nat.min_comm⟩
instance : Std.Commutative Nat.gcd := ⟨Nat.gcd_comm⟩
instance : Std.Associative And := ⟨fun _ _ _ => propext and_assoc⟩
instance : Std.Commutative And := ⟨fun _ _ => propext and_comm⟩
instance : Std.Associative Or := ⟨fun _ _ _ => propext or_assoc⟩
instance : Std.Commutative Or := ⟨fun _ _ => propext or_comm⟩
instance : Std.Associative and := ⟨Bool.and_assoc⟩
instance : Std.Commutative and := ⟨Bool.and_comm⟩
instance : Std.Associative or := ⟨Bool.or_assoc⟩
instance : Std.Commutative or := ⟨Bool.or_comm⟩
instance {α : Type u} : Std.Associative (α := List α) (· ++ ·) := ⟨List.append_assoc⟩

namespace Lean.Data.AC

inductive Expr
  | var (x : Nat)
  | op (lhs rhs : Expr)

structure Variable {α : Sort u} (op : α → α → α) : Type u where
  value : α
  neutral : Option (PLift (Std.LawfulIdentity op value))

structure Context (α : Sort u) where
  op : α → α → α
  assoc : Std.Associative op
  comm : Option (PLift (Std.Commutative op))
  idem : Option (PLift (Std.IdempotentOp op))
  vars : List (Variable op)
  arbitrary : α

variable {α : Sort u}

def Context.value (ctx : Context α) (x : Nat) : α :=
  match ctx.vars.get? x with
  | some v => v.value
  | none => ctx.arbitrary

def eval (ctx : Context α) : Expr → α
  | .var x => ctx.value x
  | .op l r => ctx.op (eval ctx l) (eval ctx r)

def Expr.toList : Expr → List Nat
  | .var x => [x]
  | .op l r => l.toList ++ r.toList

def evalList (ctx : Context α) : List Nat → α
  | [] => ctx.arbitrary
  | [x] => ctx.value x
  | x :: y :: xs => ctx.op (ctx.value x) (evalList ctx (y :: xs))

def insert (x : Nat) : List Nat → List Nat
  | [] => [x]
  | a :: as => if x < a then x :: a :: as else a :: insert x as

def norm (ctx : Context α) (e : Expr) : List Nat := if ctx.comm.isSome then e.toList.foldr insert [] else e.toList

theorem toList_ne_nil (e : Expr) : e.toList ≠ [] := by
  induction e with
  | var x => exact nofun
  | op l r ihl _ => exact fun h => ihl (List.append_eq_nil_iff.mp h).1

theorem evalList_cons (ctx : Context α) (x : Nat) {xs : List Nat} (h : xs ≠ []) :
    evalList ctx (x :: xs) = ctx.op (ctx.value x) (evalList ctx xs) := by
  cases xs with
  | nil => exact absurd rfl h
  | cons y xs => rfl

theorem evalList_append (ctx : Context α) {l r : List Nat} (hl : l ≠ []) (hr : r ≠ []) :
    evalList ctx (l ++ r) = ctx.op (evalList ctx l) (evalList ctx r) := by
  induction l with
  | nil => exact absurd rfl hl
  | cons x l ih =>
    cases l with
    | nil => exact evalList_cons ctx x hr
    | cons y l =>
      have tail : y :: l ++ r ≠ [] := List.cons_ne_nil y (l ++ r)
      rw [List.cons_append, evalList_cons ctx x tail, ih (List.cons_ne_nil y l), evalList_cons ctx x (List.cons_ne_nil y l),
        ctx.assoc.assoc]

theorem evalList_toList (ctx : Context α) (e : Expr) : evalList ctx e.toList = eval ctx e := by
  induction e with
  | var x => rfl
  | op l r ihl ihr => rw [Expr.toList, evalList_append ctx (toList_ne_nil l) (toList_ne_nil r), ihl, ihr, eval]

theorem evalList_perm (ctx : Context α) (comm : Std.Commutative ctx.op) {l₁ l₂ : List Nat} (h : l₁.Perm l₂) :
    evalList ctx l₁ = evalList ctx l₂ := by
  induction h with
  | nil => rfl
  | @cons x l₁ l₂ h ih =>
    cases l₁ with
    | nil =>
      have := List.eq_nil_of_length_eq_zero h.length_eq.symm
      rw [this]
    | cons y l₁ =>
      have : l₂ ≠ [] := List.ne_nil_of_length_pos (h.length_eq ▸ Nat.succ_pos _)
      rw [evalList_cons ctx x (List.cons_ne_nil _ _), evalList_cons ctx x this, ih]
  | swap x y l =>
    cases l with
    | nil => exact comm.comm _ _
    | cons z l =>
      rw [evalList_cons ctx y (List.cons_ne_nil _ _), evalList_cons ctx x (List.cons_ne_nil _ _), evalList_cons ctx x (List.cons_ne_nil _ _), evalList_cons ctx y (List.cons_ne_nil _ _),
        ← ctx.assoc.assoc, comm.comm (ctx.value y), ctx.assoc.assoc]
  | trans _ _ ih₁ ih₂ => exact ih₁.trans ih₂

theorem insert_perm (x : Nat) (l : List Nat) : (insert x l).Perm (x :: l) := by
  induction l with
  | nil => exact .refl _
  | cons a l ih =>
    rw [insert]
    split
    · exact .refl _
    · exact .trans (.cons a ih) (.swap x a l)

theorem sort_perm (l : List Nat) : (l.foldr insert []).Perm l := by
  induction l with
  | nil => exact .nil
  | cons x l ih => exact .trans (insert_perm x _) (.cons x ih)

theorem evalList_norm (ctx : Context α) (e : Expr) : evalList ctx (norm ctx e) = eval ctx e := by
  rw [norm, ← evalList_toList]
  match h : ctx.comm with
  | none => rfl
  | some comm => exact evalList_perm ctx comm.down (sort_perm _)

theorem Context.eq_of_norm (ctx : Context α) (a b : Expr) (h : norm ctx a == norm ctx b) : eval ctx a = eval ctx b := by
  rw [← evalList_norm ctx a, ← evalList_norm ctx b, eq_of_beq h]

end Lean.Data.AC
