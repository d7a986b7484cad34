import { parse, print, separateOperations, type DocumentNode } from 'graphql';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { plugins } from '../../plugins/list.js';
import type { NetworkOperation } from './operations.js';

/** Ten of the hub’s own queries, with what a dashboard asks by them. */
const chosen: readonly Omit<NetworkOperation, 'query'>[] = [
  { name: 'FindEvents', about: 'the first 50 events with their roles' },
  { name: 'FindOffices', about: 'the offices with their periods and places' },
  { name: 'FindSites', about: 'the sites that can be visited, of all police forces' },
  { name: 'NetworkAndMembers', about: 'the networks, their members and functions' },
  { name: 'Programmes', about: 'the programmes, their roles and evaluations' },
  { name: 'FindStatements', about: 'the first 50 statements of sources' },
  { name: 'GroupsByState', about: 'all groups with the state that each has reached' },
  {
    name: 'GroupInDetail',
    about: 'one group with its members, meetings, visits and stops, recorded',
    organisation: 'nbnp',
    variables: { group: 'nbnp:demo-group-1' },
  },
  { name: 'FindVisits', about: 'the visits with what is unconfirmed', organisation: 'nbnp' },
  {
    name: 'ParticipantStatistics',
    about: 'officers and delegates by country',
    organisation: 'nbnp',
  },
];

/** The dashboards of the bench. */
export function readDashboards(): NetworkOperation[] {
  const folder = plugins.find(({ name }) => name === 'mcp')?.documents?.folder ?? '';
  const texts = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
  const documents = Object.assign({}, ...texts.map((text) => separateOperations(parse(text))));
  return chosen.map((one) => {
    const found: DocumentNode | undefined = documents[one.name];
    if (!found) throw new Error(`There is no query ${one.name}.`);
    return { ...one, query: print(found) };
  });
}
