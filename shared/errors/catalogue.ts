/** An entry of the error catalogue: what a client sees, when, and what to do about it. */
export interface CatalogueEntry {
  /**
   * The HTTP status of a request that is refused as a whole with this code. Errors inside a
   * response do not change the status.
   */
  readonly status: number;
  /** The message that clients get. A partner’s own message is never passed on. */
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

/** The message of `CONFLICT` at an idempotency key. */
export const usedKeyMessage = 'This idempotency key has been used with other input.';

/** Every error code of the hub and the partners. `shared/errors/codes.md` is generated from it. */
export const catalogue = {
  GRAPHQL_PARSE_FAILED: entry(
    400,
    'The document is not valid GraphQL.',
    'The document cannot be parsed.',
    'Correct the syntax at the given location.',
  ),
  GRAPHQL_VALIDATION_FAILED: entry(
    400,
    'The document is not valid for the schema.',
    'The document selects something that the schema does not have.',
    'Compare the document with the schema, for example in the explorer.',
  ),
  BAD_REQUEST: entry(
    400,
    'The request is not a well-formed GraphQL request.',
    'A parameter of the request is missing or has the wrong type.',
    'Send `query` as a string, and `variables` and `extensions` as objects.',
  ),
  BAD_USER_INPUT: entry(
    400,
    'An argument is not valid.',
    'A value does not have the form of its scalar, or is outside the limits in its description.',
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
    'The caller may not read the value, or may not execute the mutation.',
    'Ask the owner of the data, or leave the field out.',
  ),
  PURPOSE_NOT_ALLOWED: entry(
    403,
    'Not allowed for this purpose.',
    'The owner shows the field for some purposes only, which `extensions.purposes` names. The caller stated another one, or none.',
    'State one of these purposes with the header `hub-purpose`, if it is yours, or leave the field out.',
    '0.8.0',
  ),
  NOT_FOUND: entry(
    404,
    'The record does not exist.',
    'An id has no owner, or its owner does not have this record.',
    'Check the id: `<owner>:<local>`.',
  ),
  CONFLICT: entry(
    409,
    'Somebody else changed this first.',
    'The `version` is stale, or an idempotency key was used with other input: then `extensions.argument` names it.',
    'Read the record again and decide with its current version. Use a new idempotency key for other input.',
  ),
  RULE_VIOLATED: entry(
    422,
    'A rule of the programme does not allow this.',
    'The change would break the rule that `extensions.rule` names.',
    'The rules are listed below; the description of each mutation in its partner’s schema names its own.',
  ),
  LINK_USED: entry(
    409,
    'This link was used before.',
    'The link of an invitation opens one session. It was opened a second time, so that session has ended too.',
    'Ask your co-ordinator for another invitation, and say that it was not you, if so.',
    '0.8.0',
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
    'The document, its variables or its selections exceed the limit in `extensions.limit`.',
    'Request less at a time, or use a smaller `first`.',
  ),
  OPERATION_UNPLANNABLE: entry(
    501,
    'The graph cannot resolve this operation.',
    'The operation selects a field at a place where no subgraph can resolve it, or the query planner fails on it.',
    'Leave the field out. Its subgraph’s engineers must make it resolvable there. The hub’s log has the planner’s wording.',
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
    'A request had the hash of a persisted query that was not sent before.',
    'Send the hash together with the document once.',
  ),
  DOCUMENT_NOT_TRUSTED: entry(
    403,
    'This hub runs only trusted documents for you.',
    'The operator lets callers of this role run only the operations of registered applications.',
    'Send the id of a trusted document, or ask the operator of the hub to register your application.',
  ),
  PARTNER_UNAVAILABLE: entry(
    502,
    'This partner is unavailable.',
    'The connection was refused or reset, the response has an error status and no code, the partner refused the hub’s whole request, it cannot use its database, or the hub has no keys for it.',
    'The rest of the response is valid. Try again later.',
  ),
  PARTNER_TIMED_OUT: entry(
    504,
    'This partner did not respond in time.',
    'The partner did not respond within its own deadline or the operation’s.',
    'The rest of the response is valid. Try again later, or request less.',
  ),
  PARTNER_INVALID_RESPONSE: entry(
    502,
    'This partner’s response is invalid.',
    'The response is not GraphQL, violates the contract, does not match the request, or is an error without a code of the contract.',
    'The rest of the response is valid. The reason is in the hub’s log.',
  ),
  PARTNER_RESPONSE_TOO_LARGE: entry(
    502,
    'This partner’s response is larger than the limits allow.',
    'The response has more bytes than the network file allows for this partner.',
    'Request less at a time, or use a smaller `first`.',
  ),
  PARTNER_REFUSED: entry(
    502,
    'This partner did not accept the hub.',
    'The partner responded to the hub with 401 or `UNAUTHENTICATED`.',
    'The operators of the hub and the partner must compare their keys.',
  ),
  PARTNER_MAINTENANCE: entry(
    503,
    'This partner is in maintenance.',
    'The partner announced a maintenance window that covers this moment.',
    'See `partner { maintenance }` for its end.',
  ),
  PARTNER_LACKS_FIELD: entry(
    502,
    'This partner’s server does not have this yet.',
    'The partner serves an older version of the contract, without this field, argument or value.',
    'The rest of its data is in the response. The field appears when the partner has upgraded.',
  ),
  PARTNER_SUSPENDED: entry(
    503,
    'This partner takes no part at present.',
    'The operator of the hub has suspended the partner. Nothing is sent to it.',
    'See `partner { membership }` for the reason.',
  ),
  PARTNER_REMOVED: entry(
    410,
    'This partner has left the network.',
    'The record belongs to a partner that was removed. Only its id is known.',
    'See `partner { membership }` for the day and the reason.',
  ),
  PARTNER_QUARANTINED: entry(
    503,
    'This partner’s schema is not in the graph at present.',
    'The partner published a schema that does not compose.',
    'See `partner { quarantineReason }`.',
  ),
  DANGLING_REFERENCE: entry(
    502,
    'The record that this refers to does not exist.',
    'The partner that `extensions.partner` names gave the id of a record that its owner, `extensions.owner`, does not have. At most the row that holds the reference is left out.',
    'Tell that partner. The rest of the response is valid.',
  ),
  NOTICES_MISSED: entry(
    410,
    'You missed some notices of changes.',
    'A client of `changed` reads more slowly than changes happen, comes back too late, or the hub has lost notices of the partner that `extensions.partner` names.',
    'Read again what you show. The stream goes on.',
  ),
  STREAM_ENDED: entry(
    503,
    'The hub has ended this stream.',
    'The hub restarts, or the stream has reached its longest time.',
    'Subscribe again, with the last `extensions.cursor` as `after`.',
  ),
  INTERNAL_SERVER_ERROR: entry(
    500,
    'Unexpected error.',
    'An unexpected error occurred.',
    'Report `extensions.requestId` to the operators.',
  ),
} as const;

/** A code of the catalogue. */
export type ErrorCode = keyof typeof catalogue;

/** True for a code with which an owner withholds a value from the caller. */
export const isWithheld = (code: unknown): boolean =>
  code === 'FORBIDDEN' || code === 'PURPOSE_NOT_ALLOWED';

/** True when the text is a code of the catalogue. */
export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(catalogue, code);
}
