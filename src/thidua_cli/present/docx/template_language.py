"""The language of templates: fields, loops and conditions of Jinja, and nothing that calculates, calls or fetches.

A template is looked through before it is used. Only what stands in `_Check` is let through, so that what Jinja learns
later is refused until somebody has looked at it; the sandbox beneath would stop what slipped past, and hands out no
attribute of any object.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from jinja2 import StrictUndefined, TemplateSyntaxError, UndefinedError, nodes
from jinja2.environment import Template
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from thidua_cli.language import Text
from thidua_cli.likeness import KnownTexts
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.present.docx.template_fields import FieldKind, TemplateField, all_names
from thidua_cli.present.toolkit.foreign_text import visible_lines

LINE_BREAK: Final = "\ue000"
"""Stands for a line break of a value until its paragraph is written; `visible` lets none of a foreign text pass."""
_OUTPUT: Final = 16_000_000
"""Letters of one filled part."""
_DEEPEST: Final = 2
"""Loops within each other."""
_MOST_LOOPS: Final = 200
_LONGEST: Final = 500
"""Letters of a text that a template itself holds within a field."""
_FILTERS: Final = ("upper", "lower", "capitalize", "title", "trim", "length", "first", "last", "join", "default")
"""None of which makes much of little, as `replace` and `center` do."""
_LOOP: Final = TemplateField(
    kind=FieldKind.GROUP,
    fields={
        **{name: TemplateField() for name in ("index", "index0", "length", "revindex")},
        **{name: TemplateField(kind=FieldKind.TRUTH) for name in ("first", "last")},
    },
)


class FieldError(Exception):
    """A template asks for what it cannot have."""

    def __init__(self, text: Text, line: int) -> None:
        super().__init__(text.en)
        self.text = text
        self.line = line


class _Sandbox(ImmutableSandboxedEnvironment):
    """Hands out entries of groups and lists, and what a loop counts: never an attribute."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, LoopContext) and attribute in _LOOP.fields:
            return getattr(obj, attribute)
        return self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(obj, dict) and isinstance(argument, str) and argument in obj:
            return obj[argument]
        return self.undefined(obj=obj, name=str(argument))


def _shown(value: object) -> object:
    """Return a value as text of a part: visible, escaped, its line breaks marked."""
    if isinstance(value, (str, int)) and not isinstance(value, Markup):
        return Markup(escape(visible_lines(str(value))).replace("\n", LINE_BREAK))  # escaped on the left
    return value


def sandbox() -> ImmutableSandboxedEnvironment:
    """Return an environment that knows no function, no file and few filters."""
    environment = _Sandbox(undefined=StrictUndefined, autoescape=True, finalize=_shown, keep_trailing_newline=True)
    environment.globals.clear()
    environment.filters = {name: environment.filters[name] for name in _FILTERS}
    environment.tests = {"defined": environment.tests["defined"]}
    return environment


class Piece(NamedTuple):
    """One part of a template, ready to be filled in."""

    template: Template
    source: str

    def fill(self, values: Mapping[str, object]) -> str:
        """Return the part with its fields filled in.

        Raises:
            FieldError: It grows beyond any paper.
        """
        pieces: list[str] = []
        size = 0
        try:
            for piece in self.template.generate(values):
                size += len(piece)
                if size > _OUTPUT:
                    raise FieldError(_TOO_LONG, 0)
                pieces.append(piece)
        except UndefinedError:  # every name is known: the first or last entry of a list that has none
            raise FieldError(_EMPTY, 0) from None
        return "".join(pieces)


_EMPTY: Final = Text(
    "lấy mục đầu hoặc cuối của một danh sách đang trống; hãy đặt trong {% if … %}",
    "it takes the first or last entry of a list that has none; put it into {% if … %}",
)
_TOO_LONG: Final = Text("văn bản điền ra dài quá giới hạn", "what it is filled to is longer than any paper")
_SYNTAX: Final = Text("không hiểu được chỗ này ({reason})", "this cannot be understood ({reason})")
_NESTED: Final = Text("các dấu ngoặc lồng nhau quá sâu", "it is nested too deeply")


def compiled(environment: ImmutableSandboxedEnvironment, source: str, fields: Mapping[str, TemplateField]) -> Piece:
    """Return a part that is ready to be filled in, once all of it is known and allowed.

    Raises:
        FieldError: It names an unknown field, or asks for what is not allowed, or cannot be understood.
    """
    try:
        tree = environment.parse(source)
        _Check(fields).body(tree.body, dict(fields), 0)
        return Piece(environment.from_string(tree), source)
    except TemplateSyntaxError as error:
        raise FieldError(_SYNTAX.fill(reason=error.message or "?"), error.lineno) from None
    except (RecursionError, SyntaxError, MemoryError):
        raise FieldError(_NESTED, 1) from None


