import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { useQuery } from '../../client/use-query.ts';
import { nameOfPartner } from '../../frame/settings.ts';
import { ResponseNote } from '../../parts/completeness.tsx';
import { Loading } from '../../parts/loading.tsx';
import { PartnerState } from '../../parts/partner-state.tsx';
import { SignInButton } from '../../parts/sign-in-button.tsx';
import { Table } from '../../parts/table/table.tsx';
import { hasRoom } from '../../parts/use-width.ts';
import { person } from '../../session/session.ts';
import { formatNumber, formatTime, language, t } from '../../words/language.ts';
import { Operators } from './operators.tsx';
import { Retention } from './retention.tsx';
import { statusQuery, type PartnerRow } from './status-query.ts';
import { Usage } from './usage.tsx';

/** When partners will be down on purpose, or are. */
function Maintenance({ partners }: { partners: readonly PartnerRow[] }) {
  const rows = partners
    .flatMap(({ name, code, maintenance }) =>
      maintenance.map((window) => ({ ...window, partner: `${name} (${code})` })),
    )
    .toSorted((one, other) => Date.parse(one.from) - Date.parse(other.from));
  return (
    <>
      <h2>{t('status.maintenance')}</h2>
      {rows.length === 0 && <p>{t('status.noMaintenance')}</p>}
      {rows.length > 0 && (
        <Table
          caption={t('status.maintenance')}
          rows={rows}
          keyOf={({ partner, from }) => `${partner} ${from}`}
          columns={[
            { title: t('status.partner'), of: ({ partner }) => partner },
            { title: t('status.from'), of: ({ from }) => formatTime(from) },
            { title: t('status.to'), of: ({ to }) => formatTime(to) },
            { title: t('status.message'), of: ({ message }) => message ?? '' },
          ]}
        />
      )}
    </>
  );
}

/** The server’s status; of a partner that the hub does not call, why not. */
function State({ status, membership, membershipReason: reason }: PartnerRow) {
  if (membership === 'MEMBER') return <PartnerState status={status} />;
  const state = t(`statuses.${membership}`);
  return <>{reason ? `${state}: ${reason}` : state}</>;
}

/** Whoever is down stands first. */
const urgency = [
  'UNAVAILABLE',
  'QUARANTINED',
  'DEGRADED',
  'MAINTENANCE',
  null,
  'ANSWERING',
] as const;

const urgencyOf = ({ membership, status }: PartnerRow): number =>
  membership === 'MEMBER' ? urgency.indexOf(status) : urgency.length;

const isWrong = ({ membership, status, quarantineReason }: PartnerRow): boolean =>
  membership === 'MEMBER' && (status !== 'ANSWERING' || quarantineReason !== null);

/** In a sentence, whether all is well. */
function Headline({ partners }: { partners: readonly PartnerRow[] }) {
  const members = partners.filter(({ membership }) => membership === 'MEMBER');
  const wrong = members.filter(isWrong).length;
  const numbers = { wrong: formatNumber(wrong), all: formatNumber(members.length) };
  return (
    <p class={wrong > 0 ? 'finding bad' : 'finding good'} role="status">
      <span aria-hidden="true">{wrong > 0 ? '✕' : '✓'}</span>{' '}
      {t(wrong > 0 ? 'status.notWell' : 'status.allWell', numbers)}
    </p>
  );
}

/** What is wrong now, before everything else. */
function Wrongs({ partners }: { partners: readonly PartnerRow[] }) {
  const wrong = partners.filter(isWrong);
  if (wrong.length === 0) return null;
  return (
    <section class="note">
      <h2>{t('status.wrong')}</h2>
      <ul>
        {wrong.map((partner) => (
          <li key={partner.code}>
            {`${partner.name} (${partner.code}): `}
            <State {...partner} />
            {partner.statusSince && `, ${t('status.since')}: ${formatTime(partner.statusSince)}`}
            {partner.quarantineReason &&
              `. ${t('status.quarantines')}: ${partner.quarantineReason}`}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Whoever does not respond is named above: on a phone, the table is folded. */
function Partners({ partners }: { partners: readonly PartnerRow[] }) {
  const isRoomy = useMemo(hasRoom, []);
  const isOperator = person.value !== undefined;
  return (
    <details open={isRoomy}>
      <summary>{t('status.each', { all: formatNumber(partners.length) })}</summary>
      <Table
        caption={t('frame.status')}
        rows={partners}
        keyOf={({ code }) => code}
        columns={[
          {
            title: t('status.partner'),
            of: ({ name, code }) => (isOperator ? `${name} (${code})` : name),
          },
          { title: t('status.state'), of: State },
          {
            title: t('status.since'),
            of: ({ statusSince }) => (statusSince ? formatTime(statusSince) : ''),
          },
          {
            title: t('status.lastAnswered'),
            of: ({ lastAnsweredAt }) =>
              lastAnsweredAt ? formatTime(lastAnsweredAt) : t('status.never'),
          },
          ...(isOperator
            ? [{ title: t('status.contract'), of: ({ subgraph }: PartnerRow) => subgraph }]
            : []),
        ]}
      />
    </details>
  );
}

/** How often the page asks again while it is visible, in milliseconds. */
const refreshMs = 15_000;

/** Which partners respond, what they publish, how they did lately, and what is used of the graph. */
export function Status() {
  const { response, refetch } = useQuery(statusQuery, {});
  const round = useSignal(0);
  const askAll = () => {
    refetch();
    round.value += 1;
  };
  useEffect(() => {
    const timer = setInterval(() => document.hidden || refetch(), refreshMs);
    return () => clearInterval(timer);
  }, [response]);
  const now = useMemo(() => new Date().toISOString(), [response]);
  const operations = response?.data?.operations;
  const partners = operations?.partners
    ?.map(({ partner, ...server }) => ({
      ...partner,
      ...server,
      name: nameOfPartner(partner.code),
    }))
    .toSorted(
      (a, b) => urgencyOf(a) - urgencyOf(b) || a.name.localeCompare(b.name, language.value),
    );
  return (
    <>
      <h1>{t('frame.status')}</h1>
      {!response && <Loading />}
      {partners && <Headline partners={partners} />}
      <p class="soft">
        {t('status.lead')} {response && t('status.asksAgain', { time: formatTime(now) })}{' '}
        <button type="button" class="link" onClick={askAll}>
          {t('response.again')}
        </button>
      </p>
      <ResponseNote response={response} />
      {operations && partners && (
        <>
          <Wrongs partners={partners} />
          <Partners partners={partners} />
          <Maintenance partners={partners} />
          <Retention partners={partners} />
          <h2>{t('status.operators')}</h2>
          {!person.value && (
            <p>
              {t('status.operatorsSignIn')} <SignInButton />
            </p>
          )}
          {person.value && (
            <>
              <Operators operations={operations} partners={partners} />
              <Usage key={round.value} />
            </>
          )}
        </>
      )}
    </>
  );
}
