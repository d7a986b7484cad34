import { HubError } from '@hub/shared/errors';
import { readEveryRow, type TestDatabaseKind } from '@hub/shared/testing';
import { Hosting } from '../../../subgraphs/national-police/entities/hosting.entity.js';
import { OfficerNomination } from '../../../subgraphs/national-police/entities/officer-nomination.entity.js';
import { ParticipantReport as OfficerReport } from '../../../subgraphs/national-police/entities/participant-report.entity.js';
import { PoliceUnit } from '../../../subgraphs/national-police/entities/police-unit.entity.js';
import * as ofPolice from '../../../subgraphs/national-police/testing/test-mutations.js';
import { Group, GroupMeeting } from '../../../subgraphs/nbnp/entities/group.entity.js';
import { OfficerNomination as Decision } from '../../../subgraphs/nbnp/entities/officer-nomination.entity.js';
import { Programme } from '../../../subgraphs/nbnp/entities/programme.entity.js';
import { Visit } from '../../../subgraphs/nbnp/entities/visit.entity.js';
import * as ofNetwork from '../../../subgraphs/nbnp/testing/test-visits.js';
import { DelegateNomination } from '../../../subgraphs/ncm-offices/entities/delegate-nomination.entity.js';
import { GroupMeeting as OfficesMeeting } from '../../../subgraphs/ncm-offices/entities/group-meeting.entity.js';
import { Office } from '../../../subgraphs/ncm-offices/entities/office.entity.js';
import { ParticipantReport as DelegateReport } from '../../../subgraphs/ncm-offices/entities/participant-report.entity.js';
import { RegionalHosting } from '../../../subgraphs/ncm-offices/entities/regional-hosting.entity.js';
import * as ofOffices from '../../../subgraphs/ncm-offices/testing/test-mutations.js';

export type Values = Readonly<Record<string, unknown>>;

/** What differs in the facts that the network tells. */
export interface Facts {
  readonly visit?: Values;
  readonly group?: Values;
  readonly isAway?: true;
}

/** What one side calls the same things. */
export interface Names {
  readonly code: string;
  readonly group: string;
  readonly host: string;
  readonly hosting: string;
  readonly member: string;
  readonly nominee: string;
  /** Of the nominee, made on 2 November 2009. */
  readonly nomination: string;
  readonly erased: string;
  readonly judge: string;
  readonly words: Readonly<Record<string, string>>;
}

export interface Side extends AsyncDisposable {
  readonly names: Names;
  /** Why a mutation is refused; undefined if it is not. */
  refusal(mutation: string, input: Values, facts?: Facts): Promise<Values | undefined>;
  /** When its host existed. */
  setTimes(from: string | null, to: string | null): Promise<unknown>;
  setHosting(status: 'CONFIRMED' | 'WITHDRAWN'): Promise<unknown>;
  /** What was decided on the nominee; `PENDING` again, if it was taken back. */
  setDecision(status: 'DECLINED' | 'WITHDRAWN' | 'SELECTED' | 'PENDING'): Promise<unknown>;
  /** Records the briefing and the debriefing. */
  meet(): Promise<unknown>;
  /** Hands in the report of the member. */
  report(): Promise<unknown>;
  /** All that it keeps. */
  rows(): Promise<readonly string[]>;
}

const programme = { ...ofPolice.programme, ...ofOffices.programme, targetGroups: ['POLICE'] };
const week = { startsOn: '2010-04-12', endsOn: '2010-04-17' };
const visitIn = (country: string, owner: string, group: object) => ({
  ...ofPolice.visit,
  ...week,
  plans: [{ fromVersion: 1, ...week, hostCountries: [country] }],
  hosts: [{ country, owner }],
  group,
});
const away = new HubError('PARTNER_UNAVAILABLE', { partner: 'nbnp' });

const awayOf = (facts: object) => Object.fromEntries(Object.keys(facts).map((key) => [key, away]));

const notHere = () => Promise.reject(new Error('This side has no such thing.'));
const meetings = [
  { kind: 'BRIEFING', on: '2010-04-01', version: 1 },
  { kind: 'DEBRIEFING', on: '2010-05-01', version: 1 },
] as const;
const report = (code: string) => ({
  id: `${code}:report`,
  groupId: 'nbnp:g',
  visitId: 'nbnp:v',
  receivedOn: '2010-05-01',
  text: 'A report.',
  version: 1,
});

