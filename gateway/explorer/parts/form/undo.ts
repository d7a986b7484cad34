import { absencePart, decideHref, doHref, loanPart } from '../links.ts';
import type { Undo } from '../outcome.tsx';
import type { Values } from './input-field.ts';

/** What was done: what was sent, with the id of what came back. */
interface Done {
  readonly input: Values;
  readonly made: string;
  /** The contact point that is new. */
  readonly point?: string | undefined;
  /** The group and the visit that it was about, where it was about one. */
  readonly group: string | undefined;
  readonly visit: string | undefined;
}

type Inverse = (done: Done) => string | false;

const made =
  (form: string): Inverse =>
  (done) =>
    doHref(form, done.made);

/** @param field what the input calls what it was about */
const of =
  (form: string, field: string): Inverse =>
  ({ input }) =>
    doHref(form, String(input[field]));

/** @param field what the input calls the record to which the new one belongs */
const madeOf =
  (form: string, field: string): Inverse =>
  ({ input, made: part }) =>
    doHref(form, String(input[field]), part);

const addedPoint =
  (form: string, body: string): Inverse =>
  ({ input, point }) =>
    point !== undefined && doHref(form, String(input[body]), point);

const reopen =
  (form: string): Inverse =>
  ({ input, group }) =>
    group !== undefined && doHref(form, group, String(input['nomination']));

/** A meeting that was there before is changed, and so not removed. */
const removeMeeting =
  (form: string, version: string): Inverse =>
  ({ input }) =>
    input[version] === 0 && doHref(form, String(input['group']), String(input['kind']));

/** @param offer of the offer that was made, or that the input names */
const withdraw =
  (offer: (done: Done) => unknown): Inverse =>
  (done) => {
    const visit = done.visit ?? done.input['visit'];
    return (
      visit !== undefined &&
      decideHref('CONFIRM_HOSTING', String(visit), String(offer(done)), 'withdraw')
    );
  };
const withdrawMade = withdraw((done) => done.made);
const withdrawNamed = withdraw(({ input }) => input['hosting']);

const lift =
  (form: string): Inverse =>
  ({ input, visit }) =>
    visit !== undefined && doHref(form, visit, String(input['person']));

/** Where what a form or a decision did is undone, by the name of the form. */
export const inverses: Readonly<Record<string, Inverse>> = {
  createProgramme: made('removeProgramme'),
  createGroup: made('removeGroup'),
  addItineraryStop: made('removeItineraryStop'),
  callOffItineraryStop: of('resumeItineraryStop', 'stop'),
  resumeItineraryStop: of('callOffItineraryStop', 'stop'),
  recordAbsence: ({ input: { group, participant, visit } }) =>
    doHref('removeAbsence', String(group), absencePart(String(participant), String(visit))),
  recordGroupMeeting: removeMeeting('removeGroupMeeting', 'meetingVersion'),
  recordDelegatesMeeting: removeMeeting('removeDelegatesMeeting', 'version'),
  nominateOfficer: madeOf('withdrawOfficer', 'group'),
  nominateDelegate: madeOf('withdrawDelegate', 'group'),
  acceptOfficer: reopen('reopenOfficerNomination'),
  declineOfficer: reopen('reopenOfficerNomination'),
  selectDelegate: reopen('reopenDelegateNomination'),
  declineDelegate: reopen('reopenDelegateNomination'),
  assignExpert: ({ input: { expert, role }, visit }) =>
    visit !== undefined && doHref('releaseExpert', visit, loanPart(String(expert), String(role))),
  decideExpertLoan: ({ input: { grant, expert }, visit }) =>
    grant === true && visit !== undefined && doHref('withdrawExpertLoan', visit, String(expert)),
  offerHosting: withdrawMade,
  offerRegionalHosting: withdrawMade,
  confirmHosting: withdrawNamed,
  confirmRegionalHosting: withdrawNamed,
  signEvaluation: of('withdrawEvaluationSignature', 'programme'),
  signOfficeEvaluation: of('withdrawOfficeSignature', 'programme'),
  setOfficeContactPoint: addedPoint('removeOfficeContactPoint', 'office'),
  setOrganisationContactPoint: addedPoint('removeOrganisationContactPoint', 'organisation'),
  setUnitContactPoint: addedPoint('removeUnitContactPoint', 'unit'),
  closeOffice: of('reopenOffice', 'office'),
  closeOrganisation: of('reopenOrganisation', 'organisation'),
  closePoliceUnit: of('reopenPoliceUnit', 'unit'),
  closeNationalSite: of('reopenNationalSite', 'site'),
  closeRegionalSite: of('reopenRegionalSite', 'site'),
  recordEvent: made('removeEvent'),
  recordOutcome: madeOf('removeOutcome', 'event'),
  recordLink: madeOf('removeLink', 'about'),
  recordOrganisationLink: madeOf('removeOrganisationLink', 'about'),
  recordStatement: made('removeStatement'),
  recordOrganisationStatement: made('removeStatement'),
  recordFieldStatement: made('removeStatement'),
  registerOfficer: made('removeOfficer'),
  registerExpert: made('removeExpert'),
  registerDelegate: made('removeDelegate'),
  holdOfficer: of('liftOfficer', 'person'),
  holdExpert: of('liftExpert', 'person'),
  holdDelegate: of('liftDelegate', 'person'),
  holdPoliceContacts: lift('liftPoliceContacts'),
  holdOfficeContacts: lift('liftOfficeContacts'),
  holdNetworkContacts: lift('liftNetworkContacts'),
};

/** Where what was done is undone. None where the graph has no way back. */
export function waysBackOf(form: string, done: Done): readonly Undo[] {
  const href = Object.hasOwn(inverses, form) && inverses[form]?.(done);
  return href ? [{ href }] : [];
}
