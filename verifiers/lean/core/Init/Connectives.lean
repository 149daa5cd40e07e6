/- The laws of the connectives, and the rules by which `simp` normalises propositions. -/
prelude
import Init.Classical

universe u v w

variable {a b c d p q : Prop}

/-! ## Implication -/

theorem imp_self (a : Prop) : (a → a) ↔ True := iff_true_intro id

theorem imp_not_comm : (a → ¬b) ↔ (b → ¬a) := ⟨flip, flip⟩

theorem imp_iff_right (ha : a) : (a → b) ↔ b := ⟨(· ha), fun hb _ => hb⟩

theorem imp_false : (a → False) ↔ ¬a := .rfl

theorem imp_imp_imp_iff (h : a ↔ b) : (a → c) ↔ (b → c) := imp_congr_left h

theorem imp_and {α : Sort u} : (α → b ∧ c) ↔ (α → b) ∧ (α → c) :=
  ⟨fun h => ⟨fun ha => (h ha).1, fun ha => (h ha).2⟩, fun h ha => ⟨h.1 ha, h.2 ha⟩⟩

@[simp] theorem imp_self_eq (a : Prop) : (a → a) = True := eq_true id

@[simp] theorem not_false_eq_true : (¬False) = True := eq_true id

@[simp] theorem not_true_eq_false : (¬True) = False := eq_false (· trivial)

theorem not_true : ¬True ↔ False := iff_false_intro (· trivial)

theorem not_false_iff : ¬False ↔ True := iff_true_intro id

@[simp] theorem false_implies (p : Prop) : (False → p) = True := eq_true False.elim

@[simp] theorem forall_false (p : False → Prop) : (∀ h : False, p h) = True := eq_true (False.elim ·)

@[simp] theorem implies_true (α : Sort u) : (α → True) = True := eq_true fun _ => trivial

@[simp] theorem true_implies (p : Prop) : (True → p) = p := propext ⟨(· trivial), fun h _ => h⟩

theorem true_imp_iff : (True → a) ↔ a := imp_iff_right trivial

theorem false_imp_iff (a : Prop) : (False → a) ↔ True := iff_true_intro False.elim

theorem false_iff_true : (False ↔ True) ↔ False := ⟨fun h => h.mpr trivial, False.elim⟩

theorem true_iff_false : (True ↔ False) ↔ False := ⟨fun h => h.mp trivial, False.elim⟩

theorem true_ne_false : ¬True = False := ne_false_of_self trivial

@[simp] theorem Classical.not_not_simp : (¬¬a) = a := propext Classical.not_not

/-! ## Equivalence -/

@[simp] theorem iff_self (p : Prop) : (p ↔ p) = True := eq_true .rfl

@[simp] theorem iff_true (p : Prop) : (p ↔ True) = p := propext ⟨of_iff_true, iff_true_intro⟩

@[simp] theorem true_iff (p : Prop) : (True ↔ p) = p := propext ⟨fun h => h.mp trivial, fun h => iff_of_true trivial h⟩

@[simp] theorem iff_false (p : Prop) : (p ↔ False) = ¬p := propext ⟨Iff.mp, iff_false_intro⟩

@[simp] theorem false_iff (p : Prop) : (False ↔ p) = ¬p := propext ⟨Iff.mpr, fun h => (iff_false_intro h).symm⟩

@[simp] theorem iff_not_self : ¬(a ↔ ¬a) := fun h => have hn := fun ha => h.mp ha ha; hn (h.mpr hn)

@[simp] theorem not_iff_self : ¬(¬a ↔ a) := fun h => iff_not_self h.symm

theorem iff_def : (a ↔ b) ↔ (a → b) ∧ (b → a) := iff_iff_implies_and_implies

theorem iff_def' : (a ↔ b) ↔ (b → a) ∧ (a → b) := ⟨fun h => ⟨h.mpr, h.mp⟩, fun h => ⟨h.2, h.1⟩⟩

