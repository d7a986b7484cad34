import {
  defaultLimits,
  foreignLimits,
  type LoadLimits,
  type OperationLimits,
} from '@hub/shared/graphql';
import { anonymous } from '@hub/shared/identity';
import type { OpenConnect, ReadyChecks } from '@hub/shared/server';
import type { Logger } from '@hub/shared/system';
import {
  defaultPlanningLimits,
  foreignPlanningLimits,
  type PlanningLimits,
} from './engine/planning/planning-limits.js';
import type { ForwardingRules } from './fan-out/partners/forwarding/forwarding-rules.js';
import type { LastGoodStore } from './fan-out/partners/last-good/last-good-store.js';
import type { Lacks } from './fan-out/skew/lacks.js';
import type { Capability } from './hub-plugin.js';
import { noOtherWorkers, type OtherWorkers } from './process/workers/other-workers.js';
import type { Contract } from './registry/contracts.js';
import type { KeysChangedAt, RevokeAccess } from './registry/hub-subgraph.js';
import type { Network } from './registry/network.js';
import type { ListProposals } from './registry/proposals/proposal-list.js';
import type { PublishedFacts } from './registry/publications/published-facts.js';
import type { ListReleases } from './registry/releases/release-list.js';
import type { Authenticate } from './server/security/authenticate.js';
import type { Rate } from './server/security/rate-limit.js';
import type { Sessions } from './server/security/sessions.js';
import type { SignPartnerRequest } from './server/security/sign-request.js';

/** Where the schema comes from: a network and its contracts, or a foreign supergraph. */
export type HubSource =
  | {
      readonly network: Network;
      readonly contracts: readonly Contract[];
      /** What a partner’s server lacks of its contract, by its code. @default nothing */
      readonly lacks?: ReadonlyMap<string, Lacks>;
      /**
       * For how many seconds a partner allows its last good facts to be shown while it is unavailable, by
       * its code. @default 0
       */
      readonly lastGoodFor?: ReadonlyMap<string, number>;
      /** What partners have published. @default nothing is known of it */
      readonly published?: PublishedFacts;
      /** Lists proposed next versions of contracts. @default there are none */
      readonly proposals?: ListProposals;
      /** Lists the releases of the graph. @default there are none */
      readonly releases?: ListReleases;
      /** The contracts, composed. @default they are composed at the start */
      readonly supergraphSdl?: string;
    }
  | { readonly supergraphSdl: string };

export interface HubOptions {
  readonly logger: Logger;
  /** What plugins add. @default nothing */
  readonly plugins?: readonly Capability[];
  /** Identifies the caller. @default everybody is anonymous */
  readonly authenticate?: Authenticate;
  /** The sessions of browsers. @default nobody can sign in to the pages */
  readonly sessions?: Sessions;
  /** Signs requests to the network’s partners. @default nothing is signed */
  readonly sign?: SignPartnerRequest;
  /** Opens connections to partners. @default as Node does */
  readonly connect?: OpenConnect | undefined;
  /** Called when a partner’s response does not fit its contract. @default nobody is told */
  readonly onInvalid?: (partner: string) => void;
  /** When the keys of the hub and its partners were last changed. @default unknown */
  readonly keysChangedAt?: KeysChangedAt;
  /** Ends the access of one person. @default nobody’s can be ended */
  readonly revokeAccess?: RevokeAccess;
  /** For one operation, however many calls it needs, in milliseconds. @default 15000 */
  readonly operationDeadlineMs?: number;
  /** More checks of readiness. @default only the schema and the partners */
  readonly readyChecks?: ReadyChecks;
  /** Warnings for operators, whether the hub is ready or not. @default none */
  readonly warningChecks?: ReadyChecks;
  /** Rejects every mutation with `FORBIDDEN`. @default false */
  readonly isReadOnly?: boolean;
  /** Whether introspection is allowed. @default true */
  readonly introspection?: boolean;
  /**
   * How large one operation may be. @default `defaultLimits`, or `foreignLimits` for a supergraph
   */
  readonly limits?: OperationLimits;
  /** How many operations are executed at a time. @default any number */
  readonly load?: LoadLimits;
  /** How many requests one caller may send. @default any number */
  readonly rate?: Rate;
  /** Where the last good facts of partners are kept. @default nowhere */
  readonly lastGood?: LastGoodStore;
  /** The other processes of the same hub, which count requests together. @default there are none */
  readonly others?: OtherWorkers;
  /** Whether to check each partner’s health, at the start and every 15 seconds. @default true */
  readonly checksPartners?: boolean;
  /**
   * Limits of the search for the best plan. @default `defaultPlanningLimits`, or
   * `foreignPlanningLimits`
   */
  readonly planning?: PlanningLimits;
  /** What passes between clients and the subgraphs of a foreign supergraph. @default nothing */
  readonly forwarding?: ForwardingRules | undefined;
}

/** The options of a hub, and the default of each that is left out. */
export type HubSettings = ReturnType<typeof withDefaults>;

export function withDefaults(source: HubSource, options: HubOptions) {
  const isForeign = !('network' in source);
  const {
    authenticate = () => Promise.resolve(anonymous),
    operationDeadlineMs = 15_000,
    isReadOnly = false,
    limits = isForeign ? foreignLimits : defaultLimits,
    others = noOtherWorkers,
    checksPartners = true,
    plugins = [],
    planning = isForeign ? foreignPlanningLimits : defaultPlanningLimits,
  } = options;
  return {
    ...options,
    authenticate,
    /** If the hub does not identify callers, all are anonymous to it, and the partners decide. */
    identifiesCallers: options.authenticate !== undefined,
    operationDeadlineMs,
    isReadOnly,
    limits,
    others,
    checksPartners,
    planning,
    plugins,
    ...combine(plugins),
  };
}

/** What plugins add to the hub itself. Of what can be added once, the first counts. */
function combine(plugins: readonly Capability[]) {
  const first = <Name extends keyof Capability>(name: Name) =>
    plugins.find((plugin) => plugin[name] !== undefined)?.[name];
  const ages = plugins.flatMap(({ readLongestAge }) => readLongestAge ?? []);
  return {
    hooks: plugins.flatMap(({ hooks }) => hooks ?? []),
    startSpan: first('startSpan'),
    keepCalls: first('keepCalls'),
    meter: first('meter'),
    usage: first('usage'),
    readLongestAge:
      ages.length > 0 ? () => Math.min(...ages.map((readAge) => readAge())) : undefined,
  };
}
