// Run by `npm run house`, from sources: counts our own files that a request runs.
import { Session } from 'node:inspector/promises';
import { pathToFileURL } from 'node:url';
import { openNetwork } from './e2e/network/open-network.js';
import { acceptOfficer, nominateOfficer, plan, runIn } from './e2e/network/run-programme.js';
import { cloneFolder } from './e2e/network/running-command.js';

const own = pathToFileURL(`${cloneFolder}/`).href;
const isProduct = (url: string): boolean =>
  url.startsWith(own) &&
  !/^node_modules\/|\/node_modules\/|^test\/|\/testing\//.test(url.slice(own.length));

await using network = await openNetwork('facts', { isGuarded: true });
const programme = runIn(network);
const coordinator = { organisation: 'nbnp', role: 'coordinator' } as const;

/** Reads the units that existed on a day. Another day is not in the hub’s cache. */
async function readUnits(on: string): Promise<void> {
  const query = 'query ($on: Date) { policeUnits(filter: { on: $on }) { id name } }';
  const { errors } = await network.ask(query, { on }, coordinator);
  if (errors) throw new Error(JSON.stringify(errors));
}

/** Nominates an officer. @returns accepts the nominee */
async function nominate(): Promise<() => Promise<void>> {
  const { id } = await programme.done('nbnp', 'createProgramme', plan);
  const direction = 'NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA';
  const given = { programme: id, name: 'A group', direction, plannedSize: plan.groupSizeMin };
  const group = String((await programme.done('nbnp', 'createGroup', given)).id);
  const nominee = await nominateOfficer(programme, 'fi', 'fi:npb', group);
  return async () => {
    const { code } = await acceptOfficer(programme, group, nominee);
    if (code) throw new Error(`acceptOfficer was refused: ${code}.`);
  };
}

const session = new Session();
session.connect();
await session.post('Profiler.enable');

/** The files of which a function ran during the request, at the hub and at its partners. */
async function listFiles(request: () => Promise<void>): Promise<readonly string[]> {
  await session.post('Profiler.startPreciseCoverage', { callCount: true });
  await request();
  const { result } = await session.post('Profiler.takePreciseCoverage');
  await session.post('Profiler.stopPreciseCoverage');
  return result
    .filter(({ functions }) => functions.some(({ ranges }) => (ranges[0]?.count ?? 0) > 0))
    .map(({ url }) => url)
    .filter(isProduct);
}

const [first, second] = [await nominate(), await nominate()];
await first();
for (const day of ['2030-02-01', '2030-02-02', '2030-02-03']) await readUnits(day);
const policeUnits = (await listFiles(() => readUnits('2030-01-02'))).length;
const acceptance = (await listFiles(second)).length;
process.stdout.write(JSON.stringify({ policeUnits, acceptOfficer: acceptance }));