theorem not_iff_not_of_iff (h : a ↔ b) : ¬a ↔ ¬b := not_congr h

theorem true_eq_false_iff : (True = False) ↔ False := iff_false_intro true_ne_false

theorem iff_false_right (ha : ¬a) : (b ↔ a) ↔ ¬b := Iff.comm.trans (iff_false_left ha)

theorem not_of_iff_false : (p ↔ False) → ¬p := Iff.mp

theorem of_iff_true' (h : p ↔ True) : p := of_iff_true h

/-! ## Conjunction -/

theorem And.symm (h : a ∧ b) : b ∧ a := ⟨h.2, h.1⟩

theorem And.comm : a ∧ b ↔ b ∧ a := ⟨And.symm, And.symm⟩

theorem and_comm : a ∧ b ↔ b ∧ a := And.comm

theorem And.swap (h : a ∧ b) : b ∧ a := h.symm

theorem and_symm_right (a b : Prop) : (a ∧ b) = (b ∧ a) := propext and_comm

@[macro_inline] def And.elim {α : Sort u} (f : a → b → α) (h : a ∧ b) : α := f h.1 h.2

theorem And.imp (f : a → c) (g : b → d) (h : a ∧ b) : c ∧ d := ⟨f h.1, g h.2⟩

theorem And.imp_left (h : a → b) : a ∧ c → b ∧ c := .imp h id

theorem And.imp_right (h : a → b) : c ∧ a → c ∧ b := .imp id h

theorem and_assoc : (a ∧ b) ∧ c ↔ a ∧ b ∧ c := ⟨fun ⟨⟨x, y⟩, z⟩ => ⟨x, y, z⟩, fun ⟨x, y, z⟩ => ⟨⟨x, y⟩, z⟩⟩

theorem and_left_comm : a ∧ b ∧ c ↔ b ∧ a ∧ c := ⟨fun ⟨x, y, z⟩ => ⟨y, x, z⟩, fun ⟨x, y, z⟩ => ⟨y, x, z⟩⟩

theorem and_right_comm : (a ∧ b) ∧ c ↔ (a ∧ c) ∧ b :=
  ⟨fun ⟨⟨x, y⟩, z⟩ => ⟨⟨x, z⟩, y⟩, fun ⟨⟨x, y⟩, z⟩ => ⟨⟨x, z⟩, y⟩⟩

theorem and_rotate : a ∧ b ∧ c ↔ b ∧ c ∧ a := ⟨fun ⟨x, y, z⟩ => ⟨y, z, x⟩, fun ⟨x, y, z⟩ => ⟨z, x, y⟩⟩

theorem and_and_and_comm : (a ∧ b) ∧ c ∧ d ↔ (a ∧ c) ∧ b ∧ d :=
  ⟨fun ⟨⟨x, y⟩, z, w⟩ => ⟨⟨x, z⟩, y, w⟩, fun ⟨⟨x, y⟩, z, w⟩ => ⟨⟨x, z⟩, y, w⟩⟩

theorem and_congr (h₁ : a ↔ c) (h₂ : b ↔ d) : a ∧ b ↔ c ∧ d := ⟨And.imp h₁.mp h₂.mp, And.imp h₁.mpr h₂.mpr⟩

theorem and_congr_right (h : a → (b ↔ c)) : a ∧ b ↔ a ∧ c :=
  ⟨fun ⟨ha, hb⟩ => ⟨ha, (h ha).mp hb⟩, fun ⟨ha, hc⟩ => ⟨ha, (h ha).mpr hc⟩⟩

theorem and_congr_left (h : c → (a ↔ b)) : a ∧ c ↔ b ∧ c := and_comm.trans ((and_congr_right h).trans and_comm)

theorem and_congr_left' (h : a ↔ b) : a ∧ c ↔ b ∧ c := and_congr h .rfl

theorem and_congr_right' (h : b ↔ c) : a ∧ b ↔ a ∧ c := and_congr .rfl h

