import { anonymous } from '@hub/shared/identity';
import { chainedLines } from '@hub/shared/records';
import { type OpenConnect, plainConnect } from '@hub/shared/server';
import { isLoopback, type Logger } from '@hub/shared/system';
import { Agent, request } from 'undici';
import type { AdministrationLog } from '../../registry/records/administration-log.js';
import type { ReleaseStore } from '../../registry/releases/release-store.js';
import type { SignPartnerRequest } from '../../server/security/sign-request.js';
import {
  makeNotices,
  makeOverdueNotices,
  type NotifiedOwner,
  type SaidOverdue,
} from './make-notices.js';
import type { NoticeBox, NoticeStore, OwnerNotice, StoredNotices } from './notice-store.js';

/** An organisation, and the URL of its server in the network file. */
type Owner = NotifiedOwner & { readonly url: string };

export interface OwnerNoticesOptions {
  readonly partners: readonly Owner[];
  /** The address in the partner’s signed manifest. Undefined if it wants no requests. */
  readonly addressOf: (partner: string) => string | undefined;
  readonly administration: Pick<AdministrationLog, 'read' | 'stamp'>;
  readonly releases: Pick<ReleaseStore, 'read'>;
  /** What partners have said since the last call. @default nothing is overdue */
  readonly takeOverdue?: () => readonly SaidOverdue[];
  readonly store: NoticeStore;
  readonly sign: SignPartnerRequest;
  /** Opens the connections. @default as Node does */
  readonly connect?: OpenConnect;
  readonly logger: Logger;
  /** How long an address may take, in milliseconds. @default 5000 */
  readonly deadlineMs?: number;
  readonly clock?: () => Date;
}

/** Makes notices for owners of what the log and partners say, and sends them. */
export interface OwnerNotices extends AsyncDisposable {
  /** Makes the notices of what is new, and sends what waits. One round at a time. */
  round(): Promise<void>;
}

/** For the feed. What waits longer to be sent is dropped. */
const mostKept = 100;
const retryMs = { first: 15_000, most: 6 * 3_600_000 } as const;
/** With these pauses, an address may be away for a week. */
const mostFailures = 40;
const mostBytes = 4_096;
const connectTimeoutMs = 2_000;

const emptyBox: NoticeBox = { notices: [], unsent: 0, failures: 0 };

/**
 * Why an address is never called. A partner on another machine must not have the hub call the hub’s
 * own machine, and nothing crosses a network unencrypted.
 */
function findObstacle(address: string, url: string): string | undefined {
  const [to, own] = [new URL(address), new URL(url)];
  if (isLoopback(to.hostname))
    return isLoopback(own.hostname) && to.protocol === own.protocol
      ? undefined
      : 'It is on the hub’s machine, and the partner is not, or has TLS.';
  return to.protocol === 'https:' ? undefined : 'It must have https.';
}

/** The lines after a known one. If the log was begun anew, those that are later. */
function linesAfter(
  lines: readonly chainedLines.ChainedLine[],
  { hash, at }: StoredNotices['after'],
) {
  if (hash === chainedLines.noLines.hash) return lines;
  const index = lines.findIndex((line) => line.hash === hash);
  return index < 0 ? lines.filter((line) => line.at > at) : lines.slice(index + 1);
}

/** Sends notices to the address of an owner, signed as all requests of the hub to a partner are. */
function createPost({ sign, deadlineMs = 5_000 }: OwnerNoticesOptions, agent: Agent) {
  return async (code: string, address: string, notices: readonly OwnerNotice[]): Promise<void> => {
    const body = JSON.stringify({ form: 1, organisation: code, notices });
    const { pathname: path } = new URL(address);
    const headers = await sign(code, { method: 'POST', path, body }, anonymous);
    // A redirect is not followed: it is a status like others.
    const response = await request(address, {
      method: 'POST',
      dispatcher: agent,
      headers: { 'content-type': 'application/json', ...headers },
      body,
      signal: AbortSignal.timeout(deadlineMs),
    });
    // Nothing in the body matters.
    await response.body.dump({ limit: mostBytes }).catch(() => undefined);
    const { statusCode } = response;
    if (statusCode < 200 || statusCode > 299)
      throw new Error(`The address responded with ${statusCode}.`);
  };
}

/**
 * The log is the source. The place in it, the notices, and what waits to be sent are one file, so
 * that a restart neither loses a notice nor makes it twice. A notice may be sent twice only if the
 * hub ends between a response and the writing of the file. Its id is then the same.
 */