_UNKNOWN: Final = Text("không có trường “{name}”; {near}", "there is no field “{name}”; {near}")
_NO_PART: Final = Text("“{name}” không có phần nào tên “{part}”", "“{name}” has no part called “{part}”")
_NEAR: Final = Text("có phải là “{name}”?", "is it “{name}”?")
_KNOWN: Final = Text("các trường: {names}", "the fields: {names}")
_IS_LIST: Final = Text(
    "“{name}” là một danh sách: dùng {{% for … in {name} %}}", "“{name}” is a list: use {{% for … in {name} %}}"
)
_IS_GROUP: Final = Text("“{name}” là một nhóm, gồm: {names}", "“{name}” is a group of: {names}")
_IS_TRUTH: Final = Text(
    "“{name}” chỉ là đúng hoặc sai: dùng {{% if {name} %}}", "“{name}” is only true or false: use {{% if {name} %}}"
)
_NO_LIST: Final = Text("“{name}” không phải là danh sách", "“{name}” is no list")
_FORBIDDEN: Final = Text(
    "mẫu chỉ được dùng trường, {{% for %}} và {{% if %}}; không được dùng: {what}",
    "a template may use fields, {{% for %}} and {{% if %}}; not: {what}",
)
_NO_FILTER: Final = Text("không có bộ lọc “{name}”; có: {names}", "there is no filter “{name}”; there are: {names}")
_TOO_DEEP: Final = Text("vòng lặp lồng quá {count} lần", "loops stand within each other more than {count} times")
_TOO_MANY: Final = Text("có quá {count} vòng lặp", "there are more than {count} loops")


_TRUTH: Final = TemplateField(kind=FieldKind.TRUTH)


class _Check:
    """Goes through a template by the fields that there are; also where a branch may never be taken."""

    def __init__(self, fields: Mapping[str, TemplateField]) -> None:
        self._fields = fields
        self._loops = 0

    def body(self, statements: Sequence[nodes.Node], scope: Mapping[str, TemplateField], depth: int) -> None:
        for statement in statements:
            match statement:
                case nodes.Output():
                    self._output(statement, scope)
                case nodes.If():
                    self._expression(statement.test, scope)
                    for branch in (statement.body, statement.elif_, statement.else_):
                        self.body(branch, scope, depth)
                case nodes.For():
                    self._loop(statement, scope, depth)
                case _:
                    raise _forbidden(statement)

    def _output(self, output: nodes.Output, scope: Mapping[str, TemplateField]) -> None:
        for node in output.nodes:
            if isinstance(node, nodes.TemplateData):
                continue
            field = self._expression(node, scope)
            if field.kind in (FieldKind.LIST, FieldKind.TEXTS):
                raise FieldError(_IS_LIST.fill(name=_written(node)), node.lineno)
            if field.kind is FieldKind.TRUTH:
                raise FieldError(_IS_TRUTH.fill(name=_written(node)), node.lineno)
            if not field.is_shown:
                raise FieldError(_IS_GROUP.fill(name=_written(node), names=", ".join(field.fields)), node.lineno)

    def _loop(self, loop: nodes.For, scope: Mapping[str, TemplateField], depth: int) -> None:
        self._loops += 1
        if depth >= _DEEPEST:
            raise FieldError(_TOO_DEEP.fill(count=_DEEPEST), loop.lineno)
        if self._loops > _MOST_LOOPS:
            raise FieldError(_TOO_MANY.fill(count=_MOST_LOOPS), loop.lineno)
        if loop.recursive or not isinstance(loop.target, nodes.Name):
            raise _forbidden(loop.target if not loop.recursive else loop, "recursive" if loop.recursive else "")
        over = self._expression(loop.iter, scope)
        if over.kind not in (FieldKind.LIST, FieldKind.TEXTS):
            raise FieldError(_NO_LIST.fill(name=_written(loop.iter)), loop.lineno)
        within = {**scope, loop.target.name: over.entry(), "loop": _LOOP}
        if loop.test is not None:
            self._expression(loop.test, within)
        self.body(loop.body, within, depth + 1)
        self.body(loop.else_, scope, depth)

    def _expression(self, node: nodes.Node, scope: Mapping[str, TemplateField]) -> TemplateField:
        """Return what an expression is."""
        match node:
            case nodes.Name():
                return self._named(node.name, scope, node, "")
            case nodes.Getattr():
                return self._within(node.node, node.attr, node, scope)
            case nodes.Getitem() if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
                return self._within(node.node, node.arg.value, node, scope)
            case nodes.Const() if isinstance(node.value, (str, int)) and len(str(node.value)) <= _LONGEST:
                return TemplateField()
            case nodes.Filter():
                return self._filter(node, scope)
            case _:
                return self._condition(node, scope)

    def _condition(self, node: nodes.Node, scope: Mapping[str, TemplateField]) -> TemplateField:
        """Return what an expression is that asks, or chooses between others."""
        match node:
            case nodes.Compare() | nodes.Not() | nodes.Operand():
                for part in node.iter_child_nodes():
                    self._expression(part, scope)
                return _TRUTH
            case nodes.Test() if node.name == "defined" and not node.args:
                self._expression(node.node, scope)
                return _TRUTH
            case nodes.And() | nodes.Or():
                return self._one_of((node.left, node.right), scope)
            case nodes.CondExpr() if node.expr2 is not None:
                self._expression(node.test, scope)
                return self._one_of((node.expr1, node.expr2), scope)
        raise _forbidden(node)

    def _one_of(self, parts: Sequence[nodes.Node], scope: Mapping[str, TemplateField]) -> TemplateField:
        """Return a text where all may be shown; of others one can only be asked whether it is there."""
        fields = [self._expression(part, scope) for part in parts]
        return TemplateField() if all(field.is_shown for field in fields) else _TRUTH

    def _within(
        self, owner: nodes.Node, name: str, node: nodes.Node, scope: Mapping[str, TemplateField]
    ) -> TemplateField:
        field = self._expression(owner, scope)
        return self._named(name, field.fields, node, f"{_written(owner)}.")

    def _named(self, name: str, among: Mapping[str, TemplateField], node: nodes.Node, before: str) -> TemplateField:
        field = among.get(name)
        if field is None and before and not among:
            raise FieldError(_NO_PART.fill(name=before.rstrip("."), part=name), node.lineno)
        if field is None:
            raise FieldError(_UNKNOWN.fill(name=f"{before}{name}", near=self._near(name, among, before)), node.lineno)
        return field

    def _near(self, name: str, among: Mapping[str, TemplateField], before: str) -> Text:
        """Return the field that was meant: one of the same group, else one of any, by its last name or its whole."""
        own = KnownTexts({key.lower(): before + key for key in among})
        every = {key.lower(): key for key in all_names(self._fields)}
        every = {**{key.rpartition(".")[2]: known for key, known in every.items()}, **every}
        for known, word in ((own, name), (KnownTexts(every), f"{before}{name}"), (KnownTexts(every), name)):
            close = known.close_to(word.lower(), 1, 60)
            if close:
                return _NEAR.fill(name=known.texts[close[0]])
        return _KNOWN.fill(names=", ".join(among))

    def _filter(self, node: nodes.Filter, scope: Mapping[str, TemplateField]) -> TemplateField:
        if node.name not in _FILTERS:
            raise FieldError(_NO_FILTER.fill(name=node.name, names=", ".join(_FILTERS)), node.lineno)
        if node.node is None or node.kwargs or node.dyn_args or node.dyn_kwargs:
            raise _forbidden(node)
        for argument in node.args:
            if not isinstance(argument, nodes.Const):
                raise _forbidden(argument)
            self._expression(argument, scope)
        field = self._expression(node.node, scope)
        is_list = field.kind in (FieldKind.LIST, FieldKind.TEXTS)
        if node.name in ("first", "last") and is_list:
            return field.entry()
        if node.name == "join" and field.kind is not FieldKind.TEXTS:
            raise FieldError(_NO_LIST.fill(name=_written(node.node)), node.lineno)
        return TemplateField() if node.name in ("length", "join") or not is_list else field


