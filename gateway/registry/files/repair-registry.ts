import { parse } from 'graphql';
import { lstatSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { adoptedFile, isCommitted, readContracts } from '../contracts.js';
import type { Network } from '../network.js';
import type { Proposal } from '../proposals/proposal.js';
import type { PublicationStore } from '../publications/publication-store.js';
import { restoreStates } from '../publications/restore-states.js';
import { membersFile, noteContract, parseMembers, readMembers } from '../written/members.js';
import { isAbsentOr, onlyIf, restoreFile } from '../written/restore-file.js';
import {
  isSpoilt,
  isThere,
  isWritten,
  readSealed,
  readTrusted,
  setAside,
} from '../written/sealed-file.js';
import { finishAdoption } from './adopt-proposals.js';
import { hashBasis, openRegistryFiles } from './served-graph.js';

/** A file of the registry that was cut off, changed or lost. */
export interface SpoiltFile {
  /** Its path in the registry’s folder. */
  readonly file: string;
  /** What is used instead. */
  readonly used: string;
}

interface Repair {
  readonly dataDir: string;
  readonly files: ReturnType<typeof openRegistryFiles>;
  note(path: string, used: string): void;
}

async function repairMembers(repair: Repair): Promise<void> {
  const path = membersFile(repair.dataDir);
  const isUsable = (text: string) => parseMembers(text) !== undefined;
  const trusted = onlyIf(readTrusted(path), isUsable);
  const isWhole = trusted !== undefined && !isSpoilt(path);
  const { release } = repair.files.releases.findNewest();
  const released = parseMembers(release?.members);
  const hasNoMembers = !released || Object.values(released).every((part) => isEmpty(part));
  if (isWhole || (!isWritten(path) && hasNoMembers)) return;
  const candidates = [
    { text: trusted, from: 'what was written last' },
    {
      text: released && `${JSON.stringify(released, null, 2)}\n`,
      from: `what release ${release?.number} knows`,
    },
    { text: onlyIf(readSealed(path), isUsable), from: 'what can still be read of it' },
  ];
  repair.note(path, (await restoreFile(path, candidates)) ?? 'the network file');
}

const isEmpty = (part: object): boolean => Object.keys(part).length === 0;

function isSchema(text: string): boolean {
  try {
    parse(text);
    return true;
  } catch {
    return false;
  }
}

function isJson(text: string): boolean {
  try {
    return isNotNull(JSON.parse(text));
  } catch {
    return false;
  }
}

const isNotNull = (value: unknown): boolean => typeof value === 'object' && value !== null;

/** The names of the contracts that are in the data folder, or should be. */
function listContracts(dataDir: string): string[] {
  const file = /^([a-z][a-z0-9-]*)\.(?:graphql|descriptions\.json)(?:\.sealed)?$/;
  const there = namesIn(join(dataDir, 'registry', 'contracts')).flatMap(
    (name) => file.exec(name)?.[1] ?? [],
  );
  return [...new Set([...readMembers(dataDir).contracts, ...there])];
}

/** A proposal may be adopted again, after those that are newer. */
const chooseLater = (one: Proposal | undefined, other: Proposal): Proposal =>
  one && Date.parse(one.adoptedAt ?? '') > Date.parse(other.adoptedAt ?? '') ? one : other;

async function repairContract(repair: Repair, name: string): Promise<void> {
  const { dataDir, files } = repair;
  const adopted = files.proposals
    .list()
    .filter(({ contract, adoptedAt }) => contract === name && adoptedAt !== undefined)
    .reduce<Proposal | undefined>(chooseLater, undefined);
  const described = adoptedFile(dataDir, name, 'descriptions.json');
  if (isSpoilt(described) || !isAbsentOr(described, isJson)) {
    const descriptions = adopted?.descriptions && `${JSON.stringify(adopted.descriptions)}\n`;
    const candidates = [
      { text: onlyIf(readTrusted(described), isJson), from: 'what was written last' },
      { text: descriptions, from: `proposal ${adopted?.number}` },
    ];
    repair.note(
      described,
      (await restoreFile(described, candidates)) ?? 'the committed descriptions',
    );
  }
  const path = adoptedFile(dataDir, name);
  // A crash between the two files of a contract leaves its descriptions alone.
  if (!isWritten(path) && !readMembers(dataDir).contracts.includes(name)) return;
  const trusted = onlyIf(readTrusted(path), isSchema);
  if (trusted !== undefined && !isSpoilt(path)) return;
  const { release } = files.releases.findNewest();
  const candidates = [
    { text: trusted, from: 'what was written last' },
    { text: adopted?.sdl, from: `proposal ${adopted?.number}` },
    {
      text: release?.contracts.find((contract) => contract.name === name)?.sdl,
      from: `release ${release?.number}`,
    },
    { text: onlyIf(readSealed(path), isSchema), from: 'what can still be read of it' },
  ];
  const otherwise = isCommitted(name) ? 'the committed contract' : 'nothing: no partner serves it';
  repair.note(path, (await restoreFile(path, candidates)) ?? otherwise);
  const isLost = candidates.every(({ text }) => text === undefined);
  const { added } = readMembers(dataDir);
  // Otherwise each later run would report it again. A partner of the network file needs the note.
  if (isLost && (isCommitted(name) || added.some(({ subgraph }) => subgraph === name)))
    await noteContract(dataDir, name, false);
}

/** Sets a log aside that cannot be appended to, and begins a new one. */
async function repairLog({ files, note }: Repair): Promise<void> {
  const { administration, administrationFile: path } = files;
  const reason = administration.findObstacle();
  if (reason === undefined) return;
  await setAside(path);
  await administration.append('LOG_BEGUN_ANEW', { reason });
  note(path, 'a log that begins anew');
}

/** The process that wrote an older draft was killed. */
const oldestDraftMs = 60_000;

/** Removes old drafts, and sets aside what stands where a file or a folder must be. */
async function clearLeftovers({ files }: Repair): Promise<void> {
  const { folder, judgingFile, administrationFile, headsFile } = files;
  const paths = [judgingFile, `${administrationFile}.lock`, `${headsFile}.lock`];
  for (const path of paths) if (isFolder(path)) await setAside(path);
  for (const name of ['releases', 'proposals', 'publications', 'contracts']) {
    const path = join(folder, name);
    if (isThere(path) && !isFolder(path)) await setAside(path);
  }
  for (const name of ['.', 'releases', 'proposals', 'publications', 'contracts'])
    for (const file of namesIn(join(folder, name)).filter((one) => /^\..*\.tmp$/.test(one))) {
      const draft = join(folder, name, file);
      const { mtimeMs = Infinity } = lstatSync(draft, { throwIfNoEntry: false }) ?? {};
      if (Date.now() - mtimeMs > oldestDraftMs) await rm(draft, { force: true, recursive: true });
    }
}

const isFolder = (path: string): boolean =>
  lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

/** How long a command may take from the first file of a pair to the second, in milliseconds. */
const settleMs = 500;

const hasSpoiltPair = (dataDir: string): boolean =>
  [
    membersFile(dataDir),
    ...listContracts(dataDir).flatMap((name) => [
      adoptedFile(dataDir, name),
      adoptedFile(dataDir, name, 'descriptions.json'),
    ]),
  ].some(isSpoilt);

/**
 * Looks at the files that commands have written, and restores those that were cut off, changed or lost: from their sealed
 * copies, from proposals, or from the newest release. What was there is kept beside them. A running hub may call it.
 * @param settle waits until a command has written both files of a pair
 */
export async function repairWritten(
  dataDir: string,
  settle: () => Promise<void> = () => wait(settleMs),
): Promise<readonly SpoiltFile[]> {
  const files = openRegistryFiles(dataDir);
  const found: SpoiltFile[] = [];
  const note = (path: string, used: string) =>
    void found.push({ file: relative(files.folder, path), used });
  const repair = { dataDir, files, note };
  await clearLeftovers(repair);
  await finishAdoption(dataDir);
  // A command may be between the two files of a pair.
  if (hasSpoiltPair(dataDir)) await settle();
  await repairMembers(repair);
  for (const name of listContracts(dataDir)) await repairContract(repair, name);
  await repairLog(repair);
  return found;
}

/** Restores what the hub knew of each partner’s publications. Only while no registry runs. */
async function repairPublications(
  network: Network,
  dataDir: string,
): Promise<readonly SpoiltFile[]> {
  const { publications: store, releases } = openRegistryFiles(dataDir);
  // Suspended and removed partners publish nothing.
  const partners = network.partners.filter(({ membership }) => !membership);
  const basis = hashBasis(network, readContracts(network, dataDir));
  const states = restoreStates({ partners, basis, store, releases }, () => undefined);
  const found: SpoiltFile[] = [];
  for (const { code } of network.partners) {
    const path = join(dataDir, 'registry', 'publications', `${code}.json`);
    const accepted = states.get(code)?.accepted;
    const isLost = !isThere(path) && accepted !== undefined;
    if (!isLost && canRead(store, code)) continue;
    await setAside(path);
    if (accepted) await store.write(code, { accepted });
    const used = accepted ? 'what the newest release knows' : 'the contract';
    found.push({ file: join('publications', `${code}.json`), used });
  }
  return found;
}

function canRead(store: PublicationStore, code: string): boolean {
  try {
    store.read(code);
    return true;
  } catch {
    return false;
  }
}

/** The names in a folder. None if it is missing or cannot be read. */
export const namesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};

