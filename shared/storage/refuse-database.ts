import type { DatabaseMark } from '../database/database-mark.entity.js';
import { UserError } from '../system/user-error.js';
import type { KnownDatabase } from './identity-file.js';

/** A database that a partner must not serve from. The message says why, and what to do. */
export class DatabaseRefused extends UserError {
  override readonly name = 'DatabaseRefused';
}

/** What a database contains: nothing, or data of an owner. */
export interface FoundDatabase {
  /** It has no table, or the file does not exist. */
  readonly isEmpty: boolean;
  /** Its tables are not those of any version of a partner’s code. */
  readonly isForeign: boolean;
  /** Its mark; undefined if it has none, as in a database of an earlier version. */
  readonly mark: Pick<DatabaseMark, 'id' | 'partner' | 'logsBegun'> | undefined;
}

/** What to do about a changed database. */
export const restoreOrUse =
  'Restore the newest back-up with the command `restore`, or accept it: HUB_NEW_DATABASE=true for one start.';

const putBack = 'Check DATABASE_URL, or put the partner’s own database back';

/**
 * The owner of a database, if it is not the partner; undefined if it may be the partner’s own.
 * @param known the record about the partner’s own; undefined if none
 * @param where the database’s address, without a password
 */
export function findForeign(
  partner: string,
  known: KnownDatabase | undefined,
  { isForeign, mark }: FoundDatabase,
  where: string,
): string | undefined {
  if (isForeign) {
    return `${where} is the database of another application. ${putBack}: the newest back-up with the command \`restore\`.`;
  }
  if (mark && mark.partner !== partner) {
    return `The database at ${where} belongs to ${mark.partner}, not to ${partner}. ${putBack}.`;
  }
  if (!mark || !known || mark.id === known.database) return undefined;
  return `The database at ${where} is another one of ${partner}. ${lastUse(partner, known)} ${restoreOrUse}`;
}

const lastUse = (partner: string, { at, links }: KnownDatabase): string =>
  `${partner} last used its database at ${at}, with ${links} links in its disclosure record.`;

/**
 * Why a database is not the one that the partner used before; undefined if it is.
 * @param known the record outside of it; undefined if none
 * @param where the database’s address, without a password
 */
export function findRefusal(
  partner: string,
  known: KnownDatabase | undefined,
  found: FoundDatabase,
  where: string,
): string | undefined {
  const foreign = findForeign(partner, known, found, where);
  if (foreign || !known) return foreign;
  const { isEmpty, mark } = found;
  const before = lastUse(partner, known);
  if (isEmpty) return `The database at ${where} is empty. ${before} ${restoreOrUse}`;
  if (!mark) return `The database at ${where} is another one. ${before} ${restoreOrUse}`;
  if (mark.logsBegun < (known.logsBegun ?? 0)) {
    return `${where} was in use when ${partner} ended at ${known.at} or later, and its log ${where}-wal is missing or cut short: what was written last is lost. ${restoreOrUse}`;
  }
  return undefined;
}
