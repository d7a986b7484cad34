import { ensureKeyFiles } from '@hub/shared/identity';
import { UsageError, UserError } from '@hub/shared/system';
import { once } from 'node:events';
import { copyFile, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diagnose, examinePartners } from '../../../gateway/cli/doctor/doctor.js';
import {
  createDisclosureHeads,
  disclosureHeadsFile,
} from '../../../gateway/registry/disclosure-heads.js';
import { readNetwork } from '../../../gateway/registry/network.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { createOwnNetwork } from '../network/own-network.js';
import { cloneFolder, runCommand } from '../network/running-command.js';

/** The network file, with the URLs that the partners of a test have. */
const placePartners = ({ urlOf }: OpenNetwork) => {
  const file = readNetwork(join(cloneFolder, 'gateway', 'network.json'));
  return { ...file, partners: file.partners.map((one) => ({ ...one, url: urlOf(one.code) })) };
};

async function runDoctor(network: OpenNetwork, ...argv: readonly string[]) {
  const lines: string[] = [];
  const dataDir = dirname(network.keys);
  const networkFile = join(dataDir, 'network.json');
  await writeFile(networkFile, JSON.stringify(placePartners(network)));
  const code = await diagnose(['--url', network.hubUrl, ...argv], (line) => lines.push(line), {
    HUB_DATA_DIR: dataDir,
    HUB_NETWORK: networkFile,
  });
  const summary = lines.pop();
  return { code, summary, lines: lines.toSorted() };
}

/** What goes wrong where nothing holds two slices together: who keeps the record, what becomes of it, what is told of it. */
const planted: readonly (readonly [string, string, ...string[]])[] = [
  [
    'dk',
    `UPDATE officer_nominations SET group_id = 'nbnp:gone' WHERE id = 'dk:demo-nomination-4-1'`,
    'leads nowhere       OfficerNomination dk:demo-nomination-4-1  groupId -> Group nbnp:gone  (owner nbnp)',
    'not answered        Group nbnp:demo-group-4  acceptedOfficers -> Officer dk:demo-officer-1  (owner dk), without a back reference in nominations.groupId',
  ],
  [
    'dk',
    `UPDATE participant_reports SET visit_id = 'nbnp:gone' WHERE id = 'dk:demo-report-4-2'`,
    'leads nowhere       ParticipantReport dk:demo-report-4-2  visit -> Visit nbnp:gone  (owner nbnp)',
  ],
  [
    'fi',
    `UPDATE hostings SET visit_id = 'nbnp:gone' WHERE id = 'fi:demo-hosting-1'`,
    'leads nowhere       Hosting fi:demo-hosting-1  visitId -> Visit nbnp:gone  (owner nbnp)',
  ],
  [
    'dk',
    `UPDATE national_sites SET event_id = 'nbnp:gone' WHERE id = 'dk:site-muni-odense'`,
    'leads nowhere       NationalSite dk:site-muni-odense  event -> Event nbnp:gone  (owner nbnp)',
  ],
  [
    'ncm',
    `UPDATE delegate_nominations SET group_id = 'nbnp:gone' WHERE id = 'ncm:demo-nomination-1-1'`,
    'leads nowhere       DelegateNomination ncm:demo-nomination-1-1  group -> Group nbnp:gone  (owner nbnp)',
  ],
  [
    'nbnp',
    `UPDATE expert_assignments SET expert_id = 'lv:gone' WHERE id = 'nbnp:demo-assignment-1-2'`,
    'leads nowhere       ExpertAssignment nbnp:demo-assignment-1-2  expert -> Expert lv:gone  (owner lv)',
  ],
  [
    'nbnp',
    `UPDATE itinerary_stops SET site_id = 'fi:gone' WHERE id = 'nbnp:demo-stop-1-1'`,
    'leads nowhere       ItineraryStop nbnp:demo-stop-1-1  site -> NationalSite fi:gone  (owner fi)',
  ],
  [
    'nbnp',
    `UPDATE itinerary_stops SET site_id = 'ncm:gone' WHERE id = 'nbnp:demo-stop-1-2'`,
    'leads nowhere       ItineraryStop nbnp:demo-stop-1-2  site -> RegionalSite ncm:gone  (owner ncm)',
  ],
  [
    'nbnp',
    `UPDATE party_roles SET party_id = 'ncm:gone' WHERE id = 'nbnp:poi-2007/SIGNATORY/nbnp:ncm'`,
    'leads nowhere       Event nbnp:poi-2007  roles.party -> Office ncm:gone  (owner ncm)',
  ],
  [
    'nbnp',
    `UPDATE memberships SET contact_id = 'dk:gone' WHERE country = 'DK'`,
    'leads nowhere       Network -  members.contact -> PoliceUnit dk:gone  (owner dk)',
  ],
  [
    'nbnp',
    `UPDATE officer_nominations SET officer_id = 'se:gone' WHERE id = 'se:demo-nomination-2-4'`,
    'leads nowhere       Group nbnp:demo-group-2  acceptedOfficers -> Officer se:gone  (owner se)',
  ],
  [
    'dk',
    `UPDATE officer_nominations SET withdrawn_on = '2026-10-06' WHERE id = 'dk:demo-nomination-2-4'`,
    'contradicts itself  OfficerNomination dk:demo-nomination-2-4  acceptedOn, withdrawnOn',
  ],
  [
    'ee',
    `DELETE FROM officer_nominations WHERE id = 'ee:demo-nomination-2-3'`,
    'not answered        Group nbnp:demo-group-2  acceptedOfficers -> Officer ee:demo-officer-3  (owner ee), without a back reference in nominations.groupId',
  ],
];

