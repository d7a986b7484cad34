import type { PartnerContext } from '../context/index.js';

/** What everybody may read. */
export const open = 'open';

/**
 * Who may read what of one type, decided by the one who owns the data. It serves every road to the value: root field,
 * list, entity, interface, mutation payload.
 */
export interface TypePolicy<Row = never> {
  /** What it tells that there is such an object at all. @default 'open' */
  readonly object?: string;
  /** What each field of the type tells: `open`, or a level that `decide` knows. A field that is not here is denied to all. */
  readonly fields: Readonly<Record<string, string>>;
  /**
   * For how many seconds the hub may keep what is open of the type, and answer others with it. A write that passes the hub
   * ends it at once; what changes in another way is seen that much later. {@link asItsWhole} for what is only a part of
   * others. Not for what is told to each reader in another way, such as counts of people. @default 0: it is asked each time
   */
  readonly keptSeconds?: number;
  /**
   * Whether the reader may read a level of an object. Without an object: whether the reader may learn that there is no
   * such object. It is not asked for what is open.
   * @throws HubError `PARTNER_…` when the fact that decides is not to be had: that denies, and says why.
   */
  decide(level: string, row: Row | undefined, context: PartnerContext): boolean | Promise<boolean>;
}

/** The time of what stands in others alone (a claim, a page’s ends): theirs. */
export const asItsWhole = Infinity;

/** By the name of the type. Root types have theirs too; their rows are undefined. */
// Each policy knows the row of its own type.
export type Policies = Readonly<Record<string, TypePolicy>>;

/** The levels whose readings are written down: what is read of them concerns a person or a journey. */
export const recordedLevels: ReadonlySet<string> = new Set(['itinerary', 'identity', 'report']);
