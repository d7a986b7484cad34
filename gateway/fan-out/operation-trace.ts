import { Kind, parse, type SelectionNode } from 'graphql';
import { restoreName } from '../engine/documents/response-names.js';
import type { ResponsePath } from '../engine/documents/response-path.js';
import { expandFragments, readTopFields } from '../engine/documents/selection.js';
import type { CallStatus } from './partners/call-status.js';
import type { PartnerResponse } from './partners/partner-port.js';

/** One call of an operation to a partner, as its client sees it. */
export interface TracedCall {
  /** The partner’s code; `hub` for the hub’s own part. */
  readonly partner: string;
  /** The place of the result, under the client’s own names; `@` stands for the items of a list. */
  readonly path: ResponsePath;
  /** Coordinates of root fields, or of fields of entities. Never arguments or values. */
  readonly fields: readonly string[];
  /** Since the hub accepted the operation, in milliseconds. */
  readonly startedMs: number;
  readonly tookMs: number;
  readonly status: CallStatus;
  /** Only for a cached response: how old it can be, in seconds. */
  readonly cachedSeconds?: number;
}

/** `extensions.trace`: the calls of an operation in the order of their start. */
export interface Trace {
  readonly tookMs: number;
  readonly calls: readonly TracedCall[];
  /** How many more calls there were. */
  readonly omittedCalls: number;
}

/** A call while it lasts. */
export interface OpenCall {
  /** The response came, from wherever. */
  came(response: PartnerResponse): void;
  /** What the response turned out to be. */
  settle(status: CallStatus): void;
}

const mostCalls = 100;
const mostFields = 30;

/**
 * The calls of one operation, for the caller who asked for them. All of it follows from the caller’s
 * own operation: the fields of an entity call are those of the plan, whichever entities were found,
 * and a call that the caller shares with an equal one looks like a call of its own.
 */
export class OperationTrace {
  readonly #startedAt = performance.now();
  readonly #calls: TracedCall[] = [];
  #omitted = 0;

  /** @param document whose top fields the call asks for */
  begin(partner: string, path: ResponsePath, document: string): OpenCall | undefined {
    if (this.#calls.length >= mostCalls) {
      this.#omitted += 1;
      return undefined;
    }
    const startedAt = performance.now();
    const index = this.#calls.length;
    const call: TracedCall = {
      partner,
      path: path.map((part) => (typeof part === 'string' ? restoreName(part) : part)),
      fields: listFields(document).slice(0, mostFields),
      startedMs: this.#roundSince(this.#startedAt, startedAt),
      tookMs: 0,
      status: 'ANSWERED',
    };
    this.#calls.push(call);
    const change = (part: Partial<TracedCall>) => {
      this.#calls[index] = { ...(this.#calls[index] ?? call), ...part };
    };
    return {
      came: (response) =>
        change({
          tookMs: this.#roundSince(startedAt),
          ...('failure' in response
            ? { status: response.failure }
            : response.cachedSeconds !== undefined && { cachedSeconds: response.cachedSeconds }),
        }),
      settle: (status) => change({ status }),
    };
  }

  report(): Trace {
    return {
      tookMs: this.#roundSince(this.#startedAt),
      calls: this.#calls,
      omittedCalls: this.#omitted,
    };
  }

  /** With one decimal. */
  #roundSince(from: number, to = performance.now()): number {
    return Math.round((to - from) * 10) / 10;
  }
}

/** `Query.event` of root fields, `Officer.name` of entities. */
function listFields(document: string): string[] {
  const { operation, selectionSet } = expandFragments(parse(document, { noLocation: true }));
  const [entities] = readTopFields(selectionSet).get('_entities') ?? [];
  const root = `${operation[0]?.toUpperCase() ?? ''}${operation.slice(1)}`;
  const fields = entities
    ? readFields(entities.field.selectionSet?.selections ?? [], '_Entity')
    : readFields(selectionSet.selections, root);
  return [...new Set(fields)].filter((coordinate) => !coordinate.endsWith('.__typename'));
}

function readFields(selections: readonly SelectionNode[], type: string): string[] {
  return selections.flatMap((node) => {
    if (node.kind === Kind.FIELD) return [`${type}.${node.name.value}`];
    if (node.kind !== Kind.INLINE_FRAGMENT) return [];
    return readFields(node.selectionSet.selections, node.typeCondition?.name.value ?? type);
  });
}
