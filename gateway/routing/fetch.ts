import type { Logger } from '@hub/shared/telemetry';
import type { ResponsePath } from '../documents/response-path.js';
import type { CallStatus, PartnerFault } from '../partners/call-status.js';
import type { PartnerPort } from '../partners/partner-port.js';
import type { OperationRecord } from './operation-record.js';
import type { SubgraphModel } from './rules/subgraph-model.js';

/** Those who answer for one subgraph, and where what they do is written down. */
export interface Slice {
  readonly model: SubgraphModel;
  /** By partner code. */
  readonly ports: ReadonlyMap<string, PartnerPort>;
  /** False for the hub’s own slice, which is no partner. */
  readonly areNamed: boolean;
  /** Told what each call came to, unless its client went away. */
  recordCall(partner: string, status: CallStatus): void;
  /** Called for each call that failed; resolves when every worker of the hub knows. */
  recordMissed(partner: string, fault: PartnerFault): Promise<void>;
  /** How a partner of the network failed this hub of late; undefined if it did not. */
  missedAs(partner: string): PartnerFault | undefined;
  /** Whether this hub was too busy for a question of the partner’s own, in an operation that began then. */
  isRefusedSince(partner: string, startedAt: number): boolean;
  readonly logger: Logger;
}

/** What is given for the variables of an operation. */
export type Variables = Readonly<Record<string, unknown>>;

/** What one run of a fetch has of its operation. */
export interface FetchCall {
  readonly operation: OperationRecord;
  /** With their defaults. */
  readonly variables: Variables;
  /** Where in the client’s operation the fetch belongs; `@` stands for the items of a list. */
  readonly path: ResponsePath;
}

/** One run of a fetch, as it is spread. */
export interface Fetch extends FetchCall {
  readonly slice: Slice;
}
