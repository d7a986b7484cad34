import { createPrivateKey, webcrypto } from 'node:crypto';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const dayMs = 86_400_000;

/** Loaded only where certificates are made: a folder that was taken away does not have it. */
async function loadLibrary() {
  await import('reflect-metadata');
  return import('@peculiar/x509');
}

/** A certificate and its key in PEM form. */
export interface TestPair {
  readonly cert: string;
  readonly key: string;
}

interface Wanted {
  /** The host names and addresses that it is for. @default localhost and 127.0.0.1 */
  readonly names?: readonly string[];
  /** From now; negative: it expired that long ago. @default 30 */
  readonly days?: number;
  /** @default servers and clients */
  readonly uses?: readonly ('serverAuth' | 'clientAuth')[];
}

/** An authority of certificates, for one test. */
export interface TestAuthority {
  /** Its own certificate, in PEM form. */
  readonly cert: string;
  issue(wanted?: Wanted): Promise<TestPair>;
}

const makeKeys = () => webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);

async function printKey(key: webcrypto.CryptoKey): Promise<string> {
  const bytes = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key));
  return createPrivateKey({ key: bytes, format: 'der', type: 'pkcs8' })
    .export({ format: 'pem', type: 'pkcs8' })
    .toString();
}

const isAddress = (name: string): boolean => /^[\d.]+$|:/.test(name);

export async function createAuthority(name = 'CN=Test authority'): Promise<TestAuthority> {
  const x509 = await loadLibrary();
  const keys = await makeKeys();
  const serial = () => webcrypto.randomUUID().replaceAll('-', '').slice(1);
  const notBefore = new Date(Date.now() - 400 * dayMs);
  const root = await x509.X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: serial(),
      name,
      notBefore,
      notAfter: new Date(Date.now() + 3_650 * dayMs),
      keys,
      signingAlgorithm: algorithm,
      extensions: [
        new x509.BasicConstraintsExtension(true, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
      ],
    },
    webcrypto,
  );
  return {
    cert: root.toString('pem'),
    async issue({
      names = ['localhost', '127.0.0.1'],
      days = 30,
      uses = ['serverAuth', 'clientAuth'],
    }: Wanted = {}) {
      const own = await makeKeys();
      const certificate = await x509.X509CertificateGenerator.create(
        {
          serialNumber: serial(),
          subject: `CN=${names[0] ?? 'nobody'}`,
          issuer: root.subject,
          notBefore,
          notAfter: new Date(Date.now() + days * dayMs),
          publicKey: own.publicKey,
          signingKey: keys.privateKey,
          signingAlgorithm: algorithm,
          extensions: [
            new x509.BasicConstraintsExtension(false),
            new x509.ExtendedKeyUsageExtension(uses.map((use) => x509.ExtendedKeyUsage[use])),
            new x509.SubjectAlternativeNameExtension(
              names.map((value) => ({ type: isAddress(value) ? 'ip' : 'dns', value })),
            ),
          ],
        },
        webcrypto,
      );
      return { cert: certificate.toString('pem'), key: await printKey(own.privateKey) };
    },
  };
}

/** A folder of files in PEM form, that goes with the test. */
export interface PemFolder extends AsyncDisposable {
  readonly path: string;
  pathOf(name: string): string;
  /** Replaces a file at once. */
  write(name: string, text: string): Promise<string>;
  /** Writes `name.pem` and `name.key`. */
  writePair(name: string, pair: TestPair): Promise<{ certificate: string; key: string }>;
}

export async function openPemFolder(): Promise<PemFolder> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-tls-'));
  const pathOf = (name: string) => join(folder, name);
  const write = async (name: string, text: string) => {
    await writeFile(pathOf(`.${name}`), text);
    await rename(pathOf(`.${name}`), pathOf(name));
    return pathOf(name);
  };
  return {
    path: folder,
    pathOf,
    write,
    writePair: async (name, { cert, key }) => ({
      key: await write(`${name}.key`, key),
      certificate: await write(`${name}.pem`, cert),
    }),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
