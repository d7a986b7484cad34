import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useLocation } from 'preact-iso';
import { useRef } from 'preact/hooks';
import { useQuery } from '../../client/use-query.ts';
import { ownerOf, whyNull } from '../../client/why-null.ts';
import { nameOfPartner } from '../../frame/settings.ts';
import { useTitle } from '../../frame/title.ts';
import type { PageFormChoicesQuery } from '../../generated/graphql.ts';
import { inputs } from '../../generated/inputs.ts';
import { mutations } from '../../generated/mutations.ts';
import { ResponseNote } from '../../parts/completeness.tsx';
import { ConflictNote } from '../../parts/form/conflict-note.tsx';
import { dropDraft } from '../../parts/form/draft.ts';
import { useFormWords } from '../../parts/form/form-words.ts';
import type { Choices } from '../../parts/form/input-field.ts';
import { InputForm } from '../../parts/form/input-form.tsx';
import { isConflict, useSending } from '../../parts/form/use-sending.tsx';
import { doHref, groupHref, personHref, visitHref } from '../../parts/links.ts';
import { Loading } from '../../parts/loading.tsx';
import { NoValue } from '../../parts/no-value.tsx';
import { tell } from '../../parts/outcome.tsx';
import { Rehearsal } from '../../parts/rehearsal.tsx';
import { countryOfReader, person } from '../../session/session.ts';
import { findText, t } from '../../words/language.ts';
import { choicesQuery } from './choices-query.ts';
import type { ChoiceList, FormMutation, FormRow } from './form-row.ts';
import { otherForms } from './other-rows.ts';
import { peopleForms } from './people-rows.ts';
import { planningForms } from './planning-rows.ts';
import { personOf, subjectQuery, variablesOf, type Subject } from './subject-query.ts';

const forms: Readonly<Record<string, FormRow>> = {
  ...planningForms,
  ...otherForms,
  ...peopleForms,
};

const textOf = (form: string, part: string): string =>
  findText([`forms.${forms[form]?.words ?? form}${part}`], {}) ?? '';

/** What the form is about, in words, and the page where it stands. */
function placeOf({ goal }: FormRow, subject: Subject | null | undefined) {
  const { programme, group, visit, itineraryStop: stop, party } = subject ?? {};
  const somebody = subject && personOf(subject);
  if (somebody) {
    const name = somebody.name ?? findText(['people.erased'], {}) ?? '';
    return { name, within: '', href: personHref(somebody.id) };
  }
  if (goal === 'made person' || goal === 'people') return { name: '', within: '', href: '/people' };
  // No body has a page yet.
  if (party && 'name' in party) return { name: party.name ?? '', within: '', href: '/programme' };
  if (stop) return { name: stop.title, within: stop.visit.title, href: visitHref(stop.visit.id) };
  if (visit) return { name: visit.title, within: visit.group.name, href: visitHref(visit.id) };
  if (group) return { name: group.name, within: group.programme.title, href: groupHref(group.id) };
  return { name: programme?.title ?? '', within: '', href: '/programme' };
}

/** Where the reader goes with what was done. */
function goalOf(row: FormRow, subject: Subject, made: string | undefined): string {
  if (row.goal === 'programmes') return '/programme';
  if (row.goal === 'people') return '/people';
  if (row.goal === 'made person' && made !== undefined) return personHref(made);
  if (row.goal === 'made group' && made !== undefined) return groupHref(made);
  if (row.goal === 'made visit' && made !== undefined) return visitHref(made);
  return placeOf(row, subject).href;
}

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
    regions: reads('regions'),
    group,
    members: reads('members'),
    groups: reads('groups'),
    programmes: reads('programmes'),
  });
}

const chooseFrom = (
  { choices = {} }: FormRow,
  subject: Subject,
  lists: PageFormChoicesQuery,
): Choices =>
  Object.fromEntries(
    Object.entries(choices).map(([field, choose]) => [field, choose(subject, lists)]),
  );

interface FillInProps {
  readonly form: FormMutation;
  readonly row: FormRow;
  readonly subject: Subject;
  /** The id of a part of what it is about; empty without one. */
  readonly part: string;
  readonly refetch: () => void;
}

