import { decodeJwt, type JWK } from 'jose';
import type { DataSource } from 'typeorm';
import { inTransaction } from '../../database/transaction.js';
import { hashForm } from '../../system/digest.js';
import type { Logger } from '../../system/logger.js';
import { readHashAt, readHead } from '../chain/append-rows.js';
import {
  BrokenLine,
  type ChainEnd,
  followLines,
  noLines,
  splitLines,
} from '../evidence/chained-lines.js';
import {
  commitToEnd,
  type DailyHead,
  dayOf,
  type KnownHead,
  makeOpening,
  mostHeadLines,
  openHead,
  type Opening,
  signHead,
} from '../evidence/daily-head.js';
import { findRollback, readHeadLine } from '../evidence/network-heads.js';
import { HeadOpening } from './head-opening.entity.js';
import { NetworkHead } from './network-head.entity.js';

/** How a partner’s server reaches the heads at the hub. */
export interface HubHeads {
  /** The published lines from this number on. @throws if the hub does not return them */
  fetchLines(from: number): Promise<string>;
  /**
   * Hands in a signed head, and what it hides. Returns why the hub refuses it.
   * @throws if the hub does not respond, or fails: it may have published the head
   */
  handIn(statement: string, opening?: Opening): Promise<string | undefined>;
}

export interface WitnessOptions {
  readonly partner: string;
  readonly source: DataSource;
  readonly logger: Logger;
  readonly clock: () => Date;
  /** The private key that signs. */
  readonly signingKey: () => Promise<JWK>;
  readonly hub: HubHeads;
  /**
   * Called after each attempt: why the head was not handed in, or undefined if it was. Not called while
   * the hub is unavailable.
   */
  readonly onAttempt?: ((failure: HeadFailure | undefined) => void) | undefined;
}

/** Why a head is not handed in, although the hub is available. */
export const headFailures = ['HEADS_REWRITTEN', 'RECORD_REWRITTEN', 'HEAD_REFUSED'] as const;
export type HeadFailure = (typeof headFailures)[number];

/** A head that is not handed in: a past was rewritten, or the hub refuses the head. */
export class Rewritten extends Error {
  override readonly name = 'Rewritten';

  constructor(
    readonly code: HeadFailure,
    message: string,
  ) {
    super(message);
  }
}

const newest = { order: { sequence: 'DESC' } } as const;

/** The end of what this partner has kept. */
async function readEnd({ manager }: DataSource): Promise<ChainEnd & { readonly line?: string }> {
  const [last] = await manager.find(NetworkHead, { ...newest, take: 1 });
  return last ?? noLines;
}

/**
 * Takes over what the hub has published since. The last line that was kept comes again: if it is
 * another one, the hub has rewritten the past.
 * @returns whether there may be more
 * @throws {@link Rewritten}
 */
async function copyLines({ source, hub }: WitnessOptions): Promise<boolean> {
  const known = await readEnd(source);
  const lines = splitLines(await hub.fetchLines(Math.max(known.sequence, 1)));
  const added = known.line === undefined ? lines : lines.slice(1);
  if (known.line !== undefined && lines[0] !== known.line) {
    const text = `Line ${known.sequence} of the heads is not the one that was kept.`;
    throw new Rewritten('HEADS_REWRITTEN', text);
  }
  try {
    const rows = [...followLines(added, known)].map((line) => ({
      sequence: line.sequence,
      hash: line.hash,
      partner: readHeadLine(line)?.partner ?? '',
      line: JSON.stringify(line),
    }));
    // Another process of this partner may have kept them meanwhile.
    if (rows.length > 0)
      await inTransaction(source, (manager) => manager.upsert(NetworkHead, rows, ['sequence']));
  } catch (error) {
    if (!(error instanceof BrokenLine)) throw error;
    throw new Rewritten('HEADS_REWRITTEN', error.message);
  }
  return lines.length >= mostHeadLines;
}

type Own = Pick<WitnessOptions, 'source' | 'partner'>;

/** The head of a kept line. Undefined if the line lets a record begin anew. */
function readKept(kept: NetworkHead | undefined): DailyHead | undefined {
  if (!kept) return undefined;
  const [line] = followLines([kept.line], previousEnd(kept));
  const statement = line && readHeadLine(line)?.statement;
  return statement === undefined ? undefined : decodeJwt<DailyHead & object>(statement);
}

/** A head of this partner, opened if this database made it. */
async function openOwn({ manager }: DataSource, head: DailyHead): Promise<KnownHead> {
  const where = { end: head.form === 1 ? '' : head.end };
  const opening = await manager.findOneBy(HeadOpening, where);
  return openHead(head, new Map(opening && [[commitToEnd(opening), opening]]));
}

