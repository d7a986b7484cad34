import { digestOf, hashForm } from '@hub/shared/system';
import { z } from 'zod';

const hash = z.string().regex(hashForm);

/** The hash before the first release. */
export const noHash = '0'.repeat(64);

const contentSchema = z.strictObject({
  reason: z.string(),
  /** True after a rollback: publications make no new release until `hub release unpin`. */
  isPinned: z.boolean(),
  /** A hash of the network’s partners and the committed contracts. */
  basis: hash,
  /** Who was in the network by commands: what they wrote is found here if their file is lost. */
  members: z.unknown().optional(),
  supergraphSdl: z.string(),
  /** The contracts with what their only partner has added. */
  contracts: z.array(z.strictObject({ name: z.string(), sdl: z.string() })),
  /** The publications that it is made of, by the partner’s code. */
  publications: z.record(
    z.string(),
    z.strictObject({
      sequence: z.int(),
      hash,
      schemaVersion: z.string(),
      /** Coordinates of the contract that the partner’s schema lacks. */
      lacks: z.array(z.string()),
    }),
  ),
});

const releaseSchema = contentSchema.extend({
  number: z.int().min(1),
  /** The hash of the file before, as it was then. */
  previous: hash,
  at: z.iso.datetime(),
});

/** What the hub serves from a release on. */
export type ReleaseContent = z.infer<typeof contentSchema>;
/** A numbered state of the graph. */
export type Release = z.infer<typeof releaseSchema>;

/** A hash of what clients and partners notice of a release: the graph and its contracts. */
export const hashGraph = ({
  supergraphSdl,
  contracts,
}: {
  readonly supergraphSdl: string;
  readonly contracts: readonly { readonly name: string; readonly sdl: string }[];
}): string =>
  digestOf(JSON.stringify([supergraphSdl, contracts.map(({ name, sdl }) => [name, sdl])]));

const opening = (digest: string): string => `{"digest":"${digest}","release":`;
const closing = '}\n';

/** The text of a release’s file. Each byte of it is covered by the digest, or has one valid value. */
export function printRelease(release: Release): string {
  const json = JSON.stringify(release);
  return `${opening(digestOf(json))}${json}${closing}`;
}

/** @throws if the text was cut off or changed */
export function parseRelease(text: string): Release {
  const json = text.slice(opening(noHash).length, -closing.length);
  if (text !== `${opening(digestOf(json))}${json}${closing}`) {
    throw new Error('it was cut off or changed');
  }
  return releaseSchema.parse(JSON.parse(json));
}
