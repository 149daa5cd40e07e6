/-
The functions on natural numbers that the kernel computes by name.

Lean's kernel evaluates `Nat.add 2 2` and its like with big-number arithmetic instead of unfolding a definition, so these
definitions must mean exactly what the kernel computes: add sub mul pow beq ble div mod gcd land lor xor shiftLeft
shiftRight log2. Where the usual recursion is on a smaller quotient, a number of steps that always suffices (`fuel`) makes
it structural. The equations that characterise each function are theorems, in `Init.Nat.Division` and `Init.Nat.Bits`.
-/
prelude
import Init.Decidable

@[extern "lean_nat_add"] protected def Nat.add : (@& Nat) → (@& Nat) → Nat
  | a, .zero => a
  | a, .succ b => .succ (Nat.add a b)

instance instAddNat : Add Nat := ⟨Nat.add⟩

attribute [match_pattern] Nat.add

@[extern "lean_nat_mul"] protected def Nat.mul : (@& Nat) → (@& Nat) → Nat
  | _, .zero => .zero
  | a, .succ b => Nat.add (Nat.mul a b) a

instance instMulNat : Mul Nat := ⟨Nat.mul⟩

@[extern "lean_nat_pow"] protected def Nat.pow (m : @& Nat) : (@& Nat) → Nat
  | .zero => 1
  | .succ n => Nat.mul (Nat.pow m n) m

instance instNatPowNat : NatPow Nat := ⟨Nat.pow⟩

@[extern "lean_nat_pred"] def Nat.pred : (@& Nat) → Nat
  | .zero => .zero
  | .succ n => n

@[extern "lean_nat_sub"] protected def Nat.sub : (@& Nat) → (@& Nat) → Nat
  | a, .zero => a
  | a, .succ b => Nat.pred (Nat.sub a b)

instance instSubNat : Sub Nat := ⟨Nat.sub⟩

/-! ## Comparison -/

@[extern "lean_nat_dec_eq"] def Nat.beq : (@& Nat) → (@& Nat) → Bool
  | .zero, .zero => true
  | .zero, .succ _ => false
  | .succ _, .zero => false
  | .succ n, .succ m => Nat.beq n m

@[extern "lean_nat_dec_le"] def Nat.ble : (@& Nat) → (@& Nat) → Bool
  | .zero, _ => true
  | .succ _, .zero => false
  | .succ n, .succ m => Nat.ble n m

protected inductive Nat.le (n : Nat) : Nat → Prop
  | refl : Nat.le n n
  | step {m} : Nat.le n m → Nat.le n (.succ m)

instance instLENat : LE Nat := ⟨Nat.le⟩

protected def Nat.lt (n m : Nat) : Prop := Nat.le (.succ n) m

instance instLTNat : LT Nat := ⟨Nat.lt⟩

/-! With `Nat.beq` and `Nat.ble` there, the constructors of any type can be told apart. -/

theorem Nat.beq_self : (n : Nat) → Nat.beq n n = true
  | .zero => rfl
  | .succ n => Nat.beq_self n

theorem noConfusion_of_Nat {α : Sort u} (f : α → Nat) {a b : α} (h : a = b) : (Nat.beq (f a) (f b)).rec False True :=
  have : Nat.beq (f a) (f b) = true := h ▸ Nat.beq_self (f a)
  @Eq.rec Bool true (fun b _ => Bool.rec (motive := fun _ => Prop) False True b) trivial _ this.symm


/-! ## Deciding equality and order -/

theorem Nat.eq_of_beq_eq_true : {n m : Nat} → Nat.beq n m = true → n = m
  | .zero, .zero, _ => rfl
  | .zero, .succ _, h => Bool.noConfusion h
  | .succ _, .zero, h => Bool.noConfusion h
  | .succ n, .succ m, h => congrArg Nat.succ (Nat.eq_of_beq_eq_true (n := n) (m := m) h)

theorem Nat.ne_of_beq_eq_false {n m : Nat} (h : Nat.beq n m = false) : ¬n = m := fun e =>
  absurd (h.symm.trans (e ▸ Nat.beq_self n)) Bool.false_ne_true

