import type { DataSource } from 'typeorm';

/** Whose record it is: the partner’s code, and its database. */
export interface PartnerRecord {
  readonly partner: string;
  readonly source: DataSource;
}

export const toInstant = (text: string): number => new Date(text).getTime();
