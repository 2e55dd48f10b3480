"""What an action refuses stands in its docstring, so that its caller need not read the code of what it calls."""

import ast
import re
from collections.abc import Iterator

from partnership.tests.house import ROOT, module_name, sources

ACTIONS = [path for path in sorted(sources()) if path.parent.name == "actions"]


def test_public_actions_say_what_they_refuse() -> None:
    assert {ROOT / "talks/actions/bookings.py", ROOT / "partnership/people/actions/erasing.py"} <= set(ACTIONS)
    unsaid = {module_name(path): list(unsaid_refusals(path.read_text())) for path in ACTIONS}
    assert {name: found for name, found in unsaid.items() if found} == {}


def test_a_reason_that_a_docstring_leaves_out_is_found() -> None:
    raises = 'raise Refused("late", "")'
    assert list(unsaid_refusals(f'def act():\n    """Act."""\n    {raises}')) == ["act: late"]
    assert not list(unsaid_refusals(f'def act():\n    """Act. Refused: late."""\n    {raises}'))
    assert not list(unsaid_refusals(f"def _act():\n    {raises}"))


def test_what_a_private_function_refuses_is_refused_by_those_who_call_it() -> None:
    check = 'def _check():\n    raise Refused("late", "")\n'
    assert list(unsaid_refusals(f'{check}def act():\n    """Act."""\n    _check()')) == ["act: late"]
    assert not list(unsaid_refusals(f'{check}def act():\n    """Act. Refused: as for `tick`."""\n    _check()'))


def unsaid_refusals(source: str) -> Iterator[str]:
    """Yield the public functions of a module with the reasons that their docstrings leave out. A docstring that says
    "as" another function names none that a private function raises.
    """
    functions = {node.name: node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)}
    for name, function in functions.items():
        if name.startswith("_"):
            continue
        said = ast.get_docstring(function) or ""
        refused = _own_reasons(function)
        if " as `" not in said and " as for `" not in said:
            refused |= _reasons_of_private(function, functions)
        yield from (f"{name}: {reason}" for reason in sorted(refused) if not re.search(rf"\b{reason}\b", said))


def _own_reasons(function: ast.FunctionDef) -> set[str]:
    """Return the reasons that a function raises itself, or by `refuse_unless`."""
    raised = (node.exc for node in ast.walk(function) if isinstance(node, ast.Raise))
    reasons = {call.args[0] for call in raised if isinstance(call, ast.Call) and _name(call) == "Refused"}
    literal = {str(reason.value) for reason in reasons if isinstance(reason, ast.Constant)}
    return literal | ({"not_yours"} if "refuse_unless" in _called(function) else set())


def _reasons_of_private(
    function: ast.FunctionDef, functions: dict[str, ast.FunctionDef], seen: frozenset[str] = frozenset()
) -> set[str]:
    """Return the reasons that private functions of the module raise which a function calls."""
    found: set[str] = set()
    for name in _called(function) - seen:
        if name.startswith("_") and name in functions:
            called = functions[name]
            found |= _own_reasons(called) | _reasons_of_private(called, functions, seen | {name})
    return found


def _called(function: ast.FunctionDef) -> set[str]:
    return {_name(node) for node in ast.walk(function) if isinstance(node, ast.Call)}


def _name(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""
