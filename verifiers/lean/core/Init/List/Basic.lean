/- Lists: the functions, and how each computes. -/
prelude
import Init.Containers

universe u v w

namespace List

variable {α : Type u} {β : Type v} {γ : Type w}

/-! ## Functions -/

def length : List α → Nat
  | [] => 0
  | _ :: as => length as + 1

protected def append : (xs ys : List α) → List α
  | [], bs => bs
  | a :: as, bs => a :: List.append as bs

instance instAppend : Append (List α) := ⟨List.append⟩

/-- `as.reverseAux bs` is `as` reversed, then `bs`. -/
def reverseAux : List α → List α → List α
  | [], r => r
  | a :: l, r => reverseAux l (a :: r)

def reverse (as : List α) : List α := reverseAux as []

def map (f : α → β) : List α → List β
  | [] => []
  | a :: as => f a :: map f as

def filter (p : α → Bool) : List α → List α
  | [] => []
  | a :: as => match p a with
    | true => a :: filter p as
    | false => filter p as

def filterMap (f : α → Option β) : List α → List β
  | [] => []
  | a :: as => match f a with
    | none => filterMap f as
    | some b => b :: filterMap f as

def foldr (f : α → β → β) (init : β) : List α → β
  | [] => init
  | a :: as => f a (foldr f init as)

def foldl (f : α → β → α) (init : α) : List β → α
  | [] => init
  | b :: bs => foldl f (f init b) bs

def flatten : List (List α) → List α
  | [] => []
  | as :: ass => as ++ flatten ass

def flatMap (b : α → List β) (as : List α) : List β := flatten (map b as)

protected def singleton (a : α) : List α := [a]

def head? : List α → Option α
  | [] => none
  | a :: _ => some a

def head : (as : List α) → as ≠ [] → α
  | a :: _, _ => a

def headD (as : List α) (fallback : α) : α :=
  match as with
  | [] => fallback
  | a :: _ => a

def tail : List α → List α
  | [] => []
  | _ :: as => as

def getLast : (as : List α) → as ≠ [] → α
  | [a], _ => a
  | _ :: b :: as, _ => getLast (b :: as) nofun

def getLast? : List α → Option α
  | [] => none
  | a :: as => some (getLast (a :: as) nofun)

def take : Nat → List α → List α
  | .zero, _ => []
  | .succ _, [] => []
  | .succ n, a :: as => a :: take n as

def drop : Nat → List α → List α
  | .zero, as => as
  | .succ _, [] => []
  | .succ n, _ :: as => drop n as

def takeWhile (p : α → Bool) : List α → List α
  | [] => []
  | a :: as => match p a with
    | true => a :: takeWhile p as
    | false => []

def dropWhile (p : α → Bool) : List α → List α
  | [] => []
  | a :: as => match p a with
    | true => dropWhile p as
    | false => a :: as

def replicate : (n : Nat) → (a : α) → List α
  | .zero, _ => []
  | .succ n, a => a :: replicate n a

def zipWith (f : α → β → γ) : List α → List β → List γ
  | a :: as, b :: bs => f a b :: zipWith f as bs
  | _, _ => []

def zip : List α → List β → List (α × β) := zipWith Prod.mk

def unzip : List (α × β) → List α × List β
  | [] => ([], [])
  | (a, b) :: t => match unzip t with
    | (as, bs) => (a :: as, b :: bs)

def isEmpty : List α → Bool
  | [] => true
  | _ :: _ => false

def all : List α → (α → Bool) → Bool
  | [], _ => true
  | a :: as, p => p a && all as p

def any : List α → (α → Bool) → Bool
  | [], _ => false
  | a :: as, p => p a || any as p

def elem [BEq α] (a : α) : List α → Bool
  | [] => false
  | b :: bs => match a == b with
    | true => true
    | false => elem a bs

def contains [BEq α] (as : List α) (a : α) : Bool := elem a as

def erase [BEq α] : List α → α → List α
  | [], _ => []
  | a :: as, b => match a == b with
    | true => as
    | false => a :: erase as b

def countP (p : α → Bool) : List α → Nat
  | [] => 0
  | a :: as => cond (p a) (countP p as + 1) (countP p as)

def count [BEq α] (a : α) (l : List α) : Nat := countP (· == a) l

def find? (p : α → Bool) : List α → Option α
  | [] => none
  | a :: as => match p a with
    | true => some a
    | false => find? p as

def sum [Add α] [OfNat α 0] : List α → α := foldr (· + ·) 0

