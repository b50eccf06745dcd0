# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints the tree that this Python makes of each script, in the form that treetext.cpp prints ours.

Reads file names from standard input. For each prints "FILE name", then its tree or "ERROR line:column text", then a
line with a single dot. The first line is the version of this Python.
"""
import ast
import struct
import sys
import threading
import warnings

HAS_FSTRING_POSITIONS = sys.version_info >= (3, 12)  # before, f-strings were parsed apart and their places were wrong
BOXES = {"Add": "+", "Sub": "-", "Mult": "*", "MatMult": "@", "Div": "/", "FloorDiv": "//", "Mod": "%", "Pow": "**", "LShift": "<<",
         "RShift": ">>", "BitOr": "|", "BitXor": "^", "BitAnd": "&", "Not": "not", "UAdd": "+", "USub": "-", "Invert": "~", "And": "and",
         "Or": "or", "Eq": "==", "NotEq": "!=", "Lt": "<", "LtE": "<=", "Gt": ">", "GtE": ">=", "Is": "is", "IsNot": "is not", "In": "in",
         "NotIn": "not in"}


def text(value):
    return '"' + "".join(c if " " <= c < "\x7f" and c not in '"\\' else "\\%x;" % ord(c) for c in value) + '"'


def op(node):
    return BOXES[type(node).__name__]


class Dumper:
    def __init__(self, source):
        self.lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        self.in_fstring = 0

    def column(self, line, offset):
        source = self.lines[line - 1]
        if source.isascii():
            return offset + 1
        return len(source.encode("utf-8", "surrogatepass")[:offset].decode("utf-8", "surrogatepass")) + 1

    def place(self, node):
        if self.in_fstring and not HAS_FSTRING_POSITIONS:
            return ""
        return " %d:%d-%d:%d" % (node.lineno, self.column(node.lineno, node.col_offset), node.end_lineno,
                                 self.column(node.end_lineno, node.end_col_offset))

    def list(self, items):
        return "[" + " ".join(self.node(item) for item in items) + "]"

    def node(self, node):
        if node is None:
            return "~"
        return getattr(self, "visit_" + type(node).__name__)(node)

    def form(self, name, node, *fields):
        return "(" + " ".join((name + self.place(node),) + fields) + ")"

    # expressions
    def visit_Constant(self, node):
        return self.form("Constant", node, self.constant(node.value) + ("u" if node.kind else ""))

    def constant(self, value):
        if value is None or value is True or value is False:
            return str(value)
        if value is ...:
            return "..."
        if isinstance(value, int):
            return "%x" % value
        if isinstance(value, float):
            return "f" + struct.pack(">d", value).hex()
        if isinstance(value, complex):
            return "j" + struct.pack(">d", value.imag).hex()
        if isinstance(value, bytes):
            return "b" + text(value.decode("latin-1"))
        return text(value)

    def visit_Name(self, node):
        return self.form("Name", node, text(node.id))

    def visit_Attribute(self, node):
        return self.form("Attribute", node, self.node(node.value), text(node.attr))

    def visit_Subscript(self, node):
        return self.form("Subscript", node, self.node(node.value), self.node(node.slice))

    def visit_Slice(self, node):
        return self.form("Slice", node, self.node(node.lower), self.node(node.upper), self.node(node.step))

    def visit_Call(self, node):
        return self.form("Call", node, self.node(node.func), self.list(node.args), self.list(node.keywords))

    def visit_keyword(self, node):
        return self.form("keyword", node, text(node.arg or ""), self.node(node.value))

    def visit_BinOp(self, node):
        return self.form("Binary", node, op(node.op), self.node(node.left), self.node(node.right))

    def visit_UnaryOp(self, node):
        return self.form("Unary", node, op(node.op), self.node(node.operand))

    def visit_BoolOp(self, node):
        return self.form("Boolean", node, op(node.op), self.list(node.values))

    def visit_Compare(self, node):
        return self.form("Comparison", node, self.node(node.left), "[" + " ".join(op(o) for o in node.ops) + "]", self.list(node.comparators))

    def visit_IfExp(self, node):
        return self.form("Conditional", node, self.node(node.test), self.node(node.body), self.node(node.orelse))

    def visit_Lambda(self, node):
        return self.form("Lambda", node, self.node(node.args), self.node(node.body))

    def visit_arguments(self, node):
        plain = node.posonlyargs + node.args
        defaults = [None] * (len(plain) - len(node.defaults)) + node.defaults
        first = len(node.posonlyargs)
        one = lambda arg, default: "(" + self.node(arg) + " " + self.node(default) + ")"
        many = lambda args, values: "[" + " ".join(one(a, d) for a, d in zip(args, values)) + "]"
        return " ".join(("{", many(plain[:first], defaults[:first]), many(plain[first:], defaults[first:]), self.node(node.vararg),
                         many(node.kwonlyargs, node.kw_defaults), self.node(node.kwarg), "}"))

    def visit_arg(self, node):
        return self.form("arg", node, text(node.arg), self.node(node.annotation))

    def visit_Tuple(self, node):
        return self.form("Tuple", node, self.list(node.elts))

    def visit_List(self, node):
        return self.form("List", node, self.list(node.elts))

    def visit_Set(self, node):
        return self.form("Set", node, self.list(node.elts))

    def visit_Dict(self, node):
        return self.form("Dict", node, "[" + " ".join(self.node(k) + ":" + self.node(v) for k, v in zip(node.keys, node.values)) + "]")

    def visit_ListComp(self, node):
        return self.form("ListComprehension", node, self.node(node.elt), "~", self.list(node.generators))

    def visit_SetComp(self, node):
        return self.form("SetComprehension", node, self.node(node.elt), "~", self.list(node.generators))

    def visit_GeneratorExp(self, node):
        return self.form("Generator", node, self.node(node.elt), "~", self.list(node.generators))

    def visit_DictComp(self, node):
        return self.form("DictComprehension", node, self.node(node.key), self.node(node.value), self.list(node.generators))

    def visit_comprehension(self, node):
        return "(for %s %s %s %d)" % (self.node(node.target), self.node(node.iter), self.list(node.ifs), node.is_async)

    def visit_Starred(self, node):
        return self.form("Starred", node, self.node(node.value))

    def visit_NamedExpr(self, node):
        return self.form("Walrus", node, self.node(node.target), self.node(node.value))

    def visit_Await(self, node):
        return self.form("Await", node, self.node(node.value))

    def visit_Yield(self, node):
        return self.form("Yield", node, self.node(node.value))

    def visit_YieldFrom(self, node):
        return self.form("YieldFrom", node, self.node(node.value))

    def visit_JoinedStr(self, node, name="Formatted"):
        place = self.place(node)
        self.in_fstring += 1
        parts = []
        for value in node.values:
            if isinstance(value, ast.Constant):
                parts.append(text(value.value))
            else:
                parts.append(self.node(value))
        self.in_fstring -= 1
        return "(" + name + place + " [" + " ".join(parts) + "])"

    def specification(self, node):
        return "~" if node is None else self.visit_JoinedStr(node, "Specification")

    def visit_FormattedValue(self, node):
        conversion = "-" if node.conversion < 0 else chr(node.conversion)
        return self.form("Field", node, self.node(node.value), conversion, self.specification(node.format_spec))

    # statements
    def visit_FunctionDef(self, node, is_async=0):
        return self.form("Function", node, text(node.name), str(is_async), self.types(node), self.node(node.args), self.node(node.returns),
                         self.list(node.decorator_list), self.block(node.body))

    def visit_AsyncFunctionDef(self, node):
        return self.visit_FunctionDef(node, 1)

    def types(self, node):
        return self.list(getattr(node, "type_params", []))

    def visit_TypeVar(self, node):
        return self.type_parameter("", node, node.bound)

    def visit_TypeVarTuple(self, node):
        return self.type_parameter("*", node, None)

    def visit_ParamSpec(self, node):
        return self.type_parameter("**", node, None)

    def type_parameter(self, prefix, node, bound):
        return self.form("type" + prefix, node, text(node.name), self.node(bound), self.node(getattr(node, "default_value", None)))

    def block(self, statements):
        return "{\n" + "".join(self.node(s) + "\n" for s in statements) + "}"

    def visit_ClassDef(self, node):
        return self.form("Class", node, text(node.name), self.types(node), self.list(node.bases), self.list(node.keywords),
                         self.list(node.decorator_list), self.block(node.body))

    def visit_Return(self, node):
        return self.form("Return", node, self.node(node.value))

    def visit_Delete(self, node):
        return self.form("Delete", node, self.list(node.targets))

    def visit_Assign(self, node):
        return self.form("Assign", node, self.list(node.targets), self.node(node.value))

    def visit_AugAssign(self, node):
        return self.form("Augmented", node, op(node.op), self.node(node.target), self.node(node.value))

    def visit_AnnAssign(self, node):
        return self.form("Annotated", node, str(node.simple), self.node(node.target), self.node(node.annotation), self.node(node.value))

    def visit_TypeAlias(self, node):
        return self.form("TypeAlias", node, self.node(node.name), self.types(node), self.node(node.value))

    def visit_For(self, node, is_async=0):
        return self.form("For", node, str(is_async), self.node(node.target), self.node(node.iter), self.block(node.body), self.block(node.orelse))

    def visit_AsyncFor(self, node):
        return self.visit_For(node, 1)

    def visit_While(self, node):
        return self.form("While", node, self.node(node.test), self.block(node.body), self.block(node.orelse))

    def visit_If(self, node):
        return self.form("If", node, self.node(node.test), self.block(node.body), self.block(node.orelse))

    def visit_With(self, node, is_async=0):
        return self.form("With", node, str(is_async), self.list(node.items), self.block(node.body))

    def visit_AsyncWith(self, node):
        return self.visit_With(node, 1)

    def visit_withitem(self, node):
        return "(" + self.node(node.context_expr) + " " + self.node(node.optional_vars) + ")"

    def visit_Match(self, node):
        return self.form("Match", node, self.node(node.subject), self.list(node.cases))

    def visit_match_case(self, node):
        return "(case %s %s %s)" % (self.node(node.pattern), self.node(node.guard), self.block(node.body))

    def visit_MatchValue(self, node):
        return self.form("MatchValue", node, self.node(node.value))

    def visit_MatchSingleton(self, node):
        return self.form("MatchSingleton", node, self.constant(node.value))

    def visit_MatchSequence(self, node):
        return self.form("MatchSequence", node, self.list(node.patterns))

    def visit_MatchMapping(self, node):
        return self.form("MatchMapping", node, self.list(node.keys), self.list(node.patterns), text(node.rest or ""))

    def visit_MatchClass(self, node):
        return self.form("MatchClass", node, self.node(node.cls), self.list(node.patterns), " ".join(text(a) for a in node.kwd_attrs),
                         self.list(node.kwd_patterns))

    def visit_MatchStar(self, node):
        return self.form("MatchStar", node, text(node.name or ""))

    def visit_MatchAs(self, node):
        return self.form("MatchAs", node, self.node(node.pattern), text(node.name or ""))

    def visit_MatchOr(self, node):
        return self.form("MatchOr", node, self.list(node.patterns))

    def visit_Raise(self, node):
        return self.form("Raise", node, self.node(node.exc), self.node(node.cause))

    def visit_Try(self, node, is_star=0):
        return self.form("Try", node, str(is_star), self.block(node.body), self.list(node.handlers), self.block(node.orelse),
                         self.block(node.finalbody))

    def visit_TryStar(self, node):
        return self.visit_Try(node, 1)

    def visit_ExceptHandler(self, node):
        return self.form("except", node, self.node(node.type), text(node.name or ""), self.block(node.body))

    def visit_Assert(self, node):
        return self.form("Assert", node, self.node(node.test), self.node(node.msg))

    def aliases(self, names):
        return "[" + " ".join(text(a.name) + (" as " + text(a.asname) if a.asname else "") for a in names) + "]"

    def visit_Import(self, node):
        return self.form("Import", node, self.aliases(node.names))

    def visit_ImportFrom(self, node):
        return self.form("ImportFrom", node, text(node.module or ""), str(node.level), self.aliases(node.names))

    def visit_Global(self, node):
        return self.form("Global", node, " ".join(text(n) for n in node.names))

    def visit_Nonlocal(self, node):
        return self.form("Nonlocal", node, " ".join(text(n) for n in node.names))

    def visit_Expr(self, node):
        return self.form("Expression", node, self.node(node.value))

    def visit_Pass(self, node):
        return self.form("Pass", node)

    def visit_Break(self, node):
        return self.form("Break", node)

    def visit_Continue(self, node):
        return self.form("Continue", node)


def decoded(source):
    encoding = "utf-8-sig"
    for line in source.split(b"\n")[:2]:
        import re
        found = re.match(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)", line)
        if found:
            encoding = found.group(1).decode()
    return source.decode(encoding, "surrogateescape").lstrip("\ufeff")


def dump(name):
    with open(name, "rb") as file:
        source = file.read()
    try:
        compile(source, name, "exec", dont_inherit=True)
        tree = ast.parse(source)
    except SyntaxError as error:
        return "ERROR %d:%d %s" % (error.lineno or 0, error.offset or 0, error.msg)
    except (ValueError, MemoryError, RecursionError) as error:
        return "ERROR 0:0 %s" % error
    dumper = Dumper(decoded(source))
    return dumper.block(tree.body)


def main():
    sys.stdout.reconfigure(encoding="utf-8", errors="surrogatepass", newline="\n")
    print("%d.%d" % sys.version_info[:2])
    for name in sys.stdin.read().splitlines():
        print("FILE " + name)
        print(dump(name))
        print(".")


warnings.simplefilter("ignore")
sys.setrecursionlimit(100000)
threading.stack_size(512 * 1024 * 1024)
thread = threading.Thread(target=main)
thread.start()
thread.join()