theorem and_congr_right_eq (h : a → b = c) : (a ∧ b) = (a ∧ c) := propext (and_congr_right fun ha => .of_eq (h ha))

theorem and_congr_left_eq (h : c → a = b) : (a ∧ c) = (b ∧ c) := propext (and_congr_left fun hc => .of_eq (h hc))

theorem and_iff_left (hb : b) : a ∧ b ↔ a := ⟨And.left, (⟨·, hb⟩)⟩

theorem and_iff_right (ha : a) : a ∧ b ↔ b := ⟨And.right, (⟨ha, ·⟩)⟩

theorem and_iff_left_of_imp (h : a → b) : a ∧ b ↔ a := ⟨And.left, fun ha => ⟨ha, h ha⟩⟩

theorem and_iff_right_of_imp (h : b → a) : a ∧ b ↔ b := ⟨And.right, fun hb => ⟨h hb, hb⟩⟩

@[simp] theorem and_true (p : Prop) : (p ∧ True) = p := propext (and_iff_left trivial)

@[simp] theorem true_and (p : Prop) : (True ∧ p) = p := propext (and_iff_right trivial)

@[simp] theorem and_false (p : Prop) : (p ∧ False) = False := eq_false And.right

@[simp] theorem false_and (p : Prop) : (False ∧ p) = False := eq_false And.left

@[simp] theorem and_self (p : Prop) : (p ∧ p) = p := propext (and_iff_left_of_imp id)

theorem and_self_iff : a ∧ a ↔ a := .of_eq (and_self a)

@[simp] theorem and_not_self : ¬(a ∧ ¬a) := fun h => h.2 h.1

@[simp] theorem not_and_self : ¬(¬a ∧ a) := fun h => h.1 h.2

theorem and_not_self_iff (a : Prop) : a ∧ ¬a ↔ False := iff_false_intro and_not_self

theorem not_and_self_iff (a : Prop) : ¬a ∧ a ↔ False := iff_false_intro not_and_self

@[simp] theorem and_imp : (a ∧ b → c) ↔ (a → b → c) := ⟨fun h ha hb => h ⟨ha, hb⟩, fun h hab => h hab.1 hab.2⟩

@[simp] theorem not_and : ¬(a ∧ b) ↔ (a → ¬b) := and_imp

theorem not_and' : ¬(a ∧ b) ↔ (b → ¬a) := not_and.trans imp_not_comm

@[simp] theorem and_self_left : a ∧ a ∧ b ↔ a ∧ b := and_iff_right_of_imp And.left

@[simp] theorem and_self_right : (a ∧ b) ∧ b ↔ a ∧ b := and_iff_left_of_imp And.right

@[simp] theorem and_congr_right_iff : (a ∧ b ↔ a ∧ c) ↔ (a → (b ↔ c)) :=
  ⟨fun h ha => ⟨fun hb => (h.mp ⟨ha, hb⟩).2, fun hc => (h.mpr ⟨ha, hc⟩).2⟩, and_congr_right⟩

@[simp] theorem and_congr_left_iff : (a ∧ c ↔ b ∧ c) ↔ (c → (a ↔ b)) :=
  ⟨fun h hc => ⟨fun ha => (h.mp ⟨ha, hc⟩).1, fun hb => (h.mpr ⟨hb, hc⟩).1⟩, and_congr_left⟩

@[simp] theorem and_iff_left_iff_imp : (a ∧ b ↔ a) ↔ (a → b) := ⟨fun h ha => (h.mpr ha).2, and_iff_left_of_imp⟩

@[simp] theorem and_iff_right_iff_imp : (a ∧ b ↔ b) ↔ (b → a) := ⟨fun h hb => (h.mpr hb).1, and_iff_right_of_imp⟩

@[simp] theorem iff_self_and : (p ↔ p ∧ q) ↔ (p → q) := Iff.comm.trans and_iff_left_iff_imp

