import dns from 'node:dns';
import { readdirSync, readFileSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openLibrary } from './fan-out/library.js';

/** Writes down where this process connects to, and what names it looks up, until the test ends. */
function watchNetwork() {
  const destinations = new Set<string>();
  const lookups = new Set<string>();
  const { connect } = net.Socket.prototype;
  const { lookup } = dns;
  // All of node’s connections, TLS and undici’s among them, begin here; the arguments come normalised or not.
  net.Socket.prototype.connect = function (this: net.Socket, ...args: unknown[]) {
    const [first, host] = args.flat();
    const {
      port,
      host: name,
      path,
    } = typeof first === 'object' && first !== null
      ? (first as { port?: unknown; host?: unknown; path?: unknown })
      : { port: first, host, path: undefined };
    destinations.add(
      typeof path === 'string' ? path : `${String(name ?? 'localhost')}:${String(port)}`,
    );
    return Reflect.apply(connect, this, args) as net.Socket;
  };
  const watched = (name: string, ...rest: unknown[]) => {
    lookups.add(name);
    return Reflect.apply(lookup, dns, [name, ...rest]) as undefined;
  };
  dns.lookup = Object.assign(watched, lookup) as typeof lookup;
  onTestFinished(() => {
    net.Socket.prototype.connect = connect;
    dns.lookup = lookup;
  });
  return { destinations, lookups };
}

describe('the hub', () => {
  it('calls its registered partners and nobody else, whatever is asked and whatever fails', async () => {
    const { destinations, lookups } = watchNetwork();
    const library = await openLibrary();
    onTestFinished(() => library[Symbol.asyncDispose]());
    const { proxies, servers } = library;

    await library.ask('{ books { title copyCount copies { book { title } } } loans }');
    await library.ask('mutation { lend(input: { copy: "north:1", reader: "x" }) { id } }');
    await library.ask('{ __schema { types { name } } }');
    await library.ask('{ not valid');
    await proxies.north!.set({ fault: 'redirect' });
    await proxies.south!.set({ fault: 'refuse' });
    await library.ask('{ loans shelves { id } }');
    await library.hub.close();

    const registered = Object.values(proxies).map(({ url }) => new URL(url).host);
    const behind = servers.map((url) => new URL(url).host);
    expect(registered.every((host) => destinations.has(host))).toBe(true);
    expect([...destinations].filter((host) => ![...registered, ...behind].includes(host))).toEqual(
      [],
    );
    expect([...lookups].filter((name) => !/^(127\.0\.0\.1|localhost)$/.test(name))).toEqual([]);
    expect(proxies.north!.redirected).toBe(0);
  });

  it('turns the engine’s telemetry off before the engine loads, which no other file loads', () => {
    expect(process.env.APOLLO_TELEMETRY_DISABLED).toBe('true');
    const folder = fileURLToPath(new URL('../../gateway/', import.meta.url));
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
      (name) => name.endsWith('.ts') && !/(^|\/)(node_modules|dist)\//.test(name),
    );
    const importsOf = (name: string) =>
      [
        ...readFileSync(join(folder, name), 'utf8').matchAll(
          /^(?:import|export|\} from).*'(.+)';$/gm,
        ),
      ].map(([, source]) => source);
    expect(files.filter((name) => importsOf(name).includes('@apollo/gateway'))).toEqual([
      'engine/planning/engine.ts',
    ]);
    expect(importsOf('engine/planning/engine.ts')).toEqual([
      './telemetry-off.js',
      '@apollo/gateway',
    ]);
    expect(importsOf('engine/planning/telemetry-off.ts')).toEqual([]);
  });
});
