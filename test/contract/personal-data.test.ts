import { inner } from '@hub/shared/testing';
import 'reflect-metadata';

import { type PersonalData } from '@hub/shared/programme';
import {
  createTestKeyPair,
  openTestPartner,
  sqlite,
  type TestPartner,
  type TestPartnerOptions,
} from '@hub/shared/testing';
import { decodeJwt } from 'jose';
import type { DataSource, EntityMetadata } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { columns } from '../../gateway/plugins/exports/person/column-words.js';
import { leftOut, tables } from '../../gateway/plugins/exports/person/words.js';
import { expertData, officerData } from '../../subgraphs/national-police/access/person-tables.js';
import { openTestPolice } from '../../subgraphs/national-police/testing/test-partner.js';
import { othersData } from '../../subgraphs/nbnp/nominations/erase-texts.js';
import { definition as network } from '../../subgraphs/nbnp/partner.js';
import { openTestNetwork } from '../../subgraphs/nbnp/testing/test-partner.js';
import { delegateData } from '../../subgraphs/ncm-offices/access/person-tables.js';
import { openTestOffices } from '../../subgraphs/ncm-offices/testing/test-partner.js';

const counted = 'counts and statistics of people must not change';
const recorded = 'the record says who did what, and has its own periods';
const pseudonym = 'the id, which stays and says nothing without the row of the person';

/** Columns about people that no erasure empties, and why. `*` is every table, or every column. */
const stays: Readonly<Record<string, string>> = {
  '*.version': 'how often it was changed',
  '*.isRehearsal': 'whether it is invented',
  '*.position': 'its place in a list',
  '*.place': 'its place in a list',
  '*.groupId': counted,
  '*.visitId': counted,
  '*.targetGroup': counted,
  '*.country': counted,
  '*.unitId': counted,
  '*.officeId': counted,
  '*.regionCode': counted,
  'OfficerLanguage.*': counted,
  'DelegateLanguage.*': counted,
  'ExpertLanguage.*': counted,
  'ExpertRole.*': counted,
  'ExpertField.*': counted,
  'ExpertAssignment.*': 'an expert’s part in a visit, as the plan has it, in enums and days',
  'OfficerNomination.*': 'that she was proposed and decided on, in ids, enums and days',
  'DelegateNomination.*': 'that she was proposed and decided on, in ids, enums and days',
  'ExpertLoan.*': 'that she was lent for a visit, in ids and days',
  'ParticipantReport.receivedOn': counted,
  'Absence.from': counted,
  'GroupMeeting.attendees': pseudonym,
  'GroupMeeting.on': counted,
  'GroupMeeting.agenda': 'about the meeting of a group; its form asks for no person',
  'GroupMeeting.outcome': 'about the meeting of a group; its form asks for no person',
  'StoredReading.*': recorded,
  'RetentionNotice.*': 'which kinds were due and erased when, in days; gone with an erasure',
  'RetentionHold.*': 'why nothing is erased now, until when; gone with an erasure',
  'RetentionHold.reason': 'removed by every erasure',
  'Invitation.*': 'ended by every erasure; hashes and days, removed 30 days after her access',
  'ParticipantSession.*':
    'ended by every erasure; hashes and days, removed 30 days after her access',
  'PersonKey.key': 'removed by every erasure, with the tags that it makes',
  'Erasure.*': 'that she was erased, which must be known for ever',
};

/** Columns of texts, which a table’s general reason does not cover. */
const isText = (type: unknown) => type === 'text' || type === String;

const personColumn =
  /^(officer|delegate|expert|participant|person|member|attendee|nominee|reader)s?(Id)?$/;

/** The columns that say about whom a row is. */
const findPersonColumns = ({ target, columns }: EntityMetadata, all: readonly PersonalData[]) =>
  columns.filter(
    ({ propertyName, isPrimary }) =>
      personColumn.test(propertyName) || (isPrimary && all.some(({ people }) => people === target)),
  );

function findForgotten({ entityMetadatas }: DataSource, all: readonly PersonalData[]): string[] {
  const tables = all.flatMap((data) => data.tables);
  return entityMetadatas.flatMap((metadata) => {
    const people = findPersonColumns(metadata, all);
    if (people.length === 0) return [];
    const own = tables.filter(({ entity }) => entity === metadata.target);
    if (own.some(({ erased }) => erased === 'rows')) return [];
    const erased = new Set(own.flatMap((table) => Object.keys(table.erased)));
    return metadata.columns
      .filter((column) => !column.isPrimary && !(people.includes(column) && own.length > 0))
      .filter(({ propertyName, type }) => {
        const { name } = metadata;
        const exact = stays[`${name}.${propertyName}`] ?? stays[`*.${propertyName}`];
        const general = isText(type) ? undefined : stays[`${name}.*`];
        return !erased.has(propertyName) && (exact ?? general) === undefined;
      })
      .map(({ propertyName }) => `${metadata.name}.${propertyName}`);
  });
}

describe('each column of a table about people is erased, or stays for a stated reason', () => {
  it('at a police force', async () => {
    await using police = await openTestPolice(sqlite, 'fi', 'nothing');
    expect(findForgotten(police.source, [officerData, expertData])).toEqual([]);
  });

  it('at the offices', async () => {
    await using offices = await openTestOffices(sqlite, 'nothing');
    expect(findForgotten(offices.source, [delegateData])).toEqual([]);
  });

  it('at the network', async () => {
    await using partner = await openTestNetwork(sqlite, 'nothing');
    expect(findForgotten(partner.source, [othersData])).toEqual([]);
  });
});