const decision = { status: 'CONFIRMED', confirmedVersion: 1 } as const;

export async function openPolice(kind: TestDatabaseKind): Promise<Side> {
  const names = {
    code: 'fi',
    group: 'nbnp:g',
    host: 'fi:npb',
    hosting: 'fi:offered',
    member: 'fi:demo-officer-5',
    nominee: 'fi:demo-officer-3',
    nomination: 'fi:demo-nomination-2-3',
    erased: 'fi:demo-officer-2',
    judge: 'fi:demo-officer-4',
    words: { host: 'unit', person: 'officer' },
  };
  const police = await ofPolice.openWrittenPolice(kind);
  const { manager } = police.source;
  await police.read('mutation { eraseOfficer(id: "fi:demo-officer-2") }');
  police.facts['officer fi:demo-officer-2'] = { nominations: [ofPolice.accepted] };
  const nominatedOn = '2009-11-02';
  await manager.update(OfficerNomination, { id: names.nomination }, { nominatedOn });
  return {
    names,
    async refusal(mutation, input, { visit, group: changed, isAway } = {}) {
      const group = { ...ofPolice.group, programme, ...changed };
      const facts = {
        'group nbnp:g': group,
        'group nbnp:demo-group-2': group,
        'visit nbnp:v': { ...visitIn('FI', 'fi', group), ...visit },
      };
      Object.assign(police.facts, isAway ? awayOf(facts) : facts);
      const type = {
        confirmHosting: 'DecideHosting',
        withdrawHosting: 'DecideHosting',
        correctOfficerReport: 'HandInOfficerReport',
      }[mutation];
      const inputType = type ?? `${mutation[0]?.toUpperCase()}${mutation.slice(1)}`;
      const { errors } = await police.ask(
        `mutation ($input: ${inputType}Input!) { ${mutation}(input: $input) { id } }`,
        { input },
      );
      return errors?.[0]?.extensions;
    },
    setTimes: (validFrom, validTo) =>
      manager.update(PoliceUnit, { id: names.host }, { validFrom, validTo }),
    setHosting: (status) =>
      manager.update(
        Hosting,
        { id: names.hosting },
        {
          ...decision,
          status,
          confirmedOn: '2010-02-01',
        },
      ),
    setDecision: notHere,
    meet: notHere,
    report: () => manager.insert(OfficerReport, { ...report('fi'), officerId: names.member }),
    rows: () => readEveryRow(police.source),
    [Symbol.asyncDispose]: () => police[Symbol.asyncDispose](),
  };
}

export async function openOffices(kind: TestDatabaseKind): Promise<Side> {
  const names = {
    code: 'ncm',
    group: 'nbnp:g',
    host: 'ncm:led',
    hosting: 'ncm:offered',
    member: 'ncm:d1',
    nominee: 'ncm:d2',
    nomination: 'ncm:n2',
    erased: 'ncm:d3',
    judge: 'ncm:d4',
    words: {
      host: 'office',
      person: 'delegate',
      decided: 'nomination',
      seen: 'version',
      met: 'version',
    },
  };
  const nominations = [ofOffices.nomination('1', 'SELECTED'), ofOffices.nomination('2')];
  const offices = await ofOffices.openWrittenOffices(kind, nominations);
  const { manager } = offices.partner.source;
  await offices.partner.read('mutation { eraseDelegate(id: "ncm:d3") }');
  await manager.query(`UPDATE delegates SET target_group = 'COURT' WHERE id = 'ncm:d4'`);
  const offered = { id: names.hosting, officeId: names.host, visitId: 'nbnp:v', version: 1 };
  await manager.insert(RegionalHosting, { ...offered, status: 'OFFERED' });
  return {
    names,
    async refusal(mutation, input, { visit, group: changed, isAway } = {}) {
      const group = { ...ofOffices.group, programme, ...changed };
      const facts = { ...visitIn('RU', 'ncm', group), isRehearsal: false, ...visit };
      offices.hub.set('nbnp:g', isAway ? away : group);
      offices.hub.set('nbnp:v', isAway ? away : facts);
      const office = mutation === 'recordDelegatesMeeting' ? { office: names.host } : {};
      const called = mutation as ofOffices.MutationName;
      return (await offices.call(called, { ...office, ...input })).refusal;
    },
    setTimes: (openedOn, closedOn) =>
      manager.update(Office, { id: names.host }, { openedOn, closedOn }),
    setHosting: (status) =>
      manager.update(
        RegionalHosting,
        { id: names.hosting },
        {
          ...decision,
          status,
          decidedOn: '2010-02-01',
        },
      ),
    setDecision: (status) =>
      manager.update(
        DelegateNomination,
        { id: names.nomination },
        { status, ...(status !== 'PENDING' && { decidedOn: '2009-11-20' }) },
      ),
    meet: () =>
      manager.insert(
        OfficesMeeting,
        meetings.map((meeting) => ({ ...meeting, groupId: 'nbnp:g', officeId: names.host })),
      ),
    report: () => manager.insert(DelegateReport, { ...report('ncm'), delegateId: names.member }),
    rows: () => readEveryRow(offices.partner.source),
    [Symbol.asyncDispose]: () => offices[Symbol.asyncDispose](),
  };
}

