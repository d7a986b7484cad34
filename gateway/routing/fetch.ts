import type { Logger } from '@hub/shared/telemetry';
import type { AnswerStatus, OperationRecord, ResponsePath } from './operation-record.js';
import type { PartnerPort } from './partner-port.js';
import type { SubgraphModel } from './subgraph-model.js';

/** Those who answer for one subgraph, and where what they do is written down. */
export interface Slice {
  readonly model: SubgraphModel;
  /** By partner code. */
  readonly ports: ReadonlyMap<string, PartnerPort>;
  /** False for the hub’s own slice, which is no partner. */
  readonly areNamed: boolean;
  /** Told what each call came to, unless its client went away. */
  recordCall(partner: string, status: AnswerStatus): void;
  /** True for a partner of the network that the hub itself has missed of late. */
  isMissed(partner: string): boolean;
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