/** Called with the results of a repair. */
export interface RepairNotes {
  note(spoilt: SpoiltFile): void;
  /** The repair failed, for example because the disk is full. */
  failed(reason: string): void;
}

/** Runs a repair. The hub goes on if it fails. */
export async function repair(
  find: () => Promise<readonly SpoiltFile[]>,
  { note, failed }: RepairNotes,
): Promise<readonly SpoiltFile[]> {
  try {
    const spoilt = await find();
    spoilt.forEach(note);
    return spoilt;
  } catch (error) {
    failed(error instanceof Error ? error.message : String(error));
    return [];
  }
}

interface RegistrySettings {
  readonly network: Network | undefined;
  readonly dataDir: string;
  readonly registry: boolean;
}

/**
 * Repairs the registry’s files when a hub starts, and returns the settings that they lead to.
 * @param config the settings as they were read before the repair
 * @param read reads the settings again
 */
export async function readRepairedConfig<Settings extends RegistrySettings>(
  config: Settings,
  notes: RepairNotes,
  read: () => Settings,
): Promise<Settings> {
  const { dataDir, registry } = config;
  const spoilt = await repair(() => repairWritten(dataDir), notes);
  const repaired = spoilt.length > 0 ? read() : config;
  const { network } = repaired;
  if (network && registry) await repair(() => repairPublications(network, dataDir), notes);
  return repaired;
}
