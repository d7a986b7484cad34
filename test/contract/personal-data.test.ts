import 'reflect-metadata';

import type { PersonalData } from '@hub/shared/programme';
import { sqlite } from '@hub/shared/testing';
import type { DataSource, EntityMetadata } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { expertData, officerData } from '../../subgraphs/national-police/access/person-tables.js';
import { openTestPolice } from '../../subgraphs/national-police/testing/test-partner.js';
import { othersData } from '../../subgraphs/nbnp/nominations/erase-texts.js';
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
    await using network = await openTestNetwork(sqlite, 'nothing');
    expect(findForgotten(network.source, [othersData])).toEqual([]);
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
