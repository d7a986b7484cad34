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


def read_cursor(text):
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        (key,) = json.loads(data)
        return key.encode()
    except (ValueError, TypeError, AttributeError):
        raise GraphQLError("BAD_USER_INPUT", "It is no cursor.", argument="after") from None


def make_resolvers(code, sdl):
    rows = load(code)
    by_id = {row["id"]: row for row in rows}

    def shelters(_row, arguments, _context):
        wanted = arguments["filter"] or {}
        first = 50 if arguments["first"] is None else arguments["first"]
        if not 1 <= first <= 1_000:
            raise GraphQLError("BAD_USER_INPUT", "It is out of range.", argument="first")
        after = None if arguments["after"] is None else read_cursor(arguments["after"])
        found = [row for row in rows if wanted.get("country") in (None, row["country"])]
        search = (wanted.get("search") or "").casefold()
        found = [row for row in found if search in row["name"].casefold()]
        rest = [row for row in found if after is None or row["id"].encode() > after]
        edges = [{"cursor": cursor_of(row), "node": row} for row in rest[:first]]
        cursors = [edge["cursor"] for edge in edges] or [None]
        page = {"hasNextPage": len(rest) > first, "hasPreviousPage": after is not None}
        page |= {"startCursor": cursors[0], "endCursor": cursors[-1]}
        return {"edges": edges, "nodes": rest[:first], "pageInfo": page, "totalCount": len(found)}

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
