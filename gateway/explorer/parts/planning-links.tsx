import { person } from '../session/session.ts';
import { t, type WordKey } from '../words/language.ts';
import { doHref } from './links.ts';

interface PlanningLinksProps {
  /** The form and its text, as far as it can be used now. */
  readonly forms: readonly (readonly [form: string, label: WordKey, isOpen?: boolean])[];
  /** Whose co-ordinators may use them. @default the network’s */
  readonly by?: string;
  /** What they are about. */
  readonly id?: string;
  /** The part of it that they are about. */
  readonly part?: string;
  /** Tells the links of one stop from those of another. */
  readonly of?: string;
}

/** What can be done here, for those who may. The server checks it again. */
export function PlanningLinks({ forms, by = 'nbnp', id = '', part, of }: PlanningLinksProps) {
  const mayDo = person.value?.organisation === by && person.value.role === 'coordinator';
  const open = forms.filter(([, , isOpen = true]) => isOpen);
  if (!mayDo || open.length === 0) return null;
  return (
    <ul class="doings">
      {open.map(([form, label]) => (
        <li key={form}>
          <a href={doHref(form, id, part)}>
            {t(label)}
            {of !== undefined && <span class="unseen">: {of}</span>}
          </a>
        </li>
      ))}
    </ul>
  );
}