describe('personal data', () => {
  it('is found by the column that refers to the person, and not by luck', async () => {
    await using police = await openTestPolice(sqlite, 'fi', 'nothing');
    const without = { ...officerData, tables: officerData.tables.slice(2) };
    expect(findForgotten(police.source, [without, expertData])).toEqual(
      expect.arrayContaining(['OfficerTravelNeeds.diet', 'OfficerFormality.note']),
    );
  });
});

/** Tables about people that are not in the file of a person, and why. */
const notInFile: Readonly<Record<string, string>> = {
  StoredReading: 'its readings are in the file, as the record tells them',
  PersonKey: 'a key, which says nothing and opens the record',
};

/**
 * Tables of which only an organisation with people of its own fills rows about people. The notices and
 * holds of others are of rows that name contacts during a visit.
 */
const ofOwnPeople = new Set([
  'Invitation',
  'ParticipantSession',
  'RetentionNotice',
  'RetentionHold',
]);

const hashes = /^(secretHash|previousHash)$/;

interface Planted {
  readonly text: string;
  readonly place: string;
}

/** Writes a row about the person into each table about people, with a text of its own in each column. */
async function plantRows({ source }: TestPartner, all: readonly PersonalData[], person: string) {
  const planted: Planted[] = [];
  await source.query('PRAGMA foreign_keys = OFF');
  for (const metadata of source.entityMetadatas) {
    const people = findPersonColumns(metadata, all);
    if (people.length === 0 || notInFile[metadata.name] !== undefined) continue;
    if (ofOwnPeople.has(metadata.name) && !all.some((data) => data.people)) continue;
    const row: Record<string, unknown> = {};
    for (const column of metadata.columns) {
      const { propertyName: name, type } = column;
      const text = `planted-${metadata.tableName}-${name}`;
      if (people.includes(column)) row[name] = type === 'simple-json' ? [person] : person;
      else if (type === 'simple-json') row[name] = [text];
      else if (type === 'boolean') row[name] = true;
      else row[name] = isText(type) || type === 'varchar' ? text : 1;
      const isSecret = hashes.test(name);
      if (!people.includes(column) && JSON.stringify(row[name]).includes(text) && !isSecret)
        planted.push({ text, place: `${metadata.name}.${name}` });
    }
    await source.manager.insert(metadata.target, row);
  }
  return planted;
}

interface PlantedCase {
  readonly open: (options: Required<Pick<TestPartnerOptions, 'publisher'>>) => Promise<TestPartner>;
  readonly all: readonly PersonalData[];
  readonly person: string;
  readonly query: string;
}

const asked: Readonly<Record<string, PlantedCase>> = {
  'a police force': {
    open: (options) => openTestPolice(sqlite, 'fi', 'nothing', options),
    all: [officerData, expertData],
    person: 'fi:planted',
    query:
      '{ officer(id: "fi:planted") { personFile { statement } } expert(id: "fi:planted") { personFile { statement } } }',
  },
  'the offices': {
    open: (options) => openTestOffices(sqlite, 'nothing', options),
    all: [delegateData],
    person: 'ncm:planted',
    query: '{ delegate(id: "ncm:planted") { personFile { statement } } }',
  },
  'the network': {
    open: (options) =>
      openTestPartner(network, sqlite, { partner: 'nbnp', content: 'nothing', ...options }),
    all: [othersData],
    person: 'fi:planted',
    query: '{ networkPersonFile(person: "fi:planted") { statement } }',
  },
};

describe.each(Object.entries(asked))('the file of a person at %s', (where, given) => {
  const { open, all, person, query } = given;

  it('has each text that is stored about her', async () => {
    const { key } = await createTestKeyPair('test');
    const publisher = {
      signingKey: () => Promise.resolve(key),
      refreshHub: () => Promise.resolve(),
    };
    await using partner = await open({ publisher });
    const planted = await plantRows(partner, all, person);
    expect(planted.length).toBeGreaterThan(5);
    const as = {
      kind: 'participant',
      organisation: person.split(':')[0] ?? '',
      subject: person,
      person,
      purpose: undefined,
    } as const;
    const { data, errors } = await partner.ask(query, {}, as);
    expect(errors).toBeUndefined();
    const statements = JSON.stringify(data).matchAll(/"statement":"([^"]+)"/g);
    const parts = [...statements].map(([, statement = '']) => decodeJwt(statement));
    const written = JSON.stringify(parts);
    expect(planted.filter(({ text }) => !written.includes(text))).toEqual([]);
    for (const secret of ['secretHash', 'previousHash']) expect(written).not.toContain(secret);
  });

  it('has words for each table and column on its page, in four languages', async () => {
    await using partner = await open({
      publisher: {
        signingKey: () => Promise.reject(new Error(where)),
        refreshHub: () => Promise.resolve(),
      },
    });
    const unnamed = all.flatMap(inner.listFileRows).flatMap(({ entity, without = [] }) => {
      const { tableName, columns: own } = partner.source.getMetadata(entity);
      const names = own.map(({ propertyName }) => propertyName);
      return [
        ...(tables[tableName] ? [] : [tableName]),
        ...names
          .filter((name) => !columns[name] && !leftOut.has(name) && !without.includes(name))
          .map((name) => `${tableName}.${name}`),
      ];
    });
    expect(unnamed).toEqual([]);
  });
});
