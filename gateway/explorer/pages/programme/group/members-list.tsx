import type { ComponentChildren } from 'preact';
import { isAbsent, whyMissing, whyNull } from '../../../client/why-null.ts';
import { Facts } from '../../../parts/facts.tsx';
import { absencePart } from '../../../parts/links.ts';
import { Known, NoValue } from '../../../parts/no-value.tsx';
import { PlanningLinks } from '../../../parts/planning-links.tsx';
import { Rehearsal } from '../../../parts/rehearsal.tsx';
import { Table } from '../../../parts/table/table.tsx';
import { formatDate, t, type WordKey } from '../../../words/language.ts';
import { Badge } from '../badge.tsx';
import { HiddenPeople } from './hidden-people.tsx';
import { commonSender, listRows, type Absence, type ListProps, type Row } from './list-rows.tsx';
import * as cells from './member-cells.tsx';
import type { KnownMember } from './members.ts';
import { isTold } from './preparation.tsx';

interface AbsentProps extends Pick<ListProps, 'errors'> {
  readonly absence: Absence;
  readonly groupId: string;
}

/** That somebody did not travel, or went home early. */
function Absent({ absence, groupId, errors }: AbsentProps) {
  const { participant, visit, from, reason, index } = absence;
  return (
    <div>
      <Badge sign="✕" text={t('programme.absentFrom', { visit: visit.title })} kind="bad" />{' '}
      <span class="soft">
        {t('programme.from')} {formatDate(from)},{' '}
        <Known
          value={reason && t(`absenceReasons.${reason}`)}
          why={whyNull(errors, ['group', 'absences', index, 'reason'])}
        />
      </span>
      {participant && (
        <PlanningLinks
          id={groupId}
          part={absencePart(participant.id, visit.id)}
          of={participant.name ?? ''}
          forms={[['removeAbsence', 'plan.removeAbsence']]}
        />
      )}
    </div>
  );
}

interface WithheldProps {
  /** Of how many members the reader may not know each part. */
  readonly parts: readonly (readonly [label: WordKey, number: number])[];
  readonly all: number;
}

/** What the reader may not know of the members, said once for the list. */
function Withheld({ parts, all }: WithheldProps) {
  const numbers = [...new Set(parts.map(([, number]) => number))].filter((number) => number > 0);
  return (
    <>
      {numbers.map((number) => (
        <p key={number}>
          {parts
            .filter(([, own]) => own === number)
            .map(([label]) => t(label))
            .join(' · ')}
          . {t('programme.withheldOf', { number, all })}
        </p>
      ))}
    </>
  );
}

/** Everybody of the group once, with all that stands for her: who sends her, her papers, report and needs. */
export function MembersList(props: ListProps) {
  const { group, errors } = props;
  const { rows, hidden: hiddenPeople, shown: members } = listRows(props);
  const sender = commonSender(rows);
  const hasNeeds = ({ member: { travelNeeds }, why }: KnownMember) =>
    Object.values(travelNeeds ?? {}).some(Boolean) || isAbsent(why('travelNeeds'));
  const hasReport = ({ member: { report }, why }: KnownMember) =>
    report ? report.group === group.id : isAbsent(why('report'));
  const withheld = (field: string) => members.filter(({ why }) => why(field) === 'withheld').length;
  const isOfAll = (number: number) => number > 1 && number === members.length;
  const hidden = {
    name: isOfAll(withheld('name')),
    email: isOfAll(withheld('email')),
    post: isOfAll(
      members.filter(({ member, why }) => why(cells.postOf(member)) === 'withheld').length,
    ),
  };
  const countAll = (isHidden: boolean) => (isHidden ? members.length : 0);
  const paths = ['officerNominations', 'delegateNominations'] as const;
  const lacking = paths.find(
    (path) => group[path] === null && whyNull(errors, ['group', path]) !== 'withheld',
  );
  const column = (title: string, of: (member: KnownMember) => ComponentChildren) => ({
    title,
    of: ({ member }: Row) => member && of(member),
  });
  return (
    <>
      <Withheld
        parts={[
          ['programme.name', countAll(hidden.name)],
          ['programme.post', countAll(hidden.post)],
          ['programme.email', countAll(hidden.email)],
          [
            'programme.formalities',
            members.filter(({ id, why }) => why('formalities') === 'withheld' && !isTold(id))
              .length,
          ],
          ['programme.travelNeeds', withheld('travelNeeds')],
        ]}
        all={props.members.length}
      />
      {lacking && (
        <p>
          {t('programme.reserves')}: <NoValue why={whyMissing(errors, ['group', lacking])} />
        </p>
      )}
      {rows.length === 0 && group.memberCount === 0 && <p>{t('programme.noMembers')}</p>}
      {sender && !hidden.name && (
        <Facts facts={[[t('programme.sender'), <cells.Sender {...sender} />]]} />
      )}
      {rows.length > 0 && (
        <Table
          caption={t('programme.members')}
          rows={rows}
          keyOf={({ id }) => id}
          columns={[
            {
              title: t(hidden.name ? 'programme.sender' : 'programme.name'),
              of: ({ name, member, sender, absences }) => (
                <>
                  {hidden.name && member ? (
                    <cells.Sender {...member}>
                      {hidden.post && (
                        <>
                          · <cells.TargetGroup {...member} />
                        </>
                      )}
                      <Rehearsal of={group} />
                    </cells.Sender>
                  ) : (
                    <>
                      {name}
                      <Rehearsal of={group} />
                    </>
                  )}
                  {hidden.name && sender && <div class="soft">{sender}</div>}
                  {member && !(hidden.name && hidden.post) && (
                    <cells.Post {...member} isShort={hidden.post} />
                  )}
                  {absences.map((absence) => (
                    <Absent
                      key={absence.index}
                      absence={absence}
                      groupId={group.id}
                      errors={errors}
                    />
                  ))}
                </>
              ),
            },
            ...(hidden.name || sender
              ? []
              : [
                  {
                    title: t('programme.sender'),
                    of: ({ member, sender }: Row) =>
                      member ? <cells.Sender {...member} /> : sender,
                  },
                ]),
            column(t(hidden.email ? 'programme.languages' : 'programme.email'), (member) => (
              <cells.Contact {...member} isShort={hidden.email} />
            )),
            // While nobody has reported, the numbers say it for all.
            ...(members.some(hasReport)
              ? [
                  column(t('programme.report'), (member) => (
                    <cells.Report {...member} groupId={group.id} />
                  )),
                ]
              : []),
            ...(members.some(hasNeeds)
              ? [column(t('programme.travelNeeds'), (member) => <cells.Needs {...member} />)]
              : []),
          ]}
        />
      )}
      <HiddenPeople people={hiddenPeople} />
    </>
  );
}
