import { useContext } from 'preact/hooks';
import { t } from '../../../words/language.ts';
import { fieldFacts } from '../state/schema.ts';
import { Words } from './description.tsx';
import { Partners } from './partners.ts';

/** Who owns a field, and who may read it there. */
export function Owners({ coordinate }: { coordinate: string }) {
  const partners = useContext(Partners);
  const owners = Object.entries(fieldFacts.value[coordinate] ?? {});
  if (owners.length === 0) return null;
  const isMutation = coordinate.startsWith('Mutation.');
  return (
    <dl class="owners">
      {owners.map(([contract, readers]) => (
        <div key={contract}>
          <dt>{t('explorer.owner')}</dt>
          <dd>{describeOwner(contract, partners)}</dd>
          <dt>{t(isMutation ? 'explorer.callers' : 'explorer.readers')}</dt>
          <dd>
            <Words text={readers} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** The organisations that serve a contract, by name. */
function describeOwner(contract: string, partners: readonly { subgraph: string; name: string }[]) {
  if (contract === 'hub') return t('explorer.hubItself');
  const names = partners.filter(({ subgraph }) => subgraph === contract).map(({ name }) => name);
  if (names.length === 0) return contract;
  return names.length === 1 ? names[0] : t('explorer.eachOf', { names: names.join(', ') });
}
