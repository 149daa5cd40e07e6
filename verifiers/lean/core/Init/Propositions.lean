/- Facts about the connectives, and about propositions as values of an equation: what `simp` and `rw` stand on. -/
prelude
import Init.Arithmetic

universe u v w

/-! ## Implication and negation -/

theorem mt {a b : Prop} (h₁ : a → b) (h₂ : ¬b) : ¬a := fun ha => h₂ (h₁ ha)

theorem not_false : ¬False := id

theorem not_not_intro {p : Prop} (h : p) : ¬¬p := fun hn => hn h

theorem not_not_em (a : Prop) : ¬¬(a ∨ ¬a) := fun h => h (.inr fun ha => h (.inl ha))

@[macro_inline] def Not.elim {a : Prop} {α : Sort u} (h₁ : ¬a) (h₂ : a) : α := absurd h₂ h₁

theorem Not.imp {a b : Prop} (h₁ : ¬b) (h₂ : a → b) : ¬a := mt h₂ h₁

theorem imp_intro {α β : Prop} (h : α) : β → α := fun _ => h

theorem imp_imp_imp {a b c d : Prop} (h₀ : c → a) (h₁ : b → d) : (a → b) → (c → d) := fun h hc => h₁ (h (h₀ hc))

theorem imp.swap {a b c : Prop} : (a → b → c) ↔ (b → a → c) := ⟨flip, flip⟩

theorem Function.mt {a b : Prop} (h₁ : a → b) (h₂ : ¬b) : ¬a := fun ha => h₂ (h₁ ha)

theorem proof_irrel {a : Prop} (h₁ h₂ : a) : h₁ = h₂ := rfl

theorem proofIrrel {a : Prop} (h₁ h₂ : a) : h₁ = h₂ := rfl

theorem proof_irrel_heq {p q : Prop} (hp : p) (hq : q) : hp ≍ hq := by
  cases propext ⟨fun _ => hq, fun _ => hp⟩
  exact HEq.rfl

/-! ## Equality and inequality -/

theorem Ne.intro {α : Sort u} {a b : α} (h : a = b → False) : a ≠ b := h

theorem Ne.elim {α : Sort u} {a b : α} (h : a ≠ b) : a = b → False := h

theorem Ne.irrefl {α : Sort u} {a : α} (h : a ≠ a) : False := h rfl

theorem Ne.symm {α : Sort u} {a b : α} (h : a ≠ b) : b ≠ a := fun e => h e.symm

theorem ne_comm {α : Sort u} {a b : α} : a ≠ b ↔ b ≠ a := ⟨Ne.symm, Ne.symm⟩

theorem eq_comm {α : Sort u} {a b : α} : a = b ↔ b = a := ⟨Eq.symm, Eq.symm⟩

theorem Eq.comm {α : Sort u} {a b : α} : a = b ↔ b = a := eq_comm

theorem false_of_ne {α : Sort u} {a : α} : a ≠ a → False := Ne.irrefl

theorem ne_false_of_self {p : Prop} (hp : p) : p ≠ False := fun h => h ▸ hp

theorem ne_true_of_not {p : Prop} (hnp : ¬p) : p ≠ True := fun h => absurd trivial (h ▸ hnp)

theorem ne_of_eq_of_ne {α : Sort u} {a b c : α} (h₁ : a = b) (h₂ : b ≠ c) : a ≠ c := h₁ ▸ h₂

theorem ne_of_ne_of_eq {α : Sort u} {a b c : α} (h₁ : a ≠ b) (h₂ : b = c) : a ≠ c := h₂ ▸ h₁

noncomputable def HEq.ndrec.{u1, u2} {α : Sort u2} {a : α} {motive : {β : Sort u2} → β → Sort u1} (m : motive a) {β : Sort u2}
    {b : β} (h : a ≍ b) : motive b :=
  h.rec m

noncomputable def HEq.ndrecOn.{u1, u2} {α : Sort u2} {a : α} {motive : {β : Sort u2} → β → Sort u1} {β : Sort u2} {b : β}
    (h : a ≍ b) (m : motive a) : motive b :=
  h.rec m

