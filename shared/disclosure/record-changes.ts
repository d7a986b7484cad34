import type { EntityManager } from 'typeorm';
import { hashLink, type ChangeLink, type Head } from './chain.js';
import { appendRows } from './record.js';
import { writeChanger, type WrittenReading } from './stored-form.js';

/** What one mutation has changed. */
export interface MutationChanges extends Pick<
  ChangeLink,
  'organisation' | 'person' | 'mutation' | 'reason'
> {
  readonly at: Date;
  /** By record, each once. */
  readonly records: readonly Pick<ChangeLink, 'subject' | 'fields'>[];
}

/** So many are written by one statement: SQLite takes 32,766 parameters. */
const recordsAtOnce = 1_000;

/**
 * Appends what a mutation changed to the record, in the mutation’s own transaction: a link for each record that was
 * changed. Call it last: until the transaction ends, nobody else appends.
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
