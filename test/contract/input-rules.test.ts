import { getNamedType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  findFields,
  invent,
  isList,
  openEmptyPartner,
  subgraphs,
  type FoundField,
} from './mutation-inputs.js';

/** The names of texts of one line: at most 300 characters. */
const short = new Set(
  `acronym city employer from function kind label localAuthority name place rank telephone title to variants
   venue`.split(/\s+/),
);

/** A blank local authority counts as none. */
const mayBeBlank = new Set([
  'DecideDelegatesInput.localAuthority',
  'DecideNominationInput.localAuthority',
]);

/** Texts that have a form, so that not every one of the longest is valid. */
const formed: Readonly<Record<string, string>> = {
  'ContactPointInput.telephone': '+371 6707 5000',
};

/** An item of a list, twice. */
const twice = 'twice';

/** The other rules of the inputs: by field the values that they refuse. Ranges start in 2020. */
const refused: Readonly<Record<string, readonly unknown[]>> = {
  'AssignExpertInput.languages': [twice],
  'ChangeDelegateInput.country': [null],
  'ChangeDelegateInput.languages': [twice, null],
  'ChangeDelegateInput.name': [null],
  'ChangeDelegateInput.targetGroup': [null],
  'ChangeEventInput.countries': [twice],
  'ChangeEventInput.endsOn': ['1899', '2101', '2019-12'],
  'ChangeEventInput.kind': [null],
  'ChangeEventInput.participants': [0],
  'ChangeEventInput.roles': [twice, null],
  'ChangeEventInput.startsOn': ['1899', '2101'],
  'ChangeEventInput.title': [null],
  'ChangeEventInput.workingLanguages': [twice],
  'ChangeExpertInput.fields': [twice, null],
  'ChangeExpertInput.languages': [twice, null],
  'ChangeExpertInput.name': [null],
  'ChangeExpertInput.roles': [[], twice, null],
  'ChangeExpertInput.unit': [null],
  'ChangeGroupInput.plannedSize': [-1],
  'ChangeItineraryStopInput.sector': [null],
  'ChangeItineraryStopInput.title': [null],
  'ChangeLinkInput.url': [null],
  'ChangeNationalSiteInput.evidence': [null],
  'ChangeNationalSiteInput.name': [null],
  'ChangeNationalSiteInput.sector': [null],
  'ChangeOfficeInput.city': [null],
  'ChangeOfficeInput.kind': [null],
  'ChangeOfficeInput.name': [null],
  'ChangeOfficeInput.variants': [twice, null],
  'ChangeOfficerInput.languages': [twice, null],
  'ChangeOfficerInput.name': [null],
  'ChangeOfficerInput.targetGroup': [null],
  'ChangeOfficerInput.unit': [null],
  'ChangeOrganisationInput.kind': [null],
  'ChangeOrganisationInput.name': [null],
  'ChangeOrganisationInput.variants': [twice, null],
  'ChangeOutcomeInput.kind': [null],
  'ChangeOutcomeInput.mandated': [twice, null],
  'ChangeOutcomeInput.title': [null],
  'ChangePoliceUnitInput.name': [null],
  'ChangePoliceUnitInput.variants': [twice, null],
  'ChangeProgrammeInput.aims': [twice],
  'ChangeProgrammeInput.areasToInvolve': [twice],
  'ChangeProgrammeInput.deadlines': [twice],
  'ChangeProgrammeInput.endsOn': ['2019-12'],
  'ChangeProgrammeInput.groupSizeMax': [null],
  'ChangeProgrammeInput.groupSizeMin': [0, null],
  'ChangeProgrammeInput.isRehearsal': [null],
  'ChangeProgrammeInput.plannedGroups': [0],
  'ChangeProgrammeInput.roles': [twice],
  'ChangeProgrammeInput.sectorsToShow': [twice, null],
  'ChangeProgrammeInput.targetGroups': [[], twice, null],
  'ChangeProgrammeInput.title': [null],
  'ChangeProgrammeInput.workingLanguages': [twice, null],
  'ChangeRegionalSiteInput.evidence': [null],
  'ChangeRegionalSiteInput.name': [null],
  'ChangeRegionalSiteInput.sector': [null],
  'ChangeStatementInput.countries': [twice, null],
  'ChangeStatementInput.kind': [null],
  'ChangeStatementInput.text': [null],
  'ChangeStatementInput.traffickingRoles': [twice, null],
  'ChangeVisitInput.hostCountries': [[], twice, null],
  'ChangeVisitInput.title': [null],
  'ContactPointInput.languages': [twice],
  'ContactPointInput.telephone': [
    '112',
    '371 6707 5000',
    '+371  6707 5000',
    '+1 2345 678901234567',
  ],
  'CopyGroupInput.plannedSize': [-1],
  'CopyProgrammeInput.endsOn': ['2019-12'],
  'CreateGroupInput.plannedSize': [-1],
  'CreateProgrammeInput.aims': [twice],
  'CreateProgrammeInput.areasToInvolve': [twice],
  'CreateProgrammeInput.deadlines': [twice],
  'CreateProgrammeInput.endsOn': ['2019-12'],
  'CreateProgrammeInput.groupSizeMin': [0],
  'CreateProgrammeInput.plannedGroups': [0],
  'CreateProgrammeInput.roles': [twice],
  'CreateProgrammeInput.sectorsToShow': [twice],
  'CreateProgrammeInput.targetGroups': [[], twice],
  'CreateProgrammeInput.workingLanguages': [twice],
  'DeadlineInput.days': [-1, 731],
  'DecideDelegatesInput.decisions': [[], twice],
  'DecideOfficersInput.decisions': [[], twice],
  'PlannedJourneyInput.weeks': [0],
  'RecordAttendanceInput.absent': [twice],
  'RecordAttendanceInput.present': [twice],
  'RecordDelegateFormalitiesInput.formalities': [[], twice],
  'RecordDelegatesMeetingInput.attendees': [twice],
  'RecordEventInput.countries': [twice],
  'RecordEventInput.endsOn': ['1899', '2101', '2019-12'],
  'RecordEventInput.organisers': [[], twice],
  'RecordEventInput.participants': [0],
  'RecordEventInput.roles': [twice],
  'RecordEventInput.startsOn': ['1899', '2101'],
  'RecordEventInput.workingLanguages': [twice],
  'RecordGroupMeetingInput.attendees': [twice],
  'RecordOfficerFormalitiesInput.formalities': [[], twice],
  'RecordOutcomeInput.mandated': [null, twice],
  'RecordStatementInput.countries': [null, twice],
  'RecordStatementInput.traffickingRoles': [null, twice],
  'RegisterDelegateInput.languages': [twice],
  'RegisterExpertInput.fields': [twice],
  'RegisterExpertInput.languages': [twice],
  'RegisterExpertInput.roles': [[], twice],
  'RegisterOfficeInput.variants': [twice, null],
  'RegisterOfficerInput.languages': [twice],
  'RegisterOrganisationInput.variants': [null, twice],
  'RegisterPoliceUnitInput.variants': [null, twice],
  'RescheduleVisitInput.endsOn': ['2019-12-31'],
  'ScheduleVisitInput.endsOn': ['2019-12-31'],
  'ScheduleVisitInput.hostCountries': [[], twice],
  'SideInput.coordinators': [twice],
  'SideInput.countries': [twice],
  'SideInput.hosts': [twice],
  'SideInput.regions': [twice],
  'SideInput.sectorsToShow': [twice],
  'SideInput.selectors': [twice],
};

