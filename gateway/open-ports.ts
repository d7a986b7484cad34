import type { OpenConnect } from '@hub/shared/server';
import type { CachedPortOptions, LastGood } from './fan-out/partners/cache/cached-port.js';
import { createDocumentJoiner } from './fan-out/partners/cache/join-documents.js';
import { openPort, type OpenPort } from './fan-out/partners/cache/open-port.js';
import { ResponseCache } from './fan-out/partners/cache/response-cache.js';
import type { CallClock } from './fan-out/partners/call-timer.js';
import type { SignRequest } from './fan-out/partners/partner-client.js';
import type { SubgraphModel } from './fan-out/rules/subgraph-model.js';
import type { CallHistory } from './registry/calls/partner-status.js';
import type { Contract } from './registry/contracts.js';
import { createMaxAgeReader, readMaxAges } from './registry/max-ages.js';
import type { Network } from './registry/network.js';
import type { SignPartnerRequest } from './server/security/sign-request.js';

/** What the ports of a network’s partners need. */
export interface PortsOptions {
  readonly network: Network;
  readonly contracts: readonly Contract[];
  /** Keeps what partners allow to be shown while they are unavailable. @default nothing */
  readonly lastGood?: (code: string) => LastGood | undefined;
  /** Signs requests to partners. @default nothing is signed */
  readonly sign?: SignPartnerRequest;
  /** Opens connections to partners. @default as Node does */
  readonly connect?: OpenConnect | undefined;
  /** Called when a mutation ends that may have changed something. */
  readonly onWrite: CachedPortOptions['onWrite'];
  /** For how many seconds a response may be cached now. @default as long as its partner allows */
  readonly readLongestAge?: (() => number) | undefined;
  /** Stands still while the hub is late. */
  readonly clock: CallClock;
  readonly history: CallHistory;
  /** Called when a partner begins to hang, and when it responds again. */
  readonly onHung: (code: string, isHung: boolean) => void;
}

/** Opens a port to each partner, by its code. All share one cache. */
export function openPorts(
  models: readonly SubgraphModel[],
  {
    network,
    contracts,
    lastGood,
    sign,
    connect,
    onWrite,
    onHung,
    readLongestAge = () => Infinity,
    clock,
    history,
  }: PortsOptions,
): ReadonlyMap<string, OpenPort> {
  const cache = new ResponseCache();
  const maxAgeReaders = new Map(
    models.map(({ name, schema }) => {
      const sdl = contracts.find((contract) => contract.name === name)?.sdl ?? '';
      return [name, createMaxAgeReader(schema, readMaxAges(sdl))];
    }),
  );
  const joinDocuments = createDocumentJoiner();
  const present = network.partners.filter(({ membership }) => !membership);
  return new Map(
    present.map((partner) => {
      const { code, subgraph } = partner;
      const signCall: SignRequest | undefined =
        sign && ((request, reader) => sign(code, request, reader));
      const readMaxAge = maxAgeReaders.get(subgraph) ?? (() => 0);
      const maxAgeOf = (document: string) => Math.min(readMaxAge(document), readLongestAge());
      const onResponseTime = (ms: number) => history.recordResponseTime(code, ms);
      const options = {
        maxAgeOf,
        onWrite,
        joinDocuments,
        lastGood: lastGood?.(code),
        clock,
        connect,
        onResponseTime,
        onHung: (hangs: boolean) => onHung(code, hangs),
      };
      return [code, openPort(partner, cache, options, signCall)];
    }),
  );
}
