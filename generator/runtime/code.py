"""The code that Jinja makes of a template, with what it prints put together.

Jinja's code yields every piece of text and every value by itself, through each block and ancestor
that it stands in. What follows one another is one piece here. Lines stay what they were.
"""

from __future__ import annotations

import ast
from itertools import groupby
from types import CodeType

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame

from generator.runtime.budget import STATE
from generator.runtime.captures import Capture

IN_RUN = " in_run"
"""The filter that stands for `finalize(value, place)`; no template can name it."""


class PlacingGenerator(CodeGenerator):
    """Writes `finalize(value, place)` for a printed value that knows its place."""

    def visit_Filter(self, node: nodes.Filter, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        if node.name != IN_RUN or node.node is None:
            super().visit_Filter(node, frame)
            return
        self.visit(node.node, frame)
        self.write(f", {node.args[0].as_const()!r}")

    def buffer(self, frame: Frame) -> None:
        """Let *frame* print into a buffer that takes its room from the budget."""
        frame.buffer = self.temporary_identifier()
        self.writeline(f"{frame.buffer} = context.parent[{STATE!r}].buffer()")

    def visit_If(self, node: nodes.If, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        capture = node.test.value if isinstance(node.test, nodes.Const) else None
        if isinstance(capture, Capture):
            self._capture(capture, node, frame)
        else:
            super().visit_If(node, frame)

    def _capture(self, capture: Capture, node: nodes.If, frame: Frame) -> None:
        """Print what *node* holds into a buffer, and that where it belongs."""
        if frame.require_output_check and self.has_known_extends:
            return
        if capture.again:
            self.simple_write(capture.variable, frame, node)
            return
        state = f"context.parent[{STATE!r}]"
        left = self.temporary_identifier()
        if capture.is_note:
            self.writeline(f"{left} = {state}.enter({capture.key!r})", node)
        inside = frame.soft()
        self.buffer(inside)
        self.blockvisit(node.body, inside)
        if capture.is_note:
            self.writeline(f"{state}.keep_note({capture.key!r}, concat({inside.buffer}))")
            self.writeline(f"{state}.enter({left})")
        else:
            self.writeline(f"{capture.variable} = concat({inside.buffer})")
            self.simple_write(capture.variable, frame, node)


def code_of(source: str, file: str) -> CodeType:
    """The code of *source*, a module that Jinja wrote."""
    tree = _Together().visit(ast.parse(source))
    return compile(ast.fix_missing_locations(tree), file, "exec")


class _Together(ast.NodeTransformer):
    """Makes one yield of those that follow one another."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        picks_items = [argument.arg for argument in node.args.args] == ["fiter"]
        return node if picks_items else self.generic_visit(node)  # which yields no text

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if node.id not in ("inf", "nan"):  # as Jinja writes 1e999; all other names it makes itself
            return node
        return ast.copy_location(ast.Constant(float(node.id)), node)

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        for name in ("body", "orelse"):
            statements = getattr(node, name, None)
            if isinstance(statements, list):
                setattr(node, name, _together(statements))
        return node


def _together(statements: list[ast.stmt]) -> list[ast.stmt]:
    if len(statements) > 1:  # Jinja writes `pass` before every output
        statements = [each for each in statements if not isinstance(each, ast.Pass)] or statements
    result: list[ast.stmt] = []
    for prints, some in groupby(statements, lambda each: _piece(each) is not None):
        run = list(some)
        if prints:
            text = _text([piece for each in run if (piece := _piece(each)) is not None])
            run = [ast.copy_location(ast.Expr(ast.Yield(text)), run[-1])]
        result += run
    return result


def _piece(statement: ast.stmt) -> ast.expr | None:
    """What *statement* yields, if it is a piece of text; else None."""
    match statement:
        case ast.Expr(ast.Yield(ast.Constant(str()) | ast.Call() | ast.Name() as piece)):
            return piece
    return None


def _text(pieces: list[ast.expr]) -> ast.expr:
    """The text of *pieces*, which are texts and calls of `str`."""
    return ast.JoinedStr(
        [
            piece if isinstance(piece, ast.Constant) else ast.FormattedValue(_bare(piece), -1)
            for piece in pieces
        ]
    )


def _bare(piece: ast.expr) -> ast.expr:
    """What `str` is called with: the environment's finalize gives text already."""
    match piece:
        case ast.Call(ast.Name("str"), [value]):
            return value
    return piece
