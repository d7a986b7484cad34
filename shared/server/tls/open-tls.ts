import { buildConnector } from 'undici';
import type { Logger } from '../../system/logger.js';
import type { TlsSettings } from '../../system/settings/certificate-files.js';
import { WatchedCertificates } from './watched-certificates.js';

/** The option `connect` of undici’s clients. */
type Connect = buildConnector.connector | { readonly timeout: number };

/** How a client of other servers opens its connections. */
export type OpenConnect = (timeoutMs: number) => Connect;

/** What a server presents, and whether its clients must present something. */
export interface ServedTls {
  readonly certificates: WatchedCertificates;
  readonly demandsClients: boolean;
}

/** The certificates of a process. */
export interface Tls extends Disposable {
  /** Undefined for plain HTTP. */
  readonly served: ServedTls | undefined;
  /** Opens connections to other servers, by the certificates that are then in use. */
  readonly connect: OpenConnect;
  /** All of them, by what they are for. */
  readonly certificates: Readonly<Partial<Record<'served' | 'presented', WatchedCertificates>>>;
  /** Warnings for `/health/ready`. */
  readonly warningChecks: Readonly<Record<string, () => string | undefined>>;
}

/** Connects as Node does without settings. */
export const plainConnect: OpenConnect = (timeout) => ({ timeout });

/** @throws CertificateError if files cannot be used */
export function openTls(settings: TlsSettings, logger: Logger): Tls {
  const { served, clientAuthorities, presented = served, authorities } = settings;
  const own =
    served &&
    new WatchedCertificates({
      purpose: 'the server’s certificate',
      files: { ...served, authorities: clientAuthorities },
      logger,
    });
  const forCalls =
    presented || authorities !== undefined
      ? new WatchedCertificates({
          purpose: 'the certificate for calls',
          files: { ...presented, authorities },
          logger,
        })
      : undefined;
  return {
    served: own && { certificates: own, demandsClients: clientAuthorities !== undefined },
    connect: forCalls ? connectBy(forCalls) : plainConnect,
    certificates: { ...(own && { served: own }), ...(forCalls && { presented: forCalls }) },
    warningChecks: {
      ...(own && { tls: own.findWarning }),
      ...(forCalls && { 'tls-calls': forCalls.findWarning }),
    },
    [Symbol.dispose]() {
      own?.[Symbol.dispose]();
      forCalls?.[Symbol.dispose]();
    },
  };
}

/** Connections that are open stay open when certificates change. */
function connectBy(certificates: WatchedCertificates): OpenConnect {
  return (timeout) => {
    const build = () => {
      const { cert, key, ca } = certificates.current;
      return buildConnector({
        timeout,
        ...(cert !== undefined && { cert }),
        ...(key !== undefined && { key }),
        ...(ca !== undefined && { ca }),
      });
    };
    let current = build();
    certificates.listen(() => {
      current = build();
    });
    return (options, callback) => current(options, callback);
  };
}
