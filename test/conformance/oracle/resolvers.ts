import type { GraphQLResolveInfo } from 'graphql';
import type { Row } from './rows.js';

/** Where a partner’s absence, or a value without an owner, is to be noted: `path code partner`. */
export type Notes = Set<string>;
export type Resolvers = Readonly<
  Record<string, (source: Row, args: Row, note: Note, info: GraphQLResolveInfo) => unknown>
>;

/** Notes the partners that a place cannot have: of a root field the field itself, of an entity the entity. */
export interface Note {
  missing(...partners: readonly string[]): void;
  notFound(): void;
  /** What a partner refuses for the value of an argument. */
  badInput(partner: string): void;
}

export const ownerOf = (id: string): string => id.slice(0, Math.max(0, id.indexOf(':')));
export const polices = ['dk', 'ee', 'fi', 'is', 'lt', 'lv', 'no', 'se'] as const;
export const isPolice = (code: string): boolean => (polices as readonly string[]).includes(code);
