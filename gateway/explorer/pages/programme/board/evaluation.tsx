import type { ComponentChildren } from 'preact';
import type { GraphError } from '../../../client/send-operation.ts';
import { absentAt, whyNull, type WhyNull } from '../../../client/why-null.ts';
import { nameOfPartner } from '../../../frame/settings.ts';
import { Known, NoValue } from '../../../parts/no-value.tsx';
import { mayDo, PlanningLinks } from '../../../parts/planning-links.tsx';
import { formatDate, t } from '../../../words/language.ts';
import type { BoardEvaluation, BoardProgramme } from './board-query.ts';

/** The network drafts the evaluation and signs it; the offices sign it too. */
const signatories = ['nbnp', 'ncm'] as const;

type Signatory = (typeof signatories)[number];

const formsOf = {
  nbnp: { draft: 'draftEvaluation', withdraw: 'withdrawEvaluationSignature' },
  ncm: { draft: 'draftOfficeEvaluation', withdraw: 'withdrawOfficeSignature' },
} as const satisfies Record<Signatory, object>;

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

interface TextsProps {
  readonly evaluation: Pick<BoardEvaluation, 'summary' | 'findings' | 'recommendations'>;
  readonly why: (field: string) => WhyNull;
}

/** What one side says, once the reader may read it. */
function Texts({ evaluation: { summary, findings, recommendations }, why }: TextsProps) {
  return (
    <>
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

interface DoingsProps {
  readonly programme: BoardProgramme;
  readonly by: Signatory;
}

/** Each side changes its draft until it signs, and withdraws its signature until the other has signed. */
function Doings({ programme, by }: DoingsProps) {
  const { id, title, evaluation, officeEvaluation } = programme;
  const signed = evaluation?.signOffs.map(({ organisation }) => organisation) ?? [];
  const isSigned = signed.includes(by);
  const isDrafted = (by === 'ncm' ? officeEvaluation : evaluation?.summary) != null;
  const { draft, withdraw } = formsOf[by];
  return (
    <PlanningLinks
      by={by}
      id={id}
      of={title}
      forms={[
        [draft, isDrafted ? 'plan.changeDraft' : 'taskKinds.DRAFT_EVALUATION', !isSigned],
        [withdraw, 'plan.withdrawSignature', isSigned && signed.length === 1],
      ]}
    />
  );
}

interface EvaluationProps {
  readonly programme: BoardProgramme;
  readonly errors: readonly GraphError[];
  /** The place of the programme in the response. */
  readonly path: Path;
}

/** How far a programme’s evaluation is, and what each side says once the reader may read it. */
export function Evaluation({ programme, errors, path }: EvaluationProps) {
  const { evaluation, officeEvaluation } = programme;
  const why = (part: string, field: string, owner: string) =>
    whyNull(errors, [...path, part, field], owner);
  const isAway = absentAt(errors, [...path, 'evaluation']).length > 0;
  const isEmpty = !evaluation && !officeEvaluation && !isAway && !mayDo(['nbnp', 'ncm']);
  // An empty section says nothing to those who cannot fill it.
  if (isEmpty) return null;
  return (
    <div class="evaluations">
      <div>
        <h3>{t('evaluation.title')}</h3>
        {evaluation ? (
          <>
            <p>
              <Known
                value={evaluation.status && t(`evaluationStates.${evaluation.status}`)}
                why={why('evaluation', 'status', 'ncm')}
              />
            </p>
            <SignOffs signOffs={evaluation.signOffs} />
            <Texts evaluation={evaluation} why={(field) => why('evaluation', field, 'nbnp')} />
          </>
        ) : (
          <p>{t(mayDo('nbnp') ? 'evaluation.notBegun' : 'evaluation.nothing')}</p>
        )}
        <Doings programme={programme} by="nbnp" />
      </div>
      <div>
        {officeEvaluation && (
          <>
            <h3>{t('evaluation.ofOffices')}</h3>
            <Texts
              evaluation={officeEvaluation}
              why={(field) => why('officeEvaluation', field, 'ncm')}
            />
          </>
        )}
        <Doings programme={programme} by="ncm" />
      </div>
    </div>
  );
}
