import { useSignal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import type { FormalityKind } from '../../generated/graphql.ts';
import { ConflictNote } from '../../parts/form/conflict-note.tsx';
import { useIdempotencyKey } from '../../parts/form/use-idempotency-key.ts';
import { isConflict, useSending } from '../../parts/form/use-sending.tsx';
import { formalityKinds } from '../../parts/formalities.ts';
import { today } from '../../parts/today.ts';
import { formatDate, t, type WordKey } from '../../words/language.ts';
import { hasDraft, JourneyForm } from './journey-form.tsx';
import { isBack } from './journey.ts';
import { acknowledgeInformation, mutationOf } from './mutations.ts';
import type { JourneyGroup, JourneyVisit, Me, Preparation } from './my-journey-query.ts';
import { keepDraft, readDraft } from './offline/copy.ts';

interface DueProps {
  readonly me: Pick<Me, '__typename' | 'id'>;
  readonly group: JourneyGroup;
  /** False for what is read without a connection: nothing can be sent then. */
  readonly isOnline: boolean;
  readonly refetch: () => void;
}

/** The practical information, and that she has read it. */
export function Information({ me, visit, isOnline, refetch }: DueProps & { visit: JourneyVisit }) {
  const { isBusy, refusal, send } = useSending();
  const { id, practicalInformation, informationVersion, informationReadBy } = visit;
  if (practicalInformation === null || informationVersion === null) return null;
  const [read] = informationReadBy ?? [];
  const acknowledge = async () => {
    const input = { visit: id, participant: me.id, informationVersion };
    await send(acknowledgeInformation, { input });
    refetch();
    return true;
  };
  return (
    <section>
      <h2>{t('journey.bring')}</h2>
      <p class="prose">{practicalInformation}</p>
      {read && (
        <p class="soft">
          {t(read.isCurrent ? 'journey.readOn' : 'journey.changedSince', {
            day: formatDate(read.on),
          })}
        </p>
      )}
      {isOnline && !read?.isCurrent && !isBack(visit, today()) && (
        <JourneyForm
          label={t('journey.haveRead')}
          isBusy={isBusy}
          onSend={acknowledge}
          refusal={refusal}
        />
      )}
    </section>
  );
}

function Formality(props: DueProps & { kind: FormalityKind; preparation: Preparation }) {
  const { me, group, kind, preparation, isOnline, refetch } = props;
  const { isBusy, refusal, send } = useSending();
  const draft = `my-journey ${group.id} ${kind}`;
  const isOpen = useSignal(hasDraft(draft));
  const one = preparation.formalities?.find((formality) => formality.kind === kind);
  const isSettled = one?.status === 'RECEIVED' || one?.status === 'NOT_NEEDED';
  const say = async (form: FormData) => {
    const { document, her } = mutationOf(me, 'sayDone');
    const note = String(form.get('note')).trim() || null;
    const input = { ...her, group: group.id, kind, note, version: one?.version ?? 0 };
    const response = await send(document, { input });
    const isSent = response.errors.length === 0;
    isOpen.value = !isSent;
    refetch();
    return isSent;
  };
  return (
    <li class={isSettled ? 'settled' : 'open'}>
      <p>
        <span aria-hidden="true">{isSettled ? '✓' : '○'}</span>{' '}
        <strong>{t(`formalityKinds.${kind}`)}</strong>:{' '}
        {one
          ? t(`formalityStates.${one.status}`)
          : t(preparation.formalities ? 'journey.notRecorded' : 'response.missing')}
        {one?.note && `. ${one.note}`}
      </p>
      {one?.saidDoneOn && (
        <p class="soft">{t('journey.saidDone', { day: formatDate(one.saidDoneOn) })}</p>
      )}
      {isOnline && !isSettled && !one?.saidDoneOn && !isOpen.value && (
        <button type="button" class="quiet" onClick={() => (isOpen.value = true)}>
          {t('journey.isDone')}: {t(`formalityKinds.${kind}`)}
        </button>
      )}
      {isOpen.value && !isSettled && (
        <JourneyForm label={t('journey.sayDone')} {...{ isBusy, draft, refusal }} onSend={say}>
          <label>
            {t('journey.noteToCoordinator')}
            <textarea name="note" rows={2} maxLength={2_000} />
          </label>
        </JourneyForm>
      )}
    </li>
  );
}

/** What a field of her needs is called. */
const nameOf = (name: string): string => t(`programme.${name}` as WordKey);

function Needs({ me, preparation, refetch }: DueProps & { preparation: Preparation }) {
  const { isBusy, refusal, send } = useSending();
  const isSaved = useSignal(false);
  const needs = preparation.travelNeeds;
  const fields = ['diet', 'access', 'emergencyContact'] as const;
  const draft = 'my-journey needs';
  const [isOpen] = useState(() => hasDraft(draft));
  const save = async (form: FormData) => {
    const { document, her } = mutationOf(me, 'setNeeds');
    const valueOf = (name: string) => String(form.get(name)).trim() || null;
    const [diet, access, emergencyContact] = fields.map(valueOf);
    const input = { ...her, diet, access, emergencyContact, version: needs?.version ?? 0 };
    const response = await send(document, { input });
    isSaved.value = response.errors.length === 0;
    refetch();
    return isSaved.value;
  };
  return (
    <details class="journey-needs" open={isOpen}>
      <summary>{t('programme.travelNeeds')}</summary>
      <p class="soft">{t('journey.needsNote')}</p>
      <JourneyForm
        key={needs?.version}
        label={t('journey.save')}
        {...{ isBusy, draft, nameOf, refusal }}
        initial={Object.fromEntries(fields.map((name) => [name, needs?.[name]]))}
        onSend={save}
      >
        {fields.map((name) => (
          <label key={name}>
            {nameOf(name)}
            <textarea name={name} rows={2} maxLength={2_000} defaultValue={needs?.[name] ?? ''} />
          </label>
        ))}
      </JourneyForm>
      <p role="status">{isSaved.value ? t('journey.saved') : ''}</p>
    </details>
  );
}

/** What must be ready before the journey, each with its form. */
export function Due(props: DueProps & { preparation: Preparation | undefined }) {
  const { preparation, isOnline } = props;
  if (!preparation) return null;
  const settled = formalityKinds.filter((kind) =>
    preparation.formalities?.some(
      (one) => one.kind === kind && ['RECEIVED', 'NOT_NEEDED'].includes(one.status),
    ),
  );
  return (
    <section>
      <h2>{t('journey.due')}</h2>
      {settled.length === formalityKinds.length && <p>{t('journey.allReady')}</p>}
      <ul class="journey-due">
        {formalityKinds.map((kind) => (
          <Formality key={kind} {...props} kind={kind} preparation={preparation} />
        ))}
      </ul>
      {isOnline && <Needs {...props} preparation={preparation} />}
    </section>
  );
}

/** Her report of a visit from which the group is back. It waits in this phone until she hands it in. */
export function Report(props: DueProps & { visit: JourneyVisit; report: Me['report'] }) {
  const { me, group, visit, report, isOnline, refetch } = props;
  const { isBusy, refusal, send } = useSending();
  const createKey = useIdempotencyKey();
  const own = report?.visit === visit.id ? report : null;
  const text = useSignal(own?.text ?? '');
  const isHandedIn = useSignal(false);
  /** The version that this page knew when another one had been handed in already. */
  const outdated = useSignal<number | undefined>(undefined);
  useEffect(() => {
    void readDraft(visit.id).then((draft) => {
      if (draft !== '') text.value = draft;
    });
  }, [visit.id]);
  const keep = (value: string) => {
    text.value = value;
    isHandedIn.value = false;
    void keepDraft(visit.id, value);
  };
  const version = own?.version ?? 0;
  const saved = own?.text ?? '';
  const newer = {
    name: 'text',
    label: t('journey.reportText'),
    saved,
    own: text.value,
    take: () => keep(saved),
  };
  const isNewerHere = outdated.value !== version && saved !== text.value;
  const handIn = async () => {
    const values = {
      ...mutationOf(me, 'handIn').her,
      group: group.id,
      visit: visit.id,
      on: today(),
      text: text.value,
      ...(own && { version }),
    };
    const variables = { input: { ...values, idempotencyKey: createKey(values) } };
    const response = own
      ? await send(mutationOf(me, 'correct').document, variables)
      : await send(mutationOf(me, 'handIn').document, variables);
    outdated.value = isConflict(response) ? version : undefined;
    if (isConflict(response)) refetch();
    if (response.errors.length > 0) return false;
    await keepDraft(visit.id, '');
    isHandedIn.value = true;
    refetch();
    return true;
  };
  if (!isBack(visit, today())) return null;
  if (visit.returnedOn === null)
    return (
      <section>
        <h2>{t('journey.report')}</h2>
        <p>{t('journey.reportLater')}</p>
      </section>
    );
  // It cannot be corrected any more. One that is still expected can be handed in.
  if (own && group.programme?.evaluation?.status === 'COMPLETE')
    return (
      <section>
        <h2>{t('journey.report')}</h2>
        <p>{t('journey.handedInAndEvaluated', { day: formatDate(own.receivedOn) })}</p>
        <p class="prose">{own.text}</p>
      </section>
    );
  return (
    <section>
      <h2>{t('journey.report')}</h2>
      {own && <p>{t('journey.handedIn', { day: formatDate(own.receivedOn) })}</p>}
      <JourneyForm
        label={t(own ? 'journey.correct' : 'journey.handIn')}
        isBusy={isBusy || !isOnline}
        onSend={handIn}
        refusal={
          outdated.value === undefined ? (
            refusal
          ) : (
            <ConflictNote title={t('journey.newerReport')} versions={isNewerHere ? [newer] : []} />
          )
        }
      >
        <label>
          {t('journey.reportText')}
          <textarea
            name="text"
            rows={8}
            required
            value={text.value}
            onInput={({ currentTarget }) => keep(currentTarget.value)}
          />
        </label>
        {!isOnline && <p>{t('journey.reportWaits')}</p>}
      </JourneyForm>
      <p role="status">{isHandedIn.value ? t('journey.thanks') : ''}</p>
    </section>
  );
}
