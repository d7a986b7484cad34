import { packageFile } from '@hub/shared/system';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createFactIds } from './fact-ids.js';
import { readFacts } from './fact-tables.js';
import { readClaims } from './read-claims.js';
import { readEvents } from './read-events.js';
import { readOrganisations } from './read-network.js';
import { toQualifier } from './read-participants.js';
import { readRoles } from './read-roles.js';
import { readSpokesmanships } from './read-terms.js';

const domain = packageFile(import.meta.url, '../../../shared/domain/');

/** The current file. An unchanged file is at its old place. */
function origin(name: string): URL {
  const next = new URL(`next/${name}`, domain);
  return existsSync(next) ? next : new URL(name, domain);
}

const readText = (file: URL) => readFileSync(file, 'utf8');

/** The records of a CSV file. A line break inside quotes does not end a record. */
const records = (text: string) => text.trimEnd().split(/\r?\n(?=(?:[^"]*"[^"]*")*[^"]*$)/);

/** True if the first column does not name another owner’s record. */
const isOurs = (file: string, record: string): boolean => {
  if (file === 'organisations.csv') {
    return !/,(police|police_unit|police_education),(DK|EE|FI|IS|LT|LV|NO|SE),/.test(record);
  }
  if (file === 'claims.csv') return !/^(ncm-[a-z]+|dk-nec),/.test(record);
  return true;
};

describe('seed/facts', () => {
  // The complete facts are beside the project’s workspace, not in a fresh clone.
  if (existsSync(origin('events.csv'))) {
    it.each([
      ['events.csv', 77],
      ['organisations.csv', 64],
      ['network-terms.csv', 13],
      ['claims.csv', 21],
      ['statements.csv', 59],
      ['event-roles.csv', 21],
      ['outcomes.csv', 10],
      ['representations.csv', 28],
      ['links.csv', 3],
      ['journeys.csv', 2],
    ])('is the network’s part of all facts: %s', (file, rows) => {
      const slice = records(readText(packageFile(import.meta.url, `seed/facts/${file}`)));
      const whole = records(readText(origin(file)));
      expect(slice).toEqual(whole.filter((record) => isOurs(file, record)));
      expect(slice).toHaveLength(rows + 1);
    });
  }

  it('has unique ids, with any prefix in the files', () => {
    const facts = readFacts();
    const all = [
      ...readEvents(facts, createFactIds(facts)),
      ...readOrganisations(facts, createFactIds(facts)),
    ].map(({ id }) => id);
    expect(new Set(all).size).toBe(77 + 64);
    expect(all.every((id) => /^nbnp:[a-z]*[a-z0-9-]+$/.test(id))).toBe(true);
  });
});

describe('createFactIds', () => {
  const ids = createFactIds(readFacts());

  it.each([
    ['ncm-led', 'ncm:led'],
    ['ncm', 'nbnp:ncm'],
    ['nbnp', 'nbnp:nbnp'],
    ['dk-nec', 'dk:nec'],
    ['dk-mfa', 'nbnp:dk-mfa'],
    ['dk-cg-spb', 'nbnp:dk-cg-spb'],
    ['ru-mvd-karelia', 'nbnp:ru-mvd-karelia'],
    ['nobody', undefined],
  ])('finds the party %s as %s', (local, id) => {
    expect(ids.party(local)).toBe(id);
  });

  it('removes the owner’s code from an event’s id', () => {
    expect(ids.event('mp-1')).toBe('nbnp:mp-1');
    expect(ids.event('nbnp-board-2013')).toBe('nbnp:board-2013');
    expect(ids.event('ncm-thb-2015')).toBe('nbnp:ncm-thb-2015');
  });

  it('finds a unit by the exact name that a source uses, never by a similar one', () => {
    expect(ids.unitNamed('Danish National Police')).toBe('dk:police');
    expect(ids.unitNamed('Reykjavik Metropolitan Police')).toBe('is:rmp');
    expect(ids.unitNamed('Icelandic police')).toBeNull();
    expect(ids.unitNamed('Swedish police')).toBeNull();
  });
});

describe('toQualifier', () => {
  it.each([
    ['exact', 'EXACT'],
    ['about', 'ABOUT'],
    ['around', 'ABOUT'],
    ['approximately', 'ABOUT'],
    ['"hundred or so delegates"', 'ABOUT'],
    ['over', 'MORE_THAN'],
    ['more than', 'MORE_THAN'],
    ['announced', 'ANNOUNCED'],
    ['around (announced)', 'ANNOUNCED'],
    ['some say', 'OTHER'],
    [null, 'OTHER'],
  ])('reads %s as %s', (wording, qualifier) => {
    expect(toQualifier(wording)).toBe(qualifier);
  });
});

describe('loading an invalid value', () => {
  const facts = readFacts();
  const ids = createFactIds(facts);
  const [event] = facts.events;
  const [term] = facts.terms;
  const [claim] = facts.claims;

  it.each<[what: string, load: () => unknown, message: string]>([
    [
      'an organiser that no file has',
      () => readRoles({ ...facts, events: [{ ...event!, organiser_org_ids: ['nobody'] }] }, ids),
      'events.csv, row 2, column organiser_org_ids: “nobody” is not an organisation',
    ],
    [
      'an unknown parent event',
      () => readEvents({ ...facts, events: [{ ...event!, parent_event_id: 'nothing' }] }, ids),
      'events.csv, row 2, column parent_event_id: “nothing” is not an event',
    ],
    [
      'a date of another precision',
      () => readEvents({ ...facts, events: [{ ...event!, start_date: '2007' }] }, ids),
      'events.csv, row 2, column start_date: “2007” is not of the precision “month”',
    ],
    [
      'a parent that no file has',
      () =>
        readOrganisations(
          { ...facts, organisations: [{ ...facts.organisations[0]!, parent_org_id: 'nobody' }] },
          ids,
        ),
      'organisations.csv, row 2, column parent_org_id: “nobody” is not an organisation',
    ],
    [
      'a term of a body that is not known',
      () => readSpokesmanships({ ...facts, terms: [{ ...term!, term_id: 'other-1' }] }, ids),
      'network-terms.csv, row 2, column term_id: “other-1” names no known body',
    ],
    [
      'a claim about what is another owner’s',
      () => readClaims({ ...facts, claims: [{ ...claim!, subject: 'ncm-led' }] }, ids),
      'claims.csv, row 2, column subject: “ncm-led” is not the network’s',
    ],
  ])('names file, row and column: %s', (_, load, message) => {
    expect(load).toThrow(message);
  });

  it('keeps a wording without its own qualifier as a claim', () => {
    const worded = { ...event!, participants: 40, participants_qualifier: 'some say' };
    const claims = readClaims({ ...facts, events: [worded], claims: [] }, ids);
    expect(claims).toContainEqual(
      expect.objectContaining({ property: 'participants', value: '40', note: 'some say' }),
    );
  });
});
