import * as choose from './choosers.ts';
import type { FormRow } from './form-row.ts';
import type { Subject } from './subject-query.ts';

/** The nomination that the form is about. */
const officerOf = ({ group }: Subject, part: string) =>
  group?.officerNominations?.find(({ id }) => id === part);
const delegateOf = ({ group }: Subject, part: string) =>
  group?.delegateNominations?.find(({ id }) => id === part);

const aboutOfficer = {
  about: 'group',
  people: 'officers',
  partName: (subject: Subject, part: string) => officerOf(subject, part)?.officer.name,
} satisfies Partial<FormRow>;
const aboutDelegate = {
  about: 'group',
  by: 'ncm',
  people: 'delegates',
  partName: (subject: Subject, part: string) => delegateOf(subject, part)?.delegate.name,
} satisfies Partial<FormRow>;

/** @param kind what the input calls the person, of whom the own organisation proposes another one */
const nominate = (kind: 'officer' | 'delegate'): FormRow => ({
  about: 'group',
  by: kind === 'officer' ? 'own police force' : 'ncm',
  people: `${kind}s`,
  words: 'nominate',
  fields: [kind, 'on', 'motivation'],
  fixed: ({ group }) => ({ group: group?.id }),
  lists: [`${kind}s`],
  choices: { [kind]: choose.candidates },
});

/** The latest report of a member, if it is about a visit of the group. */
function reportOf({ group }: Subject, part: string) {
  const { report } = group?.members?.find((member) => member?.id === part) ?? {};
  return report?.group === group?.id ? report : undefined;
}

/** @param kind what the input calls the member */
const correctReport = (kind: 'officer' | 'delegate'): FormRow => ({
  about: 'group',
  by: 'owner of the part',
  people: 'members',
  partName: ({ group }, part) => group?.members?.find((member) => member?.id === part)?.name,
  words: 'correctReport',
  fields: ['text', 'on'],
  fixed: (subject, part) => ({
    [kind]: part,
    group: subject.group?.id,
    visit: reportOf(subject, part)?.visit,
    version: reportOf(subject, part)?.version,
  }),
  initial: (subject, part) => {
    const { text, receivedOn: on } = reportOf(subject, part) ?? {};
    return { text, on };
  },
  isChange: true,
});

/** Forms of who is nominated for a group, and of what its members have reported. */
export const nomineeForms = {
  correctOfficerReport: correctReport('officer'),
  correctDelegateReport: correctReport('delegate'),
  nominateOfficer: nominate('officer'),
  nominateDelegate: nominate('delegate'),
  acceptOfficer: {
    ...aboutOfficer,
    words: 'takePlace',
    fields: ['replaces', 'on'],
    required: ['replaces'],
    fixed: (subject, part) => ({
      group: subject.group?.id,
      nomination: part,
      officer: officerOf(subject, part)?.officer.id,
      version: officerOf(subject, part)?.version,
      decisionVersion: officerOf(subject, part)?.decisionVersion ?? 0,
    }),
    choices: { replaces: choose.gone },
  },
  selectDelegate: {
    ...aboutDelegate,
    words: 'takePlace',
    fields: ['replaces', 'on', 'authority', 'localAuthority'],
    required: ['replaces'],
    fixed: (subject, part) => ({ nomination: part, version: delegateOf(subject, part)?.version }),
    choices: { replaces: choose.gone, authority: choose.authorities },
  },
  reopenOfficerNomination: {
    ...aboutOfficer,
    words: 'reopenNomination',
    fields: [],
    fixed: (subject, part) => ({
      group: subject.group?.id,
      nomination: part,
      decisionVersion: officerOf(subject, part)?.decisionVersion,
    }),
  },
  withdrawOfficer: {
    ...aboutOfficer,
    words: 'withdrawNomination',
    by: 'owner of the part',
    fields: ['on'],
    fixed: (subject, part) => ({ nomination: part, version: officerOf(subject, part)?.version }),
  },
  reopenDelegateNomination: {
    ...aboutDelegate,
    words: 'reopenNomination',
    fields: [],
    fixed: (subject, part) => ({ nomination: part, version: delegateOf(subject, part)?.version }),
  },
  withdrawDelegate: {
    ...aboutDelegate,
    words: 'withdrawNomination',
    fields: ['reason', 'on'],
    fixed: (subject, part) => ({ nomination: part, version: delegateOf(subject, part)?.version }),
  },
} satisfies Record<string, FormRow>;
