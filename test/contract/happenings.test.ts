import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findFields, isDate, openEmptyPartner, subgraphs } from './mutation-inputs.js';

/** The dates of inputs that are days of something that happened. */
const happenings = new Set([
  'AcceptOfficerInput.on',
  'CallOffItineraryStopInput.on',
  'CancelGroupInput.on',
  'CancelVisitInput.on',
  'ChangeNationalSiteInput.on',
  'ChangeRegionalSiteInput.on',
  'ChangeRegionalSiteInput.visitedOn',
  'CloseRegionalSiteInput.on',
  'MergeRegionalSitesInput.on',
  'RegisterRegionalSiteInput.on',
  'RegisterRegionalSiteInput.visitedOn',
  'ChangeNationalSiteInput.visitedOn',
  'CloseNationalSiteInput.on',
  'MergeNationalSitesInput.on',
  'MergeOfficesInput.on',
  'RegisterNationalSiteInput.on',
  'RegisterNationalSiteInput.visitedOn',
  'ChangeOrganisationInput.on',
  'ChangePoliceUnitInput.on',
  'ClosePoliceUnitInput.on',
  'MergePoliceUnitsInput.on',
  'RegisterPoliceUnitInput.on',
  'CloseOrganisationInput.on',
  'ChangeMembershipInput.on',
  'ChangeMembershipInput.since',
  'ChangeOutcomeInput.on',
  'ChangeStatementInput.on',
  'ChangeLinkInput.on',
  'RecordLinkInput.on',
  'RecordOutcomeInput.on',
  'RecordStatementInput.on',
  'ChangeOfficeInput.on',
  'CloseOfficeInput.on',
  'ConfirmNetworkStopInput.on',
  'ConfirmRegionalStopInput.on',
  'ConfirmStopInput.on',
  'ContactPointInput.checkedOn',
  'DecideDelegatesInput.on',
  'DecideExpertLoanInput.on',
  'DecideHostingInput.on',
  'DecideNominationInput.on',
  'DecideOfficersInput.on',
  'DecideRegionalHostingInput.on',
  'DeclineOfficerInput.on',
  'HandInDelegateReportInput.on',
  'HandInOfficerReportInput.on',
  'MergeOrganisationsInput.on',
  'NominateDelegateInput.on',
  'NominateOfficerInput.on',
  'OneDelegateFormalityInput.on',
  'OneOfficerFormalityInput.on',
  'RecordDateInput.on',
  'RecordDelegateFormalityInput.on',
  'RecordDelegatesMeetingInput.on',
  'RecordGroupMeetingInput.on',
  'RecordMeetingInput.on',
  'RecordOfficerFormalityInput.on',
  'RecordSiteContactInput.on',
  'RegisterOfficeInput.on',
  'SetCoverageInput.on',
  'RegisterOrganisationInput.on',
  'SignEvaluationInput.on',
  'SignOfficeEvaluationInput.on',
  'WithdrawExpertLoanInput.on',
  'WithdrawOfficerInput.on',
]);

/** The dates of inputs that are plans, or name what is recorded. They may lie in the future. */
const plans = new Set([
  'HoldPersonalDataInput.until',
  'ShareDelegateContactInput.until',
  'ShareOfficerContactInput.until',
  'AddItineraryStopInput.day',
  'ChangeEventInput.endsOn',
  'ChangeEventInput.startsOn',
  'ChangeOfficeInput.openedOn',
  'CloseNationalSiteInput.closedOn',
  'CloseRegionalSiteInput.closedOn',
  'ChangeOrganisationInput.foundedOn',
  'ChangePoliceUnitInput.validFrom',
  'ClosePoliceUnitInput.validTo',
  'RegisterPoliceUnitInput.validFrom',
  'ChangeProgrammeInput.endsOn',
  'ChangeProgrammeInput.startsOn',
  // An office may announce its opening or closing.
  'CloseOfficeInput.closedOn',
  'ConfirmNetworkStopInput.recordedOn',
  'CloseOrganisationInput.closedOn',
  'ConfirmRegionalStopInput.recordedOn',
  'ConfirmStopInput.recordedOn',
  'CopyGroupInput.startsOn',
  'CopyProgrammeInput.endsOn',
  'CopyProgrammeInput.startsOn',
  'CopyVisitInput.startsOn',
  'CreateProgrammeInput.endsOn',
  'CreateProgrammeInput.startsOn',
  'MoveItineraryStopInput.day',
  // Ahead, if she does not travel at all: its mutation knows.
  'RecordAbsenceInput.from',
  'RecordEventInput.endsOn',
  'RecordEventInput.startsOn',
  'RegisterOfficeInput.openedOn',
  'RegisterOrganisationInput.foundedOn',
  'RescheduleVisitInput.endsOn',
  'RescheduleVisitInput.startsOn',
  'ScheduleVisitInput.endsOn',
  'ScheduleVisitInput.startsOn',
]);

/** One minute before the second of March begins anywhere on Earth. */
const today = '2026-03-01';
const tomorrow = '2026-03-02';
const clock = () => new Date('2026-03-01T09:59:00Z');

const datesOf = ({ schema }: (typeof subgraphs)[number]) =>
  findFields(schema).filter(({ field }) => isDate(field.type));

describe('the dates of the mutations’ inputs', () => {
  it('are each of something that happened, or of a plan', () => {
    const found = subgraphs.flatMap(datesOf).map(({ coordinate }) => coordinate);
    expect([...new Set(found)].toSorted()).toEqual([...happenings, ...plans].toSorted());
  });
});

describe.each(subgraphs)('FUTURE in the mutations of $partner', (subgraph) => {
  let server: Awaited<ReturnType<typeof openEmptyPartner>>;
  beforeAll(async () => {
    server = await openEmptyPartner(subgraph, clock);
  });
  afterAll(() => server[Symbol.asyncDispose]());

  const future = (path: readonly string[]) => ({
    extensions: { code: 'RULE_VIOLATED', rule: 'FUTURE', argument: path.join('.') },
  });
  const dates = datesOf(subgraph);
  const happened = dates.filter(({ coordinate }) => happenings.has(coordinate));
  const planned = dates.filter(({ coordinate }) => plans.has(coordinate));

  it.each(happened)('refuses tomorrow in $mutation before any other rule', async (dated) => {
    expect(await server.refusalOf(dated, tomorrow)).toMatchObject(future(dated.path));
  });

  it.each(happened)('goes on to the other rules of $mutation with today', async (dated) => {
    expect(await server.refusalOf(dated, today)).not.toMatchObject(future(dated.path));
  });

  it.each(planned)('lets $coordinate of $mutation lie in the future', async (dated) => {
    expect(await server.refusalOf(dated, tomorrow)).not.toMatchObject(future(dated.path));
  });
});
