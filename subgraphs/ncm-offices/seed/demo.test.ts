import 'reflect-metadata';

import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { DelegateNomination } from '../entities/delegate-nomination.entity.js';
import { Delegate } from '../entities/delegate.entity.js';
import { GroupMeeting } from '../entities/group-meeting.entity.js';
import { Office } from '../entities/office.entity.js';
import { RegionalHosting } from '../entities/regional-hosting.entity.js';
import { StopConfirmation } from '../entities/stop-confirmation.entity.js';
import { openTestOffices } from '../testing/test-partner.js';

describe.each(testDatabases)('loadDemonstration on $name', (database) => {
  it('invents thirty delegates of both offices, marked and the same each time', async () => {
    await using one = await openTestOffices(database, 'demonstration');
    await using other = await openTestOffices(database, 'demonstration');
    const [delegates, again] = await Promise.all(
      [one, other].map(({ source }) =>
        source.getRepository(Delegate).find({ order: { id: 'ASC' } }),
      ),
    );
    expect(delegates).toEqual(again);
    expect(delegates).toHaveLength(30);
    expect(new Set(delegates?.map(({ officeId }) => officeId))).toEqual(
      new Set(['ncm:led', 'ncm:kgd']),
    );
    for (const { id, email, name } of delegates ?? []) {
      expect(id).toMatch(/^ncm:demo-delegate-\d+$/);
      expect(email).toMatch(/@ncm\.example\.org$/);
      expect(name).toMatch(/^\p{Script=Cyrillic}+ \p{Script=Cyrillic}/u);
    }
  });

  it('follows the plan of the demonstration', async () => {
    await using partner = await openTestOffices(database, 'demonstration');
    const { source } = partner;
    const all = await source.getRepository(DelegateNomination).find();
    const nominations = all.filter(({ groupId }) => groupId === 'nbnp:demo-group-1');
    const withStatus = (status: string) =>
      nominations.filter((nomination) => nomination.status === status).map(({ id }) => id);
    expect(nominations).toHaveLength(14);
    expect(withStatus('SELECTED')).toHaveLength(12);
    expect(withStatus('DECLINED')).toEqual(['ncm:demo-nomination-1-13']);
    expect(withStatus('WITHDRAWN')).toEqual(['ncm:demo-nomination-1-14']);
    for (const { status, localAuthority, reason, nominatedOn, decidedOn } of nominations) {
      expect([localAuthority !== null, reason !== null]).toEqual([
        status === 'SELECTED',
        status !== 'SELECTED',
      ]);
      expect([nominatedOn, decidedOn]).toEqual(['2026-08-17', '2026-09-14']);
    }
    expect(await source.getRepository(GroupMeeting).find()).toEqual([
      expect.objectContaining({
        groupId: 'nbnp:demo-group-1',
        kind: 'BRIEFING',
        on: '2026-11-09',
        attended: 11,
      }),
    ]);
    expect(await source.getRepository(RegionalHosting).find()).toEqual([
      expect.objectContaining({ visitId: 'nbnp:demo-visit-2', status: 'CONFIRMED' }),
    ]);
    const confirmed = await source
      .getRepository(StopConfirmation)
      .find({ order: { stopId: 'ASC' } });
    expect(confirmed.map(({ stopId }) => stopId)).toEqual(
      ['2-1', '2-2', '4-1', '4-2', '4-3', '4-4', '4-5', '4-6'].map(
        (stop) => `nbnp:demo-stop-${stop}`,
      ),
    );
  });

  it('has a group with a reserve, a replacement, and a nominee who is not decided', async () => {
    await using partner = await openTestOffices(database, 'demonstration');
    const nominations = await partner.source
      .getRepository(DelegateNomination)
      .findBy({ groupId: 'nbnp:demo-group-5' });
    const byNumber = new Map(nominations.map((one) => [Number(one.id.split('-').at(-1)), one]));
    expect([...byNumber.keys()].toSorted((a, b) => a - b)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13,
    ]);
    const isMember = { status: 'SELECTED', reserve: false };
    expect(byNumber.get(9)).toMatchObject({ ...isMember, replacesId: null });
    expect(byNumber.get(10)).toMatchObject({
      ...isMember,
      replacesId: 'ncm:demo-nomination-5-13',
    });
    expect(byNumber.get(11)).toMatchObject({ status: 'SELECTED', reserve: true });
    expect(byNumber.get(12)).toMatchObject({ status: 'PENDING', decidedOn: null, version: 1 });
    expect(byNumber.get(13)).toMatchObject({ status: 'WITHDRAWN' });
  });

  it('has an invented office in Russia that is open, and acts for it', async () => {
    await using partner = await openTestOffices(database, 'demonstration');
    const { source } = partner;
    const office = await source.getRepository(Office).findOneByOrFail({ id: 'ncm:demo-office' });
    expect(office).toMatchObject({ country: 'RU', closedOn: null });
    expect(office.name).toMatch(/^Demonstration: /);
    for (const entity of [GroupMeeting, RegionalHosting, StopConfirmation])
      for (const { officeId } of await source.getRepository(entity).find())
        expect(officeId).toBe(office.id);
  });

  it('names an organisation as the authority of a delegate of St. Petersburg', async () => {
    await using partner = await openTestOffices(database, 'demonstration');
    const named = await partner.source
      .getRepository(DelegateNomination)
      .findBy({ authorityId: 'nbnp:ru-spb-gov' });
    expect(named.length).toBeGreaterThan(0);
  });

  it('is not loaded into a server with its own data', async () => {
    await using partner = await openTestOffices(database, 'facts');
    expect(await partner.source.getRepository(Delegate).count()).toBe(0);
  });
});
