import type { OperationHooks, ServedContext } from '@hub/shared/graphql';
import { isService, type Reader } from '@hub/shared/identity';
import type { Logger } from '@hub/shared/system';
import { LRUCache } from 'lru-cache';
import { readDecidingVariables } from '../../engine/documents/decide-conditions.js';
import {
  dayOf,
  firstDay,
  type OperationCount,
  type UsageStore,
  type UsedElement,
} from '../../registry/usage/usage-store.js';
import { readElements, type OperationElements } from './read-elements.js';

const flushMs = 10_000;
/** Operations of which a process remembers what is stored. */
const mostKnown = 5_000;
/**
 * Operations, and names of clients, that one process tells apart in a day. Whoever invents more
 * fills no disk: later operations count as the elements that they use, later clients as one without
 * a name.
 */
const mostInDay = { operations: 5_000, clients: 200 } as const;

/** An operation that clients have sent to this process, and how often. */
export interface SentOperation {
  readonly query: string;
  readonly operationName: string | undefined;
  /** Those of conditions, which decide how it is planned. */
  readonly variables: Readonly<Record<string, boolean>>;
  readonly count: number;
}

/** What a process remembers has this many characters, with the names of variables. */
const rememberedLength = 1_000_000;

interface CountedContext extends ServedContext {
  readonly reader: Reader;
  readonly operation: { readonly clientName?: string | undefined };
}

export interface UsageCounterOptions {
  readonly store: UsageStore;
  readonly logger: Logger;
  /** In milliseconds since the epoch. @default Date.now */
  readonly now?: () => number;
  readonly limits?: { readonly operations: number; readonly clients: number };
}

/** A document’s operation, and which of its elements were already passed on. */
interface KnownOperation {
  readonly elements: OperationElements;
  /** The names of the variables of its conditions. */
  readonly deciding: readonly string[];
  readonly passedOn: Set<string>;
}

/**
 * Counts which elements of the schema the executed operations use, by client. Values of arguments
 * and variables are not kept, nor who asked.
 */
