import { readFileSync } from 'node:fs';
import { request as plainRequest } from 'node:http';
import { request as tlsRequest, type RequestOptions } from 'node:https';

type Environment = Readonly<Record<string, string | undefined>>;

/** Shorter than the time that Docker and Kubernetes wait. */
const waitMs = 4_000;

/** The server is this one, whatever name its certificate has. If it demands one of clients, it gets its own. */
function readOwnCertificate({ HUB_TLS_CERT, HUB_TLS_KEY }: Environment): RequestOptions {
  const options = { rejectUnauthorized: false };
  try {
    return HUB_TLS_CERT && HUB_TLS_KEY
      ? { ...options, cert: readFileSync(HUB_TLS_CERT), key: readFileSync(HUB_TLS_KEY) }
      : options;
  } catch {
    return options;
  }
}

/**
 * Asks the server of this container for its health, by HTTPS if it has a certificate.
 * @param environment that of the server: `HUB_PORT` or `PORT`, `HUB_TLS_CERT`, `HUB_TLS_KEY`
 * @param path `/health/ready` or `/health/live`
 * @returns whether it responded with 200 in time. Never rejects
 */
export function probeHealth(environment: Environment, path = '/health/ready'): Promise<boolean> {
  const port = environment['HUB_PORT'] ?? environment['PORT'];
  const place = { host: '127.0.0.1', port, path, agent: false as const, timeout: waitMs };
  return new Promise((resolve) => {
    const sent = environment['HUB_TLS_CERT']
      ? tlsRequest({ ...place, ...readOwnCertificate(environment) })
      : plainRequest(place);
    sent
      .once('response', (response) => {
        response.resume();
        resolve(response.statusCode === 200);
      })
      .once('timeout', () => sent.destroy(new Error('no response')))
      .once('error', () => resolve(false))
      .end();
  });
}
