"""Every keyword of Lean 4.35, sorted into those that a submission may use and those that it may not.

Lean begins a new command wherever a command keyword stands, so a list of what is forbidden must be complete to be worth
anything: together the two tables hold every word-like token of Lean's own built-in token table (a test asks the library
for it). Words that are no keywords are names; ``NEVER`` lists names that reach round the kernel.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Terms, binders, tactics and the bodies of declarations.
ALLOWED = _words(
    """
    Prop Sort Type _ by decreasing_by else exists extends forall from fun have haveI if in let letI match no_index nofun
    nomatch repeat show suffices termination_by then try where while with do return for mut unless until finally catch
    break continue let_fun inferInstanceAs
    """
)

DECLARATIONS = frozenset(["theorem", "def", "abbrev", "inductive", "structure"])
MODIFIERS = frozenset(["noncomputable", "protected"])
DERIVABLE = frozenset(["DecidableEq", "BEq", "Inhabited", "Repr"])

# Holes: an unfinished proof, or one that gives up. Not a trick, so not a cheat.
HOLES = frozenset(["sorry", "admit", "sorryAx", "stop"])

# Changing what text means, reaching native code or the elaborator, switching checks off.
MEANING = _words(
    """
    attribute axiom binder_predicate builtin_initialize coinductive declare_syntax_cat elab elabToSyntax% elab_rules
    export infix infixl infixr init_grind_norm init_quot initialize instance leading_parser local macro macro_rules meta
    notation opaque partial postfix prefix register_error_explanation register_tactic_tag scoped syntax tactic_alt
    tactic_extension tactic_name tactic_tag trailing_parser unlock_limits unsafe seal unseal unif_hint simproc
    simproc_decl dsimproc dsimproc_decl builtin_simproc builtin_dsimproc declare_simp_like_tactic declare_config_elab
    register_option register_builtin_option register_simp_attr register_parser_alias register_builtin_parser
    gen_injective_theorems% add_decl_doc grind_pattern
    """
)

# Of no use in a proof.
USELESS = _words(
    """
    StateRefT assert! assert_not_exists assert_not_imported binop% binop_lazy% binrel% binrel_no_prop% class clear%
    coinductive_fixpoint dbg_trace debug_assert! decl_name% default_or_ofNonempty% deprecated_module deprecated_syntax
    docs_to_verso end ensure_expected_type% ensure_type_of% example for_in% for_in'% hiding idbg import include
    inductive_fixpoint leftact% let% let_delayed let_expr let_mvar% let_tmp let_λ logNamedError logNamedErrorAt
    logNamedWarning logNamedWarningAt match_expr monotonicity_by module mutual namespace no_error_if_unused%
    no_implicit_lambda% nonrec omit open private_decl% panic! partial_fixpoint prelude private public recall recall?
    recommended_spelling renaming rightact% section show_term_elab struct_inst_default% termination_by?
    throwNamedError throwNamedErrorAt type_of% universe unop% unreachable! value_of% variable wait_for_expected_type%
    wait_if_contains_mvar% wait_if_type_contains_mvar% wait_if_type_mvar% with_decl_name% with_weak_namespace deriving
    set_option
    """
)

# Names, not keywords: any component of a dotted name may be one of these only if it wants to be refused.
NEVER = _words(
    """
    native_decide ofReduceBool ofReduceNat reduceBool reduceNat trustCompiler implemented_by extern csimp skipKernelTC
    addDeclCore addDecl addAndCompile addDeclWithoutChecking lcProof lcUnreachable lcCast lcAny unsafeCast unsafeIO
    unsafeBaseIO unsafeEIO run_tac run_cmd run_elab run_meta by_elab eval_expr include_str include_bytes ptrAddrUnsafe
    ptrEq builtin_init evalDecl evalConst
    """
)

# Attributes that bind a declaration to other code, or to the elaborator.
REACHING_ATTRIBUTES = _words(
    """
    implemented_by extern csimp export init builtin_init instance reducible irreducible macro tactic term_elab
    command_elab app_unexpander delab simproc default_instance coe unification_hint macro_inline
    """
)