def range.loop : Nat → List Nat → List Nat
  | .zero, ns => ns
  | .succ n, ns => range.loop n (n :: ns)

/-- `[0, 1, ..., n - 1]` -/
def range (n : Nat) : List Nat := range.loop n []

protected def get? : List α → Nat → Option α
  | [], _ => none
  | a :: _, .zero => some a
  | _ :: as, .succ n => as.get? n

def concat : List α → α → List α
  | [], b => [b]
  | a :: as, b => a :: concat as b

def dropLast : List α → List α
  | [] => []
  | [_] => []
  | a :: b :: as => a :: dropLast (b :: as)

def intersperse (sep : α) : List α → List α
  | [] => []
  | [a] => [a]
  | a :: b :: as => a :: sep :: intersperse sep (b :: as)

/-! ## Membership, and other inductive relations -/

inductive Mem (a : α) : List α → Prop
  | head (as : List α) : Mem a (a :: as)
  | tail (b : α) {as : List α} : Mem a as → Mem a (b :: as)

instance instMembership : Membership α (List α) := ⟨fun l a => Mem a l⟩

/-- `Sublist l₁ l₂`: leaving out some elements of `l₂` gives `l₁`. -/
inductive Sublist {α : Type u} : List α → List α → Prop
  | slnil : Sublist [] []
  | cons (a : α) : Sublist l₁ l₂ → Sublist l₁ (a :: l₂)
  | cons₂ (a : α) : Sublist l₁ l₂ → Sublist (a :: l₁) (a :: l₂)

