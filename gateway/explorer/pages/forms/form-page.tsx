import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useLocation } from 'preact-iso';
import { useQuery } from '../../client/use-query.ts';
import { ownerOf, whyNull } from '../../client/why-null.ts';
import { findOrigin } from '../../frame/origin.ts';
import { nameOfPartner } from '../../frame/settings.ts';
import { useTitle } from '../../frame/title.ts';
import type { PageFormChoicesQuery } from '../../generated/graphql.ts';
import { inputs } from '../../generated/inputs.ts';
import { mutations } from '../../generated/mutations.ts';
import { ResponseNote } from '../../parts/completeness.tsx';
import { dropDraft } from '../../parts/form/draft.ts';
import { isFinal } from '../../parts/form/final.ts';
import { say, useFormWords } from '../../parts/form/form-words.ts';
import type { Choices, Values } from '../../parts/form/input-field.ts';
import { InputForm } from '../../parts/form/input-form.tsx';
import { waysBackOf } from '../../parts/form/undo.ts';
import { isConflict, useSending } from '../../parts/form/use-sending.tsx';
import { doHref } from '../../parts/links.ts';
import { Loading } from '../../parts/loading.tsx';
import { NoValue } from '../../parts/no-value.tsx';
import { idsOf, tell } from '../../parts/outcome.tsx';
import { mayDo } from '../../parts/planning-links.tsx';
import { Rehearsal } from '../../parts/rehearsal.tsx';
import { countryOfReader } from '../../session/session.ts';
import { findText, t } from '../../words/language.ts';
import { joinNames } from '../../words/names.ts';
import { Beside, hasBeside } from './beside.tsx';
import { bodyForms } from './body-rows.ts';
import { pickBodySubjects } from './body-subjects.ts';
import { choicesQuery } from './choices-query.ts';
import { doersOf, goalOf, hrefOfMade, placeOf } from './form-places.ts';
import type { ChoiceList, FormMutation, FormRow } from './form-row.ts';
import { knowledgeForms } from './knowledge-rows.ts';
import { otherForms } from './other-rows.ts';
import { peopleForms } from './people-rows.ts';
import { planningForms } from './planning-rows.ts';
import { Standing } from './standing.tsx';
import { Steps } from './steps.tsx';
import { subjectQuery, variablesOf, type Subject } from './subject-query.ts';

const forms: Readonly<Record<string, FormRow>> = {
  ...planningForms,
  ...otherForms,
  ...peopleForms,
  ...bodyForms,
  ...knowledgeForms,
};

const textOf = (form: string, part: string): string =>
  findText([`forms.${forms[form]?.words ?? form}${part}`], {}) ?? '';

/** The lists that a form chooses from. The others are not read. */
function useLists({ lists = [] }: FormRow, isRehearsal: boolean, group = 'nbnp:none') {
  const reads = (list: ChoiceList) => lists.includes(list);
  return useQuery(choicesQuery, {
    rehearsals: isRehearsal,
    sites: reads('sites'),
    parties: reads('parties'),
    offices: reads('parties') || reads('offices'),
    units: reads('units'),
    country: countryOfReader(),
    holder: countryOfReader() ?? 'RU',
    regions: reads('regions'),
    group,
    members: reads('members'),
    groups: reads('groups'),
    programmes: reads('programmes'),
    events: reads('events'),
    experts: reads('experts'),
    officers: reads('officers'),
    delegates: reads('delegates'),
    policeHolds: reads('policeHolds'),
    officeHolds: reads('officeHolds'),
    networkHolds: reads('networkHolds'),
  });
}

const chooseFrom = (
  { choices = {} }: FormRow,
  subject: Subject,
  lists: PageFormChoicesQuery,
  chosen: unknown,
): Choices =>
  Object.fromEntries(
    Object.entries(choices).map(([field, choose]) => [field, choose(subject, lists, chosen)]),
  );

/** What was made or changed. */
interface Written {
  readonly id?: string;
  readonly contactPoints?: readonly { readonly id: string }[] | null;
}

