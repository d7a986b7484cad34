"""Reads GraphQL: documents of operations, and the schema. The specification of October 2021."""

import json
import re

TOKEN = re.compile(
    r"[\s,\ufeff]*(?:#[^\n\r]*[\s,]*)*"
    r"(?:(?P<name>[A-Za-z_]\w*)|(?P<float>-?(?:0|[1-9]\d*)(?:\.\d+(?:[eE][+-]?\d+)?|[eE][+-]?\d+))"
    r"|(?P<int>-?(?:0|[1-9]\d*))|(?P<block>\"\"\"(?:\\\"\"\"|[^\"]|\"(?!\"\"))*\"\"\")"
    r"|(?P<string>\"(?:[^\"\\\n\r]|\\.)*\")|(?P<mark>\.\.\.|[!$&():=@\[\]{}|])|(?P<end>\Z))",
    re.ASCII,
)
MOST_TOKENS, MOST_DEPTH = 20_000, 100


class GraphQLError(Exception):
    """An error with a code of the catalogue. Its text is for our own log: the hub writes its own."""

    def __init__(self, code, message, path=None, argument=None):
        super().__init__(message)
        self.code, self.path, self.argument = code, path, argument


def failed(message):
    return GraphQLError("GRAPHQL_PARSE_FAILED", message)


def read_tokens(text):
    tokens, at = [], 0
    while True:
        found = TOKEN.match(text, at)
        if not found:
            raise failed(f"Unexpected character at {at}.")
        kind, at = found.lastgroup, found.end()
        if kind == "end":
            return [*tokens, ("end", "")]
        tokens.append((kind, found[kind]))
        if len(tokens) > MOST_TOKENS:
            raise GraphQLError("QUERY_TOO_COMPLEX", "The document has too many tokens.")


class Parser:
    """Reads what operations and a schema have in common."""

    def __init__(self, text):
        self.tokens, self.at, self.depth = read_tokens(text), 0, 0

    def peek(self, *texts):
        kind, text = self.tokens[self.at]
        return kind in ("name", "mark") and text in texts

    def take(self, *texts):
        if not self.peek(*texts):
            return None
        self.at += 1
        return self.tokens[self.at - 1][1]

    def expect(self, *texts):
        return self.take(*texts) or self.fail(f"Expected {' or '.join(texts)}.")

    def name(self):
        kind, text = self.tokens[self.at]
        if kind != "name":
            self.fail("Expected a name.")
        self.at += 1
        return text

    def fail(self, message):
        raise failed(f"{message} Found {self.tokens[self.at][1][:20]!r}.")

    def many(self, opening, read, closing, least=1):
        self.expect(opening)
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise GraphQLError("QUERY_TOO_COMPLEX", "The document is nested too deeply.")
        found = []
        while not self.take(closing):
            found.append(read())
        self.depth -= 1
        return found if len(found) >= least else self.fail("Expected something.")

    def optional(self, opening, read, closing):
        return self.many(opening, read, closing) if self.peek(opening) else []

    def type(self):
        """A type as ("list", inner), ("nonnull", inner) or a name."""
        if self.take("["):
            inner = ("list", self.type())
            self.expect("]")
        else:
            inner = self.name()
        return ("nonnull", inner) if self.take("!") else inner

    def value(self):
        """A value as a function of the variables."""
        if self.take("$"):
            name = self.name()
            return ("variable", name)
        if self.peek("["):
            return ("list", self.many("[", self.value, "]", 0))
        if self.peek("{"):
            return ("object", self.many("{", self.argument, "}", 0))
        kind, text = self.tokens[self.at]
        self.at += 1
        if kind == "int":
            return ("constant", int(text))
        if kind == "float":
            return ("constant", float(text))
        if kind == "string":
            try:
                return ("constant", json.loads(text))
            except ValueError:
                raise failed("A text has an invalid escape.") from None
        if kind == "block":
            return ("constant", text[3:-3].replace('\\"""', '"""').strip())
        if kind != "name":
            self.fail("Expected a value.")
        words = {"true": True, "false": False, "null": None}
        return ("constant", words[text]) if text in words else ("enum", text)

    def argument(self):
        name = self.name()
        self.expect(":")
        return name, self.value()

    def directives(self):
        found = []
        while self.take("@"):
            name = self.name()
            found.append((name, dict(self.optional("(", self.argument, ")"))))
        return found


class DocumentParser(Parser):
    """Reads operations and fragments."""

    def document(self):
        operations, fragments = {}, {}
        while self.tokens[self.at][0] != "end":
            if self.take("fragment"):
                name = self.name()
                self.expect("on")
                condition = self.name()
                self.directives()
                fragments[name] = {"on": condition, "selections": self.selections()}
                continue
            kind = "query" if self.peek("{") else self.expect("query", "mutation")
            name = None if self.peek("{", "(", "@") else self.name()
            variables = self.optional("(", self.variable, ")")
            self.directives()
            operations[name] = {"kind": kind, "variables": variables, "selections": self.selections()}
        if not operations:
            raise failed("There is no operation.")
        return operations, fragments

    def variable(self):
        self.expect("$")
        name = self.name()
        self.expect(":")
        type_ = self.type()
        default = self.value() if self.take("=") else None
        self.directives()
        return {"name": name, "type": type_, "default": default}

    def selections(self):
        return self.many("{", self.selection, "}")

    def selection(self):
        if self.take("..."):
            if self.tokens[self.at][0] == "name" and not self.peek("on"):
                return {"spread": self.name(), "directives": self.directives()}
            condition = self.name() if self.take("on") else None
            return {"on": condition, "directives": self.directives(), "selections": self.selections()}
        key = name = self.name()
        if self.take(":"):
            name = self.name()
        arguments = dict(self.optional("(", self.argument, ")"))
        directives = self.directives()
        selections = self.selections() if self.peek("{") else None
        return {"key": key, "name": name, "arguments": arguments, "directives": directives, "selections": selections}


class SchemaParser(Parser):
    """Reads the types of a schema: objects, inputs and enums by name."""

    def types(self):
        types = {}
        while self.tokens[self.at][0] != "end":
            self._skip_description()
            word = self.expect("extend", "directive", "scalar", "enum", "input", "type")
            if word == "extend":
                self.expect("schema")
                self.directives()
                continue
            if word == "directive":
                self._skip_directive()
                continue
            name = self.name()
            self.directives()
            types[name] = {"kind": word}
            if word == "enum":
                types[name]["values"] = self.many("{", self._enum_value, "}")
            elif word != "scalar":
                types[name]["fields"] = dict(self.many("{", self._field, "}"))
        return types

    def _skip_description(self):
        if self.tokens[self.at][0] in ("string", "block"):
            self.at += 1

    def _skip_directive(self):
        self.expect("@")
        self.name()
        self.optional("(", self._field, ")")
        self.expect("on")
        self.name()
        while self.take("|"):
            self.name()

    def _enum_value(self):
        self._skip_description()
        return self.name()

    def _field(self):
        self._skip_description()
        name = self.name()
        arguments = dict(self.optional("(", self._field, ")"))
        self.expect(":")
        type_ = self.type()
        default = self.value() if self.take("=") else None
        self.directives()
        return name, {"type": type_, "arguments": arguments, "default": default}
