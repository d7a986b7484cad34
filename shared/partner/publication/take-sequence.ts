import type { DataSource } from 'typeorm';
import { writeInTurn } from '../../database/transaction.js';
import { PublishedManifest } from './published-manifest.entity.js';

/** The place of a manifest among all of its partner. */
export interface Issue {
  readonly sequence: number;
  readonly issuedAt: string;
}

const id = 1;

/**
 * Takes the next sequence for what a manifest says: seconds since 1970, and at least one more than
 * the last. So it rises also after an older back-up was restored, or a clock was set back.
 */
export function takeSequence(source: DataSource, digest: string, now: Date): Promise<Issue> {
  return writeInTurn(source, async (manager) => {
    const last = await manager.findOneBy(PublishedManifest, { id });
    const sequence = Math.max(Math.floor(now.getTime() / 1000), Number(last?.sequence ?? 0) + 1);
    const issuedAt = now.toISOString();
    await manager.save(PublishedManifest, { id, sequence: String(sequence), issuedAt, digest });
    return { sequence, issuedAt };
  });
}

/**
 * The issue of the manifest that says this, if it was the last one. Another process with the same
 * database may have taken it: both then publish the same.
 */
export async function findIssue(source: DataSource, digest: string): Promise<Issue | undefined> {
  const last = await source.manager.findOneBy(PublishedManifest, { id, digest });
  return last ? { sequence: Number(last.sequence), issuedAt: last.issuedAt } : undefined;
}
