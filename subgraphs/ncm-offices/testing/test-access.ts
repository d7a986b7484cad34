import type { Reader, tokens } from '@hub/shared/identity';
import {
  createFactsHub,
  participantOf,
  readerOf,
  type TestDatabaseKind,
  type TestPartner,
} from '@hub/shared/testing';
import { DelegateNomination } from '../entities/delegate-nomination.entity.js';
import { ParticipantReport } from '../entities/participant-report.entity.js';
import { RegionalHosting } from '../entities/regional-hosting.entity.js';
import { StopConfirmation } from '../entities/stop-confirmation.entity.js';
import { openTestOffices } from './test-partner.js';

export const today = '2026-11-24';

/** The visits of the stops in the test, in the terms of the access table. */
export const visits = {
  running: { hosts: ['fi'], senders: ['ncm', 'no'], hasOffice: true, returnedOn: null },
  ended: { hosts: ['fi'], senders: ['no'], hasOffice: false, returnedOn: '2026-11-23' },
  today: { hosts: ['fi'], senders: [], hasOffice: true, returnedOn: null },
  russian: { hosts: ['ncm'], senders: ['no'], hasOffice: false, returnedOn: null },
} as const;
export type VisitName = keyof typeof visits;

/** A visit without an office, and without an offer of one. */
const elsewhere = { ...visits.ended, returnedOn: null };

/** All planned ends have passed. */
const endsOn = '2026-11-01';

/** Finland hosts group 1, and Norway sends people with it. No member country hosts the other group. */
const hostsOfGroup: Readonly<Record<string, string>> = {
  'nbnp:demo-group-1': 'fi',
  'nbnp:other': 'ncm',
};

const hub = createFactsHub((field, id) => {
  if (field === 'group')
    return {
      senders: id === 'nbnp:demo-group-1' ? ['ncm', 'no'] : ['ncm'],
      visits: [{ hosts: [{ owner: hostsOfGroup[id] ?? 'nobody' }], endsOn }],
    };
  if (field === 'programme')
    return { groups: [], evaluation: { signOffs: [{ organisation: 'nbnp' }] } };
  const name = id.slice(id.indexOf('-') + 1);
  const visit = name === 'elsewhere' ? elsewhere : visits[name as VisitName];
  const hosts = visit.hosts.map((owner: string) => ({
    country: owner === 'ncm' ? 'RU' : owner.toUpperCase(),
    owner,
  }));
  const hostCountries = hosts.map(({ country }) => country);
  const facts = {
    endsOn,
    returnedOn: visit.returnedOn,
    hosts,
    version: 1,
    plans: [{ fromVersion: 1, startsOn: null, endsOn, hostCountries }],
    group: {
      senders: [...visit.senders],
      coordinatingOffice: visit.hasOffice ? { id: 'ncm:led' } : null,
    },
  };
  return field === 'visit' ? facts : { visit: facts };
});

/** All that an office arranges. */
export const offered = {
  status: 'CONFIRMED',
  accommodation: 'Rooms',
  transport: 'Minibus',
  meetingPoint: 'Platform 5',
  contactOnTheSpot: 'An adviser',
  emergencyContact: 'Duty',
  note: 'Bring a passport.',
  decidedOn: '2026-11-16',
  version: 2,
} as const;

/** The demonstration, with reports, a nomination for another group, and stops. */
export async function openScenarios(
  kind: TestDatabaseKind,
  askHub = hub.askHub,
): Promise<TestPartner> {
  const clock = () => new Date(`${today}T12:00:00Z`);
  const partner = await openTestOffices(kind, 'demonstration', { askHub, clock });
  const { manager } = partner.source;
  const report = { visitId: 'nbnp:v', receivedOn: '2026-11-24', text: 'What was seen.' };
  await manager.insert(ParticipantReport, [
    {
      ...report,
      id: 'ncm:report-1',
      delegateId: 'ncm:demo-delegate-1',
      groupId: 'nbnp:demo-group-1',
    },
    // Of a group from which its author was released after the return.
    { ...report, id: 'ncm:report-2', delegateId: 'ncm:demo-delegate-2', groupId: 'nbnp:other' },
  ]);
  await manager.insert(DelegateNomination, {
    id: 'ncm:nomination-other',
    groupId: 'nbnp:other',
    delegateId: 'ncm:demo-delegate-1',
    nominatedOn: '2026-08-17',
    status: 'DECLINED',
    motivation: 'What the office proposes her for.',
    reason: 'Something that was said about her.',
    version: 1,
  });
  await manager.update(DelegateNomination, 'ncm:demo-nomination-1-1', {
    motivation: 'Asked to travel.',
    reason: 'Knows the cases.',
  });
  await manager.insert(
    StopConfirmation,
    Object.keys(visits).map((name) => ({
      stopId: `nbnp:stop-${name}`,
      officeId: 'ncm:led',
      confirmedOn: '2026-11-16',
      stopVersion: 1,
    })),
  );
  await manager.insert(
    RegionalHosting,
    Object.keys(visits).map((name) => ({
      ...offered,
      id: `ncm:hosting-${name}`,
      officeId: 'ncm:led',
      visitId: `nbnp:visit-${name}`,
    })),
  );
  return partner;
}

const roles: readonly tokens.Role[] = ['analyst', 'coordinator', 'liaison', 'auditor', 'service'];
export const readers: readonly (readonly [name: string, reader: Reader])[] = [
  ['the anonymous', { kind: 'anonymous' }],
  ['a participant who is not concerned', participantOf('no:demo-officer-9')],
  // The offices, the network, and police forces that host, send, and do neither.
  ...['ncm', 'nbnp', 'fi', 'no', 'dk'].flatMap((organisation) =>
    roles.map((role) => [`a ${role} of ${organisation}`, readerOf(organisation, role)] as const),
  ),
];