def _written(node: nodes.Node) -> str:
    """Return how a field is written in a template."""
    match node:
        case nodes.Name():
            return node.name
        case nodes.Getattr():
            return f"{_written(node.node)}.{node.attr}"
        case nodes.Getitem() if isinstance(node.arg, nodes.Const):
            return f"{_written(node.node)}.{node.arg.value}"
        case nodes.Filter() if node.node is not None:
            return _written(node.node)
        case _:
            return "…"


_WORDS: Final = {
    "Call": Text("gọi hàm", "calls of functions"),
    "Assign": Text("{% set %}", "{% set %}"),
    "AssignBlock": Text("{% set %}", "{% set %}"),
    "Concat": Text("phép nối ~", "the operator ~"),
    "Slice": Text("cắt danh sách", "slices"),
    "Getitem": Text("số thứ tự trong ngoặc vuông", "places in square brackets"),
    "List": Text("danh sách viết trong mẫu", "lists written in it"),
    "Tuple": Text("danh sách viết trong mẫu", "lists written in it"),
    "Dict": Text("danh sách viết trong mẫu", "lists written in it"),
    "Const": Text("chữ viết trong mẫu quá dài", "texts that long"),
}


def _forbidden(node: nodes.Node, what: str = "") -> FieldError:
    name = type(node).__name__
    if isinstance(node, (nodes.BinExpr, nodes.UnaryExpr)) and name not in _WORDS:
        word = Text("phép tính", "arithmetic")
    else:
        word = _WORDS.get(name) or Text(f"{{% {name.lower()} %}}", f"{{% {name.lower()} %}}")
    return FieldError(_FORBIDDEN.fill(what=Text(what, what) if what else word), node.lineno)
