/- Everything that a proof may use. -/
prelude
import Init.Bedrock
import Init.Parsers
import Init.Logic
import Init.Data
import Init.Coercions
import Init.Decidable
import Init.Arithmetic
import Init.Propositions
import Init.Classical
import Init.Connectives
import Init.Bool
import Init.Nat.Basic
import Init.Nat.Order
import Init.Nat.Offsets
import Init.Nat.Division
import Init.Containers
import Init.List.Basic
import Init.List.Lemmas
import Init.List.Index
import Init.Reordering
