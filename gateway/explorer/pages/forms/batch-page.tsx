import type { ComponentChildren } from 'preact';
import type { GraphResponse } from '../../client/send-operation.ts';
import { isRefusal } from '../../client/why-null.ts';
import { nameOfPartner } from '../../frame/settings.ts';
import { useTitle } from '../../frame/title.ts';
import { ResponseNote } from '../../parts/completeness.tsx';
import { useFormWords } from '../../parts/form/form-words.ts';
import { groupHref } from '../../parts/links.ts';
import { Loading } from '../../parts/loading.tsx';
import { Outcome } from '../../parts/outcome.tsx';
import { person } from '../../session/session.ts';
import { t, type WordKey } from '../../words/language.ts';
import { joinNames } from '../../words/names.ts';

interface BatchPageProps {
  readonly title: WordKey;
  readonly lead: WordKey;
  /** Whose co-ordinators do this. @default those of any organisation */
  readonly doers?: readonly string[];
  readonly group: { readonly id: string; readonly name: string } | null | undefined;
  readonly response: GraphResponse<unknown> | undefined;
  readonly refetch: () => void;
  readonly children: ComponentChildren;
}

/** The frame of a page that decides on, or records of, several people of a group. */
export function BatchPage(props: BatchPageProps) {
  const { title, lead, doers, group, response, refetch, children } = props;
  const areWordsHere = useFormWords();
  const { organisation = '', role } = person.value ?? {};
  const isDoer = role === 'coordinator' && (doers?.includes(organisation) ?? true);
  // What this page does not ask for, the reader need not read.
  const errors = response?.errors.filter((error) => !isRefusal(error)) ?? [];
  useTitle(t(title));
  return (
    <article class="form-page wide">
      <p class="way-up">
        <a href={group ? groupHref(group.id) : '/programme'}>
          {group?.name ?? t('programme.allGroups')}
        </a>
      </p>
      <h1>{t(title)}</h1>
      <p>{t(lead)}</p>
      <Outcome />
      <ResponseNote response={response && { ...response, errors }} refetch={refetch} />
      {!isDoer && (
        <p>
          {doers
            ? t('form.notYours', { organisation: joinNames(doers.map(nameOfPartner)) })
            : t('response.forbidden')}
        </p>
      )}
      {isDoer && !(response && areWordsHere) && <Loading />}
      {isDoer && areWordsHere && response?.data && !group && <p>{t('programme.noSuchGroup')}</p>}
      {isDoer && areWordsHere && response && children}
    </article>
  );
}
