import { HubError } from '@hub/shared/errors';
import { readEveryRow, type TestDatabaseKind } from '@hub/shared/testing';
import { Hosting } from '../../subgraphs/national-police/entities/hosting.entity.js';
import { OfficerNomination } from '../../subgraphs/national-police/entities/officer-nomination.entity.js';
import { PoliceUnit } from '../../subgraphs/national-police/entities/police-unit.entity.js';
import * as ofPolice from '../../subgraphs/national-police/testing/test-mutations.js';
import { Office } from '../../subgraphs/ncm-offices/entities/office.entity.js';
import { RegionalHosting } from '../../subgraphs/ncm-offices/entities/regional-hosting.entity.js';
import * as ofOffices from '../../subgraphs/ncm-offices/testing/test-mutations.js';

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
  readonly country: string;
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

const decision = { status: 'CONFIRMED', confirmedVersion: 1 } as const;

export async function openPolice(kind: TestDatabaseKind): Promise<Side> {
  const names = {
    code: 'fi',
    country: 'FI',
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
      const type = { confirmHosting: 'Decide', withdrawHosting: 'Decide' }[mutation];
      const inputType = type ? 'DecideHosting' : mutation[0]?.toUpperCase() + mutation.slice(1);
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
    rows: () => readEveryRow(police.source),
    [Symbol.asyncDispose]: () => police[Symbol.asyncDispose](),
  };
}

export async function openOffices(kind: TestDatabaseKind): Promise<Side> {
  const names = {
    code: 'ncm',
    country: 'RU',
    host: 'ncm:led',
    hosting: 'ncm:offered',
    member: 'ncm:d1',
    nominee: 'ncm:d2',
    nomination: 'ncm:n2',
    erased: 'ncm:d3',
    judge: 'ncm:d4',
    words: { host: 'office', person: 'delegate' },
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
      return (await offices.call(mutation as ofOffices.MutationName, input)).refusal;
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
    rows: () => readEveryRow(offices.partner.source),
    [Symbol.asyncDispose]: () => offices[Symbol.asyncDispose](),
  };
}