/** This partner’s newest head. Undefined without one since its record began anew. */
async function readOwn({ source, partner }: Own): Promise<KnownHead | undefined> {
  const [last] = await source.manager.find(NetworkHead, { where: { partner }, ...newest, take: 1 });
  const head = readKept(last);
  return head && openOwn(source, head);
}

/** This partner’s heads since its record last began anew, the newest first. */
export async function readOwnHeads({ source, partner }: Own): Promise<KnownHead[]> {
  const heads: KnownHead[] = [];
  for (const kept of await source.manager.find(NetworkHead, { where: { partner }, ...newest })) {
    const head = readKept(kept);
    if (!head) break;
    heads.push(await openOwn(source, head));
  }
  return heads;
}

const previousEnd = ({ sequence, line }: NetworkHead): ChainEnd => ({
  sequence: sequence - 1,
  hash: (JSON.parse(line) as { readonly previous: string }).previous,
});

/**
 * Signs the end of this partner’s record, if the record still has what was handed in before.
 * @throws {@link Rewritten}
 */
async function makeHead(
  options: WitnessOptions,
): Promise<{ readonly statement: string; readonly opening: Opening }> {
  const { partner, source, clock } = options;
  const own = await readOwn(options);
  const { links, hash } = await readHead(source.manager);
  const at = clock().toISOString();
  const before = own?.links === undefined ? undefined : await readHashAt(source.manager, own.links);
  // The hash of a link in the middle of an archive is not known any more.
  const isOther = before !== undefined && before !== own?.hash;
  const refuse = (why: string): never => {
    throw new Rewritten('RECORD_REWRITTEN', `The record of ${partner} goes back: ${why}.`);
  };
  if (own && own.links === undefined) refuse(`this database did not make its head of ${own.at}`);
  if (isOther) refuse(`link ${own?.links} had another hash`);
  const rollback = findRollback({ links, hash, at }, own);
  if (rollback !== undefined) refuse(rollback);
  if (!hashForm.test(hash)) refuse(`link ${links} has no hash`);
  const { sequence, hash: seen } = await readEnd(source);
  const opening = makeOpening({ links, hash });
  const end = commitToEnd(opening);
  const head = { form: 2, issuer: partner, at, end, seen: { sequence, hash: seen } } as const;
  return { statement: await signHead(head, await options.signingKey()), opening };
}

/**
 * Signs the end of this partner’s record, and hands it in. What it hides is kept before.
 * @returns why the hub refuses it
 * @throws {@link Rewritten}
 */
export async function handInOwn(options: WitnessOptions): Promise<string | undefined> {
  const { statement, opening } = await makeHead(options);
  const { manager } = options.source;
  const kept = { end: commitToEnd(opening), ...opening };
  await manager.insert(HeadOpening, kept);
  const refusal = await options.hub.handIn(statement, opening);
  if (refusal !== undefined) await manager.delete(HeadOpening, { end: kept.end });
  return refusal;
}

/**
 * Keeps a copy of all partners’ heads, and hands in this partner’s own once a day.
 * @returns whether this day’s head is published
 * @throws {@link Rewritten}
 */
export async function witness(options: WitnessOptions): Promise<boolean> {
  const { clock } = options;
  const isDone = async () => {
    const own = await readOwn(options);
    return own !== undefined && dayOf(own) >= dayOf({ at: clock().toISOString() });
  };
  if (await isDone()) return true;
  while (await copyLines(options));
  if (await isDone()) return true;
  const refusal = await handInOwn(options);
  if (refusal !== undefined) throw new Rewritten('HEAD_REFUSED', refusal);
  while (await copyLines(options));
  return isDone();
}

/**
 * The chore of a partner’s server. It never throws: what must not be is logged as an error, and a
 * hub that is down is asked again later.
 */
export function createWitness(options: WitnessOptions): () => Promise<boolean> {
  const { partner, logger, onAttempt } = options;
  let logged: string | undefined;
  return async () => {
    try {
      await witness(options);
      logged = undefined;
      onAttempt?.(undefined);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (!(error instanceof Rewritten)) {
        logger.debug({ partner, reason }, 'the head of the record is not handed in yet');
        return true;
      }
      const { code } = error;
      onAttempt?.(code);
      if (logged !== reason)
        logger.error({ partner, code, reason }, 'the head of the record is not handed in');
      logged = reason;
    }
    return true;
  };
}
