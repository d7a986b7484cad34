import type { PageGroupNomineesFragment } from '../../generated/graphql.ts';

export type GroupNominees = PageGroupNomineesFragment;

/** All nominations of a group, of officers and of delegates alike. */
const listAll = ({ officerNominations, delegateNominations }: GroupNominees) => [
  ...(officerNominations ?? []).map(({ officer, declinedOn, ...rest }) => ({
    ...rest,
    person: officer,
    isDeclined: declinedOn !== null,
  })),
  ...(delegateNominations ?? []).map(({ delegate, ...rest }) => ({
    ...rest,
    person: delegate,
    isDeclined: rest.status === 'DECLINED' || rest.status === 'WITHDRAWN',
  })),
];

/**
 * The nominations whose places somebody else may take: of those who were declined, released or
 * withdrawn, and of members who miss a whole visit, as far as nobody has taken them yet.
 */
export function listGone(group: GroupNominees) {
  const all = listAll(group);
  const taken = all.map(({ replaces }) => replaces?.id);
  const misses = (person: string) =>
    group.absences?.some(
      ({ participant, visit: { departedOn, startsOn }, from }) =>
        participant?.id === person && from <= (departedOn ?? startsOn ?? ''),
    ) ?? false;
  return all
    .filter(({ id, status, reserve, person, isDeclined }) => {
      const isMember = status === 'SELECTED' && reserve !== true;
      return !taken.includes(id) && (isDeclined || (isMember && misses(person.id)));
    })
    .flatMap(({ id, status, person }) => (status ? [{ id, status, name: person.name }] : []));
}

/** Who had the place before that a nominee has now. */
export function findReplaced(group: GroupNominees, nomination: string) {
  const all = listAll(group);
  const replaced = all.find(({ id }) => id === nomination)?.replaces?.id;
  return all.find(({ id }) => id === replaced)?.person;
}
