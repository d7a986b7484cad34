import { overdueTasksPath } from '@hub/shared/partner';
import type { Logger } from '@hub/shared/system';
import { parse, visit } from 'graphql';
import { z } from 'zod';
import {
  createPostAsHub,
  type PostAsHub,
  type PostAsHubOptions,
} from '../../server/security/post-as-hub.js';
import type { SaidOverdue } from './make-notices.js';

/** A partner that may know what waits for organisations. */
interface AskedPartner {
  readonly code: string;
  readonly subgraph: string;
  readonly url: string;
}

export interface OverdueWatchOptions extends PostAsHubOptions {
  readonly partners: readonly AskedPartner[];
  /** The contracts, which name the kinds of tasks. */
  readonly contracts: readonly { readonly name: string; readonly sdl: string }[];
  readonly logger: Logger;
  readonly clock?: () => Date;
}

/** Asks the partners what waits for each organisation past its due date. */
export interface OverdueWatch extends AsyncDisposable {
  /** Asks those that have not responded within the last hour. It never throws. */
  look(): Promise<void>;
  /** What they have said since the last call. */
  take(): readonly SaidOverdue[];
}

/** A response counts for this long. */
const usualMs = 3_600_000;

const responseSchema = z.object({
  overdue: z
    .array(
      z.object({ organisation: z.string(), kind: z.string(), countAtLeast: z.int().positive() }),
    )
    .max(1_000),
});

/** The values of the enums of a contract. A kind is one of them, so that nobody can write a text. */
function readKinds(sdl: string): ReadonlySet<string> {
  const kinds = new Set<string>();
  visit(parse(sdl), { EnumValueDefinition: ({ name }) => void kinds.add(name.value) });
  return kinds;
}

/** Makes the request to one partner, as the hub itself and for no caller. */
function createAskPartner({ contracts }: OverdueWatchOptions, { post }: PostAsHub) {
  const kindsOf = new Map(contracts.map(({ name, sdl }) => [name, readKinds(sdl)]));
  return async ({ code, subgraph, url }: AskedPartner): Promise<SaidOverdue> => {
    const { status, text } = await post({ code, url }, overdueTasksPath, {});
    // Nothing that waits for others is recorded there.
    if (status === 404) return { by: code, overdue: [] };
    if (status !== 200) throw new Error(`The partner responded with ${status}.`);
    const { overdue } = responseSchema.parse(JSON.parse(text));
    const known = kindsOf.get(subgraph);
    if (!overdue.every(({ kind }) => known?.has(kind)))
      throw new Error('The response has a kind that is not in the contract.');
    return { by: code, overdue };
  };
}

export function createOverdueWatch(options: OverdueWatchOptions): OverdueWatch {
  const { partners, logger, clock = () => new Date() } = options;
  const hub = createPostAsHub(options);
  const ask = createAskPartner(options, hub);
  const responded = new Map<string, number>();
  let said: SaidOverdue[] = [];

  async function lookAt(partner: AskedPartner): Promise<void> {
    const age = clock().getTime() - (responded.get(partner.code) ?? -Infinity);
    if (age >= 0 && age < usualMs) return;
    try {
      said.push(await ask(partner));
      responded.set(partner.code, clock().getTime());
    } catch (error) {
      // The health check reports a partner that is unavailable.
      const reason = error instanceof Error ? error.message : String(error);
      logger.debug({ partner: partner.code, reason }, 'what is overdue is not known');
    }
  }

  return {
    look: async () => void (await Promise.all(partners.map(lookAt))),
    take() {
      const taken = said;
      said = [];
      return taken;
    },
    [Symbol.asyncDispose]: () => hub[Symbol.asyncDispose](),
  };
}
