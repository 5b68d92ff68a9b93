"""Nothing untrusted is markup, nor a sign that acts: what is shown went through `clean()` (DESIGN 10).

Textual reads markup in a plain `str`: a company called `ACME [/] S.A.` would end the desk. So no call that shows
something is given one, and whoever makes content of something that is not his own words cleans it.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tui.desk_classes import FOLDER, sources

SHOW = {"Label", "Static", "Option", "Checkbox", "Button", "RadioButton"}
"""Classes that show their first argument."""
METHODS = {"update", "notify", "add_row", "add_column", "add_columns", "write"}
"""Methods that show their arguments."""
TITLES = {"border_title", "border_subtitle", "tooltip"}
"""Attributes that are shown."""
CONTENT = {"content", "lines", "cell", "Content", "assemble", "stylize", "join", "Text"}
"""What gives content."""
RAW = {"Content", "Text"}
"""What takes a `str` as it is."""
OWN_WORDS = {
    "widgets/key_bar.py": {"_drawn"},
    "screens/help.py": {"ask"},
    "widgets/sidebar.py": {"__init__"},
    "widgets/heading.py": {"render"},
}
"""Who shows words of the program alone, or what the line before has cleaned."""
FILES = list(sources())
each_file = pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(FOLDER)))


def name_of(node: ast.AST) -> str:
    """Name what is called or meant: `Content.assemble(…)` is «assemble»."""
    if isinstance(node, ast.Call):
        return name_of(node.func)
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Give every call."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


class Lint:
    """Looks at one file."""

    def __init__(self, source: str) -> None:
        self.tree = ast.parse(source)
        self.content: set[str] = set()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Assign) and self.is_content(node.value):
                self.content |= {name_of(target) for target in node.targets}

    def is_content(self, node: ast.expr) -> bool:
        """Tell whether this is content, not a `str` that would be read as markup."""
        if isinstance(node, ast.Constant):
            return node.value in ("", " ")
        if isinstance(node, ast.IfExp):
            return self.is_content(node.body) and self.is_content(node.orelse)
        if isinstance(node, ast.Name):
            return node.id in self.content
        return isinstance(node, ast.Call) and name_of(node) in CONTENT

    def plain(self) -> Iterator[str]:
        """Name each place where something is shown that is not content."""
        shown: list[tuple[ast.Call | ast.Assign, ast.expr]] = [
            (call, argument) for call in calls(self.tree) for argument in shown_by(call)
        ]
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Assign) and name_of(node.targets[0]) in TITLES:
                shown.append((node, node.value))
        for place, argument in shown:
            if not self.is_content(argument):
                yield f"line {place.lineno}: {ast.unparse(place)}"

    def unclean(self) -> Iterator[str]:
        """Name each function that makes content of something and cleans nothing, itself or by a helper."""
        functions = [node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef)]
        cleaning = {"clean", "content", "said_of_failure"}
        for function in functions:
            if called_in(function) & cleaning:
                cleaning.add(function.name)
        for function in functions:
            raw = [call for call in calls(function) if name_of(call) in RAW and given(call)]
            if raw and not called_in(function) & cleaning:
                yield function.name


def called_in(function: ast.FunctionDef) -> set[str]:
    """Name what a function calls."""
    return {name_of(call) for call in calls(function)}


def shown_by(call: ast.Call) -> list[ast.expr]:
    """Give the arguments that a call shows."""
    if any(word.arg == "markup" for word in call.keywords) or is_dictionary(call):
        return []
    if isinstance(call.func, ast.Attribute):
        return call.args if call.func.attr in METHODS else []
    return call.args[:1] if name_of(call) in SHOW else []


def is_dictionary(call: ast.Call) -> bool:
    """Tell `self._lines.update(…)`, which is a dict's, and no widget's."""
    owner = call.func.value if isinstance(call.func, ast.Attribute) else None
    return name_of(call) == "update" and name_of(owner or call) in ("_lines", "_sums", "environ")


def given(call: ast.Call) -> bool:
    """Tell whether a call takes something besides the function's own literals."""
    argument = call.args[0] if call.args else ast.Constant("")
    parts = [argument.body, argument.orelse] if isinstance(argument, ast.IfExp) else [argument]
    return any(
        isinstance(node, (ast.FormattedValue, ast.Attribute))
        for part in parts
        for node in ast.walk(part)
    )


@each_file
def test_nothing_plain_is_shown(file: Path) -> None:
    assert list(Lint(file.read_text("utf-8")).plain()) == []


@each_file
def test_whoever_makes_content_cleans_it(file: Path) -> None:
    own = OWN_WORDS.get(str(file.relative_to(FOLDER)), set())
    assert set(Lint(file.read_text("utf-8")).unclean()) - own == set()


@each_file
def test_markup_is_never_read(file: Path) -> None:
    for call in calls(ast.parse(file.read_text("utf-8"))):
        assert name_of(call) != "from_markup"
        for word in call.keywords:
            assert word.arg != "markup" or ast.unparse(word.value) == "False"


@pytest.mark.parametrize(
    "source",
    [
        "Label(name)",
        "Static(f'{name}')",
        "label.update('Hola')",
        "Option(row.name)",
        "self.border_title = name",
        "table.add_row(content(a), b)",
        "self.notify(sentence)",
        "Label(_('Hola'))",
        "Label(content(a) if b else c)",
    ],
)
def test_the_lint_finds_what_is_plain(source: str) -> None:
    assert list(Lint(source).plain())


@pytest.mark.parametrize(
    "source",
    [
        "Label(content(name))",
        "label.update(Content(clean(name)))",
        "Label('')",
        "a = cell(b); Label(a)",
    ],
)
def test_the_lint_lets_pass_what_is_content(source: str) -> None:
    assert not list(Lint(source).plain())


def test_the_lint_finds_what_is_not_clean() -> None:
    assert list(Lint("def show(row): return Content(row.name)").unclean()) == ["show"]
    assert list(Lint("def show(row): return Content(f'{row}')").unclean()) == ["show"]
    assert not list(Lint("def show(row): return Content(clean(row.name))").unclean())
