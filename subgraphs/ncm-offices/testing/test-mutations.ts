import { HubError } from '@hub/shared/errors';
import type { Reader } from '@hub/shared/identity';
import {
  createFactsHub,
  readEveryRow,
  type TestDatabaseKind,
  type TestFact,
  type TestPartner,
} from '@hub/shared/testing';
import { expect } from 'vitest';
import { DelegateNomination } from '../entities/delegate-nomination.entity.js';
import { Delegate } from '../entities/delegate.entity.js';
import type { NominationStatus } from '../entities/vocabulary.js';
import { openTestOffices } from './test-partner.js';

/** The input type of each mutation. */
export const inputTypes = {
  registerOffice: 'RegisterOfficeInput',
  changeOffice: 'ChangeOfficeInput',
  closeOffice: 'CloseOfficeInput',
  mergeOffices: 'MergeOfficesInput',
  setCoverage: 'SetCoverageInput',
  registerRegionalSite: 'RegisterRegionalSiteInput',
  changeRegionalSite: 'ChangeRegionalSiteInput',
  closeRegionalSite: 'CloseRegionalSiteInput',
  mergeRegionalSites: 'MergeRegionalSitesInput',
  registerDelegate: 'RegisterDelegateInput',
  changeDelegate: 'ChangeDelegateInput',
  removeDelegate: 'RemoveDelegateInput',
  holdDelegateData: 'HoldPersonalDataInput',
  reopenDelegateNomination: 'ReopenDelegateNominationInput',
  removeDelegatesMeeting: 'RemoveDelegatesMeetingInput',
  nominateDelegate: 'NominateDelegateInput',
  selectDelegate: 'DecideNominationInput',
  declineDelegate: 'DecideNominationInput',
  withdrawDelegate: 'DecideNominationInput',
  decideDelegates: 'DecideDelegatesInput',
  recordDelegateFormality: 'RecordDelegateFormalityInput',
  recordDelegateFormalities: 'RecordDelegateFormalitiesInput',
  setDelegateTravelNeeds: 'SetDelegateTravelNeedsInput',
  recordDelegatesMeeting: 'RecordDelegatesMeetingInput',
  recordDelegatesAttendance: 'RecordAttendanceInput',
  recordDelegatesBriefing: 'RecordMeetingInput',
  recordDelegatesDebriefing: 'RecordMeetingInput',
  handInDelegateReport: 'HandInDelegateReportInput',
  correctDelegateReport: 'HandInDelegateReportInput',
  confirmRegionalStop: 'ConfirmRegionalStopInput',
  offerRegionalHosting: 'OfferRegionalHostingInput',
  changeRegionalHosting: 'ChangeRegionalHostingInput',
  confirmRegionalHosting: 'DecideRegionalHostingInput',
  withdrawRegionalHosting: 'DecideRegionalHostingInput',
  signOfficeEvaluation: 'SignOfficeEvaluationInput',
  draftOfficeEvaluation: 'DraftOfficeEvaluationInput',
  withdrawOfficeSignature: 'SignOfficeEvaluationInput',
  setOfficeContactPoint: 'SetOfficeContactPointInput',
  removeOfficeContactPoint: 'RemoveOfficeContactPointInput',
} as const;
export type MutationName = keyof typeof inputTypes;

/** The key of what a mutation returns. */
const keys: { readonly [Name in MutationName]?: string } = {
  setCoverage: 'code',
  holdDelegateData: 'person',
  decideDelegates: 'group { id }',
  recordDelegateFormalities: 'results { participant }',
  recordDelegatesAttendance: 'results { participant }',
};
const idOf = (mutation: MutationName): string => keys[mutation] ?? 'id';

type Input = Readonly<Record<string, unknown>>;

/** The result of a mutation, or its error. */
interface Outcome {
  readonly value: unknown;
  readonly refusal: Readonly<Record<string, unknown>> | undefined;
}

/**
 * The offices’ server with invented people, and NBNP’s facts about their groups, which the test may
 * change.
 */
export interface WrittenOffices extends AsyncDisposable {
  readonly partner: TestPartner;
  /** The hub’s facts by id. An error is the hub’s error. Missing ids are unknown. */
  readonly hub: Map<string, TestFact | HubError>;
  /** Every request to the hub, as `group nbnp:g`. */
  readonly asked: readonly (readonly string[])[];
  call(mutation: MutationName, input: Input, selection?: string, as?: Reader): Promise<Outcome>;
  /** Every row of every table. */
  rows(): Promise<string>;
}

/** A visit of a week in spring, as the hub returns it. */
export const visit = {
  id: 'nbnp:v',
  startsOn: '2010-04-12',
  endsOn: '2010-04-17',
  departedOn: null,
  returnedOn: null,
};
export const departed = { ...visit, departedOn: '2010-04-12' };
export const returned = { ...departed, returnedOn: '2010-04-17' };

export const programme = {
  id: 'nbnp:p',
  startsOn: '2009',
  endsOn: '2010',
  groupSizeMin: 2,
  groupSizeMax: 3,
  targetGroups: ['POLICE', 'COURT'],
  evaluation: null,
};

