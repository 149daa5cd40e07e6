/- What every file imports without saying so. -/
prelude
import Init.Library
import Init.Unexpanders