/-- `Pairwise R l`: any earlier element of `l` is related by `R` to any later one. -/
inductive Pairwise (R : α → α → Prop) : List α → Prop
  | nil : Pairwise R []
  | cons {a : α} {l : List α} : (∀ a', a' ∈ l → R a a') → Pairwise R l → Pairwise R (a :: l)

def Nodup (l : List α) : Prop := Pairwise (· ≠ ·) l

/-- `Perm l₁ l₂`: the same elements, in another order. -/
inductive Perm : List α → List α → Prop
  | nil : Perm [] []
  | cons (x : α) {l₁ l₂ : List α} : Perm l₁ l₂ → Perm (x :: l₁) (x :: l₂)
  | swap (x y : α) (l : List α) : Perm (y :: x :: l) (x :: y :: l)
  | trans {l₁ l₂ l₃ : List α} : Perm l₁ l₂ → Perm l₂ l₃ → Perm l₁ l₃

protected def Subset (l₁ l₂ : List α) : Prop := ∀ ⦃a : α⦄, a ∈ l₁ → a ∈ l₂

instance : HasSubset (List α) := ⟨List.Subset⟩

def IsPrefix (l₁ l₂ : List α) : Prop := ∃ t, l₁ ++ t = l₂

def IsSuffix (l₁ l₂ : List α) : Prop := ∃ t, t ++ l₁ = l₂

/-! ## How the functions compute -/

@[simp] theorem length_nil : length (α := α) [] = 0 := rfl
@[simp] theorem length_cons {a : α} {as : List α} : (a :: as).length = as.length + 1 := rfl
theorem length_singleton {a : α} : [a].length = 1 := rfl
@[simp] theorem nil_append (as : List α) : [] ++ as = as := rfl
@[simp] theorem cons_append {a : α} {as bs : List α} : a :: as ++ bs = a :: (as ++ bs) := rfl
@[simp] theorem append_eq {as bs : List α} : List.append as bs = as ++ bs := rfl
theorem singleton_append {a : α} {l : List α} : [a] ++ l = a :: l := rfl
@[simp] theorem reverseAux_nil {r : List α} : reverseAux [] r = r := rfl
@[simp] theorem reverseAux_cons {a : α} {l r : List α} : reverseAux (a :: l) r = reverseAux l (a :: r) := rfl
@[simp] theorem reverse_nil : reverse ([] : List α) = [] := rfl
theorem reverse_singleton (a : α) : reverse [a] = [a] := rfl
@[simp] theorem map_nil {f : α → β} : map f [] = [] := rfl
@[simp] theorem map_cons {f : α → β} {a : α} {l : List α} : map f (a :: l) = f a :: map f l := rfl
@[simp] theorem filter_nil {p : α → Bool} : filter p [] = [] := rfl
@[simp] theorem filterMap_nil {f : α → Option β} : filterMap f [] = [] := rfl
@[simp] theorem foldr_nil {f : α → β → β} {b : β} : foldr f b [] = b := rfl
@[simp] theorem foldr_cons {f : α → β → β} {b : β} {a : α} {l : List α} : foldr f b (a :: l) = f a (foldr f b l) := rfl
@[simp] theorem foldl_nil {f : α → β → α} {b : α} : foldl f b [] = b := rfl
@[simp] theorem foldl_cons {f : α → β → α} {b : α} {a : β} {l : List β} : foldl f b (a :: l) = foldl f (f b a) l := rfl
@[simp] theorem flatten_nil : flatten ([] : List (List α)) = [] := rfl
@[simp] theorem flatten_cons {l : List α} {ls : List (List α)} : flatten (l :: ls) = l ++ flatten ls := rfl
@[simp] theorem flatMap_nil {f : α → List β} : flatMap f [] = [] := rfl
@[simp] theorem flatMap_cons {x : α} {xs : List α} {f : α → List β} : flatMap f (x :: xs) = f x ++ flatMap f xs := rfl
@[simp] theorem head?_nil : head? ([] : List α) = none := rfl
@[simp] theorem head?_cons {a : α} {l : List α} : head? (a :: l) = some a := rfl
@[simp] theorem head_cons {a : α} {l : List α} (h) : head (a :: l) h = a := rfl
@[simp] theorem headD_nil {d : α} : headD [] d = d := rfl
@[simp] theorem headD_cons {a d : α} {l : List α} : headD (a :: l) d = a := rfl
@[simp] theorem tail_nil : tail ([] : List α) = [] := rfl
@[simp] theorem tail_cons {a : α} {l : List α} : tail (a :: l) = l := rfl
@[simp] theorem getLast_singleton {a : α} (h) : getLast [a] h = a := rfl
@[simp] theorem getLast_cons_cons {a b : α} {l : List α} (h) : getLast (a :: b :: l) h = getLast (b :: l) nofun := rfl
@[simp] theorem take_zero {l : List α} : take 0 l = [] := rfl
@[simp] theorem take_nil {n : Nat} : take n ([] : List α) = [] := by cases n <;> rfl
@[simp] theorem take_succ_cons {n : Nat} {a : α} {l : List α} : take (n + 1) (a :: l) = a :: take n l := rfl
@[simp] theorem drop_zero {l : List α} : drop 0 l = l := rfl
@[simp] theorem drop_nil {n : Nat} : drop n ([] : List α) = [] := by cases n <;> rfl
@[simp] theorem drop_succ_cons {n : Nat} {a : α} {l : List α} : drop (n + 1) (a :: l) = drop n l := rfl
@[simp] theorem replicate_zero {a : α} : replicate 0 a = [] := rfl
@[simp] theorem replicate_succ {a : α} {n : Nat} : replicate (n + 1) a = a :: replicate n a := rfl
@[simp] theorem zipWith_nil_left {f : α → β → γ} {l : List β} : zipWith f [] l = [] := rfl
@[simp] theorem zipWith_nil_right {f : α → β → γ} {l : List α} : zipWith f l [] = [] := by cases l <;> rfl
@[simp] theorem zipWith_cons_cons {f : α → β → γ} {a : α} {b : β} {l : List α} {l' : List β} :
    zipWith f (a :: l) (b :: l') = f a b :: zipWith f l l' := rfl
@[simp] theorem zip_nil_left {l : List β} : zip ([] : List α) l = [] := rfl
@[simp] theorem zip_nil_right {l : List α} : zip l ([] : List β) = [] := zipWith_nil_right
@[simp] theorem zip_cons_cons {a : α} {b : β} {l : List α} {l' : List β} : zip (a :: l) (b :: l') = (a, b) :: zip l l' := rfl
@[simp] theorem isEmpty_nil : ([] : List α).isEmpty = true := rfl
@[simp] theorem isEmpty_cons {a : α} {l : List α} : (a :: l).isEmpty = false := rfl
@[simp] theorem all_nil {p : α → Bool} : all [] p = true := rfl
@[simp] theorem all_cons {p : α → Bool} {a : α} {l : List α} : all (a :: l) p = (p a && all l p) := rfl
@[simp] theorem any_nil {p : α → Bool} : any [] p = false := rfl
@[simp] theorem any_cons {p : α → Bool} {a : α} {l : List α} : any (a :: l) p = (p a || any l p) := rfl
@[simp] theorem elem_nil [BEq α] {a : α} : elem a [] = false := rfl
@[simp] theorem contains_nil [BEq α] {a : α} : ([] : List α).contains a = false := rfl
@[simp] theorem countP_nil {p : α → Bool} : countP p [] = 0 := rfl
@[simp] theorem count_nil [BEq α] {a : α} : count a [] = 0 := rfl
@[simp] theorem sum_nil [Add α] [OfNat α 0] : ([] : List α).sum = 0 := rfl
@[simp] theorem sum_cons [Add α] [OfNat α 0] {a : α} {l : List α} : (a :: l).sum = a + l.sum := rfl
@[simp] theorem range_zero : range 0 = [] := rfl
@[simp] theorem concat_nil {b : α} : concat [] b = [b] := rfl
@[simp] theorem concat_cons {a b : α} {l : List α} : concat (a :: l) b = a :: concat l b := rfl
@[simp] theorem dropLast_nil : dropLast ([] : List α) = [] := rfl
@[simp] theorem dropLast_singleton {a : α} : dropLast [a] = [] := rfl
@[simp] theorem dropLast_cons₂ {a b : α} {l : List α} : dropLast (a :: b :: l) = a :: dropLast (b :: l) := rfl

theorem filter_cons {p : α → Bool} {a : α} {l : List α} :
    filter p (a :: l) = if p a then a :: filter p l else filter p l := by
  show (match p a with | true => a :: filter p l | false => filter p l) = _
  cases p a <;> rfl

@[simp] theorem filter_cons_of_pos {p : α → Bool} {a : α} {l : List α} (h : p a) : filter p (a :: l) = a :: filter p l := by
  rw [filter_cons, if_pos h]

@[simp] theorem filter_cons_of_neg {p : α → Bool} {a : α} {l : List α} (h : ¬p a) : filter p (a :: l) = filter p l := by
  rw [filter_cons, if_neg h]

theorem countP_cons {p : α → Bool} {a : α} {l : List α} : countP p (a :: l) = countP p l + if p a then 1 else 0 := by
  show cond (p a) (countP p l + 1) (countP p l) = _
  cases p a <;> rfl

theorem count_cons [BEq α] {a b : α} {l : List α} : count a (b :: l) = count a l + if b == a then 1 else 0 := countP_cons

theorem takeWhile_cons {p : α → Bool} {a : α} {l : List α} :
    takeWhile p (a :: l) = if p a then a :: takeWhile p l else [] := by
  show (match p a with | true => a :: takeWhile p l | false => []) = _
  cases p a <;> rfl

theorem dropWhile_cons {p : α → Bool} {a : α} {l : List α} :
    dropWhile p (a :: l) = if p a then dropWhile p l else a :: l := by
  show (match p a with | true => dropWhile p l | false => a :: l) = _
  cases p a <;> rfl

@[simp] theorem takeWhile_nil {p : α → Bool} : takeWhile p [] = [] := rfl
@[simp] theorem dropWhile_nil {p : α → Bool} : dropWhile p [] = [] := rfl

/-! ## Constructors -/

theorem cons_ne_nil (a : α) (l : List α) : a :: l ≠ [] := nofun

@[simp] theorem cons_ne_self (a : α) (l : List α) : a :: l ≠ l := fun h =>
  Nat.succ_ne_self l.length (congrArg length h)

theorem cons_inj_right (a : α) {l l' : List α} : a :: l = a :: l' ↔ l = l' :=
  ⟨fun h => by injection h, fun h => h ▸ rfl⟩

theorem cons_eq_cons {a b : α} {l l' : List α} : a :: l = b :: l' ↔ a = b ∧ l = l' :=
  ⟨fun h => by injection h with h₁ h₂; exact ⟨h₁, h₂⟩, fun ⟨h₁, h₂⟩ => h₁ ▸ h₂ ▸ rfl⟩

theorem exists_cons_of_ne_nil {l : List α} (h : l ≠ []) : ∃ b l', l = b :: l' := by
  cases l with
  | nil => exact absurd rfl h
  | cons b l => exact ⟨b, l, rfl⟩

end List

protected def List.hasDecEq {α : Type u} [DecidableEq α] : (a b : List α) → Decidable (a = b)
  | [], [] => isTrue rfl
  | _ :: _, [] => isFalse nofun
  | [], _ :: _ => isFalse nofun
  | a :: as, b :: bs =>
    match decEq a b with
    | isFalse h => isFalse fun e => h (List.cons_eq_cons.mp e).1
    | isTrue h => match List.hasDecEq as bs with
      | isTrue h' => isTrue (h ▸ h' ▸ rfl)
      | isFalse h' => isFalse fun e => h' (List.cons_eq_cons.mp e).2

instance instDecidableEqList {α : Type u} [DecidableEq α] : DecidableEq (List α) := List.hasDecEq
