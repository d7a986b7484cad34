import type { PartnerContext } from '../context/index.js';

/** What everybody may read. */
export const open = 'open';

/**
 * Who may read what of one type, decided by the organisation that owns the data: the rules beside its fields
 * (`readPolicies`). It serves every path to the value: root field, list, entity, interface, mutation payload.
 */
export interface TypePolicy<Row = never> {
  /** The level of the object itself: who may know that there is one. @default 'open' */
  readonly object?: string;
  /** The level of each field. A field that is not here is denied to everybody. */
  readonly fields: Readonly<Record<string, string>>;
  /** See `@MaxAge`. @default 0: nothing is cached */
  readonly maxAge?: number;
  /** Who reads each level, in words. */
  readonly readers?: Readonly<Record<string, string>>;
  /**
   * Whether the caller may read a level of an object. Without an object: whether the caller may learn that there is no
   * such object. It is not called for what is open.
   * @throws HubError `PARTNER_…` when the fact that decides is unavailable: that denies, and says why.
   */
  decide(level: string, row: Row | undefined, context: PartnerContext): boolean | Promise<boolean>;
}

/** By the name of the type. Root types have theirs too; their rows are undefined. */
// Each policy knows the row of its own type.
export type Policies = Readonly<Record<string, TypePolicy>>;

/** The levels whose readings are written down: what is read of them concerns a person or a journey. */
export const recordedLevels: ReadonlySet<string> = new Set(['itinerary', 'identity', 'report']);
