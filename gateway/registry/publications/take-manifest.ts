import { type Manifest, ManifestError } from '@hub/shared/records';
import { digestOf } from '@hub/shared/system';
import type { Publication, PublicationState, VerifiedConformance } from './publication.js';

/** A partner whose manifest is fetched. */
export interface PublishingPartner {
  readonly code: string;
  readonly subgraph: string;
  readonly url: string;
  readonly deadlineMs: number;
}

/** A verified manifest: what the partner says, and the schema to judge. */
export interface Taken {
  readonly said: NonNullable<PublicationState['said']>;
  readonly publication: Publication;
}

/** What the hub compares a manifest with. */
interface Known {
  /** The highest sequence that was taken before. */
  readonly lastSequence: number;
  /** The statement of the manifest, if it is valid. */
  readonly conformance: VerifiedConformance | null;
}

/**
 * Takes a verified manifest, unless it is older than one that was taken before.
 * @throws {@link ManifestError}
 */
export function takeManifest(
  manifest: Manifest,
  { subgraph }: PublishingPartner,
  { lastSequence, conformance }: Known,
): Taken {
  const { schema, schemaVersion, sequence } = manifest;
  if (manifest.subgraph !== subgraph) {
    const message = `The manifest is for the contract ${manifest.subgraph}, and the partner is registered for ${subgraph}.`;
    throw new ManifestError('MANIFEST_INVALID', message);
  }
  if (sequence < lastSequence) {
    const message = `Its sequence is ${sequence}, and one with ${lastSequence} was accepted before.`;
    throw new ManifestError('MANIFEST_ROLLBACK', message);
  }
  return {
    said: {
      sequence,
      issuedAt: manifest.issuedAt,
      endpoint: manifest.endpoint,
      contact: manifest.contact,
      maintenance: manifest.maintenance.map((window) => ({ ...window })),
      lastGoodFor: manifest.lastGoodFor,
      consents: manifest.consents.map((consent) => ({ ...consent })),
      conformance,
      ...(manifest.notices !== undefined && { notices: manifest.notices }),
      ...(manifest.retention && { retention: { ...manifest.retention } }),
    },
    publication: { sequence, schemaVersion, schema, hash: digestOf(schema) },
  };
}

/** The highest sequence that a partner’s manifest had, as far as the hub knows. */
export const lastSequenceOf = ({ said, accepted, quarantined }: PublicationState): number =>
  Math.max(said?.sequence ?? 0, accepted?.sequence ?? 0, quarantined?.sequence ?? 0);
