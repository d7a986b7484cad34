import { digestOf } from '@hub/shared/system';
import { judgePublication, type Compose, type Judgement } from './judge-publication.js';
import type { JudgingMarker } from './judging-marker.js';
import type { Publication, PublicationState, Reason } from './publication.js';
import { listConsents, listServed, partnersOf, type AgreedSchema } from './served-schemas.js';
import type { PublishingPartner } from './take-manifest.js';

/** A graph that the hub could serve. */
export interface Graph {
  readonly supergraphSdl: string;
  readonly contracts: readonly AgreedSchema[];
}

export interface AcceptanceOptions {
  readonly partners: readonly PublishingPartner[];
  readonly contracts: readonly AgreedSchema[];
  readonly compose: Compose;
  /** Composes the graph as it is served, with descriptions. @throws if it does not compose */
  readonly composeGraph: (contracts: readonly AgreedSchema[]) => string;
  /** Loads the engine over a graph. @throws if it cannot be loaded */
  readonly tryOut: (graph: Graph) => Promise<void>;
  /** Finds schemas whose judgement never ends. @default nothing does */
  readonly marker?: JudgingMarker;
  readonly clock?: () => Date;
}

/** Judges publications by all that the hub knows. */
export interface Acceptance {
  /** The graph by all accepted publications. */
  composeServed(states: ReadonlyMap<string, PublicationState>): Graph;
  /**
   * Judges a publication, and returns what the hub knows of the partner then. The same object if
   * nothing has changed.
   */
  judge(
    partner: PublishingPartner,
    publication: Publication,
    states: ReadonlyMap<string, PublicationState>,
  ): Promise<PublicationState>;
}

const hashOf = (value: unknown): string => digestOf(JSON.stringify(value));

const loadReason = (error: unknown): Reason => ({
  rule: 'load',
  place: 'the graph',
  message: error instanceof Error ? error.message : String(error),
  accepted: 'Publish a schema over which the hub can load its engine.',
});

const endlessReason: Reason = {
  rule: 'load',
  place: 'the schema',
  message: 'Its judgement did not end: composition takes too long, or too much memory.',
  accepted: 'Publish a smaller or simpler schema.',
};

/** Many partners publish the same schema. */
const mostRemembered = 50;
/** A graph takes a megabyte. */
const mostGraphs = 6;

/** Remembers the last results of a function. */
function remember<Given, Result>(
  make: (given: Given) => Result,
  keyOf: (given: Given) => string,
): (given: Given) => Result {
  const known = new Map<string, Result>();
  return (given) => {
    const key = keyOf(given);
    const result = known.has(key) ? (known.get(key) as Result) : make(given);
    known.delete(key);
    known.set(key, result);
    if (known.size > mostGraphs) known.delete(known.keys().next().value ?? '');
    return result;
  };
}

export function createAcceptance(options: AcceptanceOptions): Acceptance {
  const { partners, contracts, tryOut, marker, clock = () => new Date() } = options;
  // One graph is composed for several judgements, and composition takes most of the time.
  const compose = remember(options.compose, (schemas) => hashOf([...schemas]));
  const composeGraph = remember(options.composeGraph, hashOf);
  const basis = hashOf(contracts);
  const judgements = new Map<string, Judgement>();

  const toGraph = (served: ReadonlyMap<string, string>): Graph => {
    const schemas = contracts.map((contract) => ({
      ...contract,
      sdl: served.get(contract.name) ?? contract.sdl,
    }));
    return { supergraphSdl: composeGraph(schemas), contracts: schemas };
  };

  /** Judges by contract, law, composition, and by a trial of the engine if the graph would change. */
  async function decide(
    partner: PublishingPartner,
    schema: string,
    states: ReadonlyMap<string, PublicationState>,
    by: string,
  ): Promise<Judgement> {
    const { code, subgraph } = partner;
    const known = judgements.get(by);
    if (known) return known;
    const served = listServed(contracts, partners, states);
    const contract = contracts.find(({ name }) => name === subgraph)?.sdl ?? '';
    const isOnly = partnersOf(subgraph, partners).length === 1;
    const consents = listConsents(code, partners, states);
    let judgement: Judgement;
    if (marker?.isEndless(hashOf(schema))) return { reasons: [endlessReason] };
    await marker?.begin(hashOf(schema));
    try {
      const given = { subgraph, schema, contract, isOnly, served, consents };
      judgement = await judgePublication(given, compose);
      if (!judgement.reasons && judgement.served !== served.get(subgraph)) {
        await tryOut(toGraph(new Map([...served, [subgraph, judgement.served]])));
      }
    } catch (error) {
      judgement = { reasons: [loadReason(error)] };
    } finally {
      await marker?.end();
    }
    if (judgements.size >= mostRemembered) judgements.clear();
    judgements.set(by, judgement);
    return judgement;
  }

  return {
    composeServed: (states) => toGraph(listServed(contracts, partners, states)),
    async judge(partner, publication, states) {
      const { code, subgraph } = partner;
      const { accepted, quarantined, ...state } = states.get(code) ?? {};
      const consents = listConsents(code, partners, states);
      const { hash, sequence } = publication;
      const judgedBy = hashOf([basis, consents]);
      const isKnown = accepted?.hash === hash && accepted.judgedBy === judgedBy;
      if (isKnown && accepted.sequence === sequence && !quarantined) return states.get(code) ?? {};
      if (isKnown) return { ...state, accepted: { ...accepted, ...publication } };
      const others = [...listServed(contracts, partners, states)].filter(
        ([name]) => name !== subgraph,
      );
      // A schema may wait for what another partner publishes.
      const by = hashOf([judgedBy, subgraph, hash, others]);
      if (quarantined?.judgedBy === by) {
        if (quarantined.sequence === sequence) return states.get(code) ?? {};
        return {
          ...state,
          ...(accepted && { accepted }),
          quarantined: { ...quarantined, sequence },
        };
      }
      const judgement = await decide(partner, publication.schema, states, by);
      if (!judgement.reasons) {
        const { lacks, adds } = judgement;
        return {
          ...state,
          accepted: { ...publication, lacks: [...lacks], adds: [...adds], judgedBy },
        };
      }
      // What was accepted by other contracts or consents is not accepted for ever.
      const isStill = accepted !== undefined && accepted.hash !== hash;
      return {
        ...state,
        ...(isStill && { accepted }),
        quarantined: {
          ...publication,
          reasons: [...judgement.reasons],
          since: quarantined?.hash === hash ? quarantined.since : clock().toISOString(),
          judgedBy: by,
        },
      };
    },
  };
}
