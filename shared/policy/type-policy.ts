import type { Whose } from '../identity/access.js';
import type { PartnerContext } from './context/partner-context.js';

/** The arguments of a field, as the schema has checked them. */
export type FieldArguments = Readonly<Record<string, unknown>>;

/** Everybody may read it. */
export const open = 'open';

/**
 * The access rules of one type, from the rules beside its fields (`readPolicies`). The organisation
 * that owns the data decides. They apply to every path to the value: root field, list, entity,
 * interface, mutation payload.
 */
export interface TypePolicy<Row = never> {
  /** The level of the object itself: who may know that it exists. @default 'open' */
  readonly object?: string;
  /** The level of each field. A field without a level is denied to everybody. */
  readonly fields: Readonly<Record<string, string>>;
  /** The fields whose missing object is open: see `@NoneIsOpen`. */
  readonly openNone?: readonly string[];
  /** See `@Self`. @default a participant reads what everybody reads */
  readonly self?: {
    readonly fields: Readonly<Record<string, Whose>>;
    /** Who such rows are of, in words. */
    readonly readers: Readonly<Record<Whose, string>>;
    /** Whether a row is of the participant who asks. With `fellow`: or of her fellow members. */
    decide(
      whose: Whose,
      row: Row | undefined,
      context: PartnerContext,
      args: FieldArguments,
    ): boolean | Promise<boolean>;
  };
  /** See `@MaxAge`. @default 0: it is not cached */
  readonly maxAge?: number;
  /** The name of the type. */
  readonly type?: string;
  /** The id of the person whom a row is about: see `@AboutPerson`. @default it is about nobody */
  readonly personOf?: ((row: unknown) => string | null) | undefined;
  /** Who reads each level, in words. */
  readonly readers?: Readonly<Record<string, string>>;
  /**
   * Whether the caller may read a level of an object. Without an object: whether the caller may
   * learn that no such object exists. Not called for open levels.
   * @param args the arguments of the field; none where an object itself is decided
   * @throws HubError `PARTNER_…` if a needed fact is unavailable: access is denied, with this
   * reason.
   */
  decide(
    level: string,
    row: Row | undefined,
    context: PartnerContext,
    args?: FieldArguments,
  ): boolean | Promise<boolean>;
}

/** By the name of the type. Root types have policies too; their rows are undefined. */
// Each policy knows the row of its own type.
export type Policies = Readonly<Record<string, TypePolicy>>;