describe('npm run hub -- doctor', () => {
  let network: OpenNetwork;
  beforeAll(async () => {
    network = await openNetwork('demonstration', { isGuarded: true });
  });
  afterAll(() => network[Symbol.asyncDispose]());

  it('ends with 0 where every reference leads to a record', async () => {
    const { code, summary, lines } = await runDoctor(network);
    expect(lines).toEqual([]);
    expect(summary).toMatch(/^\d{3} references checked: 0 lead nowhere/);
    expect(code).toBe(0);
  });

  it('reports a record of disclosures that the hub found cut off', async () => {
    const dataDir = dirname(network.keys);
    await createDisclosureHeads(dataDir).write('dk', {
      links: 9,
      hash: 'a'.repeat(64),
      at: '2026-11-24T12:00:00.000Z',
      fault: { links: 7, at: '2026-11-24T13:00:00.000Z' },
    });
    try {
      const { code, lines } = await runDoctor(network);
      expect(lines).toEqual([
        'record changed      disclosures of dk: 7 links, 9 were known, since 2026-11-24T13:00:00.000Z',
      ]);
      expect(code).toBe(1);
    } finally {
      await rm(disclosureHeadsFile(dataDir));
    }
  });

  it('says what it could not read, and nothing wrong of it, where a partner is away', async () => {
    await network.stop('ee');
    try {
      const { code, lines } = await runDoctor(network);
      expect(code).toBe(3);
      for (const line of lines) expect(line).toMatch(/^not checked .* of ee: PARTNER_UNAVAILABLE$/);
      const parts = lines.map((line) => /^not checked +(\S+)/.exec(line)?.[1]);
      // Its own rows, and what others refer to of it: a type asked for by key, and one that is listed.
      expect(parts).toEqual(expect.arrayContaining(['officers', 'Expert', 'NationalSite']));
    } finally {
      await network.start('ee');
    }
  });

  it('lists each reference that leads nowhere, and each fact that another owner denies', async () => {
    for (const [code, sql] of planted) await network.serverOf(code).source.query(sql);
    const { code, lines, summary } = await runDoctor(network);
    expect(lines).toEqual(planted.flatMap(([, , ...told]) => told).toSorted());
    expect(summary).toContain(
      '11 lead nowhere, 2 not answered, 1 records contradict themselves, 0 dates are too late',
    );
    expect(code).toBe(1);

    const json = await runDoctor(network, '--json');
    expect(json.lines.map((line) => JSON.parse(line) as unknown)).toContainEqual({
      kind: 'leads-nowhere',
      type: 'Hosting',
      id: 'fi:demo-hosting-1',
      field: 'visitId',
      targetType: 'Visit',
      target: 'nbnp:gone',
      owner: 'nbnp',
    });
    expect(JSON.parse(json.summary ?? '')).toMatchObject({ kind: 'summary', leadNowhere: 11 });
  });

  it('lists dates after the last day that the programme’s end allows, of every owner', async () => {
    const late: readonly (readonly [string, string])[] = [
      [
        'dk',
        `UPDATE participant_reports SET received_on = '9999-12-31' WHERE id = 'dk:demo-report-4-1'`,
      ],
      [
        'ncm',
        `UPDATE group_meetings SET kind = 'DEBRIEFING', held_on = '2030-01-01' WHERE group_id = 'nbnp:demo-group-1'`,
      ],
      ['ncm', `UPDATE programme_signatures SET signed_on = '2028-01-01'`],
      ['nbnp', `UPDATE meetings SET held_on = '2028-01-01' WHERE kind = 'DEBRIEFING'`],
      ['nbnp', `UPDATE visits SET returned_on = '2025-04-14' WHERE id = 'nbnp:demo-visit-4'`],
    ];
    for (const [code, sql] of late) await network.serverOf(code).source.query(sql);
    const { code, lines } = await runDoctor(network);
    // The programmes end in 2027 and 2025, and the past visit on 2025-03-14.
    expect(lines.filter((line) => line.startsWith('too late'))).toEqual([
      'too late            Group nbnp:demo-group-1  delegatesDebriefedOn 2030-01-01, at most 2029-12-31',
      'too late            Group nbnp:demo-group-4  debriefedOn 2028-01-01, at most 2027-12-31',
      'too late            ParticipantReport dk:demo-report-4-1  receivedOn 9999-12-31, at most 2027-12-31',
      'too late            Programme nbnp:demo-programme-past  signedOn of ncm 2028-01-01, at most 2027-12-31',
      'too late            Visit nbnp:demo-visit-4  returnedOn 2025-04-14, at most 2025-04-13',
    ]);
    expect(code).toBe(1);
  });

  it('says what its reader may not see', async () => {
    const { code, lines } = await runDoctor(network, '--as', 'is');
    expect(code).toBe(1);
    expect(lines.filter((line) => line.includes('FORBIDDEN'))).not.toEqual([]);
  });

  it('says that no hub answers', async () => {
    const nobody = runDoctor({ ...network, hubUrl: 'http://127.0.0.1:1/graphql' });
    await expect(nobody).rejects.toThrow(UserError);
    await expect(nobody).rejects.toThrow('No hub responds at http://127.0.0.1:1/graphql.');
  });

  it('says why nothing could be checked, and ends as a command with 3', async () => {
    await using own = await createOwnNetwork();
    const check = (...argv: readonly string[]) => diagnose(argv, () => undefined, own.environment);
    await expect(check()).rejects.toThrow(UserError);
    await expect(check()).rejects.toThrow('nbnp.private.json');
    await ensureKeyFiles(join(own.folder, 'data', 'keys'), 'nbnp');
    const unknown = check('--as', 'nobody');
    await expect(unknown).rejects.toThrow(UsageError);
    await expect(unknown).rejects.toThrow(/--as must be one of[^]*Usage: npm run hub -- doctor/);
    await using command = runCommand('gateway/cli/hub.mjs', ['doctor'], own.environment);
    expect({ code: await command.ended, ...command.output() }).toEqual({
      code: 3,
      stdout: '',
      stderr: `No hub responds at http://localhost:${own.hubPort}/graphql.\n`,
    });
  });
});

