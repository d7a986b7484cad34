import { z } from 'zod';
import type { CertificatePair, TlsSettings } from './certificate-files.js';
import type { PlainHttp } from './plain-http.js';
import { ConfigError } from './read-environment.js';

/** The variables of certificates: files in PEM form. */
export const tlsVariables = {
  HUB_TLS_CERT: z.string().optional(),
  HUB_TLS_KEY: z.string().optional(),
  HUB_TLS_CLIENT_CA: z.string().optional(),
  HUB_TLS_CA: z.string().optional(),
  HUB_TLS_CALL_CERT: z.string().optional(),
  HUB_TLS_CALL_KEY: z.string().optional(),
  HUB_PLAIN_HTTP: z
    .enum(['allow', 'warn', 'refuse'] as const satisfies readonly PlainHttp[])
    .default('warn'),
};

type Set = z.output<z.ZodObject<typeof tlsVariables>>;
type Locate = (file: string) => string;

function readPair(
  set: Set,
  [first, second]: readonly ['HUB_TLS_CERT', 'HUB_TLS_KEY'] | typeof ofCalls,
  locate: Locate,
): CertificatePair | undefined {
  const [certificate, key] = [set[first], set[second]];
  if (certificate && key) return { certificate: locate(certificate), key: locate(key) };
  if (!certificate && !key) return undefined;
  const missing = certificate ? second : first;
  throw new ConfigError(`The environment is invalid:\n  ${missing}: must be set too`);
}

const ofServer = ['HUB_TLS_CERT', 'HUB_TLS_KEY'] as const;
const ofCalls = ['HUB_TLS_CALL_CERT', 'HUB_TLS_CALL_KEY'] as const;

/**
 * The files of certificates of a process.
 * @param locate makes a path of the environment complete
 * @throws {@link ConfigError}
 */
export function readTlsSettings(set: Set, locate: Locate): TlsSettings {
  const served = readPair(set, ofServer, locate);
  const { HUB_TLS_CLIENT_CA: clientCa, HUB_TLS_CA: ca } = set;
  if (clientCa && !served) {
    throw new ConfigError(
      'The environment is invalid:\n  HUB_TLS_CLIENT_CA: needs HUB_TLS_CERT and HUB_TLS_KEY',
    );
  }
  return {
    served,
    presented: readPair(set, ofCalls, locate),
    clientAuthorities: clientCa && locate(clientCa),
    authorities: ca && locate(ca),
  };
}
