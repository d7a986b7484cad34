/** One row of the error catalogue: what a client may see, when, and what to do about it. */
export interface CatalogueEntry {
  /** HTTP status of a request that is refused as a whole with this code; errors inside an answer leave the status alone. */
  readonly status: number;
  /** The sentence that leaves the hub. A partner's own wording never does. */
  readonly message: string;
  readonly when: string;
  readonly howToFix: string;
  readonly since: string;
}

const entry = (
  status: number,
  message: string,
  when: string,
  howToFix: string,
  since = '0.1.0',
): CatalogueEntry => ({ status, message, when, howToFix, since });

/** Every error code that can leave the hub or a partner. `shared/errors/README.md` is generated from it. */
export const catalogue = {
  GRAPHQL_PARSE_FAILED: entry(
    400,
    'The document is not valid GraphQL.',
    'The document cannot be parsed.',
    'Correct the syntax at the given location.',
  ),
  GRAPHQL_VALIDATION_FAILED: entry(
    400,
    'The document does not fit the schema.',
    'The document asks for what the schema does not offer.',
    'Compare the document with the schema, in the explorer for instance.',
  ),
  BAD_REQUEST: entry(
    400,
    'The request is not a well-formed GraphQL request.',
    'A parameter of the request is missing or of the wrong kind.',
    'Send `query` as a string, and `variables` and `extensions` as objects.',
  ),
  BAD_USER_INPUT: entry(
    400,
    'An argument is not acceptable.',
    'A value is not of its scalar’s form, or outside the bounds that its description gives.',
    'Correct the argument that `extensions.argument` names.',
  ),
  UNAUTHENTICATED: entry(
    401,
    'The token is missing or not valid.',
    'A token is expired, altered, not for this audience, or of an unknown issuer.',
    'Get a new token from your home organisation.',
  ),
  FORBIDDEN: entry(
    403,
    'Not allowed.',
    'The reader may not see the value, or not do what the operation asks.',
    'Ask the owner of the data, or leave the field out.',
  ),
  NOT_FOUND: entry(
    404,
    'There is no such record.',
    'An id names no owner, or its owner has no such record.',
    'Check the id: `<owner>:<local>`.',
  ),
  CONFLICT: entry(
    409,
    'Somebody else changed this first.',
    'The `version` is stale, or an idempotency key was used with other input.',
    'Read the record again and decide with its current version.',
  ),
  RULE_VIOLATED: entry(
    422,
    'A rule of the programme does not allow this.',
    'The change would break the rule that `extensions.rule` names.',
    'The rules are listed below; the description of each mutation in its partner’s schema names its own.',
  ),
  GROUP_FULL: entry(
    422,
    'The group has reached the programme’s largest size.',
    'A selection or acceptance would exceed `groupSizeMax`.',
    'Release a member first.',
  ),
  QUERY_TOO_COMPLEX: entry(
    400,
    'The operation is larger than the limits allow.',
    'The document, its variables or what it selects are over the limit that `extensions.limit` names.',
    'Ask for less at a time, or page with a smaller `first`.',
  ),
  OPERATION_UNPLANNABLE: entry(
    501,
    'The graph cannot resolve this operation.',
    'The schema has a field that no subgraph resolves where the operation selects it.',
    'Leave the field out. Whoever composes the graph has to give a subgraph a way to resolve it.',
  ),
  REQUEST_TOO_LARGE: entry(
    413,
    'The request is larger than the limits allow.',
    'The body of the request has too many bytes.',
    'Send less at a time.',
  ),
  RATE_LIMITED: entry(
    429,
    'Too many requests.',
    'This person, its organisation, or this address without a token sent too many requests, or too expensive ones.',
    'Wait for the time that `Retry-After` gives.',
  ),
  OVERLOADED: entry(
    503,
    'The server is busy.',
    'The hub or a partner has more operations than it can execute in time. Nothing was changed.',
    'Send the operation again after the time that `Retry-After` gives.',
  ),
  PERSISTED_QUERY_NOT_FOUND: entry(
    400,
    'This hash is not known.',
    'A persisted query was asked for by its hash before it was sent.',
    'Send the hash together with the document once.',
  ),
  PARTNER_UNAVAILABLE: entry(
    502,
    'This partner is unavailable.',
    'The connection was refused or reset, the response has an error status and no code, the partner cannot use its database, or the hub has no keys to sign with for it.',
    'The rest of the answer stands. Ask again later.',
  ),
  PARTNER_TIMED_OUT: entry(
    504,
    'This partner did not answer in time.',
    'The partner did not answer within its deadline, or not within the operation’s.',
    'The rest of the answer stands. Ask again later, or for less.',
  ),
  PARTNER_INVALID_RESPONSE: entry(
    502,
    'This partner’s answer does not fit what was asked.',
    'The answer is not GraphQL, breaks the contract, does not belong to what was asked, or is an error without a code of the contract.',
    'The rest of the answer stands. The partner’s engineers see the reason in the hub’s log.',
  ),
  PARTNER_RESPONSE_TOO_LARGE: entry(
    502,
    'This partner’s answer is larger than the limits allow.',
    'The answer has more bytes than the network file allows this partner.',
    'Ask for less at a time, or page with a smaller `first`.',
  ),
  PARTNER_REFUSED: entry(
    502,
    'This partner did not accept the hub.',
    'The partner answered 401 or `UNAUTHENTICATED` to the hub itself.',
    'The hub’s and the partner’s keys have to be compared by their operators.',
  ),
  PARTNER_MAINTENANCE: entry(
    503,
    'This partner is in maintenance.',
    'The partner announced a maintenance window that covers this moment.',
    'See `partner { maintenance }` for its end.',
  ),
  PARTNER_QUARANTINED: entry(
    503,
    'This partner’s schema is not in the graph at present.',
    'The partner published a schema that does not fit.',
    'See `partner { quarantineReason }`.',
  ),
  INTERNAL_SERVER_ERROR: entry(
    500,
    'Unexpected error.',
    'Something failed that should not.',
    'Report `extensions.requestId` to the operators.',
  ),
} as const;

/** A code of the catalogue. */
export type ErrorCode = keyof typeof catalogue;

/** True when the text is a code of the catalogue. */
export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(catalogue, code);
}