/** A group from North-West Russia before its visit. */
export const group = {
  direction: 'NORTH_WEST_RUSSIA_TO_NORDIC',
  cancelledOn: null,
  visits: [visit],
  programme,
};

const parties = (...ids: readonly string[]) => ids.map((id) => ({ id }));

/**
 * A group from Latvia and Lithuania to Denmark, which the offices in Riga and Vilnius send people with
 * and co-ordinate. A Latvian authority selects together with them, and officers of the police go too.
 */
export const sideGroup = {
  ...group,
  direction: null,
  from: {
    countries: ['LV', 'LT'],
    regions: [],
    selectors: parties('ncm:rix', 'lv:police', 'nbnp:lv-prosecutor'),
    hosts: [],
    coordinators: parties('ncm:vno'),
  },
  to: {
    countries: ['DK'],
    regions: [],
    selectors: [],
    hosts: parties('dk:nec'),
    coordinators: parties('ncm:tll'),
  },
  acceptedOfficers: parties('lv:o1'),
};

/** A hub without facts. */
export const away = new HubError('PARTNER_UNAVAILABLE', { partner: 'nbnp' });

export const signedByNetwork = {
  ...programme,
  evaluation: { signOffs: [{ organisation: 'nbnp' }] },
};

export const delegate = (id: string): Delegate => ({
  id,
  name: 'Anna Invented',
  email: 'anna@ncm.example.org',
  targetGroup: 'POLICE',
  country: 'RU',
  regionCode: 'RU-LEN',
  employer: 'Police',
  officeId: 'ncm:led',
  isRehearsal: false,
  version: 1,
});

/** A nomination of delegate `ncm:d<name>`. A decision is dated in winter. */
export const nomination = (
  name: string,
  status: NominationStatus = 'PENDING',
  groupId = 'nbnp:g',
): DelegateNomination => ({
  id: `ncm:n${name}`,
  groupId,
  delegateId: `ncm:d${name}`,
  nominatedOn: '2009-11-02',
  status,
  decidedOn: status === 'PENDING' ? null : '2010-01-11',
  localAuthority: status === 'SELECTED' ? 'Regional administration' : null,
  authorityId: null,
  motivation: null,
  reason: null,
  reserve: false,
  replacesId: null,
  version: status === 'PENDING' ? 1 : 2,
});

/** The offices’ server with delegates `ncm:d1` to `ncm:d5`; the hub knows group `nbnp:g`. */
export async function openWrittenOffices(
  database: TestDatabaseKind,
  nominations: readonly DelegateNomination[] = [],
): Promise<WrittenOffices> {
  const hub = new Map<string, TestFact | HubError>([['nbnp:g', group]]);
  const find = (id: string) => {
    const fact = hub.get(id) ?? null;
    if (fact instanceof HubError) throw fact;
    return fact;
  };
  const { askHub, asked } = createFactsHub((_, id) => find(id));
  const partner = await openTestOffices(database, 'facts', {
    askHub: async (query, variables) =>
      /\bprogrammes \{/.test(query) ? (find('programmes') ?? {}) : askHub(query, variables),
  });
  const { manager } = partner.source;
  await manager.insert(
    Delegate,
    ['1', '2', '3', '4', '5'].map((name) => delegate(`ncm:d${name}`)),
  );
  await manager.insert(DelegateNomination, [...nominations]);
  return {
    partner,
    hub,
    asked,
    async call(mutation, input, selection = idOf(mutation), as) {
      const fields = mutation === 'removeDelegate' ? '' : `{ ${selection} }`;
      const query = `mutation ($input: ${inputTypes[mutation]}!) { it: ${mutation}(input: $input) ${fields} }`;
      const { data, errors } = await partner.ask(query, { input }, as);
      return { value: data?.['it'] ?? null, refusal: errors?.[0]?.extensions };
    },
    rows: async () => JSON.stringify(await readEveryRow(partner.source)),
    [Symbol.asyncDispose]: () => partner[Symbol.asyncDispose](),
  };
}

/** A refused call: the difference from the allowed call, and the expected error. */
export interface RefusedCall {
  readonly input?: Input;
  readonly hub?: Readonly<Record<string, TestFact | HubError>>;
  readonly as: Readonly<Record<string, unknown>>;
}

export const rule = (name: string, argument: string, situation?: string) => ({
  code: 'RULE_VIOLATED',
  rule: name,
  argument,
  ...(situation && { situation }),
});

/** Makes each call, and expects its error and that nothing was written. */
export async function expectRefusals(
  offices: WrittenOffices,
  mutation: MutationName,
  input: Input,
  calls: readonly RefusedCall[],
): Promise<void> {
  const before = await offices.rows();
  const known = new Map(offices.hub);
  for (const call of calls) {
    for (const [id, fact] of Object.entries(call.hub ?? {})) offices.hub.set(id, fact);
    const { value, refusal } = await offices.call(mutation, { ...input, ...call.input });
    expect(value, JSON.stringify(call)).toBeNull();
    expect(refusal, JSON.stringify(call)).toMatchObject(call.as);
    for (const id of Object.keys(call.hub ?? {})) offices.hub.delete(id);
    for (const [id, fact] of known) offices.hub.set(id, fact);
  }
  expect(await offices.rows()).toBe(before);
}
