"""What the shelters say, and who may read it. All of it is invented."""

import base64
import json

from language import GraphQLError

ROWS = [
    ("harbour", "Harbour House", "WOMEN", "Tallinn", "EE", 12, ["nbnp:demo-visit-1", "nbnp:demo-visit-2"]),
    ("lantern", "The Lantern", "ALL", "Oslo", "NO", None, ["nbnp:demo-visit-2"]),
    ("birch", "Birch Yard", "CHILDREN", "Helsinki", "FI", 8, []),
    ("north", "North Light", "WOMEN", "Murmansk", "RU", 20, ["nbnp:demo-visit-1"]),
    ("per_cent", "100 % Home", "ALL", "Riga", "LV", 5, []),
]


def load(code):
    names = ("id", "name", "kind", "city", "country", "places", "visits")
    rows = [dict(zip(names, row)) for row in ROWS]
    for row in rows:
        row["id"] = f"{code}:{row['id']}"
        row["visits"] = [{"id": visit} for visit in row["visits"]]
    return sorted(rows, key=lambda row: row["id"].encode())


def cursor_of(row):
    return base64.urlsafe_b64encode(json.dumps([row["id"]]).encode()).rstrip(b"=").decode()


def read_cursor(text, argument):
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        (key,) = json.loads(data)
        return key.encode()
    except (ValueError, TypeError, AttributeError):
        raise GraphQLError("BAD_USER_INPUT", "It is no cursor.", argument=argument) from None


def refuse(argument, message):
    raise GraphQLError("BAD_USER_INPUT", message, argument=argument)


def read_place(arguments):
    """How many rows, the key of the row where the page begins or ends, and whether it is read backwards."""
    backwards = arguments["last"] is not None
    for other in ("first", "after") if backwards else ("before",):
        if arguments[other] is not None:
            refuse(other, "A page goes one way.")
    size_of, cursor_of_page = ("last", "before") if backwards else ("first", "after")
    size, cursor = arguments[size_of], arguments[cursor_of_page]
    size = 50 if size is None else size
    if not 1 <= size <= 1_000:
        refuse(size_of, "It is out of range.")
    return size, None if cursor is None else read_cursor(cursor, cursor_of_page), backwards


def make_resolvers(code, sdl):
    rows = load(code)
    by_id = {row["id"]: row for row in rows}

    def shelters(_row, arguments, _context):
        wanted = arguments["filter"] or {}
        size, key, backwards = read_place(arguments)
        found = [row for row in rows if wanted.get("country") in (None, row["country"])]
        search = (wanted.get("search") or "").casefold()
        found = [row for row in found if search in row["name"].casefold()]
        ids = [row["id"].encode() for row in found]
        is_beyond = [key is None or (own < key if backwards else own > key) for own in ids]
        rest = [row for row, beyond in zip(found, is_beyond) if beyond]
        shown = rest[-size:] if backwards else rest[:size]
        edges = [{"cursor": cursor_of(row), "node": row} for row in shown]
        cursors = [edge["cursor"] for edge in edges] or [None]
        has_more, is_continued = len(rest) > size, key is not None
        page = {"hasNextPage": is_continued if backwards else has_more}
        page |= {"hasPreviousPage": has_more if backwards else is_continued}
        page |= {"startCursor": cursors[0], "endCursor": cursors[-1]}
        return {"edges": edges, "nodes": shown, "pageInfo": page, "totalCount": len(found)}

    def entities(_row, arguments, _context):
        representations = arguments["representations"]
        if len(representations) > 1_000:
            raise GraphQLError("QUERY_TOO_COMPLEX", "There are too many representations.")
        return [entity(one) for one in representations]

    def entity(representation):
        type_name, key = representation.get("__typename"), representation.get("id")
        if type_name not in ("Shelter", "Visit") or not isinstance(key, str):
            raise GraphQLError("BAD_USER_INPUT", "There is no such type.", argument="representations")
        # Another organisation owns visits, and only that one knows whether there is such a visit.
        found = {"id": key} if type_name == "Visit" else by_id.get(key)
        return found and {**found, "__typename": type_name}

    def shelters_of(visit, _arguments, _context):
        return [row for row in rows if {"id": visit["id"]} in row["visits"]]

    def night_phone(_row, _arguments, reader):
        if reader["role"] == "anonymous":
            raise GraphQLError("FORBIDDEN", "It is for signed-in people.")
        return "+000 000"

    return {
        "Query._service": lambda *_: {"sdl": sdl},
        "Query._entities": entities,
        "Query.shelter": lambda _row, arguments, _context: by_id.get(arguments["id"]),
        "Query.shelters": shelters,
        "Shelter.nightPhone": night_phone,
        "Visit.shelters": shelters_of,
    }
