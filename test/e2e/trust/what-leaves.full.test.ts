import { keyFilesOf, readKeyFile, tokens } from '@hub/shared/identity';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';

const hostingColumns = [
  'accommodation',
  'transport',
  'meeting_point',
  'contact_on_the_spot',
  'emergency_contact',
  'note',
];

const needColumns = ['diet', 'access', 'emergency_contact'];

/** What must not leave, by partner: columns of people, and of journeys. */
const secretColumns: readonly (readonly [RegExp, string, readonly string[]])[] = [
  [/^..$/, 'officers', ['name', 'email']],
  [/^..$/, 'experts', ['name', 'email']],
  [/^..$/, 'officer_nominations', ['motivation']],
  [/^..$/, 'participant_reports', ['text']],
  [/^..$/, 'hostings', hostingColumns],
  [/^..$/, 'officer_formalities', ['note']],
  [/^..$/, 'officer_travel_needs', needColumns],
  [/^..$/, 'expert_loans', ['loan_reason']],
  [/^ncm$/, 'regional_hostings', hostingColumns],
  [/^ncm$/, 'delegates', ['name', 'email', 'employer']],
  [/^ncm$/, 'delegate_nominations', ['motivation']],
  [/^ncm$/, 'delegate_formalities', ['note']],
  [/^ncm$/, 'delegate_travel_needs', needColumns],
  [/^ncm$/, 'group_meetings', ['agenda', 'outcome']],
  [/^nbnp$/, 'itinerary_stops', ['title', 'meeting_point', 'contact_on_the_spot', 'note']],
  [/^nbnp$/, 'visits', ['practical_information']],
  [/^nbnp$/, 'meetings', ['agenda', 'outcome']],
];

async function readSecrets(network: OpenNetwork): Promise<Set<string>> {
  const secrets = new Set<string>();
  for (const code of network.codes) {
    for (const [partner, table, columns] of secretColumns) {
      if (!partner.test(code)) continue;
      const rows: Record<string, unknown>[] = await network
        .serverOf(code)
        .source.query(`SELECT ${columns.join(', ')} FROM ${table}`);
      for (const value of rows.flatMap((row) => Object.values(row))) {
        if (typeof value === 'string' && value.length > 5)
          secrets.add(JSON.stringify(value).slice(1, -1));
      }
    }
  }
  for (const file of await readdir(network.keys, { recursive: true, withFileTypes: true })) {
    if (!file.isFile()) continue;
    const text = await readFile(join(file.parentPath, file.name), 'utf8');
    for (const [, part] of text.matchAll(/"[dx]": *"([\w-]+)"/g)) secrets.add(part ?? '');
  }
  return secrets;
}

/** A token, an assertion or any other JWT; a digest, a signature or its input, as they stand in headers. */
const credentials = [/eyJ[\w-]{8,}\./, /:[A-Za-z0-9+/]{42,43}=:/, /"@method"/, /Bearer/i];

const dossier = `query Dossier {
  officers(first: 60, filter: { rehearsals: true }) { nodes { id name email rank report { text } nominations { motivation reason }
    formalities(group: "nbnp:demo-group-2") { note } travelNeeds { diet access emergencyContact } } }
  delegates(first: 60, filter: { rehearsals: true }) { nodes { id name email employer nominations { motivation reason }
    formalities(group: "nbnp:demo-group-1") { note } travelNeeds { diet access emergencyContact } } }
  experts(first: 60, filter: { rehearsals: true }) { nodes { id name email assignments { loanReason } } }
  groups(first: 10) { nodes { meetings { agenda outcome } delegateMeetings { agenda outcome } } }
  visits(first: 10) { nodes { title practicalInformation stops { title from to meetingPoint contactOnTheSpot note } hostings { accommodation transport meetingPoint contactOnTheSpot emergencyContact note } regionalHostings { accommodation transport meetingPoint contactOnTheSpot emergencyContact note } experts { role } } }
}`;
const brought = 'Brought-by-a-client';

/** Good ones, forbidden ones, and such as fail. */
const operations: readonly { query: string; variables?: object; headers?: object }[] = [
  { query: dossier },
  {
    query:
      '{ groups { nodes { members { id name } } } policeDisclosures(country: "FI") { nodes { id } } }',
  },
  { query: '{ networkDisclosures { nodes { id } } officeDisclosures { nodes { id } } }' },
  { query: `{ officer(id: "dk:${brought}") { name } visit(id: "${brought}") { title } }` },
  { query: `{ policeUnits(filter: { search: "${brought}" }) { name } }` },
  { query: `{ officers(first: 5, after: "${brought}") { nodes { name } } }` },
  { query: '{ officers(first: 0) { nodes { name } } }' },
  { query: `{ officer(id: "dk:demo-officer-1") { ${brought.replaceAll('-', '_')} } }` },
  { query: `{ officer(id: "dk:demo-officer-1" { name }` },
  { query: 'query ($id: ID!) { officer(id: $id) { name } }', variables: { id: { name: brought } } },
  { query: `mutation { eraseOfficer(id: "no:${brought}") }` },
  { query: `{ policeUnits(filter: { country: "${brought}" }) { name } }` },
  {
    query: '{ __typename }',
    headers: { authorization: `Bearer ${brought}.${brought}.${brought}` },
  },
  { query: '{ __typename }', headers: { authorization: `Basic ${brought}` } },
  { query: '{ __typename }', headers: { 'x-request-id': `${brought} ${brought}` } },
];

