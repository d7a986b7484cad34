import { hubIssuer, type KeyStore } from '@hub/shared/identity';
import { chainedLines, dailyHeads, networkHeads, statements } from '@hub/shared/records';
import type { Logger } from '@hub/shared/system';
import type { JWK } from 'jose';
import { calculateJwkThumbprint, decodeJwt, decodeProtectedHeader } from 'jose';
import { z } from 'zod';
import type { AdministrationLog } from './administration-log.js';
import { openChainedFile } from './chained-file.js';
import { createOpeningStore } from './opening-store.js';

/** Why a head is not published. */
export type HeadCode =
  | 'HEAD_UNSIGNED'
  | 'HEAD_FOREIGN'
  | 'HEAD_INVALID'
  /** It is older than the last, has fewer links, or as many with another hash. */
  | 'HEAD_ROLLBACK'
  /** The hub has lost the opening of the last. */
  | 'HEAD_UNOPENED'
  /** Its time is not this one. */
  | 'HEAD_CLOCK'
  /** What the partner has seen of the published heads is not there. */
  | 'HEAD_FORKED';

/** A head that is not published. The message is for the partner’s engineers. */
export class HeadError extends Error {
  override readonly name = 'HeadError';

  constructor(
    readonly code: HeadCode,
    message: string,
  ) {
    super(message);
  }
}

/** The end of a partner’s record when the hub last asked for it. */
interface SeenEnd {
  readonly links: number;
  readonly hash: string;
  readonly at: string;
  /** Set if the record was noticed not to go on from there. */
  readonly fault?: { readonly links: number; readonly at: string } | undefined;
}

export interface HeadLedgerOptions {
  /** The file of all heads. */
  readonly path: string;
  /** The registered public keys of the partners. */
  readonly keys: Pick<KeyStore, 'signingKeysOf'>;
  readonly administration: AdministrationLog;
  /** What the hub has seen of the end of a partner’s record since. @default nothing */
  readonly findSeen?: (partner: string) => Promise<SeenEnd | undefined>;
  readonly logger: Logger;
  readonly clock?: () => Date;
}

/** The heads of all partners’ records and of the hub’s log, which everybody may read and keep. */
export interface HeadLedger {
  /**
   * Publishes a head that a partner has signed. The same end of a record is published once a day.
   * @param opening what a head of form 2 hides. It is not published
   * @throws {@link HeadError}
   */
  take(partner: string, statement: string, opening?: dailyHeads.Opening): Promise<void>;
  /**
   * Publishes the end of the hub’s own log of administration, once a day. It never throws: a log that goes back, or is
   * broken, is logged as an error.
   * @param key the hub’s private key
   */
  publishOwn(key: JWK): Promise<void>;
  /** Lines from this number on, as many as one response has. */
  read(from: number): string;
  /** Lets a record begin anew, as a person has decided. Everybody sees it, and the reason. */
  reset(partner: string, reason: string): Promise<void>;
}

/** Of the time in a head, either way. It is also the greatest age of the request that brings it. */
const clockToleranceMs = 310_000;

const replacedSchema = z.object({ earlier: z.string() });

/** The thumbprints of keys that were registered when heads were signed with them. */
export const listEarlierKeys = (administration: Pick<AdministrationLog, 'read'>): string[] =>
  administration
    .read()
    .flatMap(({ event, details }) =>
      event === 'KEY_REPLACED' ? (replacedSchema.safeParse(details).data?.earlier ?? []) : [],
    );

/**
 * The newest head of a partner. Undefined if there is none since its record began anew.
 * @throws {@link HeadError} if its opening was lost: then any record could follow it
 */
function findLast(
  lines: readonly chainedLines.ChainedLine[],
  partner: string,
  openings: dailyHeads.Openings,
): dailyHeads.KnownHead | undefined {
  const { statement } =
    lines.map(networkHeads.readHeadLine).findLast((said) => said?.partner === partner) ?? {};
  if (statement === undefined) return undefined;
  const head = dailyHeads.openHead(decodeJwt<dailyHeads.DailyHead & object>(statement), openings);
  if (head.links !== undefined) return head;
  throw new HeadError(
    'HEAD_UNOPENED',
    `The hub has no opening for the head of ${partner} of ${head.at}. Its operator puts head-openings.jsonl back, or adds what the partner writes (disclosures heads --openings FILE), or lets the record begin anew: npm run hub -- heads reset ${partner} --reason TEXT`,
  );
}

/** Why a head cannot follow what the hub has seen. A head may be older than that. */
function findSeenRollback(
  head: dailyHeads.KnownHead,
  seen: SeenEnd | undefined,
): string | undefined {
  if (!seen) return undefined;
  const { links, fault } = seen;
  if (fault) return `it had ${links} links, and ${fault.links} on ${fault.at}`;
  return seen.at > head.at ? undefined : networkHeads.findRollback(head, seen);
}

