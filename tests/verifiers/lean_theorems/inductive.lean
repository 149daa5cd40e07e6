/- Definitions of one's own, and theorems about them: what a preamble or a lemma of an answer may hold. -/

inductive Tree (α : Type u) | leaf | node (l : Tree α) (a : α) (r : Tree α)

def Tree.size : Tree α → Nat
  | leaf => 0
  | node l _ r => l.size + r.size + 1

def Tree.mirror : Tree α → Tree α
  | leaf => leaf
  | node l a r => node r.mirror a l.mirror

theorem Tree.mirror_mirror (t : Tree α) : t.mirror.mirror = t := by induction t <;> simp_all [Tree.mirror]

theorem Tree.size_mirror (t : Tree α) : t.mirror.size = t.size := by
  induction t with
  | leaf => rfl
  | node l a r hl hr => simp [Tree.mirror, Tree.size, hl, hr, Nat.add_comm]

inductive Color | red | green | blue
  deriving DecidableEq

theorem red_ne_blue : Color.red ≠ Color.blue := by decide

theorem three_colors (c : Color) : c = .red ∨ c = .green ∨ c = .blue := by cases c <;> simp

structure Point where
  x : Nat
  y : Nat
  deriving DecidableEq

theorem Point.equal (p q : Point) (h : p.x = q.x) (h' : p.y = q.y) : p = q := by
  cases p; cases q; simp_all

inductive Even : Nat → Prop
  | zero : Even 0
  | add_two (n : Nat) : Even n → Even (n + 2)

theorem even_four : Even 4 := .add_two 2 (.add_two 0 .zero)

theorem not_even_one : ¬Even 1 := by intro h; cases h

theorem even_add {m n : Nat} (hm : Even m) (hn : Even n) : Even (m + n) := by
  induction hm with
  | zero => simpa using hn
  | add_two k _ ih =>
    have : k + 2 + n = (k + n) + 2 := by rw [Nat.add_right_comm]
    rw [this]
    exact .add_two _ ih

mutual
inductive Ev : Nat → Prop
  | zero : Ev 0
  | succ : Od n → Ev (n + 1)
inductive Od : Nat → Prop
  | succ : Ev n → Od (n + 1)
end

theorem ev_two : Ev 2 := .succ (.succ .zero)

def fact : Nat → Nat
  | 0 => 1
  | n + 1 => (n + 1) * fact n

theorem fact_pos : ∀ n, 0 < fact n
  | 0 => Nat.one_pos
  | n + 1 => Nat.mul_pos (Nat.succ_pos n) (fact_pos n)

theorem fact_five : fact 5 = 120 := rfl

def sumTo : Nat → Nat
  | 0 => 0
  | n + 1 => (n + 1) + sumTo n

theorem gauss (n : Nat) : 2 * sumTo n = n * (n + 1) := by
  induction n with
  | zero => rfl
  | succ n ih => rw [sumTo, Nat.mul_add, ih, ← Nat.add_mul, Nat.mul_comm, Nat.add_comm 2 n]

def double (n : Nat) : Nat := n + n

theorem double_eq (n : Nat) : double n = 2 * n := by unfold double; rw [Nat.two_mul]

theorem add_comm_by_equations : ∀ n m : Nat, n + m = m + n
  | n, 0 => by simp
  | n, m + 1 => by rw [← Nat.add_assoc, add_comm_by_equations n m, Nat.add_right_comm]

def fib : Nat → Nat
  | 0 => 0
  | 1 => 1
  | n + 2 => fib (n + 1) + fib n

theorem fib_ten : fib 10 = 55 := by decide

theorem fib_pos : ∀ n, 0 < fib (n + 1)
  | 0 => by decide
  | n + 1 => Nat.add_pos_left (fib_pos n) _

def rev {α : Type u} : List α → List α
  | [] => []
  | x :: xs => rev xs ++ [x]

theorem rev_append {α : Type u} (xs ys : List α) : rev (xs ++ ys) = rev ys ++ rev xs := by
  induction xs with
  | nil => simp [rev]
  | cons x xs ih => simp [rev, ih]

theorem rev_rev {α : Type u} (xs : List α) : rev (rev xs) = xs := by
  induction xs with
  | nil => rfl
  | cons x xs ih => simp [rev, rev_append, ih]

def isEven (n : Nat) : Prop := ∃ k, n = 2 * k

theorem even_plus_even (a b : Nat) (ha : isEven a) (hb : isEven b) : isEven (a + b) := by
  unfold isEven at *
  obtain ⟨k, hk⟩ := ha
  obtain ⟨l, hl⟩ := hb
  exists k + l
  simp [hk, hl, Nat.mul_add]

namespace Relations

variable {α : Type} (r : α → α → Prop)

theorem refl_of_symm_trans (hs : ∀ x y, r x y → r y x) (ht : ∀ x y z, r x y → r y z → r x z) (a b : α) (h : r a b) :
    r a a :=
  ht a b a h (hs a b h)

end Relations
