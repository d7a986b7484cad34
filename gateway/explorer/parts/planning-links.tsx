import { ownerOf } from '../client/why-null.ts';
import { countryOfPolice, listPolices } from '../frame/settings.ts';
import { person } from '../session/session.ts';
import { t, type WordKey } from '../words/language.ts';
import { doHref } from './links.ts';
import { hasRoom } from './use-width.ts';

interface FormLinksProps {
  /** The forms, each with the text of its link, as far as it can be used now, at an address of its own. */
  readonly forms: readonly (readonly [
    form: string,
    text: string,
    isOpen?: boolean,
    href?: string,
  ])[];
  /** Whose co-ordinators may use them. @default the network’s */
  readonly by?: string | readonly string[];
  /** What they are about. */
  readonly id?: string;
  /** The part of it that they are about. */
  readonly part?: string;
  /** Tells the links of one stop from those of another. */
  readonly of?: string;
}

/** What liaisons do as well. All else is the co-ordinators’. */
const ofLiaisons: readonly string[] = [
  'changeHosting',
  'changeRegionalHosting',
  'confirmHosting',
  'confirmNetworkStop',
  'confirmRegionalHosting',
  'confirmRegionalStop',
  'confirmStop',
  'offerHosting',
  'offerRegionalHosting',
  'withdrawHosting',
  'withdrawRegionalHosting',
];

/** Whether the reader works for one of these, in a role that may do it. */
export function mayDo(by: string | readonly string[], form = ''): boolean {
  const { organisation = '', role } = person.value ?? {};
  const isRole = role === 'coordinator' || (role === 'liaison' && ofLiaisons.includes(form));
  return isRole && [by].flat().includes(organisation);
}

/** On a phone, more of them are folded. */
const mostOnPhone = 3;

/** What can be done here, for those who may. The server checks it again. */
export function FormLinks({ forms, by = 'nbnp', id = '', part, of }: FormLinksProps) {
  const open = forms.filter(([form, , isOpen = true]) => isOpen && mayDo(by, form));
  if (open.length === 0) return null;
  const unseen = of !== undefined && <span class="unseen">: {of}</span>;
  const list = (
    <ul class="doings">
      {open.map(([form, text, , href = doHref(form, id, part)]) => (
        <li key={href}>
          <a href={href}>
            {text}
            {unseen}
          </a>
        </li>
      ))}
    </ul>
  );
  if (open.length <= mostOnPhone || hasRoom()) return list;
  return (
    <details>
      <summary>
        {t('form.canDo')}
        {unseen}
      </summary>
      {list}
    </details>
  );
}

interface PlanningLinksProps extends Omit<FormLinksProps, 'forms'> {
  /** The same with the names of the texts. */
  readonly forms: readonly (readonly [
    form: string,
    label: WordKey,
    isOpen?: boolean,
    href?: string,
  ])[];
}

/** What can be done with a plan. */
export const PlanningLinks = ({ forms, ...shared }: PlanningLinksProps) => (
  <FormLinks
    {...shared}
    forms={forms.map(([form, label, isOpen, href]) => [form, t(label), isOpen, href])}
  />
);

/** The organisations that host a visit and offer it themselves: not where the network does it for them. */
export const hostsOf = ({
  hosts,
}: {
  readonly hosts: readonly { readonly owner: string }[] | null;
}): readonly string[] => (hosts ?? []).flatMap(({ owner }) => (owner === 'nbnp' ? [] : owner));

interface EventRoles {
  readonly roles: readonly {
    readonly role: string;
    readonly party: { readonly id: string } | null;
  }[];
}

/** Whose co-ordinators may correct an event: the network’s, and those of its organisers. */
export const doersOfEvent = (event: EventRoles | null | undefined): readonly string[] => [
  ...new Set([
    'nbnp',
    ...(event?.roles ?? []).flatMap(({ role, party }) =>
      party && role === 'ORGANISER' ? ownerOf(party.id) : [],
    ),
  ]),
];

type Parties = readonly ({ readonly id: string } | null)[] | null;

interface NominateProps {
  readonly group: {
    readonly id: string;
    readonly cancelledOn: string | null;
    readonly visits: readonly { readonly departedOn: string | null }[] | null;
    readonly from: {
      readonly countries: readonly string[];
      readonly coordinators: Parties;
      readonly selectors: Parties;
    };
  };
}

/** Whether the offices propose people from a side: where no source names any, those in Russia do. */
function sendsDelegates({ countries, coordinators, selectors }: NominateProps['group']['from']) {
  if (!coordinators && !selectors) return countries.includes('RU');
  return [...(coordinators ?? []), ...(selectors ?? [])].some(
    (party) => party && ownerOf(party.id) === 'ncm',
  );
}

/** Proposes another person for a group, until it departs, for those whose people may travel with it. */
export function Nominate({ group }: NominateProps) {
  const { id, cancelledOn, visits, from } = group;
  const isOpen = cancelledOn === null && !visits?.some(({ departedOn }) => departedOn !== null);
  const forces = listPolices().filter((code) =>
    from.countries.includes(countryOfPolice(code) ?? ''),
  );
  return (
    <>
      <PlanningLinks
        by={forces}
        id={id}
        forms={[['nominateOfficer', 'taskKinds.NOMINATE', isOpen]]}
      />
      <PlanningLinks
        by="ncm"
        id={id}
        forms={[['nominateDelegate', 'taskKinds.NOMINATE', isOpen && sendsDelegates(from)]]}
      />
    </>
  );
}