export class UsageCounter implements AsyncDisposable {
  /** Where it is written. */
  readonly store: UsageStore;
  readonly #logger: Logger;
  readonly #now: () => number;
  readonly #limits: { readonly operations: number; readonly clients: number };
  readonly #known = new LRUCache<string, KnownOperation>({ max: mostKnown });
  /** Never stored: a text may have values of arguments. */
  readonly #sent = new LRUCache<string, SentOperation>({
    maxSize: rememberedLength,
    sizeCalculation: ({ query, operationName = '', variables }) =>
      query.length + operationName.length + Object.keys(variables).join().length,
  });
  readonly #timer: NodeJS.Timeout;
  /** Of today, by operation and client. */
  #counts = new Map<string, { operation: string; client: string; count: number }>();
  #elements: UsedElement[] = [];
  #day = '';
  /** When what is too old was last removed. */
  #droppedOn = '';
  readonly #operations = new Set<string>();
  readonly #clients = new Set<string>();
  #writing: Promise<void> = Promise.resolve();

  constructor({ store, logger, now = Date.now, limits = mostInDay }: UsageCounterOptions) {
    this.store = store;
    this.#logger = logger;
    this.#now = now;
    this.#limits = limits;
    this.#timer = setInterval(() => void this.flush(), flushMs).unref();
  }

  readonly hooks: OperationHooks<CountedContext> = {
    willSendResponse: ({
      isExecuted,
      schema,
      document,
      operation,
      queryHash,
      source,
      request,
      contextValue,
    }) => {
      if (!isExecuted || !document || !operation || queryHash === undefined) return;
      this.#turnTo(dayOf(this.#now()));
      const name = operation.name?.value ?? '';
      const id = document.definitions.length === 1 ? queryHash : `${queryHash}#${name}`;
      let known = this.#known.get(id);
      if (!known) {
        known = {
          elements: readElements(schema, document, operation),
          deciding: readDecidingVariables(document, operation).map((variable) => variable.name),
          passedOn: new Set(),
        };
        this.#known.set(id, known);
      }
      const variables = request.variables ?? {};
      this.#count(id, known, this.#clientOf(contextValue), variables);
      if (source && known.elements.ofText.size > 0) {
        const sent = { query: source, operationName: operation.name?.value };
        this.#remember(id, { ...sent, variables: pickBooleans(variables, known.deciding) });
      }
    },
  };

  /** What clients have sent to this process most often, the first first. */
  listMostSent(most: number): readonly SentOperation[] {
    return [...this.#sent.values()].toSorted((a, b) => b.count - a.count).slice(0, most);
  }

  /** Writes what was counted so far. A failure is logged, and what it concerned is not counted. */
  flush(): Promise<void> {
    const [counts, elements, day] = [[...this.#counts.values()], this.#elements, this.#day];
    this.#counts = new Map();
    this.#elements = [];
    if (counts.length === 0) return this.#writing;
    const write = async () => {
      await this.store.add(
        counts.map((entry): OperationCount => ({ ...entry, day })),
        elements,
      );
      if (day === this.#droppedOn) return;
      this.#droppedOn = day;
      await this.store.dropBefore(firstDay(this.#now()));
    };
    return (this.#writing = this.#writing.then(write).catch((error: unknown) => {
      // The elements are passed on again with the next use.
      this.#known.clear();
      this.#logger.warn({ err: error }, 'usage could not be stored');
    }));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    await this.flush();
    await this.store[Symbol.asyncDispose]();
  }

  #count(
    id: string,
    { elements: { ofText, ofVariables }, passedOn }: KnownOperation,
    client: string,
    variables: Readonly<Record<string, unknown>>,
  ): void {
    const ofValues = ofVariables(variables);
    // Nobody owns what introspection reads, nor what health checks ask for.
    if (ofText.size + ofValues.size === 0) return;
    if (!addTo(this.#operations, id, this.#limits.operations)) {
      for (const element of [...ofText, ...ofValues])
        if (this.#add(element, client)) this.#elements.push({ operation: element, element });
      return;
    }
    this.#add(id, client);
    const used = passedOn.size === 0 ? [...ofText, ...ofValues] : ofValues;
    for (const element of used) {
      if (passedOn.has(element)) continue;
      passedOn.add(element);
      this.#elements.push({ operation: id, element });
    }
  }

  /** @returns true if this is its first time since the last flush */
  #add(operation: string, client: string): boolean {
    const key = `${operation} ${client}`;
    const entry = this.#counts.get(key);
    if (entry) entry.count += 1;
    else this.#counts.set(key, { operation, client, count: 1 });
    return !entry;
  }

  #remember(id: string, sent: Omit<SentOperation, 'count'>): void {
    this.#sent.set(id, { ...sent, count: (this.#sent.get(id)?.count ?? 0) + 1 });
  }

  #clientOf({ reader, operation: { clientName = '' } }: CountedContext): string {
    // Partners’ own servers ask too, and need what they ask for. No client can have such a name,
    // because theirs are ASCII.
    if (reader.kind !== 'anonymous' && isService(reader)) return `${reader.organisation}’s server`;
    return addTo(this.#clients, clientName, this.#limits.clients) ? clientName : '';
  }

  #turnTo(day: string): void {
    if (day === this.#day) return;
    void this.flush();
    this.#day = day;
    this.#operations.clear();
    this.#clients.clear();
  }
}

/** Others may be sent too, declared or not. */
function pickBooleans(
  variables: Readonly<Record<string, unknown>>,
  names: readonly string[],
): SentOperation['variables'] {
  const picked: Record<string, boolean> = {};
  for (const name of names) {
    const value = variables[name];
    if (typeof value === 'boolean') picked[name] = value;
  }
  return picked;
}

/** @returns false if the set has no place for a new value */
function addTo(set: Set<string>, value: string, limit: number): boolean {
  if (!set.has(value) && set.size >= limit) return false;
  set.add(value);
  return true;
}
