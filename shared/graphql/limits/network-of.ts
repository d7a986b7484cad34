import { isIPv6 } from 'node:net';

/** One IPv6 client usually has a whole network of 64 bits. */
export function networkOf(address: string): string {
  if (!address.includes(':') || address.includes('.') || !isIPv6(address)) return address;
  const [head = '', tail] = address.split('::');
  const first = head === '' ? [] : head.split(':');
  const last = tail ? tail.split(':') : [];
  const groups =
    tail === undefined
      ? first
      : [...first, ...Array<string>(8 - first.length - last.length).fill('0'), ...last];
  return groups.slice(0, 4).join(':');
}
