/** Limits of one operation. `Infinity` switches a limit off. */
export interface OperationLimits {
  /** Characters of the document, and of its names and literals with fragments inlined. */
  readonly characters: number;
  /** Tokens of the document. */
  readonly tokens: number;
  /**
   * Nested brackets of any kind, with fragments inlined. This limits every recursion over a
   * document.
   */
  readonly nesting: number;
  /** Nested fields. */
  readonly depth: number;
  /** Aliases, with those of `__typename`. */
  readonly aliases: number;
  /** Fields of the query or mutation itself. */
  readonly rootFields: number;
  readonly directives: number;
  /** Fragments of the document, and operations. */
  readonly fragments: number;
  /**
   * Pairs of fields with the same response name, with fragments inlined. Validation compares each
   * pair.
   */
  readonly repetitions: number;
  /** Fields, with fragments inlined. */
  readonly fields: number;
  /** The most values that a response can have: see gateway/docs/limits.md. */
  readonly cost: number;
  /** The assumed size of a list without `first`, for `cost`. */
  readonly listSize: number;
  /** The largest `first` that `cost` uses. A larger one is `BAD_USER_INPUT` anyway. */
  readonly pageSize: number;
  /** Values in the variables, with those inside lists and objects. */
  readonly values: number;
}

/** Limits of one client of a server. */
export interface ConnectionLimits {
  /** Bytes of a request’s body. */
  readonly bodyBytes: number;
  /** Time for reading the whole response, in milliseconds. */
  readonly readingMs: number;
  /** Simultaneous connections. */
  readonly connections: number;
  /** Simultaneous connections from one address. */
  readonly connectionsPerAddress: number;
  /** Bytes of bodies that are read or used, and of responses that clients have not read yet. */
  readonly waitingBytes: number;
  /** The same bytes of the clients of one network. */
  readonly waitingBytesPerClient: number;
}

/**
 * How many operations are executed at a time. Others wait, and those that wait too long are
 * `OVERLOADED`.
 */
export interface LoadLimits {
  /** Operations of all clients together. */
  readonly operations: number;
  /** Operations of one person, or of one address without a token. */
  readonly operationsPerClient: number;
  /** Operations of the people of one organisation. */
  readonly operationsPerOrganisation: number;
  /** How long an operation may wait, in milliseconds. */
  readonly waitMs: number;
}

export interface Limits extends OperationLimits, ConnectionLimits, LoadLimits {}

/** For the hub, which serves people. */
export const defaultLimits: Limits = Object.freeze({
  bodyBytes: 1_000_000,
  characters: 100_000,
  tokens: 10_000,
  nesting: 200,
  depth: 30,
  aliases: 50,
  rootFields: 30,
  directives: 50,
  fragments: 100,
  repetitions: 10_000,
  fields: 1_000,
  cost: 1_000_000,
  listSize: 10,
  pageSize: 1_000,
  values: 10_000,
  readingMs: 30_000,
  connections: 2_000,
  connectionsPerAddress: 500,
  waitingBytes: 64_000_000,
  waitingBytesPerClient: 16_000_000,
  operations: 128,
  operationsPerClient: 32,
  operationsPerOrganisation: 64,
  waitMs: 1_000,
});

/**
 * For a partner, which serves the hub. They are looser, because the hub inlines fragments, selects
 * each type of an interface, adds hidden fields for merging, and sends up to 1,000 representations.
 * Ten times the bytes, because the variables of a request go to every partner, and its document may
 * be several times as long there.
 */
export const partnerLimits: Limits = Object.freeze({
  ...defaultLimits,
  bodyBytes: 10_000_000,
  characters: 10_000_000,
  tokens: 100_000,
  nesting: 400,
  depth: 60,
  aliases: 3_000,
  rootFields: 300,
  directives: 500,
  fragments: 1_000,
  repetitions: 1_000_000,
  fields: 10_000,
  cost: 10_000_000,
  values: 500_000,
  // The hub is the only client.
  waitingBytesPerClient: 64_000_000,
  // Every worker of a hub sends at most 32 simultaneous calls of one caller.
  operationsPerClient: 128,
  operationsPerOrganisation: 128,
});

/**
 * For a hub over a foreign supergraph, which somebody tries out: only what would stop the process,
 * or keep it busy for long, is refused.
 */
export const foreignLimits: Limits = Object.freeze({
  ...defaultLimits,
  characters: 1_000_000,
  tokens: 100_000,
  depth: 200,
  aliases: Infinity,
  rootFields: Infinity,
  directives: Infinity,
  fragments: 1_000,
  repetitions: 1_000_000,
  fields: 10_000,
  cost: 100_000_000,
  listSize: 3,
  pageSize: Infinity,
  values: 100_000,
  operationsPerClient: 128,
  operationsPerOrganisation: 128,
});
