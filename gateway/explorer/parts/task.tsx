import { useQuery } from '../client/use-query.ts';
import { ownerOf } from '../client/why-null.ts';
import { graphql } from '../generated/gql.ts';
import type { TaskKind } from '../generated/graphql.ts';
import { formatDate, t } from '../words/language.ts';

interface DueDayProps {
  readonly dueOn: string;
  /** As the network’s own day says. */
  readonly isOverdue: boolean;
}

/** The day by which something is due. What is overdue says so. */
export function DueDay({ dueOn, isOverdue }: DueDayProps) {
  const day = formatDate(dueOn);
  return isOverdue ? (
    <strong class="overdue">{t('tasks.late', { day })}</strong>
  ) : (
    <time dateTime={dueOn}>{day}</time>
  );
}

const subjectQuery = graphql(`
  query PageTaskSubject(
    $id: ID!
    $ofOfficer: Boolean!
    $ofDelegate: Boolean!
    $ofStop: Boolean!
    $ofProgramme: Boolean!
  ) {
    officer(id: $id) @include(if: $ofOfficer) {
      name
    }
    delegate(id: $id) @include(if: $ofDelegate) {
      name
    }
    itineraryStop(id: $id) @include(if: $ofStop) {
      title
    }
    programme(id: $id) @include(if: $ofProgramme) {
      title
    }
  }
`);

interface Named {
  readonly kind: TaskKind;
  readonly subject: string;
}

/** Tasks of which a person of the reader’s own organisation is the subject. */
const ofPeople: readonly TaskKind[] = ['COMPLETE_FORMALITIES', 'HAND_IN_REPORT'];
const ofProgrammes: readonly TaskKind[] = ['DRAFT_EVALUATION', 'SIGN_EVALUATION'];

/** Whether the group and the visit of a task do not say already what it is about. */
export const needsName = ({ kind }: Named): boolean =>
  [...ofPeople, ...ofProgrammes, 'CONFIRM_STOP', 'DECIDE_NOMINATION'].includes(kind);

const nomineesQuery = graphql(`
  query PageTaskNominees($group: ID!, $ofOfficers: Boolean!) {
    group(id: $group) {
      officerNominations @include(if: $ofOfficers) {
        id
        officer {
          id
        }
      }
      delegateNominations(status: PENDING) @skip(if: $ofOfficers) {
        id
        delegate {
          id
        }
      }
    }
  }
`);

/** Whom a nomination is about. Of no other nominee is a name read: each reading is recorded. */
function Nominee({ subject, group }: { subject: string; group: string }) {
  const ofOfficers = ownerOf(subject) !== 'ncm';
  const { response } = useQuery(nomineesQuery, { group, ofOfficers });
  const { officerNominations, delegateNominations } = response?.data?.group ?? {};
  const id =
    officerNominations?.find((one) => one.id === subject)?.officer.id ??
    delegateNominations?.find((one) => one.id === subject)?.delegate.id;
  return id ? <Read subject={id} of={ofOfficers ? 'officer' : 'delegate'} /> : null;
}

interface ReadProps {
  readonly subject: string;
  readonly of: 'officer' | 'delegate' | 'stop' | 'programme';
}

function Read({ subject, of }: ReadProps) {
  const { response } = useQuery(subjectQuery, {
    id: subject,
    ofOfficer: of === 'officer',
    ofDelegate: of === 'delegate',
    ofStop: of === 'stop',
    ofProgramme: of === 'programme',
  });
  const { officer, delegate, itineraryStop: stop, programme } = response?.data ?? {};
  return <>{officer?.name ?? delegate?.name ?? stop?.title ?? programme?.title ?? ''}</>;
}

interface Placed {
  readonly group: { readonly name: string } | null;
  readonly visit: { readonly title: string } | null;
}

/** The group and the visit of a task. */
export const placeOf = ({ group, visit }: Placed): string =>
  [group?.name, visit?.title].filter(Boolean).join(', ');

interface SubjectProps {
  readonly task: Named & { readonly group?: { readonly id: string } | null };
}

/** What a task is about, by name, where its group and its visit do not say it. */
export function SubjectName({ task }: SubjectProps) {
  const { kind, subject, group } = task;
  if (!needsName(task)) return null;
  if (kind === 'DECIDE_NOMINATION')
    return group ? <Nominee subject={subject} group={group.id} /> : null;
  if (kind === 'CONFIRM_STOP') return <Read subject={subject} of="stop" />;
  if (ofProgrammes.includes(kind)) return <Read subject={subject} of="programme" />;
  return <Read subject={subject} of={ownerOf(subject) === 'ncm' ? 'delegate' : 'officer'} />;
}
