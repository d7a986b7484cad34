import {
  anonymous,
  createKeyStore,
  ensureKeyFiles,
  hubIssuer,
  keyFilesOf,
} from '@hub/shared/identity';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import sqlite3 from 'sqlite3';
import { packageFolder } from '../registry/package-folder.js';
import { createRequestSigner } from '../server/security/sign-request.js';
import { readUsage, startProcess, stopProcess, type Started } from './processes.js';
import { median } from './table.js';

const parties = 5_000;
const contacts = 20_000;
const partner = 'nbnp';
const root = dirname(packageFolder);
const program = join(root, 'subgraphs', partner, 'dist', 'main.js');

const small = '{ organisations(first: 10) { nodes { id name } } }';
const centralities = (without = '') =>
  `{ centralities(first: 20, without: ["${without}"]) { party { id } degree betweenness component } }`;
const id = (number: number): string => `${partner}:o-${String(number).padStart(5, '0')}`;

/** Pairs of parties, each once: every new party meets those who have met many, as in real networks. */
function inventPairs(): [number, number][] {
  let state = 1;
  const draw = (below: number): number => (state = (state * 48_271) % 2_147_483_647) % below;
  const pairs = new Map<string, [number, number]>();
  const met: number[] = [0];
  const meet = (one: number, other: number) => {
    const [a, b] = one < other ? [one, other] : [other, one];
    if (a === b || pairs.has(`${a} ${b}`)) return;
    pairs.set(`${a} ${b}`, [a, b]);
    met.push(a, b);
  };
  for (let one = 1; one < parties; one += 1) meet(one, met[draw(met.length)] ?? 0);
  while (pairs.size < contacts) meet(draw(parties), met[draw(met.length)] ?? 0);
  return [...pairs.values()];
}

function fill(file: string): Promise<void> {
  const database = new sqlite3.Database(file);
  const lines = inventPairs().flatMap(([one, other], index) => [
    `INSERT INTO events (id, title, kind, working_languages, search_text) VALUES ('${partner}:e-${index}', 'An event', 'SEMINAR', '[]', 'an event');`,
    ...[one, other].map(
      (party, position) =>
        `INSERT INTO party_roles (id, event_id, party_id, position, role) VALUES ('${index}-${position}', '${partner}:e-${index}', '${id(party)}', ${position}, 'ORGANISER');`,
    ),
  ]);
  const organisations = Array.from(
    { length: parties },
    (_, number) =>
      `INSERT INTO organisations (id, name, variants, kind, search_text) VALUES ('${id(number)}', 'An organisation', '[]', 'ngo', 'an organisation');`,
  );
  const text = ['BEGIN;', ...organisations, ...lines, 'COMMIT;'].join('\n');
  return new Promise((resolve, reject) => {
    database.exec(text, (error) => {
      database.close();
      if (error) reject(error);
      else resolve();
    });
  });
}

async function ended({ child, printed }: Started): Promise<void> {
  const code = await new Promise((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new Error(`It ended with ${String(code)}: ${printed()}`);
}

async function addressOf({ child, printed }: Started): Promise<string> {
  for (;;) {
    const url = /"url":"([^"]+)"/.exec(printed())?.[1];
    if (url) return url;
    if (child.exitCode !== null) throw new Error(`It ended: ${printed()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Asks the partner as the hub does, and gives the milliseconds until its response is there. */
type Time = (query: string) => Promise<number>;

async function createTime(url: string, keys: string): Promise<Time> {
  const keysIn = (code: string, half: 'private' | 'public') =>
    createKeyStore({ files: new Map([[code, keyFilesOf(keys, code)[half]]]) });
  const sign = createRequestSigner({
    ownKeys: keysIn(hubIssuer, 'private'),
    partnerKeys: keysIn(partner, 'public'),
  });
  const { pathname } = new URL(url);
  return async (query) => {
    const body = JSON.stringify({ query });
    const headers = await sign(partner, { method: 'POST', path: pathname, body }, anonymous);
    const start = performance.now();
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
      body,
    });
    const text = await response.text();
    if (!text.includes('"data"') || text.includes('"errors"')) throw new Error(text.slice(0, 500));
    return performance.now() - start;
  };
}

async function measure(
  time: Time,
  cpuMs: () => number,
  say: (line: string) => void,
): Promise<void> {
  const show = (label: string, value: number, unit = 'ms CPU') =>
    say(`  ${label.padEnd(46)} ${value.toFixed(1).padStart(9)} ${unit}`);
  const showCost = async (label: string, query: string) => {
    const before = cpuMs();
    const ms = await time(query);
    show(label, cpuMs() - before, `ms CPU, ${ms.toFixed(0)} ms`);
  };
  const idle: number[] = [];
  for (let index = 0; index < 300; index += 1) idle.push(await time(small));
  say(
    `${parties} parties, ${contacts} contacts, ${availableParallelism()} cores, Node ${process.version}`,
  );
  await showCost('centralities, computed', centralities());
  await showCost('centralities, cached', centralities());
  await showCost('contacts, counted before', '{ contacts(minimum: 1) { totalCount } }');
  const ends = `from: "${id(1)}", to: "${id(4_000)}"`;
  await showCost('all shortest paths, computed', `{ contactPaths(${ends}) { length } }`);
  const around = `around: "${id(4_000)}"`;
  await showCost('a network, computed', `{ contactNetwork(${around}) { contacts { strength } } }`);
  const beside: number[] = [];
  let isDone = false;
  const computed = time(centralities(id(0))).finally(() => (isDone = true));
  // The computation sets it between two of these requests.
  const isUnderWay = () => !isDone;
  while (isUnderWay()) beside.push(await time(small));
  await computed;
  show('a small request, idle: median', median(idle), 'ms');
  show(`the same beside a computation: median of ${beside.length}`, median(beside), 'ms');
  show('their ratio', median(beside) / median(idle), 'times');
  show('the longest of those beside it', Math.max(...beside), 'ms');
}

/** `npm run bench:contacts` */
export async function main(tell: (line: string) => void): Promise<number> {
  const parent = join(root, '.data', 'bench');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'contacts-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const keys = join(folder, 'keys');
  for (const code of [hubIssuer, partner]) await ensureKeyFiles(keys, code);
  const environment = {
    DATABASE_URL: `sqlite:${join(folder, 'nbnp.sqlite')}`,
    HUB_NEW_DATABASE: 'true',
    HUB_PRIVATE_KEYS: keyFilesOf(keys, partner).private,
    HUB_KEYS: keyFilesOf(keys, hubIssuer).public,
    LOG_LEVEL: 'info',
    PORT: '0',
  };
  tell(`Inventing ${contacts.toLocaleString('en')} contacts.`);
  const start = (...args: string[]) =>
    startProcess(process.execPath, [program, ...args], { environment });
  await ended(start('--migrate-only'));
  await fill(join(folder, 'nbnp.sqlite'));
  const server = start();
  const time = await createTime(await addressOf(server), keys);
  const cpuMs = () => readUsage(server.child.pid)?.cpuMs ?? NaN;
  await measure(time, cpuMs, (line) => void process.stdout.write(`${line}\n`));
  await stopProcess(server);
  return 0;
}
