import * as choose from './choosers.ts';
import type { FormRow } from './form-row.ts';
import { personOf, type PersonKind, type Subject } from './subject-query.ts';

const fieldsOf = {
  officer: ['name', 'unit', 'targetGroup', 'rank', 'languages', 'email'],
  expert: ['name', 'unit', 'roles', 'fields', 'languages', 'email'],
  delegate: ['name', 'region', 'country', 'targetGroup', 'employer', 'languages', 'email'],
} as const satisfies Record<PersonKind, readonly string[]>;

/** Those that nobody may leave empty. */
const neededOf = {
  officer: ['name', 'unit', 'targetGroup', 'languages'],
  expert: ['name', 'unit', 'roles', 'languages'],
  delegate: ['name', 'targetGroup', 'languages'],
} as const satisfies Record<PersonKind, readonly string[]>;

/** What a person may choose from; the rest is typed. */
const choicesOf = (kind: PersonKind): Pick<FormRow, 'lists' | 'choices'> =>
  kind === 'delegate'
    ? { lists: ['offices', 'regions'], choices: { office: choose.offices, region: choose.regions } }
    : { lists: ['units'], choices: { unit: choose.ownUnits } };

/** The record, as its form has it. */
function recordOf(subject: Subject) {
  const somebody = personOf(subject);
  if (!somebody) return {};
  return somebody.__typename === 'Delegate'
    ? { ...somebody, region: somebody.region?.code }
    : { ...somebody, unit: somebody.unit?.id };
}

/** @param kind what the input calls the person */
const fixedOf = (kind: PersonKind) => (subject: Subject) => ({
  [kind]: personOf(subject)?.id,
  version: personOf(subject)?.version,
});

/** Each is about a person of the organisation that the form’s address names. */
const register = (kind: PersonKind): FormRow => ({
  about: 'none',
  by: 'owner',
  fields: [
    ...(kind === 'delegate' ? ['office'] : []),
    ...fieldsOf[kind],
    'isRehearsal',
    'isAnother',
  ],
  fixed: () => ({}),
  ...choicesOf(kind),
  goal: 'made person',
});

const change = (kind: PersonKind): FormRow => ({
  about: kind,
  by: 'owner',
  words: 'changePerson',
  fields: [...fieldsOf[kind], 'isAnother'],
  required: neededOf[kind],
  fixed: fixedOf(kind),
  initial: recordOf,
  isChange: true,
  ...choicesOf(kind),
});

const remove = (kind: PersonKind): FormRow => ({
  about: kind,
  by: 'owner',
  words: 'removePerson',
  fields: [],
  fixed: fixedOf(kind),
  goal: 'people',
});

const endAccess = (kind: PersonKind): FormRow => ({
  about: kind,
  by: 'owner',
  words: 'endAccess',
  fields: [],
  fixed: (subject) => ({ [kind]: personOf(subject)?.id }),
});

/** Of these, the schema takes the id alone. */
const erase = (kind: PersonKind): FormRow => ({
  about: kind,
  by: 'owner',
  words: 'erasePerson',
  fields: [],
  fixed: (subject) => ({ id: personOf(subject)?.id }),
});

/** A hold is set anew, changed, or lifted by the same mutation: without a last day. */
const hold = (kind: PersonKind, isLifted: boolean): FormRow => ({
  about: kind,
  by: 'owner',
  sends: kind === 'delegate' ? 'holdDelegateData' : 'holdPoliceData',
  words: isLifted ? 'liftHold' : 'holdData',
  fields: isLifted ? ['reason'] : ['reason', 'until'],
  required: isLifted ? [] : ['until'],
  fixed: (subject) => ({
    person: personOf(subject)?.id,
    version: personOf(subject)?.hold?.version,
    ...(isLifted && { until: null }),
  }),
  initial: (subject) => (isLifted ? {} : { ...personOf(subject)?.hold }),
});

const eraseTexts = (kind: PersonKind): FormRow => ({
  ...erase(kind),
  sends: 'eraseTexts',
  words: 'eraseTexts',
});

/** All forms about people whom an organisation registers, by their mutation. */
export const peopleForms = {
  registerOfficer: register('officer'),
  registerExpert: register('expert'),
  registerDelegate: register('delegate'),
  changeOfficer: change('officer'),
  changeExpert: change('expert'),
  changeDelegate: change('delegate'),
  removeOfficer: remove('officer'),
  removeExpert: remove('expert'),
  removeDelegate: remove('delegate'),
  endOfficerAccess: endAccess('officer'),
  endDelegateAccess: endAccess('delegate'),
  eraseOfficer: erase('officer'),
  eraseExpert: erase('expert'),
  eraseDelegate: erase('delegate'),
  eraseTextsOfOfficer: eraseTexts('officer'),
  eraseTextsOfExpert: eraseTexts('expert'),
  eraseTextsOfDelegate: eraseTexts('delegate'),
  holdOfficer: hold('officer', false),
  holdExpert: hold('expert', false),
  holdDelegate: hold('delegate', false),
  liftOfficer: hold('officer', true),
  liftExpert: hold('expert', true),
  liftDelegate: hold('delegate', true),
} satisfies Record<string, FormRow>;