/** What its mutations need besides: it knows the nominees by their police forces alone. */
const besides: Readonly<Record<string, Values>> = {
  declineOfficer: { group: ofNetwork.south.group, officer: 'se:nominee' },
  reopenOfficerNomination: { group: ofNetwork.south.group },
  recordGroupMeeting: { version: 1 },
  removeGroupMeeting: { version: 1 },
};

/** The network, which decides on officers and meets their groups. */
export async function openNetwork(kind: TestDatabaseKind): Promise<Side> {
  const { group, visit } = ofNetwork.south;
  const names = {
    code: 'nbnp',
    group,
    host: 'nbnp:none',
    hosting: 'nbnp:none',
    member: 'dk:officer-1',
    nominee: 'se:nominee',
    nomination: 'se:nomination',
    erased: 'nbnp:none',
    judge: 'nbnp:none',
    words: { decided: 'group', seen: 'decisionVersion', met: 'meetingVersion' },
  };
  const asked = { withdrawnOn: null as string | null, isAway: false };
  const officer = () => {
    if (asked.isAway) throw away;
    const { withdrawnOn } = asked;
    const made = { nominatedOn: '2009-11-02', version: 1, hasFormalities: false, withdrawnOn };
    const nominations = [{ id: names.nomination, groupId: group, ...made }];
    return { officer: { isRehearsal: false, targetGroup: 'POLICE', nominations } };
  };
  const hub = {
    NominationsOf: officer,
    NominationToReopen: officer,
    OfficeSignature: () => ({ programme: { officeSignatureCount: 0 } }),
  };
  const network = await ofNetwork.openTestVisits(kind, hub);
  const { manager } = network.source;
  const { startsOn, endsOn } = programme;
  await network.update(Programme, ofNetwork.programme, { startsOn, endsOn });
  await manager.update(Decision, { groupId: group }, { acceptedOn: '2010-01-11' });
  await network.update(Visit, visit, week);
  const decided = { id: names.nomination, groupId: group, officerId: names.nominee };
  return {
    names,
    async refusal(mutation, input, { group: { visits, ...changed } = {}, isAway } = {}) {
      const [made] = (visits ?? []) as readonly Partial<Visit>[];
      const { departedOn = null, returnedOn = null } = made ?? {};
      await network.update(Visit, visit, { departedOn, returnedOn });
      await network.update(Group, group, { cancelledOn: null, ...changed });
      asked.isAway = isAway === true;
      const { errors } = await network.change(mutation, { ...besides[mutation], ...input });
      await network.update(Visit, visit, { departedOn: null, returnedOn: null });
      await network.update(Group, group, { cancelledOn: null });
      return errors?.[0]?.extensions;
    },
    setTimes: notHere,
    setHosting: notHere,
    async setDecision(status) {
      const on = '2009-11-20';
      if (status === 'WITHDRAWN') asked.withdrawnOn = on;
      else
        await network.insert(Decision, {
          ...decided,
          acceptedOn: status === 'SELECTED' ? on : null,
          declinedOn: status === 'DECLINED' ? on : null,
          decisionVersion: 1,
        });
    },
    meet: () =>
      network.insert(GroupMeeting, ...meetings.map((meeting) => ({ ...meeting, groupId: group }))),
    report: notHere,
    rows: () => readEveryRow(network.source),
    [Symbol.asyncDispose]: () => network[Symbol.asyncDispose](),
  };
}
