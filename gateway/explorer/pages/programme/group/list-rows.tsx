import type { ComponentChildren } from 'preact';
import type { GraphError } from '../../../client/send-operation.ts';
import { ownerOf, whyNull } from '../../../client/why-null.ts';
import { Known } from '../../../parts/no-value.tsx';
import { PersonName } from '../../../parts/person-name.tsx';
import { person } from '../../../session/session.ts';
import { formatDate, t } from '../../../words/language.ts';
import { Badge } from '../badge.tsx';
import type { PageGroup } from './group-query.ts';
import { isHidden, type HiddenPerson } from './hidden-people.tsx';
import type { KnownMember } from './members.ts';

export type Absence = NonNullable<PageGroup['absences']>[number] & { readonly index: number };

/** Somebody of the group: a member, or a reserve, or somebody of whom no more is known than an absence. */
export interface Row {
  readonly id: string;
  readonly name: ComponentChildren;
  readonly member?: KnownMember;
  /** Of a reserve. */
  readonly sender?: ComponentChildren;
  readonly absences: readonly Absence[];
}

export interface ListProps {
  readonly group: PageGroup;
  readonly errors: readonly GraphError[];
  readonly members: readonly KnownMember[];
}

/** Officers and delegates who are accepted without a place, and not released since. */
const listReserves = ({ officerNominations, delegateNominations }: PageGroup) => [
  ...(officerNominations ?? []).flatMap((one, index) =>
    one.reserve && !one.declinedOn && !one.withdrawnOn
      ? {
          person: one.officer,
          since: one.acceptedOn,
          sender: one.officer.unit?.name,
          path: ['group', 'officerNominations', index, 'officer'],
        }
      : [],
  ),
  ...(delegateNominations ?? []).flatMap((one, index) =>
    one.reserve && one.status === 'SELECTED'
      ? {
          person: one.delegate,
          since: one.decidedOn,
          sender: one.delegate.office?.name,
          path: ['group', 'delegateNominations', index, 'delegate'],
        }
      : [],
  ),
];

/** The reader’s own people first: of others she may know little. */
const isOwn = (id: string): boolean => ownerOf(id) === person.value?.organisation;

/** Everybody with a row of her own, and everybody else. */
export function listRows({ group, errors, members }: ListProps) {
  const absences = (group.absences ?? []).map((one, index) => ({ ...one, index }));
  const isOf = (id: string) => (one: Absence) => one.participant?.id === id;
  const others = absences.filter((one) => !members.some(({ id }) => isOf(id)(one)));
  const hasRow = (member: KnownMember) =>
    !isHidden(member) ||
    absences.some(isOf(member.id)) ||
    group.visits?.some(({ informationReadBy }) =>
      informationReadBy?.some(({ participant }) => participant?.id === member.id),
    ) === true;
  const reserves = listReserves(group).map((reserve) => ({
    ...reserve,
    id: reserve.person.id,
    why: whyNull(errors, [...reserve.path, 'name'], ownerOf(reserve.person.id)),
  }));
  const hasName = ({ person: { name }, why }: (typeof reserves)[number]) =>
    Boolean(name) || !['withheld', 'missing'].includes(why);
  const shown = members.filter(hasRow);
  const rows: readonly Row[] = [
    ...shown.map((member) => ({
      id: member.id,
      name: <PersonName id={member.id} name={member.member.name} why={member.why('name')} />,
      member,
      absences: absences.filter(isOf(member.id)),
    })),
    ...reserves.filter(hasName).map(({ id, person: { name }, since, sender, why }) => ({
      id,
      name: (
        <>
          <PersonName id={id} name={name} why={why} />{' '}
          <Badge sign="…" text={t('nominationStates.RESERVE')} kind="warn" />{' '}
          {since && (
            <span class="soft">
              {t('programme.since')} {formatDate(since)}
            </span>
          )}
        </>
      ),
      sender: <Known value={sender} why="unknown" />,
      absences: [],
    })),
    ...others.map((one) => {
      const { participant, index } = one;
      const path = ['group', 'absences', index, 'participant', 'name'];
      const why = whyNull(errors, path, participant ? ownerOf(participant.id) : undefined);
      const name = <PersonName name={participant?.name} why={why} />;
      return { id: `absence ${index}`, name, absences: [one] };
    }),
  ];
  const hidden: readonly HiddenPerson[] = [
    ...members
      .filter((one) => !hasRow(one))
      .map(({ id, member, why }) => ({ id, member, why: why('name') })),
    ...reserves.filter((one) => !hasName(one)).map(({ id, why }) => ({ id, why })),
  ];
  return {
    rows: rows.toSorted((one, other) => Number(isOwn(other.id)) - Number(isOwn(one.id))),
    hidden,
    shown,
  };
}

/** Who sends everybody in a list, if that is one organisation: then it is said once. */
export function commonSender(rows: readonly Row[]): KnownMember | undefined {
  const [first] = rows;
  const senderOf = (member: KnownMember['member'] | undefined) =>
    member?.__typename === 'Officer' ? member.unit?.id : member?.office?.id;
  const isOne =
    rows.length > 1 &&
    rows.every(
      ({ member: one }) =>
        one?.member.country &&
        one.member.country === first?.member?.member.country &&
        senderOf(one.member) !== undefined &&
        senderOf(one.member) === senderOf(first?.member?.member),
    );
  return isOne ? first?.member : undefined;
}
