/** How much one operation may ask for. `Infinity` switches a limit off. */
export interface OperationLimits {
  /** Characters of the document, and of its names and literals with fragments written out. */
  readonly characters: number;
  /** Words and signs of the document. */
  readonly tokens: number;
  /** Brackets of any kind inside each other, fragments written out: what bounds every recursion over a document. */
  readonly nesting: number;
  /** Fields inside each other. */
  readonly depth: number;
  /** Aliases, those of `__typename` too. */
  readonly aliases: number;
  /** Fields of the query or mutation itself. */
  readonly rootFields: number;
  readonly directives: number;
  /** Fragments that the document defines, and operations. */
  readonly fragments: number;
  /** Pairs of fields under one response name, fragments written out: validation compares each pair. */
  readonly repetitions: number;
  /** Fields, fragments written out. */
  readonly fields: number;
  /** The most values that an answer can have: see README.md. */
  readonly cost: number;
  /** What `cost` takes a list to hold that has no `first`. */
  readonly listSize: number;
  /** The largest `first` that `cost` counts with: for a larger one, whoever answers has `BAD_USER_INPUT`. */
  readonly pageSize: number;
  /** Values in the variables, with those inside lists and objects. */
  readonly values: number;
}

/** What one client may take of a server. */
export interface ConnectionLimits {
  /** Bytes of a request’s body. */
  readonly bodyBytes: number;
  /** For reading the whole answer, in milliseconds. */
  readonly readingMs: number;
  /** Connections at a time. */
  readonly connections: number;
  /** Connections at a time from one address. */
  readonly connectionsPerAddress: number;
  /** Bytes of responses that clients have not read yet. */
  readonly waitingBytes: number;
  /** Bytes of responses that the clients of one network have not read yet. */
  readonly waitingBytesPerClient: number;
}

/** What is executed at a time. Further operations wait, and those that wait too long are `OVERLOADED`. */
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

/** For whoever answers people: the hub. */
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
 * For a partner, whom the hub asks. Looser, since the hub writes fragments out, asks for each type of an interface,
 * adds what joining needs under aliases of its own, and hands over up to 1,000 representations. Ten times the bytes: the
 * variables of a request go to every partner, and its document may be several times as long there.
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
  // Its hub is all its clients.
  waitingBytesPerClient: 64_000_000,
  // Every worker of a hub sends at most 32 of one caller's calls at a time.
  operationsPerClient: 128,
  operationsPerOrganisation: 128,
});

/**
 * For a supergraph that somebody else composed and brings to try the hub with: only what would stop the process or
 * keep it busy for long is refused.
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
