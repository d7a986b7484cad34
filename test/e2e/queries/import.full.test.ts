import { inner } from '@hub/shared/testing';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importKinds as policeKinds } from '../../../subgraphs/national-police/seed/import-kinds.js';
import { importKinds as networkKinds } from '../../../subgraphs/nbnp/seed/import-kinds.js';
import { importKinds as officeKinds } from '../../../subgraphs/ncm-offices/seed/import-kinds.js';
import { createToken } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';

let network: OpenNetwork;
let folder: string;

beforeAll(async () => {
  network = await openNetwork('demonstration');
  folder = await mkdtemp(join(tmpdir(), 'hub-import-'));
});

afterAll(async () => {
  await network[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

async function exportList(path: string): Promise<string> {
  const asker = { organisation: 'nbnp', role: 'coordinator' } as const;
  const authorization = `Bearer ${await createToken(network.keys, asker)}`;
  const url = new URL(`/export/${path}`, network.hubUrl);
  const response = await fetch(url, { headers: { authorization } });
  expect(response.status, path).toBe(200);
  return response.text();
}

async function load(partner: string, kindName: string, csv: string) {
  const kinds = { nbnp: networkKinds, ncm: officeKinds }[partner] ?? policeKinds;
  const path = join(folder, `${kindName}.csv`);
  await writeFile(path, csv);
  const faults: string[] = [];
  const { rows, added, changed } = await inner.importFile({
    source: network.serverOf(partner).source,
    partner,
    kind: kinds.find(({ name }) => name === kindName)!,
    file: { path },
    onFault: (fault) => faults.push(inner.describeFault(fault)),
  });
  return { rows, added, changed, faults };
}

/** The columns of a list below the rows. */
const below = (list: string, ...names: readonly string[]): string =>
  names
    .join(' ')
    .split(' ')
    .map((name) => `${list}.${name}`)
    .join(',');
const arranged =
  'accommodation transport meetingPoint contactOnTheSpot emergencyContact note isRehearsal';

describe('npm run import of what the hub exports', () => {
  it.each([
    [
      'lv',
      'officers',
      'officers.csv?filter.country=LV&filter.rehearsals=true&columns=id,name,email,rank,unit.id,targetGroup,languages,isRehearsal',
    ],
    [
      'lv',
      'experts',
      'experts.csv?filter.country=LV&filter.rehearsals=true&columns=languages,roles,fields,unit.id,email,name,id,isRehearsal',
    ],
    [
      'ncm',
      'delegates',
      'delegates.csv?filter.rehearsals=true&columns=id,name,email,targetGroup,region.code,employer,office.id,languages,isRehearsal&bom=true',
    ],
    [
      'nbnp',
      'events',
      'events.csv?columns=id,title,kind,startsOn,endsOn,venue,city,countries,series,seminarDays,participants.value,participants.qualifier,workingLanguages,targetGroup,aim,partOf.id,programme.id,source,note',
    ],
    [
      'lv',
      'units',
      'policeUnits.csv?filter.country=LV&columns=id,name,acronym,variants,city,validFrom,validTo,parent.id,kind,note,source',
    ],
    [
      'lv',
      'sites',
      'nationalSites.csv?filter.country=LV&columns=id,name,sector,city,event.id,kind,visitedOn,note,evidence,source,isRehearsal,unit.id,organisation.id',
    ],
    [
      'no',
      'hostings',
      `policeUnits.csv?filter.country=NO&rows=hostings&columns=${below('hostings', 'id unit.id visitId', arranged)}`,
    ],
    [
      'ncm',
      'sites',
      'regionalSites.csv?columns=id,name,sector,city,event.id,kind,visitedOn,note,evidence,source,isRehearsal,region.code,organisation.id',
    ],
    [
      'ncm',
      'regionalHostings',
      `visits.csv?rows=regionalHostings&columns=${below('regionalHostings', 'id office.id visitId', arranged)}`,
    ],
    [
      'nbnp',
      'outcomes',
      `events.csv?rows=outcomes&columns=${below('outcomes', 'id event.id kind title mandated.id leadsTo.id source')}`,
    ],
  ])('finds nothing to change at %s in %s', async (partner, kind, path) => {
    const csv = await exportList(path);
    const result = await load(partner, kind, csv);
    expect(result).toEqual({ rows: result.rows, added: 0, changed: 0, faults: [] });
    expect(result.rows).toBeGreaterThan(0);
  });

  it('brings what was changed in between to the hub, signs of formulas included', async () => {
    const path =
      'officers.csv?filter.country=LV&filter.rehearsals=true&columns=id,name,email,rank,unit.id,targetGroup,languages,isRehearsal';
    const csv = await exportList(path);
    const rank = "'=cmd|x; '+1";
    const [header = '', first = '', ...others] = csv.split('\r\n');
    const cells = first.split(',');
    const id = cells[0]!;
    const edited = [header, [...cells.slice(0, 3), rank, ...cells.slice(4)].join(','), ...others];
    expect(await load('lv', 'officers', edited.join('\r\n'))).toMatchObject({
      changed: 1,
      faults: [],
    });
    const { data } = await network.ask('query ($id: ID!) { officer(id: $id) { rank version } }', {
      id,
    });
    expect(data.officer).toEqual({ rank: '=cmd|x; +1', version: 2 });
    expect(await exportList(path)).toContain(rank);
  });
});