export function createOwnerNotices(options: OwnerNoticesOptions): OwnerNotices {
  const { partners, addressOf, administration, releases, store, logger } = options;
  const { connect = plainConnect, clock = () => new Date(), takeOverdue = () => [] } = options;
  const agent = new Agent({ connect: connect(connectTimeoutMs), maxResponseSize: mostBytes });
  const post = createPost(options, agent);
  let state = readKnown(store, logger);
  let stamp: string | undefined;
  let writing = Promise.resolve();
  let running: Promise<void> | undefined;
  let told: string | undefined;
  let isClosed = false;

  const save = (next: StoredNotices): Promise<void> => {
    state = next;
    const written = writing.then(() => store.write(next));
    writing = written.catch(() => undefined);
    return written;
  };
  const change = (code: string, box: NoticeBox): Promise<void> | undefined =>
    state && save({ ...state, boxes: { ...state.boxes, [code]: box } });

  function add(to: StoredNotices, code: string, notice: OwnerNotice): StoredNotices {
    const box = to.boxes[code] ?? emptyBox;
    const notices = [...box.notices, notice].slice(-mostKept);
    const unsent = addressOf(code) === undefined ? 0 : Math.min(box.unsent + 1, notices.length);
    return { ...to, boxes: { ...to.boxes, [code]: { ...box, notices, unsent } } };
  }

  async function collect(): Promise<void> {
    const found = administration.stamp();
    if (found === stamp) return;
    const lines = administration.read();
    const last = lines.at(-1);
    const after = last ?? { hash: chainedLines.noLines.hash, at: clock().toISOString() };
    // Notices begin with what happens after they were turned on.
    let next: StoredNotices = state ?? { after, boxes: {} };
    for (const line of linesAfter(lines, next.after))
      for (const [code, notice] of makeNotices(line, partners, releases))
        next = add(next, code, notice);
    const { hash, at } = after;
    if (next.after.hash !== hash || !state) await save({ ...next, after: { hash, at } });
    stamp = found;
  }

  /** Whoever is no partner any more gets none. */
  async function addOverdue(): Promise<void> {
    if (!state) return;
    let next = state;
    const isKnown = new Set(partners.map(({ code }) => code));
    for (const said of takeOverdue())
      for (const [code, notice] of makeOverdueNotices(said, next, clock().toISOString()))
        if (isKnown.has(code)) next = add(next, code, notice);
    if (next !== state) await save(next);
  }

  /** Waits longer after each failure. In the end what waited is dropped: the feed still has it. */
  function postpone(code: string, box: NoticeBox, error: unknown): NoticeBox {
    const reason = error instanceof Error ? error.message : String(error);
    const failures = box.failures + 1;
    if (failures >= mostFailures) {
      logger.error({ partner: code, reason, unsent: box.unsent }, 'notices are given up');
      return { notices: box.notices, unsent: 0, failures: 0 };
    }
    const note = { partner: code, reason, failures };
    if (failures === 1) logger.warn(note, 'notices cannot be sent, and are sent later');
    const pause = Math.min(retryMs.first * 2 ** (failures - 1), retryMs.most);
    return { ...box, failures, retryAt: new Date(clock().getTime() + pause).toISOString() };
  }

  async function send({ code, url }: Owner): Promise<void> {
    const box = state?.boxes[code];
    if (!box || box.unsent === 0) return;
    const address = addressOf(code);
    if (address === undefined) return change(code, { ...emptyBox, notices: box.notices });
    if (box.retryAt !== undefined && clock().toISOString() < box.retryAt) return;
    const obstacle = findObstacle(address, url);
    try {
      if (obstacle !== undefined) throw new Error(obstacle);
      await post(code, address, box.notices.slice(-box.unsent));
    } catch (error) {
      // What the end of the hub cut off says nothing of the address.
      return isClosed ? undefined : change(code, postpone(code, box, error));
    }
    await change(code, { ...emptyBox, notices: box.notices });
  }

  const runRound = async (): Promise<void> => {
    await collect();
    await addOverdue();
    await Promise.all(partners.map(send));
    told = undefined;
  };
  const noteError = ({ message: reason }: Error): void => {
    if (reason !== told) logger.error({ reason }, 'owners are not notified');
    told = reason;
  };
  return {
    round() {
      running ??= runRound()
        .catch(noteError)
        .finally(() => (running = undefined));
      return running;
    },
    async [Symbol.asyncDispose]() {
      isClosed = true;
      await agent.destroy();
      await running;
    },
  };
}

/** What is known from before. A file that is spoilt is as good as none. */
function readKnown(store: NoticeStore, logger: Logger): StoredNotices | undefined {
  try {
    return store.read();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    logger.error({ reason }, 'the file of notices cannot be read, and is begun anew');
    return undefined;
  }
}
