import type { GraphError } from '../../../client/send-operation.ts';
import { ownerOf, whyNull } from '../../../client/why-null.ts';
import { absencePart } from '../../../parts/links.ts';
import { Known } from '../../../parts/no-value.tsx';
import { PersonName } from '../../../parts/person-name.tsx';
import { PlanningLinks } from '../../../parts/planning-links.tsx';
import { Table } from '../../../parts/table.tsx';
import { person } from '../../../session/session.ts';
import { formatDate, t } from '../../../words/language.ts';
import type { PageGroup } from './group-query.ts';

interface AbsencesProps {
  readonly group: PageGroup;
  readonly errors: readonly GraphError[];
}

/** Who did not travel, or went home early. Nothing where everybody travelled. */
export function Absences({ group: { id, absences }, errors }: AbsencesProps) {
  if (!absences || absences.length === 0) return null;
  const rows = absences.map((absence, index) => ({ absence, index }));
  return (
    <>
      <h2>{t('programme.absences')}</h2>
      <Table
        caption={t('programme.absences')}
        rows={rows}
        keyOf={({ index }) => String(index)}
        columns={[
          {
            title: t('programme.name'),
            of: ({ absence: { participant }, index }) => (
              <PersonName
                name={participant?.name}
                why={whyNull(
                  errors,
                  ['group', 'absences', index, 'participant', 'name'],
                  participant ? ownerOf(participant.id) : undefined,
                )}
              />
            ),
          },
          ...(person.value?.organisation === 'nbnp' && person.value.role === 'coordinator'
            ? [
                {
                  title: t('form.canDo'),
                  of: ({ absence: { participant, visit } }: (typeof rows)[number]) =>
                    participant && (
                      <PlanningLinks
                        id={id}
                        part={absencePart(participant.id, visit.id)}
                        of={participant.name ?? ''}
                        forms={[['removeAbsence', 'plan.removeItineraryStop']]}
                      />
                    ),
                },
              ]
            : []),
          { title: t('programme.visit'), of: ({ absence }) => absence.visit.title },
          { title: t('programme.from'), of: ({ absence }) => formatDate(absence.from) },
          {
            title: t('programme.reason'),
            of: ({ absence: { reason }, index }) => (
              <Known
                value={reason && t(`absenceReasons.${reason}`)}
                why={whyNull(errors, ['group', 'absences', index, 'reason'])}
              />
            ),
          },
        ]}
      />
    </>
  );
}
