"""Executes an operation over resolvers. What is not valid is refused before anything is resolved."""

from language import DocumentParser, GraphQLError

SCALARS = {
    "Int": lambda value: isinstance(value, int) and not isinstance(value, bool) and -(2**31) <= value < 2**31,
    "Float": lambda value: isinstance(value, (int, float)) and not isinstance(value, bool),
    "String": lambda value: isinstance(value, str),
    "Boolean": lambda value: isinstance(value, bool),
    "ID": lambda value: isinstance(value, str) or isinstance(value, int) and not isinstance(value, bool),
    "_Any": lambda value: isinstance(value, dict),
}
FEDERATION = {
    "_service": {"type": ("nonnull", "_Service"), "arguments": {}, "default": None},
    "_entities": {
        "type": ("nonnull", ("list", "_Entity")),
        "arguments": {
            "representations": {"type": ("nonnull", ("list", ("nonnull", "_Any"))), "arguments": {}, "default": None}
        },
        "default": None,
    },
}
SERVICE = {"kind": "type", "fields": {"sdl": {"type": "String", "arguments": {}, "default": None}}}
MOST_SELECTIONS = 5_000


def name_of(type_):
    return type_ if isinstance(type_, str) else name_of(type_[1])


def invalid(message):
    return GraphQLError("GRAPHQL_VALIDATION_FAILED", message)


def wrong(argument, message):
    return GraphQLError("BAD_USER_INPUT", message, argument=argument)


class Lost(Exception):
    """A null where the schema allows none: what is around it becomes null."""


class Schema:
    def __init__(self, types, entities):
        self.types = {**types, "_Service": SERVICE}
        self.types["Query"] = {"kind": "type", "fields": {**types["Query"]["fields"], **FEDERATION}}
        self.entities = entities

    def fields_of(self, type_name):
        return self.types.get(type_name, {}).get("fields", {})

    def is_leaf(self, type_name):
        return type_name != "_Entity" and self.types.get(type_name, {"kind": "scalar"})["kind"] in ("scalar", "enum")

    def applies(self, condition, type_name):
        return condition is None or condition == type_name or condition == "_Entity" and type_name in self.entities

    def coerce(self, type_, value, argument):
        if isinstance(type_, tuple) and type_[0] == "nonnull":
            if value is None:
                raise wrong(argument, "It must not be null.")
            return self.coerce(type_[1], value, argument)
        if value is None:
            return None
        if isinstance(type_, tuple):
            items = value if isinstance(value, list) else [value]
            return [self.coerce(type_[1], item, argument) for item in items]
        own = self.types.get(type_, {"kind": "scalar"})
        if own["kind"] == "input":
            return self._coerce_input(own["fields"], value, argument)
        is_right = value in own["values"] if own["kind"] == "enum" else SCALARS.get(type_, SCALARS["String"])(value)
        if not is_right:
            raise wrong(argument, f"It is no {type_}.")
        return str(value) if type_ == "ID" else value

    def _coerce_input(self, fields, value, argument):
        if not isinstance(value, dict) or not value.keys() <= fields.keys():
            raise wrong(argument, "It has another form.")
        found = {name: value[name] for name in fields if name in value}
        return {name: self.coerce(fields[name]["type"], one, f"{argument}.{name}") for name, one in found.items()}


