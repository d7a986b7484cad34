import 'reflect-metadata';

import { statementsOf, testDatabases } from '@hub/shared/testing';
import type { DataSource } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { Claim } from '../entities/claim.entity.js';
import { DelegateLanguage } from '../entities/delegate-language.entity.js';
import { DelegateNomination } from '../entities/delegate-nomination.entity.js';
import { Delegate } from '../entities/delegate.entity.js';
import { GroupMeeting } from '../entities/group-meeting.entity.js';
import { Office } from '../entities/office.entity.js';
import { ParticipantReport } from '../entities/participant-report.entity.js';
import { ProgrammeSignature } from '../entities/programme-signature.entity.js';
import { Region } from '../entities/region.entity.js';
import { RegionalHosting } from '../entities/regional-hosting.entity.js';
import { RegionalSite, SiteClaim } from '../entities/regional-site.entity.js';
import { StopConfirmation } from '../entities/stop-confirmation.entity.js';
import { openTestOffices } from './test-partner.js';

const parents = 100;
const numbers = Array.from({ length: parents }, (_, index) => index + 1);
const two = numbers.flatMap((number) =>
  [`${number}-a`, `${number}-b`].map((id) => ({ number, id })),
);

/** A hundred records of each kind, each with two of each relation. */
async function fill(source: DataSource): Promise<void> {
  const office = { kind: 'BRANCH' as const, city: 'Nida', variants: [], searchText: '' };
  await source.manager.insert(
    Office,
    numbers.map((n) => ({ ...office, id: `ncm:o${n}`, name: `${n}` })),
  );
  await source.manager.insert(
    Office,
    two.map(({ number, id }) => ({
      ...office,
      id: `ncm:o${id}`,
      name: id,
      parentId: `ncm:o${number}`,
    })),
  );
  await source.manager.insert(
    Claim,
    two.map(({ number, id }) => ({
      id: `ncm:c${id}`,
      officeId: `ncm:o${number}`,
      property: 'openedOn',
      value: '1991',
      preferred: true,
    })),
  );
  await source.manager.insert(
    Region,
    numbers.map((n) => ({
      code: `RU-${n}`,
      name: `${n}`,
      variants: [],
      country: 'RU',
      officeId: `ncm:o${n}`,
    })),
  );
  const site = {
    sector: 'NGO',
    country: 'RU',
    evidence: 'RELEVANT_HOST',
    eventId: 'nbnp:e',
  } as const;
  await source.manager.insert(
    RegionalSite,
    numbers.map((n) => ({ ...site, id: `ncm:s${n}`, name: `${n}`, regionCode: `RU-${n}` })),
  );
  const claim = { property: 'city', value: 'Nida', source: null, preferred: true, note: null };
  await source.manager.insert(
    SiteClaim,
    numbers.map((n) => ({ ...claim, siteId: `ncm:s${n}`, position: 0 })),
  );
  await source.manager.insert(
    Delegate,
    numbers.map((n) => ({
      id: `ncm:d${n}`,
      targetGroup: 'POLICE' as const,
      country: 'RU',
      regionCode: `RU-${n}`,
      officeId: `ncm:o${n}`,
      version: 1,
    })),
  );
  await source.manager.insert(
    DelegateLanguage,
    two.map(({ number, id }) => ({
      delegateId: `ncm:d${number}`,
      tag: id.endsWith('a') ? 'en' : 'ru',
      place: 1,
    })),
  );
  await source.manager.insert(
    DelegateNomination,
    two.map(({ number, id }) => ({
      id: `ncm:n${id}`,
      groupId: `nbnp:g${number}`,
      delegateId: `ncm:d${number}`,
      nominatedOn: '2026-01-01',
      status: 'SELECTED' as const,
      decidedOn: '2026-02-02',
      version: 2,
    })),
  );
  await source.manager.insert(
    ParticipantReport,
    numbers.map((n) => ({
      id: `ncm:r${n}`,
      delegateId: `ncm:d${n}`,
      groupId: `nbnp:g${n}`,
      visitId: 'nbnp:v',
      receivedOn: '2026-03-03',
    })),
  );
  const meeting = { kind: 'BRIEFING' as const, on: '2026-02-03', attendees: [] };
  await source.manager.insert(
    GroupMeeting,
    numbers.map((n) => ({ ...meeting, groupId: `nbnp:g${n}`, officeId: `ncm:o${n}` })),
  );
  await source.manager.insert(
    StopConfirmation,
    numbers.map((n) => ({
      stopId: `nbnp:s${n}`,
      officeId: `ncm:o${n}`,
      confirmedOn: '2026-02-04',
      stopVersion: 3,
    })),
  );
  await source.manager.insert(
    RegionalHosting,
    two.map(({ number, id }) => ({
      id: `ncm:h${id}`,
      officeId: `ncm:o${number}`,
      visitId: `nbnp:v${number}`,
      status: 'OFFERED' as const,
      version: 1,
    })),
  );
  await source.manager.insert(
    ProgrammeSignature,
    numbers.map((n) => ({ programmeId: `nbnp:p${n}`, signedOn: '2026-05-05' })),
  );
}

