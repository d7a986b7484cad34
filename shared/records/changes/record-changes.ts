import type { EntityManager } from 'typeorm';
import { appendRows } from '../chain/append-rows.js';
import { type ChangeLink, hashLink, type Head } from '../chain/chain.js';
import { writeChanger, type WrittenReading } from '../chain/stored-form.js';

/** The changes of one mutation. */
export interface MutationChanges extends Pick<
  ChangeLink,
  'organisation' | 'person' | 'mutation' | 'reason'
> {
  readonly at: Date;
  /** By record, each once. */
  readonly records: readonly Pick<ChangeLink, 'subject' | 'fields'>[];
}

/** The number of rows in one statement: SQLite allows 32,766 parameters. */
const recordsAtOnce = 1_000;

/**
 * Appends the changes of a mutation to the record, in the mutation’s own transaction: a link for
 * each changed record. Call it last, because nobody else can append until the transaction ends.
 */
export async function recordChanges(
  manager: EntityManager,
  changes: MutationChanges,
): Promise<void> {
  for (let at = 0; at < changes.records.length; at += recordsAtOnce) {
    const records = changes.records.slice(at, at + recordsAtOnce);
    await appendRows(manager, (head) => continueChain(head, { ...changes, records }));
  }
}

function continueChain(head: Head, { records, at, ...rest }: MutationChanges): WrittenReading[] {
  let { links: sequence, hash } = head;
  const who = writeChanger(rest);
  return records.map(({ subject, fields }) => {
    sequence += 1;
    const link: ChangeLink = { sequence, at: at.toISOString(), subject, fields, ...rest };
    hash = hashLink(hash, link);
    const parts = [{ what: JSON.stringify(fields), records: 1 }];
    return { sequence, at: at.getTime(), who, parts, hash, subject, reason: rest.reason };
  });
}