describe.each(subgraphs)('the inputs of $partner', (subgraph) => {
  let server: Awaited<ReturnType<typeof openEmptyPartner>>;
  beforeAll(async () => {
    server = await openEmptyPartner(subgraph);
  });
  afterAll(() => server[Symbol.asyncDispose]());

  const fields = findFields(subgraph.schema);
  const texts = fields
    .filter(({ field }) => String(getNamedType(field.type)) === 'String')
    .map(({ path, ...found }) => ({
      ...found,
      path: isList(found.field.type) ? [...path, '0'] : path,
    }));
  const ruled = fields.flatMap((found) => {
    const [item] = [invent(found.field.type)].flat();
    return (refused[found.coordinate] ?? []).map((value) => ({
      ...found,
      value: value === twice ? [item, item] : value,
    }));
  });
  const isRefused = async (found: FoundField, value: unknown) => {
    const argument = found.path.join('.');
    expect(await server.refusalOf(found, value), `${found.mutation} ${argument}`).toMatchObject({
      extensions: { code: 'BAD_USER_INPUT', argument },
    });
  };

  it.each(texts)('limit $coordinate of $mutation, and say so', async (found) => {
    const most = short.has(found.field.name) ? 300 : 20_000;
    expect(found.field.description).toContain(`1 to ${most.toLocaleString('en')} characters.`);
    await isRefused(found, 'x'.repeat(most + 1));
    for (const text of mayBeBlank.has(found.coordinate) ? ['a\uD83D'] : ['', ' \t', 'a\uD83D'])
      await isRefused(found, text);
    const text = formed[found.coordinate] ?? 'x'.repeat(most);
    expect(await server.refusalOf(found, text)).not.toMatchObject({
      message: expect.stringContaining('characters') as string,
      extensions: { argument: found.path.join('.') },
    });
  });

  it.each(ruled)('refuse $value as $coordinate of $mutation', async ({ value, ...found }) => {
    await isRefused(found, value);
  });
});

describe('the rules of inputs', () => {
  it('are each tested', () => {
    const said =
      /Not null\.|1 to 50, each `|(At least 1, e|E)ach( `kind`)? once\.|Not before `|must (be (of|at|between)|(have|take) at|not be negative)\b/;
    const saying = subgraphs
      .flatMap(({ schema }) => findFields(schema))
      .filter(({ field }) => said.test(field.description ?? ''))
      .map(({ coordinate }) => coordinate);
    expect([...new Set(saying)].toSorted()).toEqual(Object.keys(refused));
  });
});