/**
 * The statements of each relation for any number of parents, including the parents' own statement.
 */
const relations = [
  ['Office', 'ncm:o', 'parent { name }', 1],
  ['Office', 'ncm:o', 'branches { name }', 2],
  ['Office', 'ncm:o', 'covers { name }', 2],
  ['Office', 'ncm:o', 'coverages { isStated region { name } office { id } }', 2],
  ['Office', 'ncm:o', 'claims { value }', 2],
  ['Region', 'RU-', 'office { name }', 2],
  ['RegionalSite', 'ncm:s', 'region { name }', 2],
  ['RegionalSite', 'ncm:s', 'organisation { id } event { id }', 1],
  ['Delegate', 'ncm:d', 'region { name }', 2],
  ['Delegate', 'ncm:d', 'office { name }', 2],
  ['Delegate', 'ncm:d', 'languages', 2],
  ['Delegate', 'ncm:d', 'nominations { status }', 2],
  ['Delegate', 'ncm:d', 'report { receivedOn }', 2],
  ['DelegateNomination', 'ncm:n', 'delegate { targetGroup }', 2],
  ['DelegateNomination', 'ncm:n', 'group { id }', 1],
  ['Group', 'nbnp:g', 'delegateNominations { status }', 1],
  ['Group', 'nbnp:g', 'delegateNominations(status: SELECTED) { status }', 1],
  ['Group', 'nbnp:g', 'delegates { targetGroup }', 2],
  ['Group', 'nbnp:g', 'delegateCount delegatesSelectedOn', 1],
  ['Group', 'nbnp:g', 'delegateNominationCount', 1],
  ['Group', 'nbnp:g', 'delegatesBriefedOn delegatesDebriefedOn', 1],
  ['Group', 'nbnp:g', 'delegateMeetings { kind missed }', 2],
  ['Group', 'nbnp:g', 'delegateReportsReceived', 1],
  ['ItineraryStop', 'nbnp:s', 'officeConfirmedOn officeConfirmedVersion', 1],
  ['RegionalHosting', 'ncm:h', 'office { name }', 2],
  ['Visit', 'nbnp:v', 'regionalHostings { status note }', 1],
  ['Programme', 'nbnp:p', 'officeSignedOn officeSignatureCount', 1],
  ['Programme', 'nbnp:p', 'officeEvaluation { summary version signedOn }', 2],
] as const;

describe.each(testDatabases)('Statements on $name', (database) => {
  it('do not grow with the number of parents, in any relation', async () => {
    await using partner = await openTestOffices(database, 'nothing');
    await fill(partner.source);
    const cost = (type: string, prefix: string, selection: string, count: number) => {
      const suffix = ['DelegateNomination', 'RegionalHosting'].includes(type) ? '-a' : '';
      const keys = numbers.slice(0, count).map((number) => ({
        __typename: type,
        [type === 'Region' ? 'code' : 'id']: `${prefix}${number}${suffix}`,
      }));
      const query = `query ($keys: [_Any!]!) { _entities(representations: $keys) { ... on ${type} { ${selection} } } }`;
      return statementsOf(partner.source, async () => {
        const { data, errors } = await partner.ask(query, { keys });
        expect(errors).toBeUndefined();
        const found = data?.['_entities'] as unknown[];
        expect(found.filter(Boolean)).toHaveLength(count);
      });
    };
    for (const [type, prefix, selection, statements] of relations) {
      expect
        .soft(
          [await cost(type, prefix, selection, 1), await cost(type, prefix, selection, parents)],
          selection,
        )
        .toEqual([statements, statements]);
    }
  });

  it('are the same with and without a count, which is read with the rows', async () => {
    await using partner = await openTestOffices(database, 'nothing');
    await fill(partner.source);
    for (const list of ['delegates', 'delegateNominations']) {
      const costOf = (counts: string) =>
        statementsOf(partner.source, () => partner.ask(`{ ${list} { nodes { id } ${counts} } }`));
      expect(await costOf('totalCount'), list).toBe(await costOf(''));
    }
  });

  it('do not grow with the depth of repeated relations', async () => {
    await using partner = await openTestOffices(database, 'nothing');
    await fill(partner.source);
    const query = (first: number) => `{
      delegates(first: ${first}) {
        nodes { region { name office { name } } office { covers { code } } nominations { group { delegates { id } } } }
        totalCount
      }
    }`;
    const costs = [];
    for (const first of [1, parents]) {
      costs.push(await statementsOf(partner.source, () => partner.ask(query(first))));
    }
    expect(costs[1]).toBe(costs[0]);
  });
});
