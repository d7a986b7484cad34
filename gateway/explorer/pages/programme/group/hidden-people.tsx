import { ownerOf, type WhyNull } from '../../../client/why-null.ts';
import { nameOfPartner } from '../../../frame/settings.ts';
import { AskAgain, NoValue } from '../../../parts/no-value.tsx';
import { t } from '../../../words/language.ts';
import { joinNames, nameOfLanguage, orderByName } from '../../../words/names.ts';
import type { KnownMember } from './members.ts';

/** Somebody of the group of whom the reader may read nothing that stands for her alone. */
export interface HiddenPerson {
  readonly id: string;
  readonly why: WhyNull;
  /** Of a member; not of a reserve. */
  readonly member?: KnownMember['member'];
}

/** Whether a member’s row would say no more than where she comes from. */
export function isHidden({ member, why }: KnownMember): boolean {
  const { name, email, formalities, travelNeeds, report } = member;
  const post = member.__typename === 'Officer' ? member.rank : member.employer;
  const own = [name, email, formalities, travelNeeds, report, post];
  // What is awaited keeps its place.
  return ['withheld', 'missing'].includes(why('name')) && own.every((one) => !one);
}

const unique = <Value extends string>(
  values: readonly (Value | null | undefined)[],
): readonly Value[] => [
  ...new Set(values.filter((value) => value !== null && value !== undefined)),
];

function Sent({ code, people }: { code: string; people: readonly HiddenPerson[] }) {
  const members = people.flatMap(({ member }) => member ?? []);
  const groups = unique(members.map(({ targetGroup }) => targetGroup));
  const languages = unique(members.flatMap((member) => member.languages ?? []));
  const reserves = people.length - members.length;
  const absent = people.find(({ why }) => why === 'missing');
  return (
    <li>
      <strong>
        {nameOfPartner(code)}
        {members.length > 0 && `: ${members.length}`}
      </strong>
      <span class="soft">
        {reserves > 0 && ` · ${t('programme.reserves')}: ${reserves}`}
        {groups.length > 0 && ` · ${joinNames(groups.map((one) => t(`targetGroups.${one}`)))}`}
        {languages.length > 0 && ` · ${joinNames(languages.map(nameOfLanguage))}`}
      </span>
      {absent && (
        <>
          {' · '}
          <NoValue why={absent.why} /> <AskAgain />
        </>
      )}
    </li>
  );
}

/** In place of rows without a name: a line for each organisation that sends some of these people. */
export function HiddenPeople({ people }: { people: readonly HiddenPerson[] }) {
  const codes = orderByName(unique(people.map(({ id }) => ownerOf(id))), nameOfPartner);
  if (codes.length === 0) return null;
  return (
    <>
      {people.some(({ why }) => why === 'withheld') && (
        <p>
          {t('programme.readersOfPeople')} {t('programme.hiddenPeople')}
        </p>
      )}
      <ul class="hidden-people">
        {codes.map((code) => (
          <Sent key={code} code={code} people={people.filter(({ id }) => ownerOf(id) === code)} />
        ))}
      </ul>
    </>
  );
}
