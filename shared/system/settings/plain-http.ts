import { isIPv4 } from 'node:net';

/** What to do about calls without TLS to another machine. */
export type PlainHttp = 'allow' | 'warn' | 'refuse';

/** True for names and addresses of this machine. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' ||
  host.endsWith('.localhost') ||
  host === '[::1]' ||
  (isIPv4(host) && host.startsWith('127.'));

/** True if a call to this URL leaves the machine unencrypted. */
export function isPlainCall(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && !isLoopback(hostname);
}
