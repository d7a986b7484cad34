import { useSignal } from '@preact/signals';
import { nameOfPartner } from '../../frame/settings.ts';
import { say } from '../../parts/record-words.ts';
import { formatNumber, formatTime, t } from '../../words/language.ts';
import type { Check } from './check-exchange.ts';
import { nameOfRole } from './filter.tsx';
import { canVerify, readPublished } from './published-heads.ts';
import { verifyEvidence, type EvidenceReport } from './verify-evidence.ts';
import { verifyHeads } from './verify-heads.ts';

type State =
  | { readonly is: 'idle' | 'verifying' | 'failed' | 'cannot' | 'badKeys' }
  | { readonly is: 'done'; readonly name: string; readonly report: EvidenceReport };

const signs: Readonly<Record<Check['verdict'], string>> = { holds: '✓', fails: '✗', unknown: '?' };

/** Codes, moments and numbers in the reader’s words. */
function describe(name: string, value: string | number): string {
  if (name === 'at') return formatTime(String(value));
  if (name === 'role') return nameOfRole(String(value));
  if (name === 'partner' || name === 'organisation') return nameOfPartner(String(value));
  return typeof value === 'number' && name !== 'status' ? formatNumber(value) : String(value);
}

function Line({ check: { what, verdict, values } }: { check: Check }) {
  const words = Object.entries(values).map(([name, value]) => [name, describe(name, value)]);
  // What is not known of a response has three reasons.
  const key = `evidence_${what}_${values['why'] ?? verdict}` as Parameters<typeof say>[0];
  return (
    <li class={`verdict ${verdict}`}>
      <strong>
        <span aria-hidden="true">{signs[verdict]}</span> {say(`verdict_${verdict}`)}:
      </strong>{' '}
      {say(key, Object.fromEntries(words) as Record<string, string>)}
    </li>
  );
}

const Lines = ({ checks }: { checks: readonly Check[] }) => (
  <ul class="known">
    {checks.map((check) => (
      <Line key={check.what} check={check} />
    ))}
  </ul>
);

/** The verdict in one sentence. */
function describeWhole({ file, exchanges }: EvidenceReport): string {
  const all = [...file, ...exchanges.flatMap(({ checks }) => checks)];
  const count = (wanted: Check['verdict']) =>
    all.filter(({ verdict }) => verdict === wanted).length;
  if (count('fails') > 0) return say('evidenceFails', { number: formatNumber(count('fails')) });
  return count('unknown') > 0
    ? say('evidencePartly', { number: formatNumber(count('unknown')) })
    : say('evidenceHolds');
}

function Report({ report: { file, exchanges, omitted } }: { report: EvidenceReport }) {
  return (
    <>
      <h3>{say('evidenceWhole')}</h3>
      <Lines checks={file} />
      {exchanges.map(({ partner, checks }, index) => (
        <details key={index} open={checks.some(({ verdict }) => verdict !== 'holds')}>
          <summary>
            {say('evidenceRequest', {
              number: formatNumber(index + 1),
              partner: nameOfPartner(partner),
            })}
          </summary>
          <Lines checks={checks} />
        </details>
      ))}
      {omitted > 0 && <p>{say('evidenceOmitted', { number: formatNumber(omitted) })}</p>}
      <p class="prose">{say('limits')}</p>
    </>
  );
}

async function verify(file: File): Promise<State> {
  if (!canVerify()) return { is: 'cannot' };
  const published = await readPublished();
  if (published === null) return { is: 'failed' };
  const heads = await verifyHeads((published ?? '').split('\n').slice(0, -1));
  // A file that does not hold could name any key.
  if (!heads.isWhole) return { is: 'badKeys' };
  const report = await verifyEvidence(await file.text(), heads.signers);
  return { is: 'done', name: file.name, report };
}

/** Verifies a file of evidence that the reader chooses, and says line by line what holds. The file stays in the browser. */
export function EvidenceFile() {
  const state = useSignal<State>({ is: 'idle' });
  const now = state.value;
  const choose = async ({ files }: HTMLInputElement) => {
    const [file] = files ?? [];
    if (!file) return;
    state.value = { is: 'verifying' };
    state.value = await verify(file).catch(() => ({ is: 'failed' }) as const);
  };
  return (
    <>
      <h2>{say('evidence')}</h2>
      <p class="prose">{say('evidenceLead')}</p>
      <div class="field">
        <label for="evidence-file">{say('evidenceFile')}</label>
        <input
          id="evidence-file"
          type="file"
          accept=".json,application/json"
          onChange={({ currentTarget }) => void choose(currentTarget)}
        />
      </div>
      <div role="status">
        {now.is === 'verifying' && <p>{say('verifying')}</p>}
        {now.is === 'failed' && <p>{t('response.failed')}</p>}
        {now.is === 'cannot' && <p>{say('cannotVerify')}</p>}
        {now.is === 'badKeys' && <p>{say('evidenceKeys')}</p>}
        {now.is === 'done' && (
          <p>
            {now.name}: <strong>{describeWhole(now.report)}</strong>
          </p>
        )}
      </div>
      {now.is === 'done' && <Report report={now.report} />}
    </>
  );
}
