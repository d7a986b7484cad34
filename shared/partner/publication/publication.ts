import type { JWK } from 'jose';
import type { DataSource } from 'typeorm';
import { writeInTurn } from '../../database/transaction.js';
import type { Manifest } from '../../records/manifest/manifest.js';
import type { PublicationSettings } from '../../records/manifest/publication-settings.js';
import { findUnusual, type Retention } from '../../records/manifest/retention.js';
import { signManifest } from '../../records/manifest/sign-manifest.js';
import { digestOf } from '../../system/digest.js';
import type { Logger } from '../../system/logger.js';
import { PublishedManifest } from './published-manifest.entity.js';
import { createStatedFiles } from './stated-files.js';

/** The place of a manifest among all of its partner. */
interface Issue {
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

/** What a publication needs of the partner’s identity. */
export interface Publisher {
  /** The private key that signs. */
  signingKey(): Promise<JWK>;
  /** Tells the hub to fetch the manifest. It does so later by itself if this fails. */
  refreshHub(): Promise<void>;
}

export interface PublicationOptions extends PublicationSettings, Publisher {
  readonly partner: string;
  readonly subgraph: string;
  /** The schema that the server serves. */
  readonly sdl: string;
  /** How many days after the last journey it keeps personal data. */
  readonly retention: Retention;
  readonly source: DataSource;
  readonly logger: Logger;
  readonly clock: () => Date;
  /** How often the files and the key are looked at. @default 5000 */
  readonly recheckMs?: number | undefined;
}

/** A partner’s manifest, kept up to date from the start of the server to its end. */
export interface Publication {
  /** Publishes the manifest, and again at each change. */
  begin(url: string): void;
  /** The file that is published now. Undefined before the start, or while it cannot be signed. */
  read(): Promise<string | undefined>;
  stop(): Promise<void>;
}

const usualRecheckMs = 5_000;

/** What a manifest says, apart from its place among others. */
type Content = Omit<Manifest, 'sequence' | 'issuedAt'>;

interface Published extends Issue {
  readonly digest: string;
  readonly file: string;
}

/**
 * Makes the publication of a partner. The manifest is signed once for each change: of the files, of
 * the signing key, and at the start.
 */
export function createPublication(options: PublicationOptions): Publication {
  const { source, logger, clock, partner, recheckMs = usualRecheckMs } = options;
  const readFiles = createStatedFiles(options);
  const unusual = findUnusual(options.retention);
  let endpoint: string | undefined;
  let published: Published | undefined;
  let checking = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let told: string | undefined;

  const readContent = async (url: string): Promise<Content> => ({
    form: 1,
    issuer: partner,
    subgraph: options.subgraph,
    endpoint: options.endpoint ?? url,
    contact: options.contact ?? `hub@${partner}.example.org`,
    schemaVersion: options.schemaVersion ?? digestOf(options.sdl).slice(0, 12),
    schema: options.sdl,
    lastGoodFor: options.lastGoodFor ?? 0,
    // A hub of an earlier version refuses these keys, so they are there only if they are wanted.
    ...(options.notices !== undefined && { notices: options.notices }),
    ...(unusual && { retention: unusual }),
    ...(await readFiles()),
  });

  const findNext = async (digest: string): Promise<Issue | undefined> => {
    if (published?.digest !== digest) return takeSequence(source, digest, clock());
    // Only PostgreSQL’s databases are shared by processes.
    const last = source.options.type === 'postgres' && (await findIssue(source, digest));
    return last && last.sequence > published.sequence ? last : undefined;
  };

  const check = async (url: string): Promise<void> => {
    const [key, content] = await Promise.all([options.signingKey(), readContent(url)]);
    const digest = digestOf(JSON.stringify([key.kid, content]));
    const issue = await findNext(digest);
    told = undefined;
    if (!issue) return;
    const { sequence } = issue;
    published = { ...issue, digest, file: await signManifest({ ...content, ...issue }, key) };
    logger.info({ partner, sequence }, 'manifest published');
    await options.refreshHub();
  };

  const checkAndWait = (): void => {
    const url = endpoint;
    if (url === undefined) return;
    checking = check(url)
      .catch((error: unknown) => {
        const reason = error instanceof Error ? error.message : String(error);
        if (reason !== told) logger.error({ partner, reason }, 'the manifest is not published');
        told = reason;
      })
      .then(() => {
        if (endpoint === undefined) return;
        timer = setTimeout(checkAndWait, recheckMs);
        timer.unref();
      });
  };

  return {
    begin(url) {
      endpoint = url;
      checkAndWait();
    },
    async read() {
      if (!published) await checking;
      return published?.file;
    },
    async stop() {
      endpoint = undefined;
      clearTimeout(timer);
      await checking;
    },
  };
}
