import type { ReadyChecks } from '@hub/shared/http';
import { anonymous } from '@hub/shared/identity';
import {
  defaultLimits,
  foreignLimits,
  type LoadLimits,
  type OperationLimits,
} from '@hub/shared/limits';
import type { Logger } from '@hub/shared/telemetry';
import {
  defaultPlanningLimits,
  foreignPlanningLimits,
  type PlanningLimits,
} from './planning/planning-limits.js';
import type { Contract } from './registry/contracts.js';
import type { Network } from './registry/network.js';
import type { Authenticate } from './security/authenticate.js';
import type { Rate } from './security/rate-limit.js';
import type { SignPartnerRequest } from './security/sign-request.js';
import { noOtherWorkers, type OtherWorkers } from './workers/other-workers.js';

/** Where the schema comes from: a network and its contracts, or a foreign supergraph. */
export type HubSource =
  | { readonly network: Network; readonly contracts: readonly Contract[] }
  | { readonly supergraphSdl: string };

export interface HubOptions {
  readonly logger: Logger;
  /** Identifies the caller. @default everybody is anonymous */
  readonly authenticate?: Authenticate;
  /** Signs requests to the network’s partners. @default nothing is signed */
  readonly sign?: SignPartnerRequest;
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
  /** The other processes of the same hub, which count requests together. @default there are none */
  readonly others?: OtherWorkers;
  /** Whether to check each partner’s health, at the start and every 15 seconds. @default true */
  readonly checksPartners?: boolean;
  /**
   * Limits of the search for the best plan. @default `defaultPlanningLimits`, or
   * `foreignPlanningLimits`
   */
  readonly planning?: PlanningLimits;
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
  };
}
