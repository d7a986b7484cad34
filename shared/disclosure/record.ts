import { createHash } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { inTransaction } from '../database/index.js';
import type { Reader } from '../identity/index.js';
import type { DisclosureNote } from './disclosure-note.js';
import { DisclosureRecord } from './disclosure.entity.js';

/** The hash before the first link. */
const genesis = '0'.repeat(64);

type Link = Omit<DisclosureRecord, 'hash'>;

/** The hash of a link: over all that it says and the hash before it, in this order. */
function hashOf(link: Link): string {
  const {
    sequence,
    at,
    readerOrganisation,
    reader,
    role,
    purpose,
    operationName,
    type,
    fields,
    records,
    previousHash,
  } = link;
  const content = [
    previousHash,
    sequence,
    at,
    readerOrganisation,
    reader,
    role,
    purpose,
    operationName,
    type,
    fields,
    records,
  ];
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}

export interface RecordDisclosuresOptions {
  readonly source: DataSource;
  readonly reader: Reader;
  readonly operationName: string | null;
  readonly readings: DisclosureNote['readings'];
  readonly at: Date;
}

/**
 * Appends what was read to the record, in one transaction. An answer leaves only after this has been committed.
 * @throws when the record cannot be written; then nothing may be answered.
 */
export async function recordDisclosures(options: RecordDisclosuresOptions): Promise<void> {
  if (options.readings.length === 0) return;
  await inTransaction(options.source, (manager) => append(manager, options));
}

async function append(
  manager: EntityManager,
  { reader, operationName, readings, at }: RecordDisclosuresOptions,
): Promise<void> {
  // Each link needs the hash of the one before: nobody else appends meanwhile, in whatever process. SQLite’s
  // transactions see to that themselves.
  if (manager.connection.options.type === 'postgres') {
    await manager.query('LOCK TABLE "disclosures" IN EXCLUSIVE MODE');
  }
  const [last] = await manager.find(DisclosureRecord, { order: { sequence: 'DESC' }, take: 1 });
  let { sequence, hash } = last ?? { sequence: 0, hash: genesis };
  const links: DisclosureRecord[] = [];
  for (const { type, fields, records } of readings) {
    sequence += 1;
    const link: Link = {
      sequence,
      at: at.toISOString(),
      ...describe(reader),
      operationName,
      type,
      fields: [...fields],
      records,
      previousHash: hash,
    };
    hash = hashOf(link);
    links.push({ ...link, hash });
  }
  await manager.insert(DisclosureRecord, links);
}

function describe(
  reader: Reader,
): Pick<Link, 'readerOrganisation' | 'reader' | 'role' | 'purpose'> {
  if (reader.kind === 'anonymous') {
    return { readerOrganisation: '', reader: 'anonymous', role: 'anonymous', purpose: null };
  }
  const { organisation, subject, role, purpose } = reader;
  return { readerOrganisation: organisation, reader: subject, role, purpose: purpose ?? null };
}

/** What became of a record: whole, or the first link that does not fit. */
export type Verification =
  | { readonly isWhole: true; readonly links: number; readonly lastHash: string }
  | { readonly isWhole: false; readonly sequence: number; readonly reason: string };

const batchSize = 1_000;

/** Walks a record from its first link to its last. */
export async function verifyDisclosures(source: DataSource): Promise<Verification> {
  let previousHash = genesis;
  let sequence = 0;
  for (;;) {
    const links = await source
      .getRepository(DisclosureRecord)
      .createQueryBuilder('link')
      .where('link.sequence > :sequence', { sequence })
      .orderBy('link.sequence')
      .limit(batchSize)
      .getMany();
    for (const link of links) {
      const broken = (reason: string): Verification => ({
        isWhole: false,
        sequence: link.sequence,
        reason,
      });
      if (link.sequence !== sequence + 1) return broken(`link ${sequence + 1} is missing`);
      if (link.previousHash !== previousHash)
        return broken('it does not continue the link before it');
      if (link.hash !== hashOf(link)) return broken('its content was changed');
      previousHash = link.hash;
      sequence = link.sequence;
    }
    if (links.length < batchSize) return { isWhole: true, links: sequence, lastHash: previousHash };
  }
}
