import type { Limits } from '@hub/shared/graphql';
import type { PlainHttp, TlsSettings } from '@hub/shared/system';
import type { PlanningLimits } from '../../engine/planning/planning-limits.js';
import type { ForwardingRules } from '../../fan-out/partners/forwarding/forwarding-rules.js';
import type { Network } from '../../registry/network.js';

/** The hub’s settings. docs/settings.md has the same table. */
export interface HubConfig {
  /** The network that the hub serves. */
  readonly network: Network | undefined;
  /** Instead of a network: the file of a foreign supergraph. */
  readonly supergraphFile: string | undefined;
  readonly host: string;
  readonly port: number;
  /** Number of worker processes, on one port. */
  readonly workers: number;
  /** The folder for keys and databases. */
  readonly dataDir: string;
  /** The file of the hub’s own private keys. */
  readonly privateKeys: string;
  readonly logLevel: string;
  readonly introspection: boolean;
  /** What passes between clients and the subgraphs of a foreign supergraph. @default nothing */
  readonly forwarding: ForwardingRules | undefined;
  /** Origins whose pages may send requests. */
  readonly allowedOrigins: readonly string[];
  /** Addresses or networks of proxies whose `X-Forwarded-For` is trusted. */
  readonly trustedProxies: readonly string[];
  /** Whether responses are compressed for clients that ask. */
  readonly compresses: boolean;
  /** For one operation, however many calls it needs. */
  readonly operationDeadlineMs: number;
  /** Limits of one operation and of one client. */
  readonly limits: Limits;
  /** How many requests one caller may send. */
  readonly rate:
    | {
        readonly perSecond: number;
        readonly burst: number;
        readonly organisationPerSecond: number;
        readonly workMs: number;
        readonly workBytes: number;
      }
    | undefined;
  /** The files of its certificates. */
  readonly certificateFiles: TlsSettings;
  /** What to do about partners on other machines whose URL has no TLS. */
  readonly plainHttp: PlainHttp;
  /** Whether a process of its own fetches what the partners publish. */
  readonly registry: boolean;
  /** Limits of the engine’s search for the best plan. */
  readonly planning: PlanningLimits;
  /** The variables of the plugins, read. */
  readonly plugins: Readonly<Record<string, unknown>>;
}
