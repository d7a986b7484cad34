import { createPrivateKey, X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import type { CertificatePair } from '../../system/settings/certificate-files.js';

/** Files in PEM form. Each is optional, but at least one is there. */
export interface CertificateFiles extends Partial<CertificatePair> {
  readonly authorities?: string | undefined;
}

/** The texts of files that can be used together, in the form of `node:tls`. */
export interface Certificates {
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

export type ReadText = (file: string) => string;

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
export function parseFiles(
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
