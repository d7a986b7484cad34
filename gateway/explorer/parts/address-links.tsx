import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { callRoute } from '../client/call-route.ts';
import { reader } from '../session/session.ts';
import { formatDate, t, type WordKey } from '../words/language.ts';
import { Table } from './table/table.tsx';

const path = '/export/links';

/** A link as the hub lists it, without its key. */
interface Link {
  readonly id: string;
  readonly subject: string;
  readonly role: string;
  readonly visit: string;
  readonly createdOn: string;
  readonly expiresOn: string;
}

/** The address of a new link. The hub tells its key this once. */
function NewAddress({ address }: { address: string }) {
  return (
    <label>
      {t('links.new')}
      <input
        readOnly
        value={address}
        onFocus={({ currentTarget }) => currentTarget.select()}
        ref={(input) => input?.focus()}
      />
    </label>
  );
}

/** What a link leads to. */
interface LinkTarget {
  /** The name by which the hub lists it: the id of a visit, or that of a file. */
  readonly name: string;
  /** What the hub is asked for. */
  readonly body: Readonly<Record<string, string>>;
  readonly title: string;
  /** What the button does. */
  readonly make: string;
}

/** The links of these targets that the reader may see, with the means to make and revoke them. */
function useLinks(targets: readonly LinkTarget[]) {
  const links = useSignal<readonly Link[] | undefined>(undefined);
  const address = useSignal<string | undefined>(undefined);
  const error = useSignal<string | undefined>(undefined);
  const list = async () => {
    const result = await callRoute(path);
    error.value = result.error;
    const body = (await result.response?.json()) as { links: readonly Link[] } | undefined;
    links.value = body?.links.filter((link) => targets.some(({ name }) => name === link.visit));
  };
  const create = async (target: LinkTarget) => {
    const body = JSON.stringify(target.body);
    const headers = { 'content-type': 'application/json' };
    const result = await callRoute(path, { method: 'POST', headers, body });
    if (!result.response) return void (error.value = result.error);
    const made = (await result.response.json()) as { address: string };
    address.value = new URL(made.address, location.origin).href;
    await list();
  };
  const revoke = async (id: string) => {
    const result = await callRoute(`${path}/${encodeURIComponent(id)}`, { method: 'DELETE' });
    if (result.error !== undefined) return void (error.value = result.error);
    if (address.value?.includes(`/${id}/`)) address.value = undefined;
    await list();
  };
  // The links of one person are not shown to the next.
  useEffect(() => {
    address.value = undefined;
    void list();
  }, [targets.map(({ name }) => name).join(' '), reader.value]);
  return { links: links.value, address: address.value, error: error.value, create, revoke };
}

interface AddressLinksProps {
  readonly title: string;
  readonly note: string;
  readonly targets: readonly LinkTarget[];
}

/** Addresses at which a program follows something as the person who made them. */
export function AddressLinks({ title, note, targets }: AddressLinksProps) {
  const { links = [], address, error, create, revoke } = useLinks(targets);
  const titleOf = (link: Link) => targets.find(({ name }) => name === link.visit)?.title;
  return (
    <section class="calendar-links">
      <h2>{title}</h2>
      <p>{note}</p>
      <div class="makes">
        {targets.map((target) => (
          <button key={target.name} type="button" onClick={() => void create(target)}>
            {target.make}
          </button>
        ))}
      </div>
      {error && <p role="alert">{error}</p>}
      {address && <NewAddress address={address} />}
      {links.length > 0 && (
        <Table
          caption={title}
          rows={links}
          keyOf={({ id }) => id}
          columns={[
            { title: t('links.leadsTo'), of: titleOf },
            {
              title: t('links.madeBy'),
              of: ({ subject, role }) => `${subject} (${t(`roles.${role}` as WordKey)})`,
            },
            { title: t('links.madeOn'), of: ({ createdOn }) => formatDate(createdOn) },
            { title: t('links.expiresOn'), of: ({ expiresOn }) => formatDate(expiresOn) },
            {
              title: t('links.revoke'),
              of: ({ id }) => (
                <button type="button" class="quiet" onClick={() => void revoke(id)}>
                  {t('links.revoke')}
                </button>
              ),
            },
          ]}
        />
      )}
    </section>
  );
}
