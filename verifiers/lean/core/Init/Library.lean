/- Everything that a proof may use. -/
prelude
import Init.Propositions