const pointsOf = (body: object | null | undefined): readonly string[] =>
  ((body as Written | null | undefined)?.contactPoints ?? []).map(({ id }) => id);

interface FillInProps {
  readonly form: FormMutation;
  readonly row: FormRow;
  readonly id: string;
  readonly subject: Subject;
  /** The id of a part of what it is about; empty without one. */
  readonly part: string;
  readonly refetch: () => void;
}

function FillIn({ form, row, id, subject, part, refetch }: FillInProps) {
  const { route, url } = useLocation();
  const { isBusy, refused, send } = useSending();
  const record = recordOf(row, subject);
  // A new programme may become a rehearsal.
  const isRehearsal =
    row.decides === 'isRehearsal' ||
    (record !== undefined && 'isRehearsal' in record && record.isRehearsal);
  const initial = row.initial?.(subject, part);
  const { decides = '' } = row;
  const chosen = useSignal(initial?.[decides]);
  const typed = useSignal<Values>({});
  const outdated = useSignal<object | undefined>(undefined);
  // The record that stands already: whether this is another one is asked only then.
  const standing = useSignal<string | undefined>(undefined);
  const { response, refetch: readAgain } = useLists(row, isRehearsal === true, subject.group?.id);
  const { input, document } = mutations[row.sends ?? form];
  const fields = row.fields.filter((field) => field !== 'isAnother');
  // What cannot be undone says on its button whom or what it is about.
  const isLast = isFinal(row.words ?? form);
  const partName = row.partName?.(subject, part);
  const submit = async (own: Record<string, unknown>) => {
    const values = { ...own, ...(response?.data && row.added?.(own, response.data)) };
    const sent = await send(document as typeof mutations.changeGroup.document, {
      // Some take no more than the id of what they are about.
      input: (input in inputs ? values : values['id']) as never,
    });
    if (isConflict(sent)) {
      outdated.value = record;
      readAgain();
      return refetch();
    }
    const { rule, id: first } = sent.errors[0]?.extensions ?? {};
    if (rule === 'DUPLICATE') standing.value = first ?? '';
    if (sent.errors.length > 0) return;
    dropDraft(url);
    const written = (sent.data as Record<string, Written | null> | null)?.[row.sends ?? form];
    const made = written?.id;
    const { group, visit, party } = subject;
    const known = pointsOf(party);
    const point = pointsOf(written).find((one) => !known.includes(one));
    const undo = { input: values, made: made ?? '', point, group: group?.id, visit: visit?.id };
    const about = idsOf(made, part, point, ...part.split(' '), ...Object.values(values));
    tell(textOf(form, '_done'), { waysBack: waysBackOf(form, undo), about });
    // What was made, or is there no more, has a goal of its own.
    route((row.goal === undefined && findOrigin()) || goalOf(row, subject, made), true);
  };
  if (!response) return <Loading />;
  // Without its lists, a form would ask for nothing that has to be chosen.
  if (!response.data) return <ResponseNote response={response} refetch={readAgain} />;
  // A record without a page of its own is not read.
  const standingHref = standing.value && hrefOfMade(row, standing.value);
  const conflict =
    outdated.value && record && outdated.value !== record
      ? { before: outdated.value, after: record }
      : undefined;
  const own = (
    <div>
      <ResponseNote response={response} refetch={readAgain} />
      {standing.value && standingHref && <Standing id={standing.value} href={standingHref} />}
      <InputForm
        input={input}
        fixed={row.fixed(subject, part)}
        fields={standing.value === undefined ? fields : [...fields, 'isAnother']}
        required={row.required}
        sections={row.sections}
        typed={row.typed}
        initial={initial}
        sendsChanges={row.isChange}
        choices={chooseFrom(row, subject, response.data, chosen.value)}
        draft={url}
        conflict={conflict}
        isBusy={isBusy}
        refused={refused}
        submitLabel={[textOf(form, '_send'), isLast && (partName ?? placeOf(row, subject).name)]
          .filter(Boolean)
          .join(': ')}
        isFinal={isLast}
        onInput={(values) => {
          chosen.value = values[decides];
          if (row.sections) typed.value = values;
        }}
        onSubmit={(values) => void submit(values)}
      />
      <p>
        <a
          href={placeOf(row, subject).href}
          // What was typed is thrown away on purpose.
          onClick={() => dropDraft(url)}
        >
          {t(fields.length > 0 ? 'form.throwAway' : 'form.goBack')}
        </a>
      </p>
    </div>
  );
  return (
    <div class="with-beside">
      {row.sections && <Steps row={row} input={input} values={typed.value} />}
      {hasBeside(row, isLast) && <Beside row={row} id={id} isFinal={isLast && !row.partName} />}
      {own}
    </div>
  );
}

