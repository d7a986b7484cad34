import { isWithheld } from '@hub/shared/errors';
import type { Reader } from '@hub/shared/identity';
import { randomUUID } from 'node:crypto';
import type { PartnerPort } from '../../fan-out/partners/partner-port.js';
import type { AskOwner, Decision } from './readable.js';

/** A partner that can be asked for its own records. */
export interface RecordOwner {
  readonly port: Pick<PartnerPort, 'ask'>;
  /**
   * What is selected of each type of its records: its id, and its version by `versionAlias`. Other
   * types cannot be asked for.
   */
  readonly selections: ReadonlyMap<string, string>;
}

export interface AskOwnerOptions {
  /** Undefined if nothing can be asked of the partner at present. */
  readonly find: (code: string) => RecordOwner | undefined;
  /** For one call, with the time that it waits for its turn. @default 4000 */
  readonly deadlineMs?: number;
  /** How many calls to one owner run at a time, for all streams. @default 8 */
  readonly atOnce?: number;
}

type Records = Parameters<AskOwner>[2];

interface Entity {
  readonly __typename?: unknown;
  readonly id?: unknown;
  readonly [version: `versionOf${string}`]: unknown;
}

/** The name of its own that the version of a type has: in one query, `Int` and `Int!` must not share one. */
export const versionAlias = (type: string) => `versionOf${type}` as const;

interface Body {
  readonly data?: { readonly _entities?: readonly (Entity | null)[] | null } | null;
  readonly errors?: readonly {
    readonly path?: readonly (string | number)[];
    readonly extensions?: { readonly code?: unknown };
  }[];
}

const denied: Decision = { isReadable: false, version: null };
const isDenial = (code: unknown): boolean => isWithheld(code) || code === 'NOT_FOUND';

/** A record is readable if the owner returns it, with its own id. */
function readDecisions(records: Records, { data, errors = [] }: Body): Map<string, Decision> {
  const decisions = new Map<string, Decision>();
  const entities = data?._entities;
  if (!Array.isArray(entities) || entities.length !== records.length) return decisions;
  if (errors.some(({ path }) => path?.[0] !== '_entities')) return decisions;
  for (const [place, { subject, type }] of records.entries()) {
    const codes = errors
      .filter(({ path }) => path?.[1] === place || path?.length === 1)
      .map(({ extensions }) => extensions?.code);
    if (codes.some((code) => !isDenial(code))) continue;
    const entity = (entities as readonly (Entity | null)[])[place];
    if (entity && entity.id === subject && entity.__typename === type) {
      const version = entity[versionAlias(type)];
      decisions.set(subject, {
        isReadable: true,
        version: typeof version === 'number' ? version : null,
      });
    } else decisions.set(subject, denied);
  }
  return decisions;
}

/** Lets so many calls to one owner run at a time. */
class Turns {
  readonly #waiting = new Set<() => void>();
  #active = 0;

  constructor(private readonly atOnce: number) {}

  /** False if the turn does not come within this time. */
  take(ms: number): boolean | Promise<boolean> {
    if (this.#active < this.atOnce) {
      this.#active += 1;
      return true;
    }
    return new Promise((resolve) => {
      const begin = () => {
        clearTimeout(timer);
        resolve(true);
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(begin);
        resolve(false);
      }, ms);
      this.#waiting.add(begin);
    });
  }

  release(): void {
    const [next] = this.#waiting;
    if (!next) {
      this.#active -= 1;
      return;
    }
    this.#waiting.delete(next);
    next();
  }
}

/** Asks the owner for the records themselves, as the caller, by the way that every reading takes. */
export function createAskOwner({
  find,
  deadlineMs = 4_000,
  atOnce = 8,
}: AskOwnerOptions): AskOwner {
  // A slow owner must hold up no other one.
  const turns = new Map<string, Turns>();
  const turnsOf = (code: string): Turns => {
    const own = turns.get(code) ?? new Turns(atOnce);
    turns.set(code, own);
    return own;
  };

  const ask = async (
    { port, selections }: RecordOwner,
    reader: Reader,
    records: Records,
    deadline: number,
  ): Promise<Map<string, Decision>> => {
    const types = [...new Set(records.map(({ type }) => type))].toSorted();
    const fragments = types.map((type) => `... on ${type} { ${selections.get(type)} }`).join(' ');
    const query = `query HubChanges($references: [_Any!]!) { _entities(representations: $references) { __typename ${fragments} } }`;
    const variables = {
      references: records.map(({ type, subject }) => ({ __typename: type, id: subject })),
    };
    const operationName = 'HubChanges';
    const response = await port.ask({
      query,
      variables,
      operationName,
      body: JSON.stringify({ query, variables, operationName }),
      isRepeatable: true,
      requestId: randomUUID(),
      reader,
      wantsFresh: true,
      signal: new AbortController().signal,
      deadline,
    });
    return 'failure' in response ? new Map() : readDecisions(records, response.json as Body);
  };

  return async (code, reader, records) => {
    const owner = find(code);
    // A record without an owner in the network, or of a type without a key, is nobody’s to show.
    const canBeAsked = ({ type }: Records[number]) => owner?.selections.has(type) ?? false;
    const decisions = new Map(
      records.filter((one) => !canBeAsked(one)).map(({ subject }) => [subject, denied]),
    );
    const unique = new Map(records.filter(canBeAsked).map((one) => [one.subject, one]));
    if (!owner || unique.size === 0) return decisions;
    const own = turnsOf(code);
    const deadline = Date.now() + deadlineMs;
    if (!(await own.take(deadlineMs))) return decisions;
    try {
      const found = await ask(owner, reader, [...unique.values()], deadline);
      return new Map([...decisions, ...found]);
    } finally {
      own.release();
    }
  };
}
