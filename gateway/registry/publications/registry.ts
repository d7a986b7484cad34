import { ManifestError } from '@hub/shared/records';
import { plainConnect } from '@hub/shared/server';
import { setMaxListeners } from 'node:events';
import { Agent } from 'undici';
import { createConformanceCheck } from './check-conformance.js';
import { fetchManifest } from './fetch-manifest.js';
import { describeReasons, type PublicationState } from './publication.js';
import type { RegistryOptions } from './registry-options.js';
import { createReleaseMaker } from './release-maker.js';
import { restoreStates } from './restore-states.js';
import {
  lastSequenceOf,
  takeManifest,
  type PublishingPartner,
  type Taken,
} from './take-manifest.js';

/** Fetches and judges what the partners publish, each by itself, and makes releases of it. */
export interface Registry extends AsyncDisposable {
  /** Fetches all manifests now, and each at intervals. Resolves when all have been judged. */
  start(): Promise<void>;
  /** Fetches one partner’s manifest now. Resolves when it has been judged. */
  refresh(partner: string): Promise<void>;
  /** Looks for releases that a command has written. */
  lookForReleases(): Promise<void>;
  stateOf(partner: string): PublicationState;
}

/** Fetches vary by up to a fifth, so that they do not come together. */
const jitter = 0.2;
/** A publication can make another one valid, which makes another one valid. */
const mostPasses = 5;