/** What the form is about. A body whose owner did not respond is not here. */
function recordOf({ about }: FormRow, subject: Subject | null | undefined) {
  const record = about === 'none' ? undefined : subject?.[about];
  const isAway = (about === 'party' || about === 'site') && !hasVersion(record);
  return isAway ? undefined : (record ?? undefined);
}

const hasVersion = (record: object | null | undefined): boolean =>
  record !== null && record !== undefined && 'version' in record && record.version !== null;

/** The name of a list, to which a form leads that is about nothing yet. */
function nameOfList(href: string): string {
  if (href === '/programme') return t('programme.allGroups');
  return href === '/people' ? t('frame.people') : say('title');
}

type PageProps = Pick<FillInProps, 'form' | 'row' | 'id' | 'part'>;

function Page({ form, row, id, part }: PageProps) {
  const { response, refetch } = useQuery(subjectQuery, variablesOf(row, id));
  const subject = response?.data && { ...response.data, ...pickBodySubjects(response.data, id) };
  const doers = doersOf(row, subject, id, part);
  const isDoer = mayDo(doers, row.sends ?? form);
  const record = recordOf(row, subject);
  const isHere = row.about === 'none' || record !== undefined;
  const place = placeOf(row, subject);
  const first = subject && isHere ? row.first?.(subject) : undefined;
  const title = textOf(form, '');
  useTitle(title === '' ? undefined : title);
  const frame = (children: ComponentChildren) => (
    <article class="form-page">
      <p class="way-up">
        <a href={place.href}>{place.name || nameOfList(place.href)}</a>
      </p>
      <h1>{title}</h1>
      {children}
    </article>
  );
  if (!response) return frame(<Loading />);
  const why = whyNull(response.errors, [row.about], row.by === 'owner' ? ownerOf(id) : 'nbnp');
  return frame(
    <>
      {place.name !== '' && (
        <p class="lead">
          {[subject && row.partName?.(subject, part), place.name, place.within]
            .filter(Boolean)
            .join(', ')}
          <Rehearsal of={record && 'isRehearsal' in record ? record : undefined} />
        </p>
      )}
      <p>{textOf(form, '_lead')}</p>
      {!isDoer && (isHere || why !== 'unknown') && (
        <p>{t('form.notYours', { organisation: joinNames(doers.map(nameOfPartner)) })}</p>
      )}
      {!isHere && (why === 'unknown' ? <p>{t('form.noRecord')}</p> : <NoValue why={why} />)}
      {isDoer && first !== undefined && (
        <p>
          {textOf(form, '_first')} <a href={doHref(first, id)}>{textOf(first, '')}</a>
        </p>
      )}
      {isDoer && subject && isHere && first === undefined && (
        <FillIn {...{ form, row, id, subject, part, refetch }} />
      )}
    </>,
  );
}

/** One form, at an address of its own: `/programme/do?form=cancelVisit&id=…`. */
export function FormPage() {
  const { query } = useLocation();
  const form = query['form'] ?? '';
  const row = Object.hasOwn(forms, form) ? forms[form] : undefined;
  const areWordsHere = useFormWords();
  if (!row) return <h1>{t('frame.notFound')}</h1>;
  if (!areWordsHere) return <Loading />;
  const id = query['id'] ?? '';
  const part = query['part'] ?? '';
  return (
    <Page key={`${form} ${id} ${part}`} form={form as FormMutation} row={row} id={id} part={part} />
  );
}
