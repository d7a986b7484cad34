import type { DataSource, EntityManager } from 'typeorm';
import {
  appendRows,
  hashLink,
  writeWhat,
  writeWho,
  type DisclosureLink,
  type Head,
  type KnownEnd,
  type WrittenReading,
} from '../chain/index.js';
import { inTransaction, isDatabaseFailure } from '../database/index.js';
import type { Reader } from '../identity/index.js';
import { longestOperationName } from '../limits/operation-name.js';
import type { DisclosureNote } from './disclosure-note.js';
import { appendToKnownEnd, rememberEnd } from './known-end.js';

export interface RecordDisclosuresOptions {
  readonly source: DataSource;
  readonly reader: Reader;
  readonly operationName: string | null;
  /** What the client calls its program. @default it has no name */
  readonly clientName?: string | undefined;
  readonly readings: DisclosureNote['readings'];
  readonly at: Date;
}

type Reading = Omit<RecordDisclosuresOptions, 'source'>;

/** A read that waits to be written, and its callback. */
interface WaitingRead {
  readonly reading: Reading;
  resolve(): void;
  reject(error: unknown): void;
}

/** The reads that wait for each database. An entry exists while something is being written. */
const queues = new WeakMap<DataSource, WaitingRead[]>();

/** The most reads that one transaction writes. */
const mostTogether = 100;

/**
 * Appends reads to the record in one transaction. A response is sent only after the commit. Reads
 * that arrive during a write wait and are then written together, so that the disk is waited for
 * once.
 * @throws if the record cannot be written; then nothing may be sent.
 */
export async function recordDisclosures({
  source,
  ...reading
}: RecordDisclosuresOptions): Promise<void> {
  if (reading.readings.length === 0) return;
  await new Promise<void>((resolve, reject) => {
    const waiting = { reading, resolve, reject };
    const queue = queues.get(source);
    if (queue) queue.push(waiting);
    else void writeAll(source, [waiting]);
  });
}

async function writeAll(source: DataSource, queue: WaitingRead[]): Promise<void> {
  queues.set(source, queue);
  while (queue.length > 0) await writeTogether(source, queue.splice(0, mostTogether));
  queues.delete(source);
}

/**
 * A read that cannot be written does not affect the others. If the database cannot write, all fail
 * at once.
 */
async function writeTogether(source: DataSource, some: readonly WaitingRead[]): Promise<void> {
  const readings = some.map(({ reading }) => reading);
  try {
    await write(source, readings);
    for (const { resolve } of some) resolve();
  } catch (error) {
    if (some.length === 1 || isDatabaseFailure(error)) some.forEach(({ reject }) => reject(error));
    else for (const one of some) await writeTogether(source, [one]);
  }
}

/**
 * By one statement if the record ends as this process left it, and otherwise in a transaction that
 * reads it first.
 */
async function write(source: DataSource, readings: readonly Reading[]): Promise<void> {
  const isDone = await appendToKnownEnd(source, (head) => continueChain(head, readings));
  if (isDone) return;
  rememberEnd(source, await inTransaction(source, (manager) => append(manager, readings)));
}

const append = (manager: EntityManager, readings: readonly Reading[]): Promise<KnownEnd> =>
  appendRows(manager, (head) => continueChain(head, readings));

/** The links of these reads, one for each type and purpose, after the last link. */
function continueChain({ links: sequence, hash }: Head, all: readonly Reading[]): WrittenReading[] {
  return all.flatMap(({ reader, operationName, clientName = null, readings, at }) =>
    [...new Set(readings.map(({ purpose }) => purpose))].map((purpose) => {
      const who = {
        ...describe(reader, purpose),
        operationName: operationName?.slice(0, longestOperationName) ?? null,
        clientName,
      };
      const some = readings.filter((reading) => reading.purpose === purpose);
      const parts = some.map(({ type, fields, records }) => {
        sequence += 1;
        const link: DisclosureLink = {
          sequence,
          at: at.toISOString(),
          ...who,
          type,
          fields: [...fields],
          records,
        };
        hash = hashLink(hash, link);
        return { what: writeWhat(link), records };
      });
      return {
        sequence,
        at: at.getTime(),
        who: writeWho(who),
        parts,
        hash,
        subject: null,
        reason: null,
      };
    }),
  );
}

/** The purpose of the caller’s token, then the task that needed the reading. */
function describe(
  reader: Reader,
  task: string | undefined,
): Pick<DisclosureLink, 'readerOrganisation' | 'reader' | 'role' | 'purpose'> {
  if (reader.kind === 'anonymous') {
    return { readerOrganisation: '', reader: 'anonymous', role: 'anonymous', purpose: null };
  }
  const { organisation, subject, role, purpose } = reader;
  const both = [purpose, task].filter((one) => one !== undefined).join('; ');
  return { readerOrganisation: organisation, reader: subject, role, purpose: both || null };
}
