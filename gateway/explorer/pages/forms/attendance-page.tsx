import { useLocation } from 'preact-iso';
import { sendOperation } from '../../client/send-operation.ts';
import { useQuery } from '../../client/use-query.ts';
import { whyNull } from '../../client/why-null.ts';
import { graphql } from '../../generated/gql.ts';
import type { MeetingKind } from '../../generated/graphql.ts';
import { NoValue } from '../../parts/no-value.tsx';
import { nameOrSender } from '../../parts/person-name.tsx';
import { person } from '../../session/session.ts';
import { formatDate, formatNumber, t } from '../../words/language.ts';
import { BatchPage } from './batch-page.tsx';
import { Batch, type Outcome as BatchOutcome, type Sent } from './batch.tsx';

const attendanceQuery = graphql(`
  query PageAttendance($id: ID!) {
    group(id: $id) {
      id
      name
      meetings {
        kind
        on
        attended
        missed
        version
      }
      delegateMeetings {
        kind
        on
        attended
        missed
        version
      }
      members {
        id
        name
      }
    }
  }
`);

const ofGroup = graphql(`
  mutation PageRecordGroupAttendance($input: RecordAttendanceInput!) {
    recordGroupAttendance(input: $input) {
      results {
        participant
        refusal {
          message
          code
          rule
          situation
          argument
        }
      }
    }
  }
`);

const ofDelegates = graphql(`
  mutation PageRecordDelegatesAttendance($input: RecordAttendanceInput!) {
    recordDelegatesAttendance(input: $input) {
      results {
        participant
        refusal {
          message
          code
          rule
          situation
          argument
        }
      }
    }
  }
`);

/** Who came to a meeting of a group: `/programme/attendance?id=…&kind=BRIEFING`. */
export function AttendancePage() {
  const { id = '', kind = '' } = useLocation().query;
  const { response, refetch } = useQuery(attendanceQuery, { id });
  const isOfOffices = person.value?.organisation === 'ncm';
  const list = isOfOffices ? 'delegateMeetings' : 'meetings';
  const group = response?.data?.group;
  const meeting = group?.[list]?.find((one) => one.kind === kind);
  const record = async ({ changes, idempotencyKey }: Sent): Promise<BatchOutcome> => {
    const chosen = (value: string) =>
      changes.filter((change) => change.value === value).map(({ row }) => row);
    const [present, absent] = [chosen('CAME'), chosen('MISSED')];
    const input = {
      group: id,
      kind: kind as MeetingKind,
      meetingVersion: meeting?.version ?? 0,
      ...(present.length > 0 && { present }),
      ...(absent.length > 0 && { absent }),
      idempotencyKey,
    };
    const sent = isOfOffices
      ? await sendOperation(ofDelegates, { input })
      : await sendOperation(ofGroup, { input });
    const { data, errors } = sent;
    const became =
      data &&
      ('recordGroupAttendance' in data
        ? data.recordGroupAttendance
        : data.recordDelegatesAttendance);
    // The graph has those who came first.
    const results =
      became &&
      changes.flatMap(
        ({ row }) => became.results.find(({ participant }) => participant === row) ?? [],
      );
    return { results: results ?? undefined, errors };
  };
  return (
    <BatchPage
      title="form.attendance"
      lead="form.attendanceLead"
      doers={['nbnp', 'ncm']}
      {...{ group, response, refetch }}
    >
      {group?.[list] && !meeting && <p>{t('form.noRecord')}</p>}
      {group && !group[list] && (
        <NoValue
          why={whyNull(response?.errors ?? [], ['group', list], isOfOffices ? 'ncm' : 'nbnp')}
        />
      )}
      {group && meeting && (
        <>
          <h2>
            {t(`meetingKinds.${meeting.kind}`)}, {formatDate(meeting.on)}
          </h2>
          {meeting.attended !== null && (
            <p>
              {t('programme.attended')}: {formatNumber(meeting.attended)} · {t('programme.missed')}:{' '}
              {meeting.missed !== null && formatNumber(meeting.missed)}
            </p>
          )}
          <Batch
            rows={(group.members ?? []).flatMap((member) =>
              member ? [{ id: member.id, name: nameOrSender(member.id, member.name) }] : [],
            )}
            columns={[
              {
                key: 'presence',
                title: t('form.attendance'),
                options: [
                  { value: 'CAME', label: t('form.came') },
                  { value: 'MISSED', label: t('form.missed') },
                ],
                now: () => ({ state: t('form.choose') }),
              },
            ]}
            input="RecordAttendanceInput"
            fields={[]}
            submitLabel={t('form.saveAttendance')}
            empty={t('programme.noMembers')}
            refetch={refetch}
            onSend={record}
          />
        </>
      )}
    </BatchPage>
  );
}