class Execution:
    """One operation. Resolvers get the object, the arguments and the context."""

    def __init__(self, schema, resolvers, context):
        self.schema, self.resolvers, self.context = schema, resolvers, context
        self.errors, self.fragments, self.variables, self.selected = [], {}, {}, 0

    def run(self, text, variables, operation_name):
        operations, self.fragments = DocumentParser(text).document()
        if operation_name is None and len(operations) > 1 or operation_name is not None and operation_name not in operations:
            raise invalid("There is no such operation.")
        operation = next(iter(operations.values())) if operation_name is None else operations[operation_name]
        if operation["kind"] != "query":
            raise invalid("There are no mutations.")
        self._check(operation["selections"], "Query", ())
        self._read_variables(operation["variables"], variables)
        try:
            return self._object("Query", {}, [operation["selections"]], [])
        except Lost:
            return None

    def _read_variables(self, definitions, given):
        if not isinstance(given, dict):
            raise wrong("variables", "They are no object.")
        for one in definitions:
            if one["name"] in given:
                self.variables[one["name"]] = self.schema.coerce(one["type"], given[one["name"]], one["name"])
            elif one["default"] is not None:
                self.variables[one["name"]] = self._value(one["default"])
            elif isinstance(one["type"], tuple) and one["type"][0] == "nonnull":
                raise wrong(one["name"], "It is missing.")

    def _check(self, selections, type_name, spread):
        """Refuses what the schema does not have."""
        for one in selections:
            self.selected += 1
            if self.selected > MOST_SELECTIONS:
                raise GraphQLError("QUERY_TOO_COMPLEX", "The operation selects too much.")
            if "spread" in one:
                fragment = self.fragments.get(one["spread"])
                if fragment is None or one["spread"] in spread:
                    raise invalid("A fragment is missing, or includes itself.")
                self._check(fragment["selections"], fragment["on"], (*spread, one["spread"]))
            elif "key" not in one:
                self._check(one["selections"], one["on"] or type_name, spread)
            elif one["name"] != "__typename":
                self._check_field(one, type_name, spread)

    def _check_field(self, one, type_name, spread):
        field = self.schema.fields_of(type_name).get(one["name"])
        if field is None or not one["arguments"].keys() <= field["arguments"].keys():
            raise invalid(f"{type_name} has no {one['name']} with these arguments.")
        named = name_of(field["type"])
        if self.schema.is_leaf(named) != (one["selections"] is None):
            raise invalid(f"{one['name']} needs a selection, or must not have one.")
        if one["selections"] is not None:
            self._check(one["selections"], named, spread)

    def _value(self, node):
        kind, value = node
        if kind == "variable":
            return self.variables.get(value)
        if kind == "list":
            return [self._value(item) for item in value]
        if kind == "object":
            # A variable without a value is as if it were not there.
            given = [(name, one) for name, one in value if one[0] != "variable" or one[1] in self.variables]
            return {name: self._value(one) for name, one in given}
        return value

    def _arguments(self, one, definitions):
        found = {}
        for name, definition in definitions.items():
            node = one["arguments"].get(name)
            is_given = node is not None and (node[0] != "variable" or node[1] in self.variables)
            node = node if is_given else definition["default"]
            value = None if node is None else self._value(node)
            found[name] = self.schema.coerce(definition["type"], value, name)
        return found

    def _is_skipped(self, one):
        for name, arguments in one["directives"]:
            condition = self._value(arguments.get("if", ("constant", None)))
            if name == "skip" and condition is True or name == "include" and condition is False:
                return True
        return False

    def _collect(self, type_name, selections, found):
        for one in selections:
            if self._is_skipped(one):
                continue
            if "key" in one:
                found.setdefault(one["key"], []).append(one)
                continue
            own = self.fragments[one["spread"]] if "spread" in one else one
            if self.schema.applies(own["on"], type_name):
                self._collect(type_name, own["selections"], found)
        return found

    def _object(self, type_name, row, selection_sets, path):
        fields = {}
        for selections in selection_sets:
            self._collect(type_name, selections, fields)
        return {key: self._field(type_name, row, nodes, [*path, key]) for key, nodes in fields.items()}

    def _field(self, type_name, row, nodes, path):
        name = nodes[0]["name"]
        if name == "__typename":
            return type_name
        definition = self.schema.fields_of(type_name)[name]
        try:
            arguments = self._arguments(nodes[0], definition["arguments"])
            resolve = self.resolvers.get(f"{type_name}.{name}")
            value = resolve(row, arguments, self.context) if resolve else row.get(name)
            inner = [node["selections"] for node in nodes if node["selections"] is not None]
            return self._complete(definition["type"], value, inner, path)
        except GraphQLError as error:
            error.path = path
            self.errors.append(error)
        except Lost:
            pass
        if isinstance(definition["type"], tuple) and definition["type"][0] == "nonnull":
            raise Lost
        return None

    def _complete(self, type_, value, selection_sets, path):
        if isinstance(type_, tuple) and type_[0] == "nonnull":
            completed = self._complete(type_[1], value, selection_sets, path)
            if completed is None:
                raise Lost
            return completed
        if value is None:
            return None
        if isinstance(type_, tuple):
            return [self._item(type_[1], item, selection_sets, [*path, index]) for index, item in enumerate(value)]
        if self.schema.is_leaf(type_):
            return value
        return self._object(value["__typename"] if type_ == "_Entity" else type_, value, selection_sets, path)

    def _item(self, type_, value, selection_sets, path):
        try:
            return self._complete(type_, value, selection_sets, path)
        except Lost:
            if isinstance(type_, tuple) and type_[0] == "nonnull":
                raise
            return None
