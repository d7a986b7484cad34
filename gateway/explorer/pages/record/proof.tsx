import { useSignal } from '@preact/signals';
import { nameOfPartner, settings } from '../../frame/settings.ts';
import { saveText } from '../../parts/files/save-file.ts';
import { say } from '../../parts/record-words.ts';
import { Table } from '../../parts/table/table.tsx';
import { formatNumber, formatTime, t } from '../../words/language.ts';
import { joinNames } from '../../words/names.ts';
import { canVerify, readPublished } from './published-heads.ts';
import { verifyHeads, type HeadsReport } from './verify-heads.ts';

type State =
  | { readonly is: 'idle' | 'verifying' | 'noFile' | 'failed' | 'cannot' }
  | { readonly is: 'done'; readonly report: HeadsReport; readonly file: string };

const nameOfSigner = (code: string) => (code === 'hub' ? say('hub') : nameOfPartner(code));

function Report({ report }: { report: HeadsReport }) {
  if (!report.isWhole)
    return (
      <p>
        <strong>
          {say('isBroken', {
            line: formatNumber(report.line),
            reason: say(`broken_${report.fault}`),
          })}
        </strong>
      </p>
    );
  const { lines, hash, signers } = report;
  if (lines === 0) return <p>{say('noLines')}</p>;
  const silent = settings.value.partners
    .filter(({ code }) => !signers.some(({ partner }) => partner === code))
    .map(({ name }) => name);
  return (
    <>
      <p>
        <strong>{say('isWhole', { number: formatNumber(lines) })}</strong>
      </p>
      {silent.length > 0 && <p>{say('unsigned', { partners: joinNames(silent) })}</p>}
      <p class="prose">{say('limits')}</p>
      <Table
        caption={say('signers')}
        rows={signers}
        keyOf={({ partner }) => partner}
        columns={[
          {
            title: say('signer'),
            of: ({ partner, resets }) => (
              <>
                {nameOfSigner(partner)}
                {resets.map((reason) => (
                  <p key={reason}>{say('began', { reason })}</p>
                ))}
              </>
            ),
          },
          { title: say('heads'), of: ({ heads }) => formatNumber(heads), isNumber: true },
          {
            title: say('last'),
            of: ({ lastAt }) => (lastAt ? formatTime(lastAt) : say('nobodySigned')),
          },
          {
            title: say('fingerprint'),
            of: ({ keys }) => [...keys.keys()].map((one) => <code key={one}>{one} </code>),
          },
        ]}
      />
      <p class="hash">{say('compare', { hash })}</p>
    </>
  );
}

/** Verifies what the hub publishes of all organisations’ records, and says in words whether it holds. */
export function Proof() {
  const state = useSignal<State>({ is: 'idle' });
  const now = state.value;
  const verify = async () => {
    state.value = { is: 'verifying' };
    const file = await readPublished();
    if (file === undefined) return void (state.value = { is: 'noFile' });
    if (file === null) return void (state.value = { is: 'failed' });
    if (!canVerify()) return void (state.value = { is: 'cannot' });
    const lines = file.split('\n').slice(0, -1);
    state.value = { is: 'done', report: await verifyHeads(lines), file };
  };
  return (
    <>
      <h2>{say('proof')}</h2>
      <p class="prose">{say('proofLead')}</p>
      <p>
        <button type="button" disabled={now.is === 'verifying'} onClick={() => void verify()}>
          {say('verify')}
        </button>
      </p>
      <div role="status">
        {now.is === 'verifying' && <p>{say('verifying')}</p>}
        {now.is === 'noFile' && <p>{say('noFile')}</p>}
        {now.is === 'failed' && <p>{t('response.failed')}</p>}
        {now.is === 'cannot' && <p>{say('cannotVerify')}</p>}
        {now.is === 'done' && <Report report={now.report} />}
      </div>
      {now.is === 'done' && (
        <p>
          <button
            type="button"
            class="quiet"
            onClick={() => saveText('hub-heads.jsonl', 'application/jsonl', now.file)}
          >
            {say('saveFile')}
          </button>
        </p>
      )}
    </>
  );
}
