import 'reflect-metadata';

import type { Reader } from '@hub/shared/identity';
import { createFactsHub, testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { GroupMeeting } from '../entities/group-meeting.entity.js';
import { readers, today } from '../testing/test-access.js';
import { openTestOffices } from '../testing/test-partner.js';

const running = { endsOn: '2026-11-27', returnedOn: null, hosts: [{ owner: 'fi' }] };
const ended = { endsOn: '2026-11-23', returnedOn: '2026-11-23', hosts: [{ owner: 'fi' }] };

/** Groups in the terms of the access table: Norway sends to each, and Finland hosts those with a visit. */
const groups = {
  'nbnp:running': { visits: [ended, running], hasOffice: true },
  'nbnp:ended': { visits: [ended, { ...running, cancelledOn: '2026-11-01' }], hasOffice: false },
  'nbnp:unplanned': { visits: [], hasOffice: true },
} as const;
type Group = keyof typeof groups;

const { askHub } = createFactsHub((_, id) => {
  const { visits, hasOffice } = groups[id as Group];
  return {
    visits: [...visits],
    senders: ['no'],
    coordinatingOffice: hasOffice ? { id: 'ncm:led' } : null,
  };
});

// Who reads what, written out independently of the policies.

const hasEnded = (group: Group): boolean => group === 'nbnp:ended';
const isHosted = (group: Group): boolean => group !== 'nbnp:unplanned';

function mayReadPlan(reader: Reader, group: Group): boolean {
  if (reader.kind !== 'person' || reader.role === 'auditor') return false;
  // What an analyst reads, nobody of her organisation reads less of, but for auditors.
  if (hasEnded(group)) return true;
  if (reader.role === 'analyst') return false;
  return (
    ['ncm', 'nbnp', 'no'].includes(reader.organisation) ||
    (reader.organisation === 'fi' && isHosted(group))
  );
}

const meeting = {
  kind: 'BRIEFING',
  on: '2026-11-01',
  place: 'St. Petersburg',
} as const;
const plan = { agenda: 'Visas.', outcome: 'A list of questions.', attended: 0, missed: 0 };
const nothing = { agenda: null, outcome: null, attended: null, missed: null };

describe.each(testDatabases)('GroupMeeting on $name', (kind) => {
  it('shows the meeting as a visit’s title, and what it was about as a visit’s stops', async () => {
    const clock = () => new Date(`${today}T12:00:00Z`);
    await using partner = await openTestOffices(kind, 'facts', { askHub, clock });
    for (const groupId of Object.keys(groups) as Group[]) {
      const { agenda, outcome } = plan;
      const row = { groupId, ...meeting, agenda, outcome, attendees: [], officeId: 'ncm:led' };
      await partner.source.manager.insert(GroupMeeting, row);
      const query = `{ _entities(representations: [{ __typename: "Group", id: "${groupId}" }]) {
        ... on Group { delegateMeetings { kind on place agenda outcome attended missed } } } }`;
      for (const [name, reader] of readers) {
        const { data, errors = [] } = await partner.ask(query, {}, reader);
        const isKnown = reader.kind === 'person' || hasEnded(groupId);
        const isRead = mayReadPlan(reader, groupId);
        expect(data, `${groupId} to ${name}`).toEqual({
          _entities: [
            { delegateMeetings: isKnown ? [{ ...meeting, ...(isRead ? plan : nothing) }] : [] },
          ],
        });
        const codes = errors.map(({ extensions }) => extensions.code);
        expect(codes).toEqual(isKnown && !isRead ? Array(4).fill('FORBIDDEN') : []);
      }
    }
  });

  it('counts who missed the meetings of many groups by one request to the hub', async () => {
    const hub = createFactsHub(() => ({ acceptedOfficers: [{ id: 'no:somebody' }] }));
    await using partner = await openTestOffices(kind, 'facts', { askHub: hub.askHub });
    const ids = Array.from({ length: 10 }, (_, index) => `nbnp:group-${index}`);
    for (const groupId of ids)
      for (const kindOfMeeting of ['BRIEFING', 'DEBRIEFING'] as const) {
        const row = { groupId, kind: kindOfMeeting, on: '2026-11-01', officeId: 'ncm:led' };
        await partner.source.manager.insert(GroupMeeting, { ...row, attendees: [] });
      }
    const found = await partner.entities(
      ids.map((id) => ({ __typename: 'Group', id })),
      '... on Group { delegateMeetings { missed } }',
    );
    const missed = { delegateMeetings: [{ missed: 1 }, { missed: 1 }] };
    expect(found).toEqual(ids.map(() => missed));
    expect(hub.asked).toEqual([ids.map((id) => `group ${id}`)]);
  });
});