theorem Nat.beq_reflects (n m : Nat) : (b : Bool) → Nat.beq n m = b → b.Reflects (n = m)
  | true => Nat.eq_of_beq_eq_true
  | false => Nat.ne_of_beq_eq_false

@[reducible, extern "lean_nat_dec_eq"]
protected def Nat.decEq (n m : @& Nat) : Decidable (n = m) := ⟨Nat.beq n m, Nat.beq_reflects n m _ rfl⟩

@[inline] instance instDecidableEqNat : DecidableEq Nat := Nat.decEq

attribute [gen_constructor_elims] Bool Nat List Option Sum PSum

/-! What the constructors of an enumeration are told apart by. -/

abbrev noConfusionTypeEnum {α : Sort u} (f : α → Nat) (P : Sort w) (x y : α) : Sort w :=
  (Nat.decEq (f x) (f y)).decide.casesOn P (P → P)

abbrev noConfusionEnum {α : Sort u} (f : α → Nat) {P : Sort w} {x y : α} (h : x = y) : noConfusionTypeEnum f P x y :=
  (Nat.decEq (f x) (f y)).falseTrueCases (motive := fun d => d.decide.casesOn P (P → P))
    (fun hn => absurd (congrArg f h) hn) (fun _ p => p)

theorem Nat.zero_le : (n : Nat) → 0 ≤ n
  | .zero => .refl
  | .succ n => .step (Nat.zero_le n)

theorem Nat.succ_le_succ {n m : Nat} (h : n ≤ m) : Nat.succ n ≤ Nat.succ m :=
  Nat.le.rec (motive := fun m _ => Nat.le (.succ n) (.succ m)) .refl (fun _ h => .step h) h

protected theorem Nat.le_trans {n m k : Nat} (h₁ : n ≤ m) (h₂ : m ≤ k) : n ≤ k :=
  Nat.le.rec (motive := fun k _ => Nat.le n k) h₁ (fun _ h => .step h) h₂

theorem Nat.pred_le_pred {n m : Nat} (h : n ≤ m) : Nat.pred n ≤ Nat.pred m :=
  Nat.le.rec (motive := fun m _ => Nat.le n.pred m.pred) .refl
    (fun {m} _ ih => match m with
      | .zero => ih
      | .succ _ => .step ih) h

theorem Nat.le_of_succ_le_succ {n m : Nat} (h : Nat.succ n ≤ Nat.succ m) : n ≤ m := Nat.pred_le_pred h

theorem Nat.not_succ_le_zero (n : Nat) : ¬Nat.succ n ≤ 0 := fun h =>
  Nat.le.rec (n := .succ n) (motive := fun m _ => Nat.beq 0 m = true → False)
    (fun e => Bool.false_ne_true e) (fun _ _ e => Bool.false_ne_true e) h rfl

theorem Nat.ble_reflects : (n m : Nat) → (Nat.ble n m).Reflects (n ≤ m)
  | .zero, m => Nat.zero_le m
  | .succ n, .zero => Nat.not_succ_le_zero n
  | .succ n, .succ m =>
    match (generalizing := true) Nat.ble n m, Nat.ble_reflects n m with
    | true, h => Nat.succ_le_succ h
    | false, h => fun h' => h (Nat.le_of_succ_le_succ h')

@[extern "lean_nat_dec_le"]
instance Nat.decLe (n m : @& Nat) : Decidable (n ≤ m) := ⟨Nat.ble n m, Nat.ble_reflects n m⟩

@[extern "lean_nat_dec_lt"]
instance Nat.decLt (n m : @& Nat) : Decidable (n < m) := Nat.decLe (.succ n) m

@[inline, instance_reducible] def minOfLe [LE α] [DecidableRel (@LE.le α _)] : Min α := ⟨fun x y => if x ≤ y then x else y⟩

@[inline, instance_reducible] def maxOfLe [LE α] [DecidableRel (@LE.le α _)] : Max α := ⟨fun x y => if x ≤ y then y else x⟩