describe('what the doctor finds of the signed connections', () => {
  it.each([7, 20])(
    'is its clock, where that is %i s ahead and the partner responds',
    async (ahead) => {
      const skewed = createServer((_request, response) => {
        const date = new Date(Date.now() + ahead * 1_000).toUTCString();
        response.writeHead(200, { date, 'content-type': 'application/json' });
        response.end('{"data":{"__typename":"Query"}}');
      }).listen(0, '127.0.0.1');
      await once(skewed, 'listening');
      const folder = await mkdtemp(join(tmpdir(), 'hub-doctor-'));
      for (const code of ['hub', 'dk']) await ensureKeyFiles(join(folder, 'keys'), code);
      const { port } = skewed.address() as AddressInfo;
      const network = readNetwork(join(cloneFolder, 'gateway', 'network.json'));
      const dk = network.partners.filter(({ code }) => code === 'dk');
      const partners = dk.map((one) => ({ ...one, url: `http://127.0.0.1:${port}/graphql` }));
      const found = await examinePartners(
        { ...network, partners },
        { dataDir: folder, privateKeys: join(folder, 'keys', 'hub.private.json') },
      );
      expect(found).toMatchObject([{ partner: 'dk' }]);
      expect(found[0]?.reason).toMatch(
        new RegExp(`^its clock is (${ahead}|${ahead - 1}) s ahead$`),
      );
      skewed.closeAllConnections();
      skewed.close();
      await rm(folder, { recursive: true });
    },
  );

  it('is nothing where all fits, and each partner’s reason where the hub’s key is a foreign one', async () => {
    await using network = await openNetwork('nothing');
    const { partners, ...hub } = placePartners(network);
    const examine = (keys: string) =>
      examinePartners(
        { ...hub, partners },
        { dataDir: dirname(network.keys), privateKeys: join(network.keys, keys) },
      );
    expect(await examine('hub.private.json')).toEqual([]);
    const found = await examine('dk.private.json');
    expect(found.map(({ reason }) => reason)).toEqual(partners.map(() => 'HTTP 401, KEY'));
    expect(await examine('nobody.json')).toEqual([]);
    // The partner’s own keys are replaced, and the hub has the public ones of before.
    await rename(join(network.keys, 'dk.public.json'), join(network.keys, 'dk.kept.json'));
    await copyFile(join(network.keys, 'fi.public.json'), join(network.keys, 'dk.public.json'));
    expect(await examine('hub.private.json')).toMatchObject([
      { partner: 'dk', reason: 'HTTP 401, PARTNER_KEY' },
    ]);
    // The hub’s own halves do not belong together: nobody needs to be asked.
    await copyFile(join(network.keys, 'fi.public.json'), join(network.keys, 'hub.public.json'));
    expect(await examine('hub.private.json')).toMatchObject([
      { partner: 'hub', reason: 'OWN_KEYS_FOREIGN' },
    ]);
  });
});
