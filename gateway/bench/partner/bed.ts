// cspell:ignore dbstat pgsize
import { createKeyStore, ensureKeyFiles, hubIssuer, keyFilesOf } from '@hub/shared/identity';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import sqlite3 from 'sqlite3';
import { partnersFlags } from '../../process/workers/worker-flags.js';
import { packageFolder } from '../../registry/package-folder.js';
import {
  createRequestSigner,
  type SignPartnerRequest,
} from '../../server/security/sign-request.js';
import { cores, startProcess, whenReady, type Started } from '../processes.js';
import { officerCount, officerId, unitCount, unitId } from './fetches.js';

export const partnerCode = 'dk';

const root = dirname(packageFolder);
const ownFolder = join(root, 'gateway', 'dist', 'bench', 'partner');

/**
 * A folder with the keys of a hub and a partner, and the partner’s records twice: for the partner,
 * and for the plain server.
 */
export interface PartnerBed {
  readonly folder: string;
  readonly sign: SignPartnerRequest;
}

/** A measured process and its URL. */
export interface Contestant extends Started {
  readonly url: string;
}

const partnerFolder = (dist: string): string => join(dist, 'subgraphs', 'national-police');
const databaseOf = (folder: string, name: string): string => join(folder, `${name}.sqlite`);

function environmentOf(folder: string, name = 'partner'): Record<string, string> {
  return {
    DATABASE_URL: `sqlite:${databaseOf(folder, name)}`,
    // Several builds take turns on it, and not every one notes the state that it leaves.
    HUB_NEW_DATABASE: 'true',
    HUB_PARTNER: partnerCode,
    HUB_PRIVATE_KEYS: keyFilesOf(join(folder, 'keys'), partnerCode).private,
    HUB_KEYS: keyFilesOf(join(folder, 'keys'), hubIssuer).public,
    LOG_LEVEL: 'warn',
  };
}

async function importTable(folder: string, name: string, lines: readonly string[]): Promise<void> {
  const file = join(folder, `${name}.csv`);
  writeFileSync(file, `${lines.join('\n')}\n`);
  const script = join(partnerFolder(root), 'dist', 'commands.js');
  const importing = startProcess(process.execPath, [script, 'import', file], {
    core: cores.others,
    environment: environmentOf(folder),
  });
  const code = await new Promise((resolve) => importing.child.once('exit', resolve));
  if (code !== 0) throw new Error(`The import ended with ${String(code)}: ${importing.printed()}`);
}

const unitLines = (): string[] => [
  'id,name,acronym,variants,city,validFrom,validTo,parent,kind,note,source',
  ...Array.from(
    { length: unitCount },
    (_, number) =>
      `${unitId(number)},District ${number},D${number},,City ${number % 12},1998,,,police_unit,,`,
  ),
];

const officerLines = (): string[] => [
  'id,name,email,rank,unit,targetGroup,languages,isRehearsal',
  ...Array.from(
    { length: officerCount },
    (_, number) =>
      `${officerId(number)},Invented Person ${number},person.${number}@example.org,Inspector,${unitId(number % unitCount)},POLICE,da; en,`,
  ),
];

/** Creates the keys, and imports the records as a partner does. */
export async function layPartnerBed(): Promise<PartnerBed> {
  const parent = join(root, '.data', 'bench');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'partner-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const keys = join(folder, 'keys');
  for (const code of [hubIssuer, partnerCode]) await ensureKeyFiles(keys, code);
  await importTable(folder, 'units', unitLines());
  await importTable(folder, 'officers', officerLines());
  for (const name of ['plain', 'unrecorded'])
    copyFileSync(databaseOf(folder, 'partner'), databaseOf(folder, name));
  const keysIn = (code: string, half: 'private' | 'public') =>
    createKeyStore({ files: new Map([[code, keyFilesOf(keys, code)[half]]]) });
  return {
    folder,
    sign: createRequestSigner({
      ownKeys: keysIn(hubIssuer, 'private'),
      partnerKeys: keysIn(partnerCode, 'public'),
    }),
  };
}

/**
 * Starts the partner as its operator does.
 * @param dist another build of the clone, or this one
 */
export async function startPartner({ folder }: PartnerBed, dist = root): Promise<Contestant> {
  const main = join(partnerFolder(dist), 'dist', 'main.js');
  const started = startProcess(process.execPath, [...partnersFlags, main], {
    core: cores.gateway,
    environment: { ...environmentOf(folder), PORT: '0', LOG_LEVEL: 'info' },
  });
  return { ...started, url: await whenListening(started) };
}

/** Starts the partner of this build on records of its own, without noting who reads what. */
export async function startUnrecorded({ folder }: PartnerBed): Promise<Contestant> {
  const preloaded = pathToFileURL(join(ownFolder, 'preload-unrecorded.js')).href;
  const main = join(partnerFolder(root), 'dist', 'main.js');
  const started = startProcess(process.execPath, [...partnersFlags, '--import', preloaded, main], {
    core: cores.gateway,
    environment: { ...environmentOf(folder, 'unrecorded'), PORT: '0', LOG_LEVEL: 'info' },
  });
  return { ...started, url: await whenListening(started) };
}

/** How much of the partner’s database its record of readings takes, with its indexes. */
export interface RecordSize {
  readonly readings: number;
  readonly bytes: number;
}

const measuring = `SELECT (SELECT COUNT(*) FROM disclosure_readings) AS readings,
  (SELECT SUM(pgsize) FROM dbstat WHERE aggregate = TRUE AND name IN (
    SELECT name FROM sqlite_schema
    WHERE tbl_name LIKE 'disclosure_%' OR tbl_name IN ('person_days', 'person_keys', 'reader_names'))
  ) AS bytes`;

export function readRecordSize({ folder }: PartnerBed): Promise<RecordSize> {
  return new Promise((resolve, reject) => {
    const database = new sqlite3.Database(databaseOf(folder, 'partner'), sqlite3.OPEN_READONLY);
    database.get<RecordSize>(measuring, (error, row) => {
      database.close();
      if (error) reject(error);
      else resolve(row);
    });
  });
}

/** Starts the plain server. */
export async function startPlain({ folder }: PartnerBed): Promise<Contestant> {
  const schema = join(partnerFolder(root), 'schema.graphql');
  const started = startProcess(
    process.execPath,
    [...partnersFlags, join(ownFolder, 'serve-plain.js'), databaseOf(folder, 'plain'), schema],
    { core: cores.gateway },
  );
  const { url = '' } = await whenReady(started);
  return { ...started, url };
}

/** A partner logs its URL. */
async function whenListening({ child, printed }: Started): Promise<string> {
  for (;;) {
    const url = /"url":"([^"]+)"/.exec(printed())?.[1];
    if (url) return url;
    if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode}: ${printed()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
