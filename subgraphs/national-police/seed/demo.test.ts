import 'reflect-metadata';

import { codes } from '@hub/shared/policy';
import { inner, testDatabases } from '@hub/shared/testing';
import type { DataSource } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { migrations } from '../data-source.js';
import { Expert, ExpertLanguage, ExpertRole } from '../entities/expert.entity.js';
import { Hosting } from '../entities/hosting.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { Officer, OfficerLanguage } from '../entities/officer.entity.js';
import { ParticipantReport } from '../entities/participant-report.entity.js';
import { StopConfirmation } from '../entities/stop-confirmation.entity.js';
import { definition } from '../partner.js';
import { loadDemonstration } from './demo.js';
import { loadFacts } from './load-facts.js';

const entities = [...definition.entities];

/** The rows of all eight police forces in one database, to check the whole demonstration. */
async function loadAll(url: string): Promise<DataSource> {
  const source = await inner.openDatabase({ url, entities, migrations });
  for (const code of codes.policeCodes) {
    await loadFacts(source, code);
    await loadDemonstration(source, code);
  }
  return source;
}

describe.each(testDatabases)('loadDemonstration on $name', ({ create }) => {
  it('invents six officers for each police force and four experts for each Baltic one, marked as invented', async () => {
    await using database = await create();
    await using source = disposable(await loadAll(database.url));
    const officers = await source.manager.find(Officer, { order: { id: 'ASC' } });
    const experts = await source.manager.find(Expert, { order: { id: 'ASC' } });
    expect(officers.map(({ id }) => id)).toEqual(
      codes.policeCodes.flatMap((code) =>
        [1, 2, 3, 4, 5, 6].map((number) => `${code}:demo-officer-${number}`),
      ),
    );
    expect(experts.map(({ id }) => id)).toEqual(
      ['ee', 'lt', 'lv'].flatMap((code) =>
        [1, 2, 3, 4].map((number) => `${code}:demo-expert-${number}`),
      ),
    );
    for (const { name, email, unitId, id } of [...officers, ...experts]) {
      expect(name).toMatch(/^\p{Lu}.* \p{Lu}/u);
      expect(email).toMatch(/^[a-z.-]+@example\.org$/);
      expect(unitId.slice(0, 2)).toBe(id.slice(0, 2));
    }
    const addresses = [...officers, ...experts].map(({ email }) => email);
    expect(new Set(addresses).size).toBe(addresses.length);
    const targets = officers.map(({ targetGroup }) => targetGroup);
    expect(targets.filter((target) => target === 'POLICE').length).toBeGreaterThan(24);
    expect(new Set(targets).size).toBeGreaterThan(2);
  });

  it('nominates as many as the groups accept, and also some who are declined, withdrawn, in reserve or undecided', async () => {
    await using database = await create();
    await using source = disposable(await loadAll(database.url));
    const nominations = await source.manager.find(OfficerNomination);
    const of = (group: number) =>
      nominations
        .filter(({ groupId }) => groupId === `nbnp:demo-group-${group}`)
        .map(({ id }) => id)
        .toSorted();
    expect(of(4)).toEqual(
      [
        'dk:1',
        'dk:2',
        'ee:1',
        'fi:1',
        'fi:2',
        'is:1',
        'lt:1',
        'lv:1',
        'no:1',
        'no:2',
        'se:1',
        'se:2',
      ].map((officer) => officer.replace(':', ':demo-nomination-4-')),
    );
    expect(of(2)).toEqual(
      [
        'dk:3',
        'dk:4',
        'ee:3',
        'ee:4',
        'fi:3',
        'fi:4',
        'is:3',
        'is:4',
        'lt:3',
        'lt:5',
        'lv:3',
        'no:3',
        'no:4',
        'se:3',
        'se:4',
      ].map((officer) => officer.replace(':', ':demo-nomination-2-')),
    );
    expect(nominations).toHaveLength(12 + 15);
    expect(nominations.filter(({ withdrawnOn }) => withdrawnOn).map(({ id }) => id)).toEqual([
      'is:demo-nomination-2-4',
    ]);
    for (const { id, nominatedOn, groupId } of nominations) {
      // The network has not decided on the last one.
      const second = id === 'lt:demo-nomination-2-5' ? '2026-11-23' : '2026-09-01';
      expect(nominatedOn).toBe(groupId === 'nbnp:demo-group-4' ? '2024-09-02' : second);
    }
  });

  it('has a report of everyone who travelled, after the return', async () => {
    await using database = await create();
    await using source = disposable(await loadAll(database.url));
    const reports = await source.manager.find(ParticipantReport);
    expect(reports).toHaveLength(12);
    for (const { id, officerId, groupId, visitId, receivedOn } of reports) {
      expect(id).toBe(officerId.replace('officer', 'report-4'));
      expect([groupId, visitId]).toEqual(['nbnp:demo-group-4', 'nbnp:demo-visit-4']);
      expect(receivedOn >= '2025-03-28' && receivedOn <= '2025-04-05').toBe(true);
    }
  });

  it('hosts two visits: all is confirmed for the first; Norway has not confirmed its offer for the other, nor two of its stops', async () => {
    await using database = await create();
    await using source = disposable(await loadAll(database.url));
    const hostings = await source.manager.find(Hosting, { order: { id: 'ASC' } });
    expect(hostings.map(({ id, status, visitId }) => [id, status, visitId])).toEqual([
      ['ee:demo-hosting-1', 'CONFIRMED', 'nbnp:demo-visit-1'],
      ['fi:demo-hosting-1', 'CONFIRMED', 'nbnp:demo-visit-1'],
      ['lv:demo-hosting-1', 'WITHDRAWN', 'nbnp:demo-visit-1'],
      ['no:demo-hosting-5', 'OFFERED', 'nbnp:demo-visit-5'],
      ['se:demo-hosting-5', 'CONFIRMED', 'nbnp:demo-visit-5'],
    ]);
    const confirmations = await source.manager.find(StopConfirmation, { order: { stopId: 'ASC' } });
    const confirmed = (stop: string, unitId: string, confirmedOn: string) => ({
      stopId: `nbnp:demo-stop-${stop}`,
      unitId,
      stopVersion: 1,
      confirmedOn,
    });
    expect(confirmations).toEqual([
      ...['1-1', '1-2', '1-3'].map((stop) => confirmed(stop, 'fi:npb', '2026-10-20')),
      ...['1-4', '1-5', '1-6'].map((stop) => confirmed(stop, 'ee:ppa', '2026-10-20')),
      confirmed('5-1', 'no:police', '2026-11-20'),
      confirmed('5-4', 'se:npb', '2026-11-20'),
    ]);
  });

  it('gives every expert the languages and roles of the network’s assignments', async () => {
    await using database = await create();
    await using source = disposable(await loadAll(database.url));
    const languages = await source.manager.find(ExpertLanguage);
    const roles = await source.manager.find(ExpertRole);
    const own = { ee: 'et', lt: 'lt', lv: 'lv' };
    for (const { id } of await source.manager.find(Expert)) {
      const spoken = languages
        .filter(({ expertId }) => expertId === id)
        .map(({ language }) => language);
      expect(spoken).toEqual(
        expect.arrayContaining(['en', 'ru', own[id.slice(0, 2) as keyof typeof own]]),
      );
    }
    const assigned: [string, string][] = [
      ['ee:demo-expert-1', 'INTERPRETER'],
      ['lv:demo-expert-1', 'EXPERT'],
      ['lt:demo-expert-1', 'INTERPRETER'],
      ['lv:demo-expert-2', 'SUPPORT_PERSON'],
      ['lt:demo-expert-2', 'INTERPRETER'],
    ];
    for (const [expertId, role] of assigned) {
      expect(roles).toContainEqual(expect.objectContaining({ expertId, role }));
    }
    expect(await source.manager.countBy(OfficerLanguage, { language: 'en' })).toBe(48);
  });

  it('invents the same people every time', async () => {
    const people = async () => {
      await using database = await create();
      await using source = disposable(await loadAll(database.url));
      return await source.manager.find(Officer, { order: { id: 'ASC' } });
    };
    expect(await people()).toEqual(await people());
  });
});

/** A data source that closes at the end of its block. */
function disposable(source: DataSource): DataSource & AsyncDisposable {
  return Object.assign(source, { [Symbol.asyncDispose]: () => source.destroy() });
}