instance instMinNat : Min Nat := minOfLe

instance instMaxNat : Max Nat := maxOfLe

/-! ## Quotient, remainder, greatest common divisor

Each step of `divide` takes `y` off `x`, so that `x` steps suffice when `y` is not zero; and so on. -/

def Nat.divide (y : Nat) : (fuel x : Nat) → Nat
  | .zero, _ => 0
  | .succ fuel, x => if y ≤ x then Nat.divide y fuel (x - y) + 1 else 0

@[extern "lean_nat_div"] protected def Nat.div (x y : @& Nat) : Nat := if 0 < y then Nat.divide y x x else 0

instance Nat.instDiv : Div Nat := ⟨Nat.div⟩

def Nat.remainder (y : Nat) : (fuel x : Nat) → Nat
  | .zero, x => x
  | .succ fuel, x => if y ≤ x then Nat.remainder y fuel (x - y) else x

@[extern "lean_nat_mod"] protected def Nat.mod (x y : @& Nat) : Nat := if 0 < y then Nat.remainder y x x else x

instance Nat.instMod : Mod Nat := ⟨Nat.mod⟩

def Nat.euclid : (fuel m n : Nat) → Nat
  | .zero, _, n => n
  | .succ fuel, m, n => if m = 0 then n else Nat.euclid fuel (n % m) m

@[extern "lean_nat_gcd"] def Nat.gcd (m n : @& Nat) : Nat := Nat.euclid m m n

/-! ## Binary digits -/

def Nat.halvings : (fuel n : Nat) → Nat
  | .zero, _ => 0
  | .succ fuel, n => if 2 ≤ n then Nat.halvings fuel (n / 2) + 1 else 0

@[extern "lean_nat_log2"] def Nat.log2 (n : @& Nat) : Nat := Nat.halvings n n

/-- Combine the binary digits of `n` and `m` with `f`, from the last digit on. -/
def Nat.bitwiseSteps (f : Bool → Bool → Bool) : (fuel n m : Nat) → Nat
  | .zero, _, _ => 0
  | .succ fuel, n, m =>
    if n = 0 then (if f false true then m else 0)
    else if m = 0 then (if f true false then n else 0)
    else
      let high := Nat.bitwiseSteps f fuel (n / 2) (m / 2)
      if f (n % 2 = 1) (m % 2 = 1) then high + high + 1 else high + high

def Nat.bitwise (f : Bool → Bool → Bool) (n m : Nat) : Nat := Nat.bitwiseSteps f (n + 1) n m

@[extern "lean_nat_land"] def Nat.land : @& Nat → @& Nat → Nat := Nat.bitwise and
@[extern "lean_nat_lor"] def Nat.lor : @& Nat → @& Nat → Nat := Nat.bitwise or
@[extern "lean_nat_lxor"] def Nat.xor : @& Nat → @& Nat → Nat := Nat.bitwise bne

@[extern "lean_nat_shiftl"] def Nat.shiftLeft : @& Nat → @& Nat → Nat
  | n, .zero => n
  | n, .succ m => Nat.shiftLeft (2 * n) m

@[extern "lean_nat_shiftr"] def Nat.shiftRight : @& Nat → @& Nat → Nat
  | n, .zero => n
  | n, .succ m => Nat.shiftRight n m / 2

instance Nat.instAndOp : AndOp Nat := ⟨Nat.land⟩
instance Nat.instOrOp : OrOp Nat := ⟨Nat.lor⟩
instance Nat.instXorOp : XorOp Nat := ⟨Nat.xor⟩
instance Nat.instShiftLeft : ShiftLeft Nat := ⟨Nat.shiftLeft⟩
instance Nat.instShiftRight : ShiftRight Nat := ⟨Nat.shiftRight⟩

/-- `a ∣ b`: some multiple of `a` is `b`. -/
instance Nat.instDvdNat : Dvd Nat := ⟨fun a b => ∃ c, b = a * c⟩
