import { anonymous } from '@hub/shared/identity';
import { disclosureHeadPath } from '@hub/shared/partner';
import { type OpenConnect, plainConnect } from '@hub/shared/server';
import { hashForm, type Logger } from '@hub/shared/system';
import { Agent, request } from 'undici';
import { z } from 'zod';
import type { DisclosureHeads, KnownHead } from '../../registry/disclosure-heads.js';
import type { Partner } from '../../registry/network.js';
import type { SignPartnerRequest } from '../../server/security/sign-request.js';

export interface RecordWatchOptions {
  readonly partners: readonly Pick<Partner, 'code' | 'url'>[];
  readonly heads: Pick<DisclosureHeads, 'read' | 'write'>;
  readonly sign: SignPartnerRequest;
  /** Opens the connections. @default as Node does */
  readonly connect?: OpenConnect;
  readonly logger: Logger;
  /** Time between two rounds, in milliseconds. @default a minute */
  readonly intervalMs?: number;
  /** How long a partner may take, from the request to the last byte, in ms. @default 5000 */
  readonly deadlineMs?: number;
}

/** Detects if the end of a partner’s record of disclosures was cut off or rewritten. */
export interface RecordWatch extends AsyncDisposable {
  /** Checks all partners now. */
  checkAll(): Promise<void>;
  /** Checks all partners now and every `intervalMs`. The timer does not keep the process alive. */
  start(): void;
}

/**
 * `hash` may be any text: if somebody changed it in the database, that must be reported and not
 * rejected as invalid.
 */
const headSchema = z.object({
  links: z.int().nonnegative(),
  hash: z.string(),
  hashAt: z.string().nullable(),
});

const mostBytes = 4_096;
const connectTimeoutMs = 2_000;

interface Asking {
  readonly agent: Agent;
  readonly sign: SignPartnerRequest;
  readonly deadlineMs: number;
}

/**
 * The end of a partner’s record, and the hash that link number `links` has now. Undefined if the
 * partner does not say.
 * @throws if the request could not be signed, or the partner refused the hub: this says nothing
 * about the record
 */
async function askHead(
  { agent, sign, deadlineMs }: Asking,
  { code, url }: RecordWatchOptions['partners'][number],
  links: number,
): Promise<z.infer<typeof headSchema> | undefined> {
  const { origin, pathname } = new URL(disclosureHeadPath.slice(1), url);
  const body = JSON.stringify({ links });
  const signature = await sign(code, { method: 'POST', path: pathname, body }, anonymous);
  const response = await request(`${origin}${pathname}`, {
    method: 'POST',
    dispatcher: agent,
    headers: { 'content-type': 'application/json', ...signature },
    body,
    // One for all of it: a partner may send a byte at a time, or responses that are none.
    signal: AbortSignal.timeout(deadlineMs),
  });
  const text = await response.body.text();
  if (response.statusCode === 401) throw new Error('The partner did not accept the hub.');
  return response.statusCode === 200 ? headSchema.parse(JSON.parse(text)) : undefined;
}

/** Whether the known end is part of the record that ends so. */
const continues = (head: z.infer<typeof headSchema>, known: KnownHead | undefined): boolean =>
  hashForm.test(head.hash) && (!known || (head.links >= known.links && head.hashAt === known.hash));

/**
 * Asks each partner at intervals for the end of its record of disclosures, and checks that the
 * known end is still part of it. The known end is on the hub’s disk, because a partner’s own
 * database cannot prove that nothing was cut off.
 */
export function createRecordWatch(options: RecordWatchOptions): RecordWatch {
  const { partners, heads, logger, connect = plainConnect, intervalMs = 60_000 } = options;
  const agent = new Agent({ maxResponseSize: mostBytes, connect: connect(connectTimeoutMs) });
  const check = createRecordCheck(agent, options);
  let timer: NodeJS.Timeout | undefined;

  async function checkAll(): Promise<void> {
    const known = await heads.read();
    const checks = partners.map(async (partner) => {
      try {
        await check(partner, known[partner.code]);
      } catch (error) {
        // The health check reports a partner that is unavailable.
        const reason = error instanceof Error ? error.message : String(error);
        logger.debug(
          { partner: partner.code, reason },
          'the record of disclosures could not be checked',
        );
      }
    });
    await Promise.all(checks);
  }

  const round = () =>
    checkAll().catch((error: Error) =>
      logger.error({ reason: error.message }, 'the known ends of records cannot be read'),
    );
  return {
    checkAll,
    start() {
      timer ??= setInterval(() => void round(), intervalMs).unref();
      void round();
    },
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await agent.destroy();
    },
  };
}

/** Stores the end that a partner reports, if the record continues from the known end. */
function createRecordCheck(
  agent: Agent,
  { heads, sign, logger, deadlineMs = 5_000 }: RecordWatchOptions,
) {
  /** The partners whose errors this process has logged. */
  const logged = new Set<string>();

  function logOnce(partner: string, what: object, message: string): void {
    if (logged.has(partner)) return;
    logged.add(partner);
    logger.error({ partner, ...what }, message);
  }

  return async (
    partner: RecordWatchOptions['partners'][number],
    known: KnownHead | undefined,
  ): Promise<void> => {
    const { code } = partner;
    const head = await askHead({ agent, sign, deadlineMs }, partner, known?.links ?? 0);
    if (!head) {
      if (known)
        logOnce(code, { knownLinks: known.links }, 'a partner no longer says how its record ends');
      return;
    }
    const { links, hash } = head;
    const at = new Date().toISOString();
    if (continues(head, known)) {
      logged.delete(code);
      if (links !== known?.links || known.fault) await heads.write(code, { links, hash, at });
      return;
    }
    if (known && !known.fault) await heads.write(code, { ...known, fault: { links, at } });
    const what = { knownLinks: known?.links ?? 0, links };
    logOnce(code, what, 'the record of disclosures was cut off or changed');
  };
}