abbrev HEq.homo_ndrec.{u1, u2} {α : Sort u2} {a : α} {motive : α → Sort u1} (m : motive a) {b : α} (h : a ≍ b) : motive b :=
  (eq_of_heq h).ndrec m

abbrev HEq.homo_ndrec_symm.{u1, u2} {α : Sort u2} {a : α} {motive : α → Sort u1} (m : motive a) {b : α} (h : b ≍ a) :
    motive b :=
  (eq_of_heq h).ndrec_symm m

theorem HEq.subst {α β : Sort u} {a : α} {b : β} {p : (T : Sort u) → T → Prop} (h₁ : a ≍ b) (h₂ : p α a) : p β b :=
  HEq.ndrecOn h₁ h₂

theorem HEq.trans {α β φ : Sort u} {a : α} {b : β} {c : φ} (h₁ : a ≍ b) (h₂ : b ≍ c) : a ≍ c := HEq.subst h₂ h₁

noncomputable def HEq.elim {α : Sort u} {a b : α} {p : α → Sort v} (h₁ : a ≍ b) (h₂ : p a) : p b := eq_of_heq h₁ ▸ h₂

theorem heq_of_heq_of_eq {α β : Sort u} {a : α} {b b' : β} (h₁ : a ≍ b) (h₂ : b = b') : a ≍ b' := h₂ ▸ h₁