@[simp] theorem iff_and_self : (p ↔ q ∧ p) ↔ (p → q) := Iff.comm.trans and_iff_right_iff_imp

theorem not_and_of_not_left (b : Prop) : ¬a → ¬(a ∧ b) := mt And.left

theorem not_and_of_not_right (a : Prop) {b : Prop} : ¬b → ¬(a ∧ b) := mt And.right

/-! ## Disjunction -/

theorem Or.symm (h : a ∨ b) : b ∨ a := h.elim .inr .inl

theorem Or.comm : a ∨ b ↔ b ∨ a := ⟨Or.symm, Or.symm⟩

theorem or_comm : a ∨ b ↔ b ∨ a := Or.comm

theorem Or.swap (h : a ∨ b) : b ∨ a := h.symm

theorem Or.imp (f : a → c) (g : b → d) (h : a ∨ b) : c ∨ d := h.elim (fun x => .inl (f x)) (fun x => .inr (g x))

theorem Or.imp_left (f : a → b) : a ∨ c → b ∨ c := .imp f id

theorem Or.imp_right (f : b → c) : a ∨ b → a ∨ c := .imp id f

theorem Or.resolve_left (h : a ∨ b) (na : ¬a) : b := h.elim (absurd · na) id

theorem Or.resolve_right (h : a ∨ b) (nb : ¬b) : a := h.elim id (absurd · nb)

theorem Or.neg_resolve_left (h : ¬a ∨ b) (ha : a) : b := h.elim (absurd ha) id

theorem Or.neg_resolve_right (h : a ∨ ¬b) (nb : b) : a := h.elim id (absurd nb)

theorem or_assoc : (a ∨ b) ∨ c ↔ a ∨ b ∨ c :=
  ⟨fun h => h.elim (Or.imp_right .inl) fun hc => .inr (.inr hc),
    fun h => h.elim (fun ha => .inl (.inl ha)) (Or.imp_left .inr)⟩

theorem or_left_comm : a ∨ b ∨ c ↔ b ∨ a ∨ c :=
  ⟨fun h => h.elim (fun ha => .inr (.inl ha)) (Or.imp_right .inr),
    fun h => h.elim (fun hb => .inr (.inl hb)) (Or.imp_right .inr)⟩

theorem or_congr (h₁ : a ↔ c) (h₂ : b ↔ d) : a ∨ b ↔ c ∨ d := ⟨.imp h₁.mp h₂.mp, .imp h₁.mpr h₂.mpr⟩

theorem or_congr_left (h : a ↔ b) : a ∨ c ↔ b ∨ c := or_congr h .rfl

theorem or_congr_right (h : b ↔ c) : a ∨ b ↔ a ∨ c := or_congr .rfl h

theorem or_right_comm : (a ∨ b) ∨ c ↔ (a ∨ c) ∨ b := or_assoc.trans ((or_congr_right or_comm).trans or_assoc.symm)

theorem or_rotate : a ∨ b ∨ c ↔ b ∨ c ∨ a := or_comm.trans or_assoc

theorem or_or_or_comm : (a ∨ b) ∨ c ∨ d ↔ (a ∨ c) ∨ b ∨ d :=
  or_assoc.trans ((or_congr_right or_left_comm).trans or_assoc.symm)

theorem or_iff_left_of_imp (h : b → a) : a ∨ b ↔ a := ⟨fun x => x.elim id h, .inl⟩

theorem or_iff_right_of_imp (h : a → b) : a ∨ b ↔ b := ⟨fun x => x.elim h id, .inr⟩

theorem or_iff_left (hb : ¬b) : a ∨ b ↔ a := or_iff_left_of_imp (absurd · hb)

theorem or_iff_right (ha : ¬a) : a ∨ b ↔ b := or_iff_right_of_imp (absurd · ha)

@[simp] theorem or_self (p : Prop) : (p ∨ p) = p := propext (or_iff_left_of_imp id)

