import { usualRetention, type Retention } from '@hub/shared/records';
import type { Logger } from '@hub/shared/system';
import { parse } from 'graphql';
import { isConformanceValid } from './conformance.js';
import type { PublicationStore } from './publication-store.js';
import { describeReasons, type PublicationState, type VerifiedConformance } from './publication.js';
import { compareWithContract } from './schema/compare-with-contract.js';
import { readPlainDocument, type PlainDocument } from './schema/plain-document.js';

/** A time in which a partner announced that it is not available. */
interface AnnouncedWindow {
  readonly from: string;
  readonly to: string;
  readonly message: string;
}

/** What a worker knows of the partners’ publications. */
export interface PublishedFacts {
  /** What each partner’s server lacks of its contract, as schema coordinates. */
  readonly lacks: ReadonlyMap<string, ReadonlySet<string>>;
  /** For how many seconds its last good facts may be shown while it is unavailable. */
  readonly lastGoodFor: ReadonlyMap<string, number>;
  quarantineReasonOf(partner: string): string | undefined;
  /** The statement of its check, as long as it is valid. */
  conformanceOf(partner: string): VerifiedConformance | undefined;
  /**
   * How many days it keeps personal data, as far as it lists what is due. Undefined for a server that
   * lists nothing, as those of earlier versions: its schema does not tell what it erases.
   */
  retentionOf(partner: string): Partial<Retention> | undefined;
  /** The windows that have not ended, in the order of their beginning. */
  windowsOf(partner: string): readonly AnnouncedWindow[];
  /** The window that is open now. */
  openWindowOf(partner: string): AnnouncedWindow | undefined;
  /** Reads the files again. */
  read(): void;
  /**
   * Finds out what the servers lack of these contracts, which nobody has judged them by yet. It counts until somebody
   * has.
   */
  compareWith(
    contracts: readonly { readonly name: string; readonly sdl: string }[],
    partners: readonly { readonly code: string; readonly subgraph: string }[],
  ): Promise<void>;
}

interface Window extends AnnouncedWindow {
  readonly start: number;
  readonly end: number;
}

const readWindows = ({ said }: PublicationState): Window[] =>
  (said?.maintenance ?? [])
    .map((window) => ({ ...window, start: Date.parse(window.from), end: Date.parse(window.to) }))
    .toSorted((a, b) => a.start - b.start);

const isSame = (one: ReadonlySet<string> | undefined, other: readonly string[]): boolean =>
  one?.size === other.length && other.every((coordinate) => one.has(coordinate));

/** Reads what the registry’s process has written of the partners. */
export function createPublishedFacts(
  partners: readonly string[],
  store: Pick<PublicationStore, 'read'>,
  logger: Logger,
  now: () => number = Date.now,
): PublishedFacts {
  const lacks = new Map<string, ReadonlySet<string>>();
  /** What was found out here, and the judgement that it counts instead of. */
  const compared = new Map<string, { readonly judgedBy: string; readonly lacks: string[] }>();
  const lastGoodFor = new Map<string, number>();
  const reasons = new Map<string, string>();
  const verified = new Map<string, VerifiedConformance>();
  const windows = new Map<string, readonly Window[]>();
  const retentions = new Map<string, Partial<Retention>>();

  function readOne(partner: string): void {
    const state = store.read(partner) ?? {};
    const { accepted, quarantined } = state;
    const own = compared.get(partner);
    const isJudged = own === undefined || own.judgedBy !== accepted?.judgedBy;
    const lacking = (isJudged ? accepted?.lacks : own.lacks) ?? [];
    // What is prepared for a set is kept as long as the set is the same object.
    if (lacking.length === 0) lacks.delete(partner);
    else if (!isSame(lacks.get(partner), lacking)) lacks.set(partner, new Set(lacking));
    if (quarantined) reasons.set(partner, describeReasons(quarantined.reasons));
    else reasons.delete(partner);
    windows.set(partner, readWindows(state));
    const { conformance } = state.said ?? {};
    if (conformance) verified.set(partner, conformance);
    else verified.delete(partner);
    const schema = accepted?.schema ?? '';
    const days = { ...usualRetention, ...state.said?.retention };
    // Whoever has no people of its own erases by age only whom to call during visits, and who read.
    const hasPeople = schema.includes('type Erasure ');
    const { CONTACTS, READERS } = days;
    if (schema.includes('type RetentionDue '))
      retentions.set(partner, hasPeople ? days : { CONTACTS, READERS });
    else retentions.delete(partner);
    lastGoodFor.set(partner, state.said?.lastGoodFor ?? 0);
  }

  const read = (): void => {
    for (const partner of partners) {
      try {
        readOne(partner);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        logger.error({ partner, reason }, 'known publications cannot be read');
      }
    }
  };
  read();
  return {
    lacks,
    lastGoodFor,
    quarantineReasonOf: (partner) => reasons.get(partner),
    conformanceOf(partner) {
      const known = verified.get(partner);
      return known && isConformanceValid(known, new Date(now())) ? known : undefined;
    },
    retentionOf: (partner) => retentions.get(partner),
    windowsOf: (partner) => (windows.get(partner) ?? []).filter(({ end }) => end > now()),
    openWindowOf(partner) {
      const known = windows.get(partner);
      if (!known || known.length === 0) return undefined;
      const at = now();
      return known.find(({ start, end }) => start <= at && at < end);
    },
    read,
    async compareWith(contracts, members) {
      for (const { code, subgraph } of members) {
        const contract = contracts.find(({ name }) => name === subgraph)?.sdl;
        const found = contract && (await compareAccepted(store, code, contract));
        if (found) compared.set(code, found);
      }
      read();
    },
  };
}

/** Undefined if nothing can be said: the partner is asked by its contract. */
async function compareAccepted(
  store: Pick<PublicationStore, 'read'>,
  partner: string,
  contract: string,
) {
  try {
    const accepted = store.read(partner)?.accepted;
    if (!accepted) return undefined;
    const [agreed, served] = [contract, accepted.schema].map((sdl) =>
      readPlainDocument(parse(sdl)),
    ) as [PlainDocument, PlainDocument];
    const { lacks } = await compareWithContract(agreed, served);
    return { judgedBy: accepted.judgedBy, lacks: [...lacks] };
  } catch {
    return undefined;
  }
}
