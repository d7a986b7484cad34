import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cloneFolder } from '../../e2e/network/running-command.js';
import type { PlainAffiliation, PlainOccasion } from './plain-contacts.js';

// The facts about contacts, read from the files alone: their mapping to ids and roles is written here once more.

type Line = Readonly<Record<string, string>>;

/** The values of a CSV file, quotes taken off. */
function parse(text: string): string[][] {
  const lines: string[][] = [[]];
  for (const [, quoted, plain = '', end] of text.matchAll(
    /(?:"((?:[^"]|"")*)"|([^,\n]*))(,|\n|$)/g,
  )) {
    lines.at(-1)?.push(quoted === undefined ? plain.trim() : quoted.replaceAll('""', '"'));
    if (end === '\n') lines.push([]);
    if (end === '') break;
  }
  return lines.filter((line) => line.length > 1);
}

/** A file of the network’s data, or else the partner’s own copy. */
function read(name: string, partner = 'nbnp'): Line[] {
  const places = [
    join(cloneFolder, '..', 'shared', 'domain', 'next', name),
    join(cloneFolder, '..', 'shared', 'domain', name),
    join(cloneFolder, 'subgraphs', partner, 'seed', 'facts', name),
  ];
  const file = places.find((place) => existsSync(place));
  if (!file) throw new Error(`There is no ${name}.`);
  const [head = [], ...lines] = parse(readFileSync(file, 'utf8').replaceAll('\r', ''));
  return lines.map((line) =>
    Object.fromEntries(head.map((key, index) => [key, line[index] ?? ''])),
  );
}

const series = 'mobility-programme-2009-2010';
const programme = `nbnp:${series}`;
const police = ['police', 'police_unit', 'police_education'];
const countries = ['DK', 'EE', 'FI', 'IS', 'LT', 'LV', 'NO', 'SE'];
const split = (list = ''): string[] => list.split(';').flatMap((one) => one.trim() || []);
const local = (owner: string, id: string): string =>
  `${owner}:${id.startsWith(`${owner}-`) ? id.slice(owner.length + 1) : id}`;

/** Of a date of reduced precision, the first day, and the last. */
const firstDay = (date: string): string => (date + '-01-01').slice(0, 10);
function lastDay(date: string): string {
  if (date.length === 10) return date;
  const [year, month = '12'] = date.split('-');
  const days = new Date(Number(year), Number(month), 0).getDate();
  return `${year}-${month}-${days}`;
}

export interface ContactFacts {
  readonly occasions: readonly PlainOccasion[];
  readonly affiliationOf: (party: string) => PlainAffiliation;
}

export function readContactFacts(): ContactFacts {
  const organisations = read('organisations.csv');
  const directory = existsSync(join(cloneFolder, '..', 'shared', 'domain', 'next'))
    ? organisations.filter(
        ({ kind, country }) => police.includes(kind ?? '') && countries.includes(country ?? ''),
      )
    : read('police-directory.csv');
  const offices = read('offices.csv', 'ncm-offices');
  const idOf = (id: string): string => {
    if (offices.some(({ office_id }) => office_id === id)) return local('ncm', id);
    const unit = directory.find(({ org_id }) => org_id === id);
    return local(unit?.country?.toLowerCase() ?? 'nbnp', id);
  };
  const places = new Map<string, PlainAffiliation>();
  const place = (id = '', country = '', parent = '') =>
    places.set(idOf(id), { country: country || null, parent: parent ? idOf(parent) : null });
  for (const { org_id, country, parent_org_id } of [...organisations, ...directory])
    place(org_id, country, parent_org_id);
  for (const { office_id, country, parent_office_id } of offices)
    place(office_id, country, parent_office_id);

  const roles = read('event-roles.csv');
  const representations = read('representations.csv');
  const events = read('events.csv').map((event): PlainOccasion => {
    const { event_id: id = '', start_date: start = '', end_date: end = '' } = event;
    const own = roles.filter(({ event_id }) => event_id === id).map(({ org_id = '' }) => org_id);
    const last = end || start;
    return {
      id: local('nbnp', id),
      basis: 'EVENT',
      whole: event.parent_event_id ? local('nbnp', event.parent_event_id) : null,
      programme: event.series === series ? programme : null,
      first: start ? firstDay(start) : null,
      last: last ? lastDay(last) : null,
      on: start || end || null,
      parties: [...split(event.organiser_org_ids), ...own].map(idOf),
      represented: representations.flatMap(({ event_id, org_id }) =>
        event_id === id && org_id ? idOf(org_id) : [],
      ),
      countries: representations.flatMap(({ event_id, country }) =>
        event_id === id && country ? country : [],
      ),
      isRehearsal: false,
    };
  });
  // The founding document, sentences 34, 37 and 40.
  const planned: PlainOccasion = {
    id: programme,
    basis: 'PROGRAMME',
    whole: null,
    programme,
    first: '2009-01-01',
    last: '2010-12-31',
    on: '2009',
    parties: ['nbnp', 'ncm-led', 'ncm-kgd', 'dk-nec'].map(idOf),
    represented: [],
    countries: [],
    isRehearsal: false,
  };
  const unknown = { country: null, parent: null };
  return { occasions: [...events, planned], affiliationOf: (id) => places.get(id) ?? unknown };
}
