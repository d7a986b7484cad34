import type { Logger } from '@hub/shared/system';
import type { ResponsePath } from '../engine/documents/response-path.js';
import type { OperationRecord } from './operation-record.js';
import type { CallStatus, Closed, PartnerFailure } from './partners/call-status.js';
import type { Forwarding } from './partners/forwarding/forwarding-rules.js';
import type { PartnerPort } from './partners/partner-port.js';
import type { SubgraphModel } from './rules/subgraph-model.js';
import type { Lacks } from './skew/lacks.js';

/** The partners that serve one subgraph, and where their status is recorded. */
export interface SubgraphPartners {
  readonly model: SubgraphModel;
  /** By partner code. */
  readonly ports: ReadonlyMap<string, PartnerPort>;
  /** Their codes, also of those that take no part. @default those of the ports */
  readonly codes?: readonly string[];
  /** False for the hub’s own subgraph, which is not a partner. */
  readonly areNamed: boolean;
  /** Called with the result of each call, unless its client disconnected. */
  recordCall(partner: string, status: CallStatus): void;
  /** Called for each failed call. Resolves when every worker of the hub knows. */
  recordMissed(
    partner: string,
    failure: PartnerFailure,
    details?: {
      /** True if the failure says nothing about the partner’s availability. */
      readonly isSecondHand?: boolean | undefined;
      /** The partner whose own request waited, and for how long. @default no partner’s */
      readonly waiter?: { readonly code: string; readonly ms: number } | undefined;
    },
  ): Promise<void>;
  /**
   * The partner for which the waiter’s own requests to the hub waited in vain, for most of the last
   * `ms` milliseconds.
   */
  waitedFor(waiter: string, ms: number): string | undefined;
  /** Why a partner takes no part. Nothing is sent to it. @default every partner does */
  closedAs?(partner: string): Closed | undefined;
  /** What a partner’s server lacks of the contract. @default nothing */
  lacksOf?(partner: string): Lacks | undefined;
  /** What a partner says of its maintenance, while it announced one. @default it has none */
  maintenanceOf?(partner: string): string | undefined;
  /** How a partner recently failed this hub; undefined if it did not. */
  missedAs(partner: string): PartnerFailure | undefined;
  /**
   * Whether this hub refused a request of the partner’s own, because the hub was busy, during an
   * operation that started then.
   */
  isRefusedSince(partner: string, startedAt: number): boolean;
  /** Measures calls. @default nothing is measured */
  readonly meter?: CallMeter | undefined;
  /** What passes between clients and a foreign subgraph. @default nothing */
  readonly forwarding?: Forwarding | undefined;
  readonly logger: Logger;
}

/** Tracks no status of partners. */
export const untracked = {
  recordCall: () => undefined,
  recordMissed: () => Promise.resolve(),
  missedAs: () => undefined,
  waitedFor: () => undefined,
  isRefusedSince: () => false,
} as const satisfies Partial<SubgraphPartners>;

/** Measures the calls to partners. */
export interface CallMeter {
  /** A partner was called. */
  called(partner: string, outcome: string, seconds: number): void;
  /** A call was not needed: a cached response, or an equal call in flight, served it. */
  saved(partner: string, by: 'cache' | 'equal_call'): void;
}

/** The values of an operation’s variables. */
export type Variables = Readonly<Record<string, unknown>>;

/** The part of an operation that one run of a fetch needs. */
export interface FetchCall {
  readonly operation: OperationRecord;
  /** With their default values. */
  readonly variables: Variables;
  /** The place of the fetch in the client’s operation; `@` stands for the items of a list. */
  readonly path: ResponsePath;
}

/** One run of a fetch over the partners of its subgraph. */
export interface Fetch extends FetchCall {
  readonly subgraph: SubgraphPartners;
  /** The text of the fetch in the engine’s plan. */
  readonly text: string;
}