function FillIn({ form, row, subject, part, refetch }: FillInProps) {
  const { route, url } = useLocation();
  const { isBusy, refused, send } = useSending();
  const { group, visit, programme, itineraryStop: stop } = subject;
  const record = programme ?? group ?? visit ?? stop ?? personOf(subject);
  const outdated = useSignal<object | undefined>(undefined);
  // Whether it is another one is asked only after one was found.
  const isFound = useRef(false);
  isFound.current ||= refused?.extensions?.rule === 'DUPLICATE';
  const { response, refetch: readAgain } = useLists(row, record?.isRehearsal === true, group?.id);
  const { input, document } = mutations[row.sends ?? form];
  const submit = async (values: Record<string, unknown>) => {
    const sent = await send(document as typeof mutations.changeGroup.document, {
      // Some take no more than the id of what they are about.
      input: (input in inputs ? values : values['id']) as never,
    });
    if (isConflict(sent)) {
      outdated.value = record;
      return refetch();
    }
    if (sent.errors.length > 0) return;
    dropDraft(url);
    const made = (sent.data as Record<string, { id?: string } | null> | null)?.[row.sends ?? form]
      ?.id;
    const undo =
      row.undo !== undefined && record
        ? { label: textOf(row.undo, ''), href: doHref(row.undo, record.id) }
        : undefined;
    tell(textOf(form, '_done'), undo);
    route(goalOf(row, subject, made), true);
  };
  if (!response) return <Loading />;
  const isChanged =
    outdated.value !== undefined && record !== undefined && outdated.value !== record;
  return (
    <>
      <ResponseNote response={response} refetch={readAgain} />
      {isChanged && outdated.value && <ConflictNote before={outdated.value} after={record} />}
      <InputForm
        input={input}
        fixed={row.fixed(subject, part)}
        fields={row.fields.filter((field) => field !== 'isAnother' || isFound.current)}
        required={row.required}
        initial={row.initial?.(subject, part)}
        sendsChanges={row.isChange}
        choices={response.data ? chooseFrom(row, subject, response.data) : {}}
        draft={url}
        isBusy={isBusy}
        refused={refused}
        submitLabel={textOf(form, '_send')}
        onSubmit={(values) => void submit(values)}
      />
      <p>
        <a
          href={placeOf(row, subject).href}
          // What was typed is thrown away on purpose.
          onClick={() => dropDraft(url)}
        >
          {t('form.throwAway')}
        </a>
      </p>
    </>
  );
}

/** Whose co-ordinators may do it: the owner of the record. The server checks it again. */
const doerOf = ({ by = 'nbnp' }: FormRow, id: string, part: string): string =>
  by === 'owner of the part' ? ownerOf(part) : by === 'owner' ? ownerOf(id) : by;

interface PageProps extends Pick<FillInProps, 'form' | 'row' | 'part'> {
  readonly id: string;
}

function Page({ form, row, id, part }: PageProps) {
  const { response, refetch } = useQuery(subjectQuery, variablesOf(row, id));
  const doer = doerOf(row, id, part);
  const isDoer = person.value?.organisation === doer && person.value.role === 'coordinator';
  const subject = response?.data;
  const record = row.about === 'none' ? {} : subject?.[row.about];
  const place = placeOf(row, subject);
  const title = textOf(form, '');
  useTitle(title === '' ? undefined : title);
  const frame = (children: ComponentChildren) => (
    <article class="form-page">
      <p class="way-up">
        <a href={place.href}>
          {place.name || t(place.href === '/people' ? 'frame.people' : 'programme.allGroups')}
        </a>
      </p>
      <h1>{title}</h1>
      {children}
    </article>
  );
  if (!response) return frame(<Loading />);
  const why = whyNull(response.errors, [row.about], 'nbnp');
  return frame(
    <>
      {place.name !== '' && (
        <p class="lead">
          {[subject && row.partName?.(subject, part), place.name, place.within]
            .filter(Boolean)
            .join(', ')}
          <Rehearsal
            of={
              subject?.programme ??
              subject?.group ??
              subject?.visit ??
              (subject && personOf(subject))
            }
          />
        </p>
      )}
      <p>{textOf(form, '_lead')}</p>
      {!isDoer && <p>{t('form.notYours', { organisation: nameOfPartner(doer) })}</p>}
      {!record && (why === 'unknown' ? <p>{t('form.noRecord')}</p> : <NoValue why={why} />)}
      {isDoer && subject && record && (
        <FillIn form={form} row={row} subject={subject} part={part} refetch={refetch} />
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