theorem or_self_iff : a ∨ a ↔ a := .of_eq (or_self a)

@[simp] theorem or_true (p : Prop) : (p ∨ True) = True := eq_true (.inr trivial)

@[simp] theorem true_or (p : Prop) : (True ∨ p) = True := eq_true (.inl trivial)

@[simp] theorem or_false (p : Prop) : (p ∨ False) = p := propext (or_iff_left id)

@[simp] theorem false_or (p : Prop) : (False ∨ p) = p := propext (or_iff_right id)

@[simp] theorem or_self_left : a ∨ a ∨ b ↔ a ∨ b := or_iff_right_of_imp .inl

@[simp] theorem or_self_right : (a ∨ b) ∨ b ↔ a ∨ b := or_iff_left_of_imp .inr

@[simp] theorem or_iff_left_iff_imp : (a ∨ b ↔ a) ↔ (b → a) := ⟨fun h hb => h.mp (.inr hb), or_iff_left_of_imp⟩

@[simp] theorem or_iff_right_iff_imp : (a ∨ b ↔ b) ↔ (a → b) := ⟨fun h ha => h.mp (.inl ha), or_iff_right_of_imp⟩

@[simp] theorem iff_self_or {a b : Prop} : (a ↔ a ∨ b) ↔ (b → a) := Iff.comm.trans or_iff_left_iff_imp

@[simp] theorem iff_or_self {a b : Prop} : (b ↔ a ∨ b) ↔ (a → b) := Iff.comm.trans or_iff_right_iff_imp

theorem or_imp : (a ∨ b → c) ↔ (a → c) ∧ (b → c) :=
  ⟨fun h => ⟨fun ha => h (.inl ha), fun hb => h (.inr hb)⟩, fun h hab => hab.elim h.1 h.2⟩

@[simp] theorem not_or : ¬(p ∨ q) ↔ ¬p ∧ ¬q := or_imp

theorem not_or_intro (ha : ¬a) (hb : ¬b) : ¬(a ∨ b) := (·.elim ha hb)

theorem not_and_of_not_or_not (h : ¬a ∨ ¬b) : ¬(a ∧ b) := h.elim (mt And.left) (mt And.right)

@[simp] theorem Classical.or_not_self (a : Prop) : a ∨ ¬a := em a

@[simp] theorem Classical.not_or_self (a : Prop) : ¬a ∨ a := (em a).symm

theorem not_imp_of_and_not : a ∧ ¬b → ¬(a → b) := fun h hab => h.2 (hab h.1)

/-! ## Distributivity -/

theorem and_or_left : a ∧ (b ∨ c) ↔ a ∧ b ∨ a ∧ c :=
  ⟨fun ⟨ha, h⟩ => h.imp (⟨ha, ·⟩) (⟨ha, ·⟩), fun h => h.elim (.imp_right .inl) (.imp_right .inr)⟩

theorem or_and_right : (a ∨ b) ∧ c ↔ a ∧ c ∨ b ∧ c :=
  ⟨fun ⟨h, hc⟩ => h.imp (⟨·, hc⟩) (⟨·, hc⟩), fun h => h.elim (.imp_left .inl) (.imp_left .inr)⟩

theorem or_and_left : a ∨ b ∧ c ↔ (a ∨ b) ∧ (a ∨ c) :=
  ⟨fun h => h.elim (fun ha => ⟨.inl ha, .inl ha⟩) (.imp .inr .inr),
    fun ⟨h₁, h₂⟩ => h₁.elim .inl fun hb => h₂.imp_right (⟨hb, ·⟩)⟩

theorem and_or_right : a ∧ b ∨ c ↔ (a ∨ c) ∧ (b ∨ c) :=
  ⟨fun h => h.elim (.imp .inl .inl) (fun hc => ⟨.inr hc, .inr hc⟩),
    fun ⟨h₁, h₂⟩ => h₁.elim (fun ha => h₂.imp_left (⟨ha, ·⟩)) .inr⟩
