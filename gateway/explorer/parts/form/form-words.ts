import { signal } from '@preact/signals';
import i18next from 'i18next';
import type english from '../../words/forms/en.json';
import { findText, language } from '../../words/language.ts';
import { useFile } from '../loading.tsx';

type FormWords = typeof english;

type Load = () => Promise<{ default: object }>;

/**
 * Texts that only some pages need. They are not part of the texts of the frame.
 * @param loaders how the texts of each language are loaded. One that is missing has those in English
 * @returns a hook that loads them in the reader’s language, and says whether they are here; and what
 * loads them without a hook
 */
export function createWords(loaders: Readonly<Record<string, Load>>) {
  const loaded = signal<readonly string[]>([]);
  async function load(code: string): Promise<void> {
    const words = await loaders[code]?.();
    if (!words || loaded.peek().includes(code)) return;
    i18next.addResourceBundle(code, 'translation', words.default, true);
    loaded.value = [...loaded.value, code];
  }
  const codeOf = (): string => (language.value in loaders ? language.value : 'en');
  const use = (): boolean => {
    const code = codeOf();
    const isHere = loaded.value.includes(code);
    useFile(code, isHere, () => load(code));
    return isHere;
  };
  return { use, load: () => load(codeOf()) };
}

/** Loads the texts of forms in the reader’s language. Returns whether they are here. */
export const { use: useFormWords } = createWords({
  en: () => import('../../words/forms/en.json'),
  ru: () => import('../../words/forms/ru.json'),
  da: () => import('../../words/forms/da.json'),
  et: () => import('../../words/forms/et.json'),
  sv: () => import('../../words/forms/sv.json'),
  nb: () => import('../../words/forms/nb.json'),
  fi: () => import('../../words/forms/fi.json'),
  is: () => import('../../words/forms/is.json'),
  lv: () => import('../../words/forms/lv.json'),
  lt: () => import('../../words/forms/lt.json'),
});

const refusals = createWords({
  en: () => import('../../words/refusals/en.json'),
  ru: () => import('../../words/refusals/ru.json'),
  da: () => import('../../words/refusals/da.json'),
  et: () => import('../../words/refusals/et.json'),
  sv: () => import('../../words/refusals/sv.json'),
  nb: () => import('../../words/refusals/nb.json'),
  fi: () => import('../../words/refusals/fi.json'),
  is: () => import('../../words/refusals/is.json'),
  lv: () => import('../../words/refusals/lv.json'),
  lt: () => import('../../words/refusals/lt.json'),
});

/** Loads what rules say, once one refused something. Without it, the server’s own sentence stands. */
export const loadRefusals = (): Promise<void> => refusals.load().catch(() => undefined);

/** The last name of a place: `title` of `findings.0.title`. */
const lastOf = (place: string): string =>
  place.split('.').findLast((step) => !/^\d+$/.test(step)) ?? place;

/** Inputs of a kind share words: `merge_reason`. The first that fits is taken. */
const families: readonly (readonly [form: RegExp, name: string])[] = [
  [/^Merge/, 'merge'],
  [/^Remove/, 'remove'],
  [/^(Decide|AcceptOfficer|DeclineOfficer)/, 'decided'],
  [/^Nominate/, 'proposed'],
  [/^Confirm/, 'confirmed'],
  [/^Sign/, 'signed'],
  [/^Withdraw/, 'withdrawn'],
  [/^Record.*Meeting/, 'met'],
  [/Formality/, 'formality'],
  // What is arranged for those who travel.
  [/(ItineraryStop|Hosting)Input$/, 'arranged'],
  // What they are is told in words.
  [/(Organisation|PoliceUnit|Site)Input$/, 'named'],
  // What a source states. Its date is the day on which somebody read the page.
  [
    /(Organisation|Office|PoliceUnit|Site|Event|Outcome|Statement|Coverage|Membership)s?Input$/,
    'sourced',
  ],
];

const ofField = (kind: string, input: string, name: string): string | undefined => {
  const shared = families.filter(([form]) => form.test(input)).map(([, family]) => family);
  const own = [input.replace(/Input$/, ''), ...shared].map((start) => `${kind}.${start}_${name}`);
  return findText([...own, `${kind}.${name}`], {});
};

const sayOf =
  <Group extends 'bodies' | 'people' | 'beside'>(group: Group) =>
  (key: keyof FormWords[Group] & string, values: Record<string, string> = {}): string =>
    findText([`${group}.${key}`], values) ?? '';

/** A text of the pages of bodies, institutions and events. */
export const say = sayOf('bodies');

/** A text of the pages about people. */
export const sayOfPeople = sayOf('people');

/** A text of what stands beside a form. */
export const sayBeside = sayOf('beside');

/** What a form is called, which is what its link says. */
export const titleOf = (form: string): string => findText([`forms.${form}`], {}) ?? form;

/** The heading of a part of a long form. */
export const sectionOf = (name = ''): string => findText([`sections.${name}`], {}) ?? name;

/** What the button of a list says that adds an item to it. Most say no more than that. */
export const addingOf = (name: string): string | undefined => findText([`adding.${name}`], {});

/** What a field is called: in this input, or in all. */
export const labelOf = (name: string, input = ''): string =>
  ofField('labels', input, lastOf(name)) ?? lastOf(name);

/** What to know before one fills in a field. Most need nothing. */
export const hintOf = (name: string, input = ''): string | undefined =>
  ofField('hints', input, lastOf(name));

/** The groups of texts that have the values of an enum of the schema. */
const groups: Readonly<Record<string, string>> = {
  AbsenceReason: 'absenceReasons',
  DeadlineKind: 'deadlineKinds',
  EventKind: 'eventKinds',
  FormalityKind: 'formalityKinds',
  FormalityStatus: 'formalityStates',
  MeetingKind: 'meetingKinds',
  OfficeKind: 'officeKinds',
  OutcomeKind: 'outcomeKinds',
  PartyRoleKind: 'partyRoles',
  Sector: 'sectors',
  SharedWith: 'sharedWith',
  SiteContactStatus: 'siteContacts',
  SiteEvidence: 'siteEvidence',
  StatementKind: 'statementKinds',
  SupportRole: 'supportRoles',
  TargetGroup: 'targetGroups',
  TraffickingRole: 'traffickingRoles',
};

export const enumGroups = Object.values(groups);

/** The name of a value of an enum. */
export const nameOfValue = (type: string, value: string): string =>
  findText([`${groups[type] ?? type}.${value}`], {}) ?? value;
