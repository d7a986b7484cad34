/** Parsed JSON. */
type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** A partner’s GraphQL response, which is to be changed. */
export interface GraphQLResponse {
  data?: { [key: string]: Json } | null;
  errors?: Json;
  extensions?: Json;
}

/** The request of the response. */
export interface GraphQLRequest {
  readonly query: string;
  readonly representations: readonly { readonly [key: string]: Json }[];
}

type Spoil = (answer: GraphQLResponse, asked: GraphQLRequest) => GraphQLResponse;

const isObject = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value with each object rewritten, innermost first. */
function mapObjects(value: Json, map: (object: { [key: string]: Json }) => Json): Json {
  if (Array.isArray(value)) return value.map((item) => mapObjects(item, map));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, mapObjects(item, map)] as const);
  return map(Object.fromEntries(entries));
}

function mapLeaves(value: Json, map: (leaf: Json) => Json): Json {
  if (Array.isArray(value)) return value.map((item) => mapLeaves(item, map));
  if (!isObject(value)) return map(value);
  const entries = Object.entries(value).map(([key, item]) => [key, mapLeaves(item, map)] as const);
  return Object.fromEntries(entries);
}

function mapData(map: (data: { [key: string]: Json }, asked: GraphQLRequest) => Json): Spoil {
  return (answer, asked) =>
    answer.data ? { ...answer, data: map(answer.data, asked) as GraphQLResponse['data'] } : answer;
}

/** Rewrites the lists of entities or of rows, which are directly below `data`. */
const mapLists = (map: (list: Json[], asked: GraphQLRequest) => Json): Spoil =>
  mapData((data, asked) =>
    Object.fromEntries(
      Object.entries(data).map(([key, value]) => [
        key,
        Array.isArray(value) ? map(value, asked) : value,
      ]),
    ),
  );

const withoutData = (data: GraphQLResponse['data']) =>
  data && Object.fromEntries(Object.keys(data).map((key) => [key, null]));

/** The response with null fields and an error for them. */
const withError =
  (describe: (answer: GraphQLResponse, field: string) => { [key: string]: Json }): Spoil =>
  (answer) => ({
    data: withoutData(answer.data),
    errors: [describe(answer, Object.keys(answer.data ?? {})[0] ?? 'none')],
  });

/** Texts that must never reach a client: an address, SQL, a stack, a person. */
export const leak =
  "SELECT name FROM officers WHERE email = 'kari.nordmann@politi.example' failed at 10.20.30.40:5432";

const leakingStack = ['Error: boom', '    at load (/srv/partner/secret-path/officers.js:12:34)'];

/** Forged keys lead to a record that was not requested. */
function forgeKeys(entity: Json, asked: GraphQLRequest): Json {
  if (!isObject(entity)) return entity;
  const keys = new Set(
    asked.representations.flatMap(({ __typename: _, ...representation }) =>
      Object.values(representation),
    ),
  );
  return Object.fromEntries(
    Object.entries(entity).map(([key, value]) => [
      key,
      keys.has(value) ? `${String(value)}-forged` : value,
    ]),
  );
}

/** Responses that are JSON and perhaps GraphQL, but do not match the request. */
export const responseFaults = {
  extraKeys: mapData((data) => mapObjects(data, (object) => ({ ...object, forged: 'forged' }))),
  extraRootKeys: (answer) => ({
    ...answer,
    data: { ...answer.data, forged: 'forged', __schema: null },
    extensions: { forged: 'forged', completeness: { complete: true, partners: {} } },
  }),
  permuted: mapLists((list) => list.toReversed()),
  short: mapLists((list) => list.slice(0, -1)),
  long: mapLists((list) => [...list, ...list.slice(-1)]),
  nullEntities: mapLists((list) => list.map(() => null)),
  nullList: mapLists(() => null),
  nullData: () => ({ data: null }),
  noData: () => ({}),
  forgedKeys: mapLists((list, asked) => list.map((entity) => forgeKeys(entity, asked))),
  forgedTypename: mapData((data) =>
    mapObjects(data, (object) =>
      '__typename' in object ? { ...object, __typename: 'Forged' } : object,
    ),
  ),
  nullLeaves: mapData((data) => mapLeaves(data, () => null)),
  wrongTypes: mapData((data) => mapLeaves(data, (leaf) => ({ wrong: leaf }))),
  listsAsObjects: mapLists((list) =>
    Object.fromEntries(list.map((item, index) => [`${index}`, item])),
  ),
  errorForeignPath: withError(() => ({
    message: leak,
    path: ['somebodyElse', 0, 'secret'],
    extensions: { code: 'FORBIDDEN' },
  })),
  errorLeak: withError((_, field) => ({
    message: leak,
    path: [field],
    locations: [{ line: 1, column: 1 }],
    extensions: {
      code: 'INTERNAL_SERVER_ERROR',
      stacktrace: leakingStack,
      address: '10.20.30.40',
      sql: leak,
    },
  })),
  errorForbiddenLeak: withError((_, field) => ({
    message: leak,
    path: [field],
    extensions: { code: 'FORBIDDEN', stacktrace: leakingStack },
  })),
  errorUnauthenticated: () => ({
    errors: [{ message: leak, extensions: { code: 'UNAUTHENTICATED' } }],
  }),
  errorUnknownCode: withError((_, field) => ({
    message: leak,
    path: [field],
    extensions: { code: 'PARTNER_EATEN_BY_BEAR' },
  })),
  errorWithoutPath: withError(() => ({ message: leak })),
  errorPartnerCode: withError((_, field) => ({
    message: leak,
    path: [field],
    extensions: {
      code: 'PARTNER_TIMED_OUT',
      partner: 'somebody-else',
      serviceName: 'somebody-else',
    },
  })),
  errorsNotAList: (answer) => ({ ...answer, errors: leak }),
  errorsOfNothing: (answer) => ({ ...answer, errors: [null, 7, [], { message: 1, path: 'x' }] }),
} as const satisfies Record<string, Spoil>;

export type ResponseFault = keyof typeof responseFaults;