export function createHeadLedger({
  path,
  keys,
  administration,
  findSeen = () => Promise.resolve(undefined),
  logger,
  clock = () => new Date(),
}: HeadLedgerOptions): HeadLedger {
  const file = openChainedFile(path, clock);
  const openings = createOpeningStore(path);
  /** The refusals that were logged. A partner may repeat a request. */
  const logged = new Map<string, string>();

  async function noteRefusal(partner: string, { code, message }: HeadError): Promise<void> {
    if (logged.get(partner) === message) return;
    logged.set(partner, message);
    logger.error({ partner, code, reason: message }, 'a head of a record is refused');
    await administration.append('HEAD_REFUSED', { partner, code });
  }

  const read = async (partner: string, statement: string) => {
    try {
      return await dailyHeads.readDailyHead(statement, partner, keys);
    } catch (error) {
      if (!(error instanceof statements.StatementError)) throw error;
      throw new HeadError(`HEAD_${error.code}`, error.message);
    }
  };

  /** The key that verified the statement. */
  async function findKey(partner: string, statement: string): Promise<JWK> {
    const { kid } = decodeProtectedHeader(statement);
    const key = (await keys.signingKeysOf(partner)).find((each) => each.kid === kid);
    if (!key) throw new HeadError('HEAD_FOREIGN', `${partner} has no key ${kid}.`);
    return key;
  }

  async function publish(
    partner: string,
    statement: string,
    opening?: dailyHeads.Opening,
  ): Promise<void> {
    const given = opening && new Map([[dailyHeads.commitToEnd(opening), opening]]);
    const head = dailyHeads.openHead(await read(partner, statement), given ?? new Map());
    if (head.links === undefined)
      throw new HeadError('HEAD_INVALID', 'The opening does not fit the end of the head.');
    const key = networkHeads.describeKey(await findKey(partner, statement));
    const aheadMs = Date.parse(head.at) - clock().getTime();
    if (Math.abs(aheadMs) > clockToleranceMs) {
      const text = `It is of ${head.at}, which is ${Math.round(aheadMs / 1000)} s ahead.`;
      throw new HeadError('HEAD_CLOCK', text);
    }
    const seenRollback = findSeenRollback(head, await findSeen(partner));
    await file.append((texts) => {
      const lines = [...chainedLines.followLines(texts)];
      const last = findLast(lines, partner, openings.read());
      const rollback = networkHeads.findRollback(head, last) ?? seenRollback;
      if (rollback !== undefined)
        throw new HeadError(
          'HEAD_ROLLBACK',
          `The record of ${partner} goes back: ${rollback}. If an older back-up was restored, the hub’s operator lets it begin anew: npm run hub -- heads reset ${partner} --reason TEXT`,
        );
      const { sequence, hash } = head.seen;
      if (sequence > 0 && lines[sequence - 1]?.hash !== hash)
        throw new HeadError('HEAD_FORKED', `Line ${sequence} of the heads has another hash.`);
      const isSameDay = last?.at.slice(0, 10) === head.at.slice(0, 10);
      if (isSameDay && last?.links === head.links) return undefined;
      if (opening) openings.add(opening);
      return { event: 'HEAD', details: { partner, statement, key } };
    });
    logged.delete(partner);
    await noteKeys(partner, key);
  }

  /** Notes the keys with which an organisation has signed before, so that its lines can be verified. */
  async function noteKeys(partner: string, current: JWK): Promise<void> {
    const used = [...chainedLines.followLines(file.readLines())].map(networkHeads.readHeadLine);
    const keysOf = used.flatMap((said) => (said?.partner === partner && said.key) || []);
    const prints = new Set(await Promise.all(keysOf.map((key) => calculateJwkThumbprint(key))));
    prints.delete(await calculateJwkThumbprint(current));
    if (prints.size === 0 || !administration.verify().isWhole) return;
    const noted = listEarlierKeys(administration);
    for (const earlier of prints)
      if (!noted.includes(earlier))
        await administration.append('KEY_REPLACED', { partner, earlier });
  }

  /** The end of the log of administration, as the next line. Undefined if this day has one. */
  async function signOwn(texts: readonly string[], key: JWK) {
    const lines = [...chainedLines.followLines(texts)];
    const last = findLast(lines, hubIssuer, new Map());
    const at = clock().toISOString();
    if (last && dailyHeads.dayOf(last) >= dailyHeads.dayOf({ at })) return undefined;
    const log = administration.verify();
    if (!log.isWhole)
      throw new HeadError('HEAD_INVALID', `Entry ${log.sequence} of the log: ${log.reason}.`);
    const head = { links: log.entries, hash: log.lastHash, at };
    const rollback = networkHeads.findRollback(head, last);
    if (rollback !== undefined)
      throw new HeadError('HEAD_ROLLBACK', `The log of administration goes back: ${rollback}.`);
    const { sequence, hash } = lines.at(-1) ?? chainedLines.noLines;
    const seen = { sequence, hash };
    const statement = await dailyHeads.signHead({ form: 1, issuer: hubIssuer, ...head, seen }, key);
    return {
      event: 'HEAD',
      details: { partner: hubIssuer, statement, key: networkHeads.describeKey(key) },
    };
  }

  return {
    async publishOwn(key) {
      try {
        await file.append((texts) => signOwn(texts, key));
        logged.delete(hubIssuer);
        await noteKeys(hubIssuer, key);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        if (logged.get(hubIssuer) === reason) return;
        logged.set(hubIssuer, reason);
        logger.error({ reason }, 'the head of the log of administration is not published');
      }
    },
    async take(partner, statement, opening) {
      try {
        await publish(partner, statement, opening);
      } catch (error) {
        if (error instanceof chainedLines.BrokenLine) {
          logger.error({ reason: error.message }, 'the file of all heads is broken');
        }
        if (error instanceof HeadError) await noteRefusal(partner, error);
        throw error;
      }
    },
    read(from) {
      const lines = file.readLines().slice(from - 1, from - 1 + dailyHeads.mostHeadLines);
      return lines.map((line) => `${line}\n`).join('');
    },
    async reset(partner, reason) {
      await file.append(() => ({ event: 'RESET', details: { partner, reason } }));
      await administration.append('HEAD_RESET', { partner });
    },
  };
}