export function createRegistry(options: RegistryOptions): Registry {
  const { partners, acceptance, store, administration, logger, verify, onChange } = options;
  const { intervalMs = 300_000, random = Math.random, clock = () => new Date() } = options;
  const { connect = plainConnect } = options;
  const byCode = new Map(partners.map((partner) => [partner.code, partner]));
  const agent = new Agent({ connect: connect(2_000), keepAliveTimeout: 1_000 });
  const closing = new AbortController();
  setMaxListeners(0, closing.signal);
  const states = restoreStates(options, (partner, reason) =>
    logger.error({ partner, reason }, 'known publications cannot be read'),
  );
  const maker = createReleaseMaker(options);
  const checkConformance = createConformanceCheck({ ...options, clock });
  const timers = new Map<string, NodeJS.Timeout>();
  const running = new Map<string, Promise<void>>();
  const waiting = new Map<string, Promise<void>>();
  /** One publication is judged at a time, by what the ones before it have changed. */
  let queue: Promise<unknown> = Promise.resolve();

  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const done = queue.then(work);
    queue = done.catch(() => undefined);
    return done;
  };

  /** A full disk, say. What is served stays as it is. */
  const noteError = (error: unknown): void => {
    const reason = error instanceof Error ? error.message : String(error);
    logger.error({ reason }, 'publications could not be settled');
  };

  async function save(code: string, state: PublicationState): Promise<boolean> {
    if (states.get(code) === state) return false;
    states.set(code, state);
    // Whoever starts next reads less. What is served does not wait for the disk.
    await store.write(code, state).catch(noteError);
    return true;
  }

  /** Why a manifest changed nothing is logged once, until something else is the case. */
  async function noteFault(code: string, error: ManifestError): Promise<void> {
    const { fault, ...state } = states.get(code) ?? {};
    if (fault?.code === error.code && fault.message === error.message) return;
    const since = clock().toISOString();
    const note = { partner: code, code: error.code, reason: error.message };
    // The health check reports a partner that is unavailable.
    if (error.code === 'MANIFEST_UNREACHABLE') logger.debug(note, 'no manifest');
    else logger.warn(note, 'a manifest changes nothing');
    if (fault?.code !== error.code) {
      await administration.append('PUBLICATION_REFUSED', { partner: code, code: error.code });
    }
    await save(code, { ...state, fault: { code: error.code, message: error.message, since } });
    onChange();
  }

  async function noteTaken({ code, url }: PublishingPartner, { said }: Taken): Promise<void> {
    const { fault, said: before, ...state } = states.get(code) ?? {};
    if (!fault && JSON.stringify(before) === JSON.stringify(said)) return;
    if (before?.endpoint !== said.endpoint && said.endpoint !== url) {
      const note = { partner: code, endpoint: said.endpoint, url };
      logger.warn(note, 'a manifest names another endpoint; the network file’s is used');
    }
    await save(code, { ...state, said });
    onChange();
  }

  /** Records how a publication was judged. */
  async function noteJudged(code: string, next: PublicationState): Promise<boolean> {
    const before = states.get(code) ?? {};
    if (!(await save(code, next))) return false;
    const { accepted, quarantined } = next;
    if (accepted && accepted.hash !== before.accepted?.hash) {
      const { sequence, schemaVersion, lacks, adds } = accepted;
      const note = { partner: code, sequence, schemaVersion, lacks, adds };
      await administration.append('PUBLICATION_ACCEPTED', note);
      if (lacks.length + adds.length > 0) logger.info(note, 'a publication is accepted');
    }
    if (quarantined && quarantined.judgedBy !== before.quarantined?.judgedBy) {
      const { sequence, schemaVersion, reasons } = quarantined;
      const rules = reasons.map(({ rule, place }) => ({ rule, place }));
      const note = { partner: code, sequence, schemaVersion };
      await administration.append('QUARANTINED', { ...note, reasons: rules });
      logger.warn({ ...note, reason: describeReasons(reasons) }, 'a publication is in quarantine');
    }
    onChange();
    return true;
  }

  async function fetchOne(partner: PublishingPartner): Promise<Taken | undefined> {
    const { code } = partner;
    try {
      const file = await fetchManifest(partner, { dispatcher: agent, signal: closing.signal });
      const manifest = await verify(code, file);
      return takeManifest(manifest, partner, {
        lastSequence: lastSequenceOf(states.get(code) ?? {}),
        conformance: await checkConformance(partner, manifest.conformance),
      });
    } catch (error) {
      if (closing.signal.aborted) return undefined;
      if (!(error instanceof ManifestError)) throw error;
      await inTurn(() => noteFault(code, error));
      return undefined;
    }
  }

  async function take(partner: PublishingPartner): Promise<void> {
    const taken = await fetchOne(partner);
    if (!taken || closing.signal.aborted) return;
    await inTurn(async () => {
      await noteTaken(partner, taken);
      await noteJudged(partner.code, await acceptance.judge(partner, taken.publication, states));
    });
  }

  /** Judges again what is known of a partner, because something else may have changed. */
  async function judgeAgain(partner: PublishingPartner): Promise<boolean> {
    const { code } = partner;
    const { accepted, quarantined, ...state } = states.get(code) ?? {};
    let next: PublicationState = { ...state, ...(accepted && { accepted }) };
    const judge = (publication: NonNullable<PublicationState['accepted' | 'quarantined']>) => {
      const { sequence, schemaVersion, schema, hash } = publication;
      const judged = { sequence, schemaVersion, schema, hash };
      return acceptance.judge(partner, judged, new Map([...states, [code, next]]));
    };
    if (accepted) next = await judge(accepted);
    if (quarantined && !next.quarantined) {
      next = { ...next, quarantined };
      next = await judge(quarantined);
    }
    const isSame = JSON.stringify(next) === JSON.stringify(states.get(code) ?? {});
    return !isSame && noteJudged(code, next);
  }

  /** Judges all again until nothing changes, and makes a release of the result. */
  const settle = () =>
    inTurn(async () => {
      for (let pass = 0, isChanged = true; isChanged && pass < mostPasses; pass += 1) {
        isChanged = false;
        for (const partner of partners) isChanged = (await judgeAgain(partner)) || isChanged;
      }
      if (!closing.signal.aborted) await maker.make(states);
    }).catch(noteError);

  const takeSafely = (partner: PublishingPartner): Promise<void> =>
    take(partner).catch((error: Error) => {
      const note = { partner: partner.code, reason: error.message };
      logger.error(note, 'a manifest could not be taken');
    });

  /** One fetch of a partner at a time. All who ask meanwhile get the one after it. */
  function refresh(code: string): Promise<void> {
    const partner = byCode.get(code);
    if (!partner || closing.signal.aborted) return Promise.resolve();
    const known = waiting.get(code);
    if (known) return known;
    const begun = (running.get(code) ?? Promise.resolve()).then(() => {
      waiting.delete(code);
      return takeSafely(partner);
    });
    running.set(code, begun);
    const done = begun.then(settle);
    waiting.set(code, done);
    return done;
  }

  function schedule(code: string): void {
    const again = intervalMs * (1 - jitter + 2 * jitter * random());
    const timer = setTimeout(() => {
      void refresh(code).finally(() => {
        if (!closing.signal.aborted) schedule(code);
      });
    }, again);
    timers.set(code, timer.unref());
  }

  return {
    async start() {
      for (const code of byCode.keys()) schedule(code);
      await Promise.all(partners.map(takeSafely));
      await settle();
    },
    refresh,
    lookForReleases: () => inTurn(() => maker.look(states)).catch(noteError),
    stateOf: (code) => states.get(code) ?? {},
    async [Symbol.asyncDispose]() {
      closing.abort();
      for (const timer of timers.values()) clearTimeout(timer);
      await queue;
      await agent.destroy();
    },
  };
}
