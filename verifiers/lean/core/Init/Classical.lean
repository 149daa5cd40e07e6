/- Classical logic: excluded middle from the axiom of choice (Diaconescu), and what follows. -/
prelude
import Init.Propositions

universe u v

namespace Classical

noncomputable def indefiniteDescription {α : Sort u} (p : α → Prop) (h : ∃ x, p x) : {x // p x} :=
  choice (let ⟨x, hx⟩ := h; ⟨⟨x, hx⟩⟩)

/-- Some `x` with `p x`, given that there is one. -/
noncomputable def choose {α : Sort u} {p : α → Prop} (h : ∃ x, p x) : α := (indefiniteDescription p h).val

theorem choose_spec {α : Sort u} {p : α → Prop} (h : ∃ x, p x) : p (choose h) := (indefiniteDescription p h).property

/-- Choose a true-or-`p` proposition and a false-or-`p` proposition. If the choices differ, `p` fails: given `p`, both
choices are made from the same predicate. If they agree, `p` holds. -/
theorem em (p : Prop) : p ∨ ¬p :=
  let U (x : Prop) : Prop := x = True ∨ p
  let V (x : Prop) : Prop := x = False ∨ p
  have exU : ∃ x, U x := ⟨True, .inl rfl⟩
  have exV : ∃ x, V x := ⟨False, .inl rfl⟩
  let u : Prop := choose exU
  let v : Prop := choose exV
  have hu : u = True ∨ p := choose_spec exU
  have hv : v = False ∨ p := choose_spec exV
  have differ_or_p : u ≠ v ∨ p :=
    hu.elim
      (fun ut => hv.elim (fun vf => .inl fun e => (ut.symm.trans (e.trans vf)).mp trivial) .inr)
      .inr
  have agree_of_p : p → u = v := fun hp =>
    have same : U = V := funext fun _ => propext ⟨fun _ => .inr hp, fun _ => .inr hp⟩
    have general : ∀ exU exV, @choose _ U exU = @choose _ V exV := same ▸ fun _ _ => rfl
    general exU exV
  differ_or_p.elim (fun hne => .inr (mt agree_of_p hne)) .inl

theorem exists_true_of_nonempty {α : Sort u} (h : Nonempty α) : ∃ _ : α, True := h.elim fun x => ⟨x, trivial⟩

@[instance_reducible] noncomputable def inhabited_of_nonempty {α : Sort u} (h : Nonempty α) : Inhabited α := ⟨choice h⟩

/-- Every proposition is decidable, though not by computing. -/
noncomputable scoped instance (priority := low) propDecidable (a : Prop) : Decidable a :=
  choice ((em a).elim (fun h => ⟨isTrue h⟩) (fun h => ⟨isFalse h⟩))

theorem byCases {p q : Prop} (hpq : p → q) (hnpq : ¬p → q) : q := (em p).elim hpq hnpq

theorem byContradiction {p : Prop} (h : ¬p → False) : p := (em p).elim id fun hn => (h hn).elim

theorem propComplete (a : Prop) : a = True ∨ a = False := (em a).elim (fun h => .inl (eq_true h)) (fun h => .inr (eq_false h))

theorem not_not {a : Prop} : ¬¬a ↔ a := ⟨byContradiction, not_not_intro⟩

theorem not_forall {α : Sort u} {p : α → Prop} : (¬∀ x, p x) ↔ ∃ x, ¬p x :=
  ⟨fun h => byContradiction fun hn => h fun x => byContradiction fun hp => hn ⟨x, hp⟩, fun ⟨x, hx⟩ h => hx (h x)⟩

theorem not_forall_not {α : Sort u} {p : α → Prop} : (¬∀ x, ¬p x) ↔ ∃ x, p x :=
  ⟨fun h => byContradiction fun hn => h fun x hp => hn ⟨x, hp⟩, fun ⟨x, hx⟩ h => h x hx⟩

theorem not_exists_not {α : Sort u} {p : α → Prop} : (¬∃ x, ¬p x) ↔ ∀ x, p x :=
  ⟨fun h x => byContradiction fun hn => h ⟨x, hn⟩, fun h ⟨x, hx⟩ => hx (h x)⟩

theorem forall_or_exists_not {α : Sort u} (p : α → Prop) : (∀ a, p a) ∨ ∃ a, ¬p a :=
  (em (∀ a, p a)).elim .inl fun h => .inr (not_forall.mp h)

theorem exists_or_forall_not {α : Sort u} (p : α → Prop) : (∃ a, p a) ∨ ∀ a, ¬p a :=
  (em (∃ a, p a)).elim .inl fun h => .inr fun a ha => h ⟨a, ha⟩

theorem or_iff_not_imp_left {a b : Prop} : a ∨ b ↔ (¬a → b) :=
  ⟨fun h hn => h.elim (absurd · hn) id, fun h => (em a).elim .inl fun hn => .inr (h hn)⟩

theorem or_iff_not_imp_right {a b : Prop} : a ∨ b ↔ (¬b → a) :=
  ⟨fun h hn => h.elim id (absurd · hn), fun h => (em b).elim .inr fun hn => .inl (h hn)⟩

theorem not_imp_iff_and_not {a b : Prop} : ¬(a → b) ↔ a ∧ ¬b :=
  ⟨fun h => ⟨byContradiction fun hn => h fun ha => absurd ha hn, fun hb => h fun _ => hb⟩, fun h hab => h.2 (hab h.1)⟩

theorem not_and_iff_not_or_not {a b : Prop} : ¬(a ∧ b) ↔ ¬a ∨ ¬b :=
  ⟨fun h => (em a).elim (fun ha => .inr fun hb => h ⟨ha, hb⟩) .inl, fun h hab => h.elim (· hab.1) (· hab.2)⟩

theorem not_iff {a b : Prop} : ¬(a ↔ b) ↔ (¬a ↔ b) :=
  ⟨fun h => ⟨fun ha => byContradiction fun hb => h (iff_of_false ha hb), fun hb ha => h (iff_of_true ha hb)⟩,
    fun h h' => (em a).elim (fun ha => h.mpr (h'.mp ha) ha) (fun ha => ha (h'.mpr (h.mp ha)))⟩

theorem imp_iff_not_or {a b : Prop} : (a → b) ↔ ¬a ∨ b :=
  ⟨fun h => (em a).elim (fun ha => .inr (h ha)) .inl, fun h ha => h.elim (absurd ha) id⟩

theorem imp_iff_left_iff {a b : Prop} : (b ↔ a → b) ↔ a ∨ b :=
  ⟨fun h => (em a).elim .inl fun ha => .inr (h.mpr (absurd · ha)),
    fun h => h.elim (fun ha => ⟨fun hb _ => hb, (· ha)⟩) fun hb => ⟨fun hb _ => hb, fun _ => hb⟩⟩

theorem imp_and_neg_imp_iff (p : Prop) {q : Prop} : (p → q) ∧ (¬p → q) ↔ q :=
  ⟨fun ⟨h₁, h₂⟩ => (em p).elim h₁ h₂, fun h => ⟨fun _ => h, fun _ => h⟩⟩

theorem skolem {α : Sort u} {b : α → Sort v} {p : ∀ x, b x → Prop} : (∀ x, ∃ y, p x y) ↔ ∃ f : ∀ x, b x, ∀ x, p x (f x) :=
  ⟨fun h => ⟨fun x => choose (h x), fun x => choose_spec (h x)⟩, fun ⟨f, hf⟩ x => ⟨f x, hf x⟩⟩

theorem axiomOfChoice {α : Sort u} {β : α → Sort v} {r : ∀ x, β x → Prop} (h : ∀ x, ∃ y, r x y) :
    ∃ f : ∀ x, β x, ∀ x, r x (f x) := skolem.mp h

end Classical

/-! Names under which everyday proofs look for these facts. They are aliases: a file may declare them anew. -/

namespace Classical

theorem of_not_not {a : Prop} : ¬¬a → a := byContradiction

theorem by_contradiction {p : Prop} (h : ¬p → False) : p := byContradiction h

theorem by_contra {p : Prop} (h : ¬p → False) : p := byContradiction h

theorem not_imp {a b : Prop} : ¬(a → b) ↔ a ∧ ¬b := not_imp_iff_and_not

theorem not_and_or {a b : Prop} : ¬(a ∧ b) ↔ ¬a ∨ ¬b := not_and_iff_not_or_not

theorem imp_iff_or_not {a b : Prop} : (b → a) ↔ a ∨ ¬b := imp_iff_not_or.trans ⟨Or.rec .inr .inl, Or.rec .inr .inl⟩

theorem not_imp_not {a b : Prop} : (¬a → ¬b) ↔ (b → a) := ⟨fun h hb => of_not_not fun ha => h ha hb, mt⟩

theorem not_imp_comm {a b : Prop} : (¬a → b) ↔ (¬b → a) :=
  ⟨fun h hb => of_not_not fun ha => hb (h ha), fun h ha => of_not_not fun hb => ha (h hb)⟩

theorem or_not {p : Prop} : p ∨ ¬p := em p

theorem by_cases {p q : Prop} (hpq : p → q) (hnpq : ¬p → q) : q := byCases hpq hnpq

theorem peirce (a b : Prop) (h : (a → b) → a) : a := byContradiction fun ha => ha (h fun h => absurd h ha)

theorem and_or_imp {a b c : Prop} : a ∧ b ∨ (a → c) ↔ a → b ∨ c :=
  ⟨fun h ha => h.elim (fun hab => .inl hab.2) (fun hc => .inr (hc ha)),
    fun h => (em a).elim (fun ha => (h ha).elim (fun hb => .inl ⟨ha, hb⟩) (fun hc => .inr fun _ => hc))
      (fun ha => .inr fun h => absurd h ha)⟩

end Classical

export Classical (
  imp_iff_left_iff imp_and_neg_imp_iff and_or_imp not_not of_not_not not_forall not_imp not_and_or or_iff_not_imp_left
  or_iff_not_imp_right imp_iff_not_or imp_iff_or_not not_imp_not not_imp_comm by_contradiction by_contra peirce)

noncomputable def Exists.choose {α : Sort u} {p : α → Prop} (h : ∃ a, p a) : α := Classical.choose h

theorem Exists.choose_spec {α : Sort u} {p : α → Prop} (h : ∃ a, p a) : p h.choose := Classical.choose_spec h
