import { person } from '../session/session.ts';
import { t, type WordKey } from '../words/language.ts';
import { doHref } from './links.ts';

/** Whether the reader plans: the network’s co-ordinator does. The server checks it again. */
const mayPlan = (): boolean =>
  person.value?.organisation === 'nbnp' && person.value.role === 'coordinator';

interface PlanningLinksProps {
  /** The form and its text, as far as it can be used now. */
  readonly forms: readonly (readonly [form: string, label: WordKey, isOpen?: boolean])[];
  /** What they are about. */
  readonly id?: string;
  /** Tells the links of one stop from those of another. */
  readonly of?: string;
}

/** What can be planned here, for those who may. */
export function PlanningLinks({ forms, id = '', of }: PlanningLinksProps) {
  const open = forms.filter(([, , isOpen = true]) => isOpen);
  if (!mayPlan() || open.length === 0) return null;
  return (
    <ul class="doings">
      {open.map(([form, label]) => (
        <li key={form}>
          <a href={doHref(form, id)}>
            {t(label)}
            {of !== undefined && <span class="unseen">: {of}</span>}
          </a>
        </li>
      ))}
    </ul>
  );
}
