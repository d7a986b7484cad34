import type { ComponentChildren } from 'preact';
import type { GraphError } from '../../../client/send-operation.ts';
import { whyNull } from '../../../client/why-null.ts';
import { nameOfPartner } from '../../../frame/settings.ts';
import { Known, NoValue } from '../../../parts/no-value.tsx';
import { formatDate, t } from '../../../words/language.ts';
import type { BoardEvaluation } from './board-query.ts';

/** The network drafts the evaluation and signs it; the offices sign it too. */
const signatories = ['nbnp', 'ncm'] as const;

type Path = readonly (string | number)[];

function SignOffs({ signOffs }: Pick<BoardEvaluation, 'signOffs'>) {
  return (
    <ul>
      {signatories.map((code) => {
        const signed = signOffs.find(({ organisation }) => organisation === code);
        return (
          <li key={code}>
            {nameOfPartner(code)}:{' '}
            {signed
              ? t('evaluation.signedOn', { day: formatDate(signed.signedOn) })
              : t('evaluation.notSigned')}
          </li>
        );
      })}
    </ul>
  );
}

function Findings({ findings }: { findings: NonNullable<BoardEvaluation['findings']> }) {
  if (findings.length === 0) return <p>{t('evaluation.none')}</p>;
  return (
    <ul>
      {findings.map(({ title, text, sector }) => (
        <li key={title}>
          <strong>{title}</strong> {sector && `(${t(`sectors.${sector}`)})`} {text}
        </li>
      ))}
    </ul>
  );
}

function Recommendations({ texts }: { texts: readonly string[] }) {
  if (texts.length === 0) return <p>{t('evaluation.none')}</p>;
  return (
    <ol>
      {texts.map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ol>
  );
}

function Part({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <>
      <h4>{title}</h4>
      {children}
    </>
  );
}

interface EvaluationProps {
  readonly evaluation: BoardEvaluation | null;
  readonly errors: readonly GraphError[];
  /** The place of the evaluation in the response. */
  readonly path: Path;
}

/** How far a programme’s evaluation is, and what it says once the reader may read it. */
export function Evaluation({ evaluation, errors, path }: EvaluationProps) {
  const why = (field: string, owner = 'nbnp') => whyNull(errors, [...path, field], owner);
  if (!evaluation)
    return (
      <>
        <h3>{t('evaluation.title')}</h3>
        <p>{t('evaluation.nothing')}</p>
      </>
    );
  const { status, signOffs, summary, findings, recommendations } = evaluation;
  return (
    <>
      <h3>{t('evaluation.title')}</h3>
      <p>
        <Known value={status && t(`evaluationStates.${status}`)} why={why('status', 'ncm')} />
      </p>
      <SignOffs signOffs={signOffs} />
      <Part title={t('evaluation.summary')}>
        {summary ? <p>{summary}</p> : <NoValue why={why('summary')} />}
      </Part>
      <Part title={t('evaluation.findings')}>
        {findings ? <Findings findings={findings} /> : <NoValue why={why('findings')} />}
      </Part>
      <Part title={t('evaluation.recommendations')}>
        {recommendations ? (
          <Recommendations texts={recommendations} />
        ) : (
          <NoValue why={why('recommendations')} />
        )}
      </Part>
    </>
  );
}
