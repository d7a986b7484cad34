import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import type { Logger } from '../../system/logger.js';
import type { CertificatePair } from '../../system/settings/certificate-files.js';

/** Files in PEM form. Each is optional, but at least one is there. */
interface CertificateFiles extends Partial<CertificatePair> {
  readonly authorities?: string | undefined;
}

/** The texts of files that can be used together, in the form of `node:tls`. */
interface Certificates {
  readonly cert?: string;
  readonly key?: string;
  readonly ca?: string;
  /** Until when the certificate is valid. Undefined if there is none. */
  readonly expiresAt: Date | undefined;
}

/** Files that cannot be used. The message names the file and says what is wrong. */
export class CertificateError extends Error {
  override readonly name = 'CertificateError';
}

type ReadText = (file: string) => string;

const block = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

function parseCertificates(file: string, text: string): readonly [X509Certificate, ...unknown[]] {
  const blocks = text.match(block) ?? [];
  try {
    const [first, ...more] = blocks.map((one) => new X509Certificate(one));
    if (first) return [first, ...more];
  } catch {
    throw new CertificateError(`${file} has a certificate that cannot be read.`);
  }
  throw new CertificateError(`${file} has no certificate in PEM form.`);
}

/** @returns until when the certificate is valid */
function checkPair({ certificate, key }: CertificatePair, cert: string, keyText: string): Date {
  const [own] = parseCertificates(certificate, cert);
  let isOwn: boolean;
  try {
    isOwn = own.checkPrivateKey(createPrivateKey(keyText));
  } catch {
    throw new CertificateError(`${key} has no private key in PEM form without a password.`);
  }
  if (!isOwn) throw new CertificateError(`${key} is not the key of ${certificate}.`);
  return new Date(own.validTo);
}

/**
 * Checks that files can be used together.
 * @throws {@link CertificateError}
 */
function parseFiles(
  { certificate, key, authorities }: CertificateFiles,
  textOf: ReadText,
): Certificates {
  const ca = authorities === undefined ? undefined : textOf(authorities);
  if (authorities !== undefined && ca !== undefined) parseCertificates(authorities, ca);
  if (certificate === undefined || key === undefined)
    return { ...(ca !== undefined && { ca }), expiresAt: undefined };
  const [cert, keyText] = [textOf(certificate), textOf(key)];
  const expiresAt = checkPair({ certificate, key }, cert, keyText);
  const usable = { cert, key: keyText, ...(ca !== undefined && { ca }) };
  try {
    createSecureContext(usable);
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw new CertificateError(`${certificate} cannot be used: ${code}.`);
  }
  return { ...usable, expiresAt };
}

export interface WatchedCertificatesOptions {
  /** What they are for, in words: `the server’s certificate`. */
  readonly purpose: string;
  readonly files: CertificateFiles;
  readonly logger: Logger;
  /** How often the files are read. @default 2000 */
  readonly intervalMs?: number;
  readonly clock?: () => Date;
}

const expectedMs = 14 * 86_400_000;

const unreadable = (file: string, error: unknown): CertificateError => {
  const { code = 'unknown' } = error as NodeJS.ErrnoException;
  return new CertificateError(`${file} cannot be read: ${code}.`);
};

function readNow(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw unreadable(file, error);
  }
}

/**
 * Certificates of files that are read again when they change. Files that cannot be used, or whose
 * certificate has expired, change nothing: those before stay in use, and the log says why.
 */
export class WatchedCertificates implements Disposable {
  readonly #options: WatchedCertificatesOptions;
  readonly #clock: () => Date;
  readonly #listeners: ((current: Certificates) => void)[] = [];
  readonly #timer: NodeJS.Timeout;
  #current: Certificates;
  #problem: string | undefined;
  #isLogged = false;
  #isReading = false;

  /** @throws CertificateError if the files cannot be used */
  constructor(options: WatchedCertificatesOptions) {
    const { purpose, files, logger, intervalMs = 2_000, clock = () => new Date() } = options;
    this.#options = options;
    this.#clock = clock;
    this.#current = parseFiles(files, readNow);
    if (this.#hasExpired(this.#current))
      logger.error({ expiresAt: this.#current.expiresAt }, `${purpose} has expired`);
    this.#timer = setInterval(() => void this.look(), intervalMs).unref();
  }

  get current(): Certificates {
    return this.#current;
  }

  /** Calls back whenever other certificates are in use. */
  listen(onChange: (current: Certificates) => void): void {
    this.#listeners.push(onChange);
  }

  /** True if the files cannot be used, so that those before are in use. */
  get isBroken(): boolean {
    return this.#problem !== undefined;
  }

  /** A warning for `/health/ready`. It names no file, because anybody may read it. */
  readonly findWarning = (): string | undefined => {
    const { purpose } = this.#options;
    if (this.#problem !== undefined)
      return `TLS_FILES_UNUSABLE: the files of ${purpose} cannot be used; those before are in use.`;
    const { expiresAt } = this.#current;
    if (!expiresAt || expiresAt.getTime() - this.#clock().getTime() > expectedMs) return undefined;
    const day = expiresAt.toISOString().slice(0, 10);
    return `TLS_CERTIFICATE_EXPIRES: ${purpose} is valid until ${day}.`;
  };

  /** Reads the files now. */
  async look(): Promise<void> {
    if (this.#isReading) return;
    this.#isReading = true;
    try {
      this.#take(await this.#read());
    } catch (error) {
      this.#note(error instanceof Error ? error.message : String(error));
    } finally {
      this.#isReading = false;
    }
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }

  async #read(): Promise<Certificates> {
    const { files } = this.#options;
    const texts = new Map<string, string>();
    for (const file of [files.certificate, files.key, files.authorities]) {
      if (file === undefined) continue;
      const text = await readFile(file, 'utf8').catch((error: unknown) => {
        throw unreadable(file, error);
      });
      texts.set(file, text);
    }
    const { cert, key, ca } = this.#current;
    const isSame =
      texts.get(files.certificate ?? '') === cert &&
      texts.get(files.key ?? '') === key &&
      texts.get(files.authorities ?? '') === ca;
    if (isSame) return this.#current;
    const next = parseFiles(files, (file) => texts.get(file) ?? '');
    if (this.#hasExpired(next)) throw new CertificateError(`${files.certificate} has expired.`);
    return next;
  }

  #take(next: Certificates): void {
    this.#problem = undefined;
    this.#isLogged = false;
    if (next === this.#current) return;
    this.#current = next;
    const { purpose, logger } = this.#options;
    logger.info({ expiresAt: next.expiresAt }, `${purpose} was replaced`);
    for (const listener of this.#listeners) listener(next);
  }

  /** The files of a pair cannot be replaced at once, so only what stays is logged. */
  #note(reason: string): void {
    const hasStayed = this.#problem === reason;
    this.#problem = reason;
    if (!hasStayed) this.#isLogged = false;
    if (!hasStayed || this.#isLogged) return;
    this.#isLogged = true;
    const { purpose, logger } = this.#options;
    logger.error({ reason }, `new files of ${purpose} cannot be used; those before stay in use`);
  }

  #hasExpired({ expiresAt }: Certificates): boolean {
    return expiresAt !== undefined && expiresAt <= this.#clock();
  }
}
