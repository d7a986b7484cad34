import { ownerOf } from '../../../client/why-null.ts';
import { personHref } from '../../../parts/links.ts';
import { Known, NoValue } from '../../../parts/no-value.tsx';
import { PartyName } from '../../../parts/party-name.tsx';
import { PersonName } from '../../../parts/person-name.tsx';
import { Rehearsal } from '../../../parts/rehearsal.tsx';
import { Table } from '../../../parts/table.tsx';
import { person } from '../../../session/session.ts';
import { t } from '../../../words/language.ts';
import { joinNames, nameOfCountry, nameOfLanguage } from '../../../words/names.ts';
import type { PageGroup } from './group-query.ts';
import type { KnownMember } from './members.ts';

/** The organisation that sends a member. */
function Sender({ member, why }: KnownMember) {
  const isOfficer = member.__typename === 'Officer';
  const sender = isOfficer ? member.unit : member.office;
  if (!sender?.name) return <NoValue why={why(isOfficer ? 'unit' : 'office')} />;
  return <PartyName party={sender} />;
}

/** The rank of an officer, the employer of a delegate. */
function Post({ member, why }: KnownMember) {
  return member.__typename === 'Officer' ? (
    <Known value={member.rank} why={why('rank')} />
  ) : (
    <Known value={member.employer} why={why('employer')} />
  );
}

/** Whether a member has a page for the reader, with all data about her. */
const isOwn = (id: string): boolean =>
  person.value?.role === 'coordinator' && person.value.organisation === ownerOf(id);

interface MembersTableProps {
  readonly group: PageGroup;
  readonly members: readonly KnownMember[];
}

/** Who travels, as far as the reader may see. */
export function MembersTable({ group, members }: MembersTableProps) {
  if (members.length === 0) return <p>{t('programme.noMembers')}</p>;
  return (
    <Table
      caption={t('programme.members')}
      rows={members}
      keyOf={({ id }) => id}
      columns={[
        {
          title: t('programme.name'),
          of: ({ member, why, id }) => (
            <>
              {isOwn(id) && member.name ? (
                <a href={personHref(id)}>{member.name}</a>
              ) : (
                <PersonName name={member.name} why={why('name')} />
              )}
              <Rehearsal of={group} />
            </>
          ),
        },
        {
          title: t('programme.targetGroup'),
          of: ({ member, why }) => (
            <Known
              value={member.targetGroup && t(`targetGroups.${member.targetGroup}`)}
              why={why('targetGroup')}
            />
          ),
        },
        { title: t('programme.post'), of: (row) => <Post {...row} /> },
        {
          title: t('programme.country'),
          of: ({ member, why }) => (
            <Known value={member.country && nameOfCountry(member.country)} why={why('country')} />
          ),
        },
        { title: t('programme.sender'), of: (row) => <Sender {...row} /> },
        {
          title: t('programme.languages'),
          of: ({ member, why }) => (
            <Known
              value={member.languages && joinNames(member.languages.map(nameOfLanguage))}
              why={why('languages')}
            />
          ),
        },
        {
          title: t('programme.email'),
          of: ({ member, why }) => (
            <Known
              value={
                member.email && (
                  <a href={`mailto:${encodeURIComponent(member.email)}`}>{member.email}</a>
                )
              }
              why={why('email')}
            />
          ),
        },
      ]}
    />
  );
}

/** A member in a table of its own facts: the name, or why there is none. */
export function MemberName({ member, why }: KnownMember) {
  return <PersonName name={member.name} why={why('name')} />;
}
