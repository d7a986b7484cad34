/** What each mutation does, by its verb. Commands of a server have words of their own. */
const deeds: readonly (readonly [RegExp, string])[] = [
  [/^(import|loadDemonstration|removeRehearsals|runRetention)$/, ''],
  [/^(add|create|record|register|schedule|copy)[A-Z]/, 'added'],
  [/^(change|set|move|reschedule|correct)[A-Z]/, 'changed'],
  [/^remove[A-Z]/, 'removed'],
  [/^erase[A-Z]/, 'erased'],
  [/^hold[A-Z]/, 'held'],
  [/^(confirm|sign|acknowledge)[A-Z]/, 'confirmed'],
  [/^(accept|select)[A-Z]/, 'accepted'],
  [/^decline[A-Z]/, 'declined'],
  [/^decide[A-Z]/, 'decided'],
  [/^nominate[A-Z]/, 'nominated'],
  [/^(offer|share|invite|assign)[A-Z]/, 'offered'],
  [/^(withdraw|release|end|revoke|cancel|callOff|close)[A-Z]/, 'withdrawn'],
  [/^(reopen|resume)[A-Z]/, 'reopened'],
  [/^merge[A-Z]/, 'merged'],
  [/^(handIn|draft|say)[A-Z]/, 'handedIn'],
];

export const deedOf = (mutation: string): string => {
  const found = deeds.find(([form]) => form.test(mutation));
  return found?.[1] === '' ? mutation : (found?.[1] ?? 'changed');
};

/** What a task of any kind asks for. */
const forTask =
  /^(accept|addItineraryStop|assign|changeVisit|confirm|copyVisit|decide|decline|draft|handIn|nominate|offer|release|schedule|select|sign)|^record\w*(Formality|Formalities|Meeting|Briefing|Debriefing|Departure|Return)|^withdraw\w*Hosting/;

export const isDoneForTask = (mutation: string): boolean => forTask.test(mutation);

/** What each mutation is about, by its object. The first that fits is taken. */
const nouns: readonly (readonly [RegExp, string])[] = [
  [/Information$/, 'information'],
  [/Texts$/, 'texts'],
  [/Access$/, 'access'],
  [/TravelNeeds$/, 'needs'],
  [/ContactPoint$/, 'contactPoint'],
  [/(Delegate|Officer)Contact$/, 'contact'],
  [/Formality|Formalities/, 'formality'],
  [/Report$/, 'report'],
  [/Absence$/, 'absence'],
  [
    /Nomination$|^(nominate|accept|decline|select|withdraw|decide)(Officer|Delegate)s?$/,
    'nomination',
  ],
  [/Loan$|^(assign|release)Expert$/, 'loan'],
  [/Meeting|Attendance|Briefing|Debriefing/, 'meeting'],
  [/Evaluation|Signature/, 'evaluation'],
  [/Stop|SiteContact/, 'stop'],
  [/Hosting/, 'hosting'],
  [/Departure|Return|Visit/, 'visit'],
  [/Group/, 'group'],
  [/Programme/, 'programme'],
  [/Event/, 'event'],
  [/Statement/, 'statement'],
  [/Outcome/, 'outcome'],
  [/Link/, 'link'],
  [/Membership/, 'membership'],
  [/Coverage/, 'coverage'],
  [/Site/, 'site'],
  [/(Office|Organisation|PoliceUnit)s?$/, 'body'],
  [/Officer|Delegate|Expert|Data$/, 'person'],
];

export const nounOf = (mutation: string): string =>
  nouns.find(([form]) => form.test(mutation))?.[1] ?? 'records';

/** What a rehearsal adds and removes whole, by a field that only such records have. The first that fits is taken. */
const nounsByField: readonly (readonly [field: string, noun: string])[] = [
  ['assignedOn', 'loan'],
  ['hostCountry', 'stop'],
  ['stopVersion', 'stop'],
  ['hostCountries', 'visit'],
  ['receivedOn', 'report'],
  ['accommodation', 'hosting'],
  ['nominatedOn', 'nomination'],
  ['decisionVersion', 'nomination'],
  ['plannedSize', 'group'],
  ['groupSizeMin', 'programme'],
  ['signedOn', 'evaluation'],
  ['delegateMeetings', 'meeting'],
  ['openedOn', 'body'],
  ['languages', 'person'],
];

/** Commands that add or remove whole records of a rehearsal. */
export const isOfRehearsal = /^(loadDemonstration|removeRehearsals)$/;

/** What a record of a rehearsal is, by its fields. */
export const nounOfFields = (fields: readonly string[]): string =>
  nounsByField.find(([field]) => fields.includes(field))?.[1] ?? 'records';