theorem heq_of_eq_of_heq {α β : Sort u} {a a' : α} {b : β} (h₁ : a = a') (h₂ : a' ≍ b) : a ≍ b := h₁ ▸ h₂

theorem eqRec_heq {α : Sort u} {φ : α → Sort v} {a a' : α} (h : a = a') (p : φ a) :
    Eq.recOn (motive := fun x _ => φ x) h p ≍ p :=
  match h with
  | rfl => HEq.rfl

theorem cast_heq {α β : Sort u} (h : α = β) (a : α) : cast h a ≍ a :=
  match h with
  | rfl => HEq.rfl

theorem cast_eq {α : Sort u} (h : α = α) (a : α) : cast h a = a := rfl

/-! ## Equivalence -/

@[refl] protected theorem Iff.refl (a : Prop) : a ↔ a := ⟨id, id⟩

protected theorem Iff.rfl {a : Prop} : a ↔ a := .refl a

theorem Iff.trans {a b c : Prop} (h₁ : a ↔ b) (h₂ : b ↔ c) : a ↔ c := ⟨fun h => h₂.mp (h₁.mp h), fun h => h₁.mpr (h₂.mpr h)⟩

theorem Iff.symm {a b : Prop} (h : a ↔ b) : b ↔ a := ⟨h.mpr, h.mp⟩

theorem Iff.comm {a b : Prop} : (a ↔ b) ↔ (b ↔ a) := ⟨Iff.symm, Iff.symm⟩

theorem iff_comm {a b : Prop} : (a ↔ b) ↔ (b ↔ a) := Iff.comm

theorem Iff.of_eq {a b : Prop} (h : a = b) : a ↔ b := h ▸ .rfl

theorem iff_of_eq {a b : Prop} (h : a = b) : a ↔ b := h ▸ .rfl

@[macro_inline] def Iff.elim {a b : Prop} {c : Sort u} (f : (a → b) → (b → a) → c) (h : a ↔ b) : c := f h.mp h.mpr

theorem iff_of_true {a b : Prop} (ha : a) (hb : b) : a ↔ b := ⟨fun _ => hb, fun _ => ha⟩

theorem iff_of_false {a b : Prop} (ha : ¬a) (hb : ¬b) : a ↔ b := ⟨fun h => absurd h ha, fun h => absurd h hb⟩

theorem iff_true_left {a b : Prop} (ha : a) : (a ↔ b) ↔ b := ⟨fun h => h.mp ha, iff_of_true ha⟩

theorem iff_true_right {a b : Prop} (ha : a) : (b ↔ a) ↔ b := Iff.comm.trans (iff_true_left ha)

theorem iff_false_left {a b : Prop} (ha : ¬a) : (a ↔ b) ↔ ¬b := ⟨fun h => mt h.mpr ha, iff_of_false ha⟩

theorem iff_true_intro {a : Prop} (h : a) : a ↔ True := iff_of_true h trivial

theorem iff_false_intro {a : Prop} (h : ¬a) : a ↔ False := iff_of_false h id

theorem of_iff_true {a : Prop} (h : a ↔ True) : a := h.mpr trivial

theorem not_congr {a b : Prop} (h : a ↔ b) : ¬a ↔ ¬b := ⟨mt h.mpr, mt h.mp⟩

theorem imp_congr {a b c d : Prop} (h₁ : a ↔ c) (h₂ : b ↔ d) : (a → b) ↔ (c → d) :=
  ⟨fun f hc => h₂.mp (f (h₁.mpr hc)), fun f ha => h₂.mpr (f (h₁.mp ha))⟩

theorem imp_congr_left {a b c : Prop} (h : a ↔ b) : (a → c) ↔ (b → c) := imp_congr h .rfl

theorem imp_congr_right {a b c : Prop} (h : a → (b ↔ c)) : (a → b) ↔ (a → c) :=
  ⟨fun f ha => (h ha).mp (f ha), fun f ha => (h ha).mpr (f ha)⟩

theorem iff_congr {a b c d : Prop} (h₁ : a ↔ c) (h₂ : b ↔ d) : (a ↔ b) ↔ (c ↔ d) :=
  ⟨fun h => (h₁.symm.trans h).trans h₂, fun h => (h₁.trans h).trans h₂.symm⟩

theorem iff_iff_implies_and_implies {a b : Prop} : (a ↔ b) ↔ (a → b) ∧ (b → a) :=
  ⟨fun h => ⟨h.mp, h.mpr⟩, fun h => ⟨h.left, h.right⟩⟩

instance instTransIff : Trans Iff Iff Iff := ⟨Iff.trans⟩

/-! ## Decidable propositions -/

@[macro_inline] def Decidable.byCases {p : Prop} {q : Sort u} [dec : Decidable p] (h₁ : p → q) (h₂ : ¬p → q) : q :=
  match dec with
  | isTrue h => h₁ h
  | isFalse h => h₂ h

theorem Decidable.em (p : Prop) [Decidable p] : p ∨ ¬p := byCases .inl .inr

theorem Decidable.byContradiction {p : Prop} [Decidable p] (h : ¬p → False) : p := byCases id fun hn => (h hn).elim

theorem Decidable.of_not_not {p : Prop} [Decidable p] (h : ¬¬p) : p := byContradiction h

theorem Decidable.not_not {p : Prop} [Decidable p] : ¬¬p ↔ p := ⟨of_not_not, not_not_intro⟩

theorem Decidable.not_and_iff_or_not_not {p q : Prop} [Decidable p] : ¬(p ∧ q) ↔ ¬p ∨ ¬q :=
  ⟨fun h => byCases (fun hp => .inr fun hq => h ⟨hp, hq⟩) .inl, fun h hpq => h.elim (· hpq.left) (· hpq.right)⟩

theorem Decidable.not_and_iff_or_not {p q : Prop} [Decidable p] [Decidable q] : ¬(p ∧ q) ↔ ¬p ∨ ¬q :=
  not_and_iff_or_not_not

theorem Decidable.or_iff_not_imp_left {p q : Prop} [Decidable p] : p ∨ q ↔ (¬p → q) :=
  ⟨fun h hn => h.elim (fun hp => absurd hp hn) id, fun h => byCases .inl fun hn => .inr (h hn)⟩

theorem Decidable.or_iff_not_imp_right {p q : Prop} [Decidable q] : p ∨ q ↔ (¬q → p) :=
  ⟨fun h hn => h.elim id fun hq => absurd hq hn, fun h => byCases .inr fun hn => .inl (h hn)⟩

theorem Decidable.not_imp_not {p q : Prop} [Decidable p] : (¬p → ¬q) ↔ (q → p) :=
  ⟨fun h hq => byContradiction fun hn => h hn hq, mt⟩

theorem Decidable.not_imp_comm {p q : Prop} [Decidable p] [Decidable q] : (¬p → q) ↔ (¬q → p) :=
  ⟨fun h hq => byContradiction fun hp => hq (h hp), fun h hp => byContradiction fun hq => hp (h hq)⟩

theorem Decidable.imp_iff_not_or {p q : Prop} [Decidable p] : (p → q) ↔ ¬p ∨ q :=
  ⟨fun h => byCases (fun hp => .inr (h hp)) .inl, fun h hp => h.elim (absurd hp) id⟩

theorem Decidable.not_imp_iff_and_not {p q : Prop} [Decidable p] : ¬(p → q) ↔ p ∧ ¬q :=
  ⟨fun h => ⟨byContradiction fun hn => h fun hp => absurd hp hn, fun hq => h fun _ => hq⟩, fun h hpq => h.2 (hpq h.1)⟩

@[inline] def decidable_of_iff {b : Prop} (a : Prop) (h : a ↔ b) [Decidable a] : Decidable b :=
  if ha : a then isTrue (h.mp ha) else isFalse fun hb => ha (h.mpr hb)

@[inline] def decidable_of_decidable_of_iff {p q : Prop} [Decidable p] (h : p ↔ q) : Decidable q := decidable_of_iff p h

@[inline] def decidable_of_decidable_of_eq {p q : Prop} [Decidable p] (h : p = q) : Decidable q :=
  decidable_of_iff p (iff_of_eq h)

instance instDecidableEqOfIff (p q : Prop) [d : Decidable (p ↔ q)] : Decidable (p = q) :=
  match d with
  | isTrue h => isTrue (propext h)
  | isFalse h => isFalse fun e => h (iff_of_eq e)

/-! ## Propositions equal to `True` or `False` -/

theorem of_eq_true {p : Prop} (h : p = True) : p := h ▸ trivial

theorem of_eq_false {p : Prop} (h : p = False) : ¬p := fun hp => h ▸ hp

theorem eq_true {p : Prop} (h : p) : p = True := propext (iff_true_intro h)

theorem eq_false {p : Prop} (h : ¬p) : p = False := propext (iff_false_intro h)

theorem eq_false' {p : Prop} (h : p → False) : p = False := eq_false h

theorem eq_true_of_decide {p : Prop} [Decidable p] (h : decide p = true) : p = True := eq_true (of_decide_eq_true h)

theorem eq_false_of_decide {p : Prop} {_ : Decidable p} (h : decide p = false) : p = False :=
  eq_false (of_decide_eq_false h)

@[simp] theorem eq_self {α : Sort u} (a : α) : (a = a) = True := eq_true rfl

@[simp] theorem heq_eq_eq {α : Sort u} (a b : α) : (a ≍ b) = (a = b) := propext ⟨eq_of_heq, heq_of_eq⟩

@[simp] theorem ne_eq {α : Sort u} (a b : α) : (a ≠ b) = ¬a = b := rfl

theorem Eq.propIntro {a b : Prop} (h₁ : a → b) (h₂ : b → a) : a = b := propext ⟨h₁, h₂⟩

theorem eq_iff_iff {a b : Prop} : (a = b) ↔ (a ↔ b) := ⟨Iff.of_eq, propext⟩

attribute [simp] eq_iff_iff

/-! ## Congruence: rewriting inside implications, quantifiers and conditionals -/

theorem implies_congr {p₁ p₂ : Sort u} {q₁ q₂ : Sort v} (h₁ : p₁ = p₂) (h₂ : q₁ = q₂) : (p₁ → q₁) = (p₂ → q₂) :=
  h₁ ▸ h₂ ▸ rfl

theorem implies_congr_left {p₁ p₂ : Sort u} {q : Sort v} (h : p₁ = p₂) : (p₁ → q) = (p₂ → q) := h ▸ rfl

theorem implies_congr_right {p : Sort u} {q₁ q₂ : Sort v} (h : q₁ = q₂) : (p → q₁) = (p → q₂) := h ▸ rfl

theorem implies_congr_ctx {p₁ p₂ q₁ q₂ : Prop} (h₁ : p₁ = p₂) (h₂ : p₂ → q₁ = q₂) : (p₁ → q₁) = (p₂ → q₂) :=
  propext ⟨fun h hp => h₂ hp ▸ h (h₁ ▸ hp), fun h hp => (h₂ (h₁ ▸ hp)).symm ▸ h (h₁ ▸ hp)⟩

theorem implies_dep_congr_ctx {p₁ p₂ q₁ : Prop} (h₁ : p₁ = p₂) {q₂ : p₂ → Prop} (h₂ : (h : p₂) → q₁ = q₂ h) :
    (p₁ → q₁) = ((h : p₂) → q₂ h) :=
  propext ⟨fun h hp => h₂ hp ▸ h (h₁ ▸ hp), fun h hp => (h₂ (h₁ ▸ hp)).symm ▸ h (h₁ ▸ hp)⟩

theorem forall_congr {α : Sort u} {p q : α → Prop} (h : ∀ a, p a = q a) : (∀ a, p a) = (∀ a, q a) :=
  (funext h : p = q) ▸ rfl

theorem pi_congr {α : Sort u} {β β' : α → Sort v} (h : ∀ a, β a = β' a) : (∀ a, β a) = ∀ a, β' a :=
  (funext h : β = β') ▸ rfl

theorem forall_prop_congr_dom {p₁ p₂ : Prop} (h : p₁ = p₂) (q : p₁ → Prop) :
    (∀ a : p₁, q a) = (∀ a : p₂, q (h ▸ a)) :=
  match h with
  | rfl => rfl

theorem forall_prop_domain_congr {p₁ p₂ : Prop} {q₁ : p₁ → Prop} {q₂ : p₂ → Prop} (h₁ : p₁ = p₂)
    (h₂ : ∀ a : p₂, q₁ (h₁.symm ▸ a) = q₂ a) : (∀ a : p₁, q₁ a) = (∀ a : p₂, q₂ a) := by
  subst h₁
  exact forall_congr h₂

theorem let_congr {α : Sort u} {β : Sort v} {a a' : α} {b b' : α → β} (h₁ : a = a') (h₂ : ∀ x, b x = b' x) :
    (let x := a; b x) = (let x := a'; b' x) :=
  h₁ ▸ h₂ a

theorem let_val_congr {α : Sort u} {β : Sort v} {a a' : α} (b : α → β) (h : a = a') :
    (let x := a; b x) = (let x := a'; b x) :=
  h ▸ rfl

theorem let_body_congr {α : Sort u} {β : α → Sort v} {b b' : (a : α) → β a} (a : α) (h : ∀ x, b x = b' x) :
    (let x := a; b x) = (let x := a; b' x) :=
  h a

theorem have_congr {α : Sort u} {β : Sort v} {a a' : α} {f f' : α → β} (h₁ : a = a') (h₂ : ∀ x, f x = f' x) :
    (have x := a; f x) = (have x := a'; f' x) :=
  h₁ ▸ h₂ a

theorem have_val_congr {α : Sort u} {β : Sort v} {a a' : α} {f : α → β} (h : a = a') :
    (have x := a; f x) = (have x := a'; f x) :=
  h ▸ rfl

theorem have_body_congr_dep {α : Sort u} {β : α → Sort v} (a : α) {f f' : (x : α) → β x} (h : ∀ x, f x = f' x) :
    (have x := a; f x) = (have x := a; f' x) :=
  h a

theorem have_body_congr {α : Sort u} {β : Sort v} (a : α) {f f' : α → β} (h : ∀ x, f x = f' x) :
    (have x := a; f x) = (have x := a; f' x) :=
  h a

theorem have_unused {α : Sort u} {β : Sort v} (a : α) {b b' : β} (h : b = b') : (have _ := a; b) = b' := h

theorem have_unused_dep {α : Sort u} {β : Sort v} (a : α) {b : α → β} {b' : β} (h : ∀ x, b x = b') :
    (have x := a; b x) = b' :=
  h a

theorem letFun_congr {α : Sort u} {β : Sort v} {a a' : α} {f f' : α → β} (h₁ : a = a') (h₂ : ∀ x, f x = f' x) :
    (have x := a; f x) = (have x := a'; f' x) :=
  h₁ ▸ h₂ a

theorem Eq.mpr_prop {p q : Prop} (h₁ : p = q) (h₂ : q) : p := h₁ ▸ h₂

theorem Eq.mpr_not {p q : Prop} (h₁ : p = q) (h₂ : ¬q) : ¬p := h₁ ▸ h₂

theorem if_pos {c : Prop} {h : Decidable c} (hc : c) {α : Sort u} {t e : α} : (if c then t else e) = t :=
  match h with
  | isTrue _ => rfl
  | isFalse hnc => absurd hc hnc

theorem if_neg {c : Prop} {h : Decidable c} (hnc : ¬c) {α : Sort u} {t e : α} : (if c then t else e) = e :=
  match h with
  | isTrue hc => absurd hc hnc
  | isFalse _ => rfl

theorem dif_pos {c : Prop} {h : Decidable c} (hc : c) {α : Sort u} {t : c → α} {e : ¬c → α} : dite c t e = t hc :=
  match h with
  | isTrue _ => rfl
  | isFalse hnc => absurd hc hnc

theorem dif_neg {c : Prop} {h : Decidable c} (hnc : ¬c) {α : Sort u} {t : c → α} {e : ¬c → α} : dite c t e = e hnc :=
  match h with
  | isTrue hc => absurd hc hnc
  | isFalse _ => rfl

/-! Lean's newer names for the four. -/

theorem ite_eq_left {c : Prop} {h : Decidable c} (hc : c) {α : Sort u} {t e : α} : (if c then t else e) = t := if_pos hc

theorem ite_eq_right {c : Prop} {h : Decidable c} (hnc : ¬c) {α : Sort u} {t e : α} : (if c then t else e) = e :=
  if_neg hnc

theorem dite_eq_left {c : Prop} {h : Decidable c} (hc : c) {α : Sort u} {t : c → α} {e : ¬c → α} :
    dite c t e = t hc := dif_pos hc

theorem dite_eq_right {c : Prop} {h : Decidable c} (hnc : ¬c) {α : Sort u} {t : c → α} {e : ¬c → α} :
    dite c t e = e hnc := dif_neg hnc

theorem dite_eq_ite {c : Prop} {h : Decidable c} {α : Sort u} {t e : α} :
    (if _ : c then t else e) = if c then t else e := rfl

theorem dif_eq_if (c : Prop) {h : Decidable c} {α : Sort u} (t e : α) :
    dite c (fun _ => t) (fun _ => e) = ite c t e := rfl

instance instDecidableIte {c t e : Prop} [dC : Decidable c] [dT : Decidable t] [dE : Decidable e] :
    Decidable (if c then t else e) :=
  match dC with
  | isTrue _ => dT
  | isFalse _ => dE

theorem ite_congr {x y u v : α} {s : Decidable b} [Decidable c] (h₁ : b = c) (h₂ : c → x = u) (h₃ : ¬c → y = v) :
    ite b x y = ite c u v := by
  subst h₁
  exact Decidable.byCases (fun h => (if_pos h).trans ((h₂ h).trans (if_pos h).symm))
    (fun h => (if_neg h).trans ((h₃ h).trans (if_neg h).symm))

theorem dite_congr {_ : Decidable b} [Decidable c] {x : b → α} {u : c → α} {y : ¬b → α} {v : ¬c → α}
    (h₁ : b = c) (h₂ : (h : c) → x (h₁.mpr_prop h) = u h) (h₃ : (h : ¬c) → y (h₁.mpr_not h) = v h) :
    dite b x y = dite c u v := by
  subst h₁
  exact Decidable.byCases (fun h => (dif_pos h).trans ((h₂ h).trans (dif_pos h).symm))
    (fun h => (dif_neg h).trans ((h₃ h).trans (dif_neg h).symm))
