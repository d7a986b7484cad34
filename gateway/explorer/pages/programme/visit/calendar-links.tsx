import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { callRoute } from '../../../client/call-route.ts';
import { Table } from '../../../parts/table.tsx';
import { token } from '../../../session/session.ts';
import { formatDate, t, type WordKey } from '../../../words/language.ts';

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
      {t('programme.newLink')}
      <input
        readOnly
        value={address}
        onFocus={({ currentTarget }) => currentTarget.select()}
        ref={(input) => input?.focus()}
      />
    </label>
  );
}

/** The links of this visit that the reader may see, with the means to make and revoke them. */
function useLinks(visit: string) {
  const links = useSignal<readonly Link[] | undefined>(undefined);
  const address = useSignal<string | undefined>(undefined);
  const error = useSignal<string | undefined>(undefined);
  const list = async () => {
    const result = await callRoute(path);
    error.value = result.error;
    const body = (await result.response?.json()) as { links: readonly Link[] } | undefined;
    links.value = body?.links.filter((link) => link.visit === visit);
  };
  const create = async () => {
    const body = JSON.stringify({ visit });
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
  }, [visit, token.value]);
  return { links: links.value, address: address.value, error: error.value, create, revoke };
}

/** Addresses at which a calendar program follows this visit as the person who made them. */
export function CalendarLinks({ visit }: { visit: string }) {
  const { links = [], address, error, create, revoke } = useLinks(visit);
  return (
    <section class="calendar-links">
      <h2>{t('programme.calendarLinks')}</h2>
      <p>{t('programme.linksNote')}</p>
      <button type="button" onClick={() => void create()}>
        {t('programme.createLink')}
      </button>
      {error && <p role="alert">{error}</p>}
      {address && <NewAddress address={address} />}
      {links.length > 0 && (
        <Table
          caption={t('programme.calendarLinks')}
          rows={links}
          keyOf={({ id }) => id}
          columns={[
            {
              title: t('programme.madeBy'),
              of: ({ subject, role }) => `${subject} (${t(`roles.${role}` as WordKey)})`,
            },
            { title: t('programme.madeOn'), of: ({ createdOn }) => formatDate(createdOn) },
            { title: t('programme.expiresOn'), of: ({ expiresOn }) => formatDate(expiresOn) },
            {
              title: t('programme.revoke'),
              of: ({ id }) => (
                <button type="button" class="quiet" onClick={() => void revoke(id)}>
                  {t('programme.revoke')}
                </button>
              ),
            },
          ]}
        />
      )}
    </section>
  );
}