describe('what leaves the network beside its responses', () => {
  let network: OpenNetwork;
  let secrets: Set<string>;
  const lines: string[] = [];
  const answers: { text: string; cache: string | null; status: number }[] = [];
  const made: string[] = [];

  const createToken = async (organisation: string, role: tokens.Role) => {
    const { keys } = await readKeyFile(keyFilesOf(network.keys, organisation).private);
    const key = keys.find(({ use }) => use === 'sig');
    if (!key) throw new Error(`${organisation} has no key.`);
    const subject = `${organisation}-${role}`;
    const token = await tokens.signToken({
      key,
      organisation,
      role,
      subject,
      purpose: 'test',
      ttl: 60,
    });
    made.push(token);
    return token;
  };
  const askAll = async () => {
    const readers: readonly (readonly [string, tokens.Role] | undefined)[] = [
      undefined,
      ['nbnp', 'coordinator'],
      ['fi', 'coordinator'],
      ['dk', 'liaison'],
      ['se', 'analyst'],
      ['fi', 'auditor'],
    ];
    for (const reader of readers) {
      const authorization = reader && `Bearer ${await createToken(...reader)}`;
      for (const { query, variables, headers } of operations) {
        const response = await fetch(network.hubUrl, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            ...(authorization && { authorization }),
            ...headers,
          },
          body: JSON.stringify({ query, variables }),
        });
        answers.push({
          text: await response.text(),
          cache: response.headers.get('cache-control'),
          status: response.status,
        });
      }
    }
  };

  beforeAll(async () => {
    const stream = { write: (line: string) => void lines.push(line) };
    const logger = pino({ level: 'trace' }, stream);
    network = await openNetwork('demonstration', { isGuarded: true, logger });
    secrets = await readSecrets(network);
    await askAll();
    // Questions at a partner’s own door, too.
    for (const headers of [{}, { 'hub-assertion': made[0] ?? '', 'hub-partner': 'dk' }]) {
      const response = await fetch(network.urlOf('dk'), {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers } as Record<string, string>,
        body: JSON.stringify({ query: dossier }),
      });
      expect(response.status).toBe(401);
    }
    await network.stop('fi');
    await network.stop('nbnp');
    await askAll();
  });
  afterAll(() => network[Symbol.asyncDispose]());

  it('is searched in output that has each kind of secret', () => {
    expect(secrets.size).toBeGreaterThan(200);
    const seen = answers.map(({ text }) => text).join('\n');
    expect([...secrets].filter((secret) => seen.includes(secret)).length).toBeGreaterThan(100);
    expect(lines.length).toBeGreaterThan(100);
    expect(lines.some((line) => line.includes('partner failure'))).toBe(true);
  });

  it('includes no name, contact, report, journey or key in the log', () => {
    const log = lines.join('\n');
    expect([...secrets].filter((secret) => log.includes(secret))).toEqual([]);
    expect(made.filter((token) => log.includes(token))).toEqual([]);
    for (const credential of credentials) expect(log).not.toMatch(credential);
    expect(lines.filter((line) => line.includes(brought))).toEqual([]);
  });

  it('includes none of these in an error', () => {
    const codes = new Set<string>();
    for (const { text } of answers) {
      const { errors = [], extensions } = JSON.parse(text) as {
        errors?: { extensions: { code: string } }[];
        extensions?: unknown;
      };
      for (const {
        extensions: { code },
      } of errors)
        codes.add(code);
      const said = JSON.stringify([errors, extensions]);
      expect([...secrets].filter((secret) => said.includes(secret))).toEqual([]);
      for (const credential of credentials) expect(said).not.toMatch(credential);
      expect(said).not.toMatch(/SELECT|sqlite|127\.0\.0\.1|node_modules|stacktrace|\.ts:\d/);
    }
    expect([...codes]).toEqual(
      expect.arrayContaining([
        'FORBIDDEN',
        'UNAUTHENTICATED',
        'BAD_USER_INPUT',
        'GRAPHQL_PARSE_FAILED',
        'GRAPHQL_VALIDATION_FAILED',
        'PARTNER_UNAVAILABLE',
      ]),
    );
  });

  it('includes nothing that a cache may store', () => {
    for (const { cache } of answers) expect(cache).toBe('no-store');
  });
});
