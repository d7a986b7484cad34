import type { Manifest } from '@hub/shared/records';
import type { OpenConnect } from '@hub/shared/server';
import type { Logger } from '@hub/shared/system';
import type { AdministrationLog } from '../records/administration-log.js';
import type { ReleaseStore } from '../releases/release-store.js';
import type { Acceptance } from './acceptance.js';
import { type Conformance } from './conformance.js';
import type { PublicationStore } from './publication-store.js';
import type { PublishingPartner } from './take-manifest.js';

export interface RegistryOptions {
  readonly partners: readonly PublishingPartner[];
  /** A hash of the partners and the contracts. */
  readonly basis: string;
  /** What commands have changed of the partners. Each release keeps it. */
  readonly members?: unknown;
  readonly acceptance: Acceptance;
  readonly store: PublicationStore;
  readonly releases: ReleaseStore;
  readonly administration: AdministrationLog;
  /** Opens connections to partners. @default as Node does */
  readonly connect?: OpenConnect;
  readonly logger: Logger;
  /** @throws ManifestError */
  readonly verify: (partner: string, file: Uint8Array) => Promise<Manifest>;
  /** Verifies the statement of a check. @throws StatementError */
  readonly readConformance: (partner: PublishingPartner, statement: string) => Promise<Conformance>;
  /** Called when workers must load another graph. */
  readonly onRelease: (number: number) => void;
  /** Called when something is known of a partner that workers show. */
  readonly onChange: () => void;
  /** Time between two fetches of a manifest, in milliseconds. @default five minutes */
  readonly intervalMs?: number;
  /** A number from 0 to 1. @default Math.random */
  readonly random?: () => number;
  readonly clock?: () => Date;
}
